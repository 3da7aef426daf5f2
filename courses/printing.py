"""Lessons on paper, and back: each sheet bears a QR code and a short address that lead to exactly this lesson.

Paper is a way of learning of its own (old PCs, people who like to print): the code lands where one confirms or answers.
"""

import hashlib
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib import messages
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from PIL import Image, UnidentifiedImageError

from certificates import pdf, qr
from courses.offline import lessons_of_section, readable, version_of
from courses.rules import Rule, takes_transcript
from courses.self_check import questions_of
from courses.short_codes import address_of, keys_of
from courses.study import study_of
from people.limits import allow, visitor
from people.text import fold

FORMAT = "2"  # moves on when sheets are drawn differently
KEPT_SECONDS = 24 * 3600
WIDEST = 1000  # pixels of a picture on paper
# Nothing of these says anything on paper.
MUTE = "script, style, form, button, input, iframe, video, audio, noscript, svg, source"
KEPT_ATTRIBUTES = {"href", "src", "alt", "class", "lang", "scope", "colspan", "rowspan", "start"}


# ---------------------------------------------------------------- from paper to the page


@never_cache
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """To the place where the lesson is finished; where it is no longer in the course, to the course."""
    from courses.models import CoursePage, LessonPage, OutlineItem
    from courses.views import local_page

    keys = keys_of(code)
    if keys is None:
        raise Http404
    pages = LessonPage.objects.live().filter(translation_key__range=keys)
    found = set(pages.values_list("translation_key", flat=True)[:3])
    if len(found) == 1:
        page = local_page(LessonPage, found.pop())
        if page is not None and all(above.live for above in page.trail):
            return redirect(page.get_url(request) + ("#cau-hoi" if page.quiz is not None else "#ket-thuc"))
    item = OutlineItem.objects.filter(lesson_key__range=keys).order_by("-since").first()
    course = local_page(CoursePage, item.course_id) if item else None
    if item is None or course is None:
        raise Http404
    messages.info(
        request,
        _("Lesson “%(title)s” is not in the course at the moment. Here are its lessons.") % {"title": item.title},
    )
    return redirect(course.get_url(request))


# ---------------------------------------------------------------- from the page to paper


def grey(content: bytes) -> bytes | None:
    """The picture as paper wants it; None where it is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            plain = picture.convert("RGBA")
            sheet = Image.new("RGBA", plain.size, "white")
            sheet.alpha_composite(plain)
            sheet.thumbnail((WIDEST, WIDEST))
            out = io.BytesIO()
            sheet.convert("L").save(out, "JPEG", quality=75)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError):
        return None


def picture_at(address: str) -> bytes | None:
    name = unquote(address.removeprefix(settings.MEDIA_URL))
    if name == address:
        return None
    try:
        with default_storage.open(name) as file:
            return grey(file.read())
    except (OSError, ValueError):
        return None


def said(tag: Tag, name: str) -> str:
    """An attribute in words; nothing where there is none."""
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def for_paper(html: str, assets: dict[str, tuple[bytes, str]]) -> str:
    """The same words without what only a screen can do; pictures are lent to the printer through `assets`."""
    soup = BeautifulSoup(html, "html.parser")
    for mute in soup.select(MUTE):
        mute.decompose()
    for picture in soup.find_all("img"):
        content = picture_at(said(picture, "src"))
        if content is None:
            picture.replace_with(said(picture, "alt"))
            continue
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.jpg"
        assets[name] = (content, "image/jpeg")
        picture.attrs = {"src": f"asset:{name}", "alt": said(picture, "alt") or _("Picture")}
    for wrapping in soup.find_all("picture"):
        wrapping.unwrap()
    for folded in soup.find_all("details"):
        folded.name, folded.attrs = "div", {"class": "folded"}
        if summary := folded.find("summary"):
            summary.name, summary.attrs = "p", {"class": "summary"}
    for link in soup.find_all("a"):
        address = said(link, "href")
        if address.startswith("/"):
            address = settings.SITE_URL + address
        link.attrs = {"href": address} if address.startswith(("http://", "https://")) else {}
        if not link.attrs:
            link.unwrap()
    for tag in soup.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in KEPT_ATTRIBUTES}
    return str(soup)


def sheet_of(page, request: HttpRequest, assets: dict) -> dict[str, Any]:
    """What one lesson needs to be printed."""
    language = page.locale.language_code
    study = study_of(page.course_page, request)
    step = study.step(page.translation_key)
    if step is None:
        raise Http404
    page.complete_for(step.item.rule)
    rule, by_transcript = Rule(step.item.rule["kind"]), takes_transcript(step.item.rule)
    address = address_of(step.key, language)
    words = render_to_string("courses/papers/lesson_words.html", {"page": page, "address": address}, request)
    return {
        "page": page,
        "step": step,
        "number_of_lessons": len(study.steps),
        "course_title": page.course_page.title,
        "words": mark_safe(for_paper(words, assets)),  # noqa: S308 - our own blocks, with what could act taken out
        "questions": questions_of(page),
        "by_quiz": page.quiz is not None,
        "by_reading": not rule.needs_task and (not rule.needs_video or by_transcript),
        "by_watching": rule.needs_video and not rule.one_is_enough and not by_transcript,
        "address": address.split("://", 1)[1],
        "qr": qr.svg(address, _("Code that opens this lesson")),
    }


def printed(pages: list, request: HttpRequest, title: str) -> HttpResponse:
    """The PDF of one or more lessons, kept for a day by what they are: lesson, language, version, day of printing."""
    today = timezone.localdate()
    language = translation.get_language() or "vi"
    steps = [study_of(page.course_page, request).step(page.translation_key) for page in pages]
    if None in steps:
        raise Http404
    parts = [
        (str(step.key), version_of(page, step.item.edition), step.number)
        for page, step in zip(pages, steps, strict=True)
    ]
    seed = repr((FORMAT, pdf.EDITION, settings.SITE_URL, language, today, parts))
    key = f"lesson-paper:{hashlib.sha256(seed.encode()).hexdigest()}"
    content = caches["pages"].get(key)
    if content is None:
        if not allow("courses.printing", visitor(request), 60, 60):
            response = render(request, "429.html", status=429)
            response.headers["Retry-After"] = "60"
            return response
        content = drawn(pages, request, title, today)
        if content is None:
            return render(request, "courses/no_paper.html", {"page": pages[0]}, status=503)
        caches["pages"].set(key, content, KEPT_SECONDS)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{slugify(fold(title))[:80] or 'bai-hoc'}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def drawn(pages: Iterable, request: HttpRequest, title: str, today) -> bytes | None:
    """The file itself; None where the printer's library is missing."""
    assets: dict[str, tuple[bytes, str]] = {}
    sheets = [sheet_of(page, request, assets) for page in pages]
    try:
        return pdf.render_paper(
            "courses/papers/lesson.html",
            {"sheets": sheets, "title": title, "today": today},
            css="lesson.css",
            assets=assets,
        )
    except pdf.PangoMissing:
        return None


@never_cache
@require_safe
def lesson_paper(request: HttpRequest, key: UUID) -> HttpResponse:
    page = readable(request, key)
    return printed([page], request, page.title)


@never_cache
@require_safe
def section_paper(request: HttpRequest, course: UUID, section: UUID) -> HttpResponse:
    pages = lessons_of_section(request, course, section)
    return printed(pages, request, pages[0].get_parent().title)
