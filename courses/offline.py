"""Learning on a bad network: lessons that a browser keeps on request, and the outbox of what was done meanwhile.

A kept lesson is a page without a word about anybody: the same bytes for whoever may read the lesson. Whose work is done
on it is known to the browser alone, by a key that only tells people apart.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from courses.quizzing import bank
from courses.rules import Rule, takes_transcript
from courses.self_check import questions_of
from people.browser import SHARED, browser_keys

FORMAT = "1"  # moves on when kept lessons are made differently
# What every kept page is drawn with; fetched once for all of them.
FRAME = (
    "css/site.css",
    "css/tokens.css",
    "fonts/BeVietnamPro-Regular.woff2",
    "fonts/BeVietnamPro-SemiBold.woff2",
    "img/icons.svg",
    "img/karst.svg",
    "img/karst-line.svg",
    "img/mark.svg",
    "js/frame.js",
    "js/lesson.js",
    "js/media.js",
    "js/kept.js",
)
IMPORTS = re.compile(r'^import .*?from "\./([\w-]+\.js)";$', re.MULTILINE)


def keeps(request: HttpRequest) -> bool:
    """On a computer that others use too nothing is put away."""
    return not request.session.get(SHARED)


@never_cache
@require_safe
def sync(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a token for their form: a page kept for reading offline holds an old one or none."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Please log in again; nothing is lost.")}, status=401)
    learner, *also = browser_keys(request.user)
    answer = {"learner": learner, "also": also, "token": get_token(request)}
    return JsonResponse(answer | {"server_time": timezone.now().isoformat()})


# ---------------------------------------------------------------- what is kept


@dataclass(frozen=True)
class File:
    """A sound or video file that may be kept with a lesson."""

    kind: str  # "audio" or "video"
    url: str
    size: int


def media_of(page) -> list[File]:
    """The sound, and the lightest picture: who is short of network has no use for the larger ones."""
    from courses import media

    if page.film is None:
        return []
    value = page.film.value
    found = [("audio", value.get("audio")), *[("video", document) for document in value.videos[:1]]]
    return [
        File(kind, media.url(document), document.get_file_size() or 0)
        for kind, document in found
        if document is not None
    ]


def version_of(page, edition: int) -> str:
    """Changes with every publishing of the lesson and with its files, never with who asks. No query."""
    film = page.film.value if page.film else None
    files = [*film.videos, film.get("audio"), film.get("captions")] if film else []
    seed = (FORMAT, edition, page.live_revision_id, [(file.pk, file.file_hash) for file in files if file])
    return f"{edition}.{hashlib.sha256(repr(seed).encode()).hexdigest()[:10]}"


IN_PAGE = re.compile(r'(?:src|poster)="(/[^"]+)"')
OF_SEVERAL_SIZES = re.compile(r'\s(?:srcset|sizes|loading)="[^"]*"')
SOURCE_OF_PICTURE = re.compile(r"<source\b[^>]*image/[^>]*>")


def readable(request: HttpRequest, key: UUID):
    """The lesson in the language being spoken, if this visitor may read it."""
    return all_readable(request, [key])[0]


def all_readable(request: HttpRequest, keys: list[UUID]) -> list:
    """Those of the lessons that this visitor may read now, in the language being spoken, with what is above them and
    their quizzes at hand: the same few queries however many there are. Http404 where there are none."""
    from courses.models import LessonPage

    language = translation.get_language() or "vi"
    found: dict[UUID, LessonPage] = {}
    for page in LessonPage.objects.live().filter(translation_key__in=keys).select_related("locale"):
        if page.locale.language_code == language or page.translation_key not in found:
            found[page.translation_key] = page
    pages = [found[key] for key in keys if key in found]
    know_what_is_above(pages)
    pages = [page for page in pages if opens(page, request)]
    if not pages:
        raise Http404
    return bank.know_quizzes(pages, asked=True)


def know_what_is_above(pages: list) -> None:
    """Two queries for all: the pages above, and who is kept out of any of them."""
    paths = {page.path[:end] for page in pages for end in range(page.steplen, len(page.path) + 1, page.steplen)}
    above = list(Page.objects.filter(path__in=paths, depth__gte=2).select_related("locale").order_by("path"))
    restrictions = list(PageViewRestriction.objects.filter(page__path__in=paths).select_related("page"))
    for page in pages:
        page.trail = [each for each in above if page.path.startswith(each.path) and each.path != page.path]
        page._restrictions = [each for each in restrictions if page.path.startswith(each.page.path)]


def opens(page, request: HttpRequest) -> bool:
    """What serving the page would decide: all above it is published, no lesson comes first, private ones stay so."""
    from courses.study import closed_door

    if not all(above.live for above in page.trail) or closed_door(page, request):
        return False
    serve = lambda *_asked: HttpResponse()  # noqa: E731 - the end of Wagtail's chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        serve = hook(serve)
    return serve(page, request, [], {}).status_code == 200


def lessons_of_section(request: HttpRequest, course: UUID, section: UUID) -> list:
    """Those of its lessons that this visitor may read now; Http404 where there are none."""
    from courses.models import OutlineItem

    rows = OutlineItem.objects.filter(course=course, section_key=section).open().in_order()
    return all_readable(request, list(rows.values_list("lesson_key", flat=True)))


def anybodys_study(course: UUID, language: str, request: HttpRequest):
    """The outline as nobody in particular sees it: read once for all lessons that are kept together."""
    from courses.study import Study

    known = request.__dict__.setdefault("_anybodys_study", {})
    if (course, language) not in known:
        known[course, language] = Study.of(course, AnonymousUser(), language, request)
    return known[course, language]


def copy_of(page, request: HttpRequest) -> tuple[str, dict]:
    """The page as it is kept, and its context. Pictures come in one size: the browser chooses none offline."""
    from courses.study import film_context

    course = page.course_page
    study = anybodys_study(course.translation_key, page.locale.language_code, request)
    step = study.step(page.translation_key)
    if step is None:
        raise Http404
    place = study.steps.index(step)
    page.complete_for(step.item.rule)
    context = {
        "page": page,
        "course_page": course,
        "course_url": course.get_url(request),
        "step": step,
        "study": study,
        "previous_step": study.steps[place - 1] if place else None,
        "following_step": study.steps[place + 1] if place + 1 < len(study.steps) else None,
        "rule": Rule(step.item.rule["kind"]),
        "by_transcript": takes_transcript(step.item.rule),
        "media": media_of(page),
        "version": version_of(page, step.item.edition),
        "path": page.get_url(request),
    }
    if page.film is not None:
        context["film"] = film_context(page.film, None)
    context["questions"] = questions_of(page)
    html = render_to_string("courses/offline_lesson.html", context, request)
    return OF_SEVERAL_SIZES.sub("", SOURCE_OF_PICTURE.sub("", html)), context


@never_cache
@require_safe
def kept_lesson(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a browser puts away: the lesson without anything personal."""
    html, _context = copy_of(readable(request, key), nobody(request))
    return HttpResponse(html)


def nobody(request: HttpRequest) -> HttpRequest:
    """The same question asked by somebody who is not signed in."""
    request.user = AnonymousUser()
    return request


def size_of(address: str) -> int:
    """Bytes of a picture or caption of a page; 0 where it cannot be told."""
    name = address.removeprefix(settings.MEDIA_URL)
    try:
        return default_storage.size(name) if name != address else 0
    except (OSError, NotImplementedError):
        return 0


@cache
def modules() -> list[str]:
    """Those that the scripts of a kept page read from: named without the fingerprint that a file gets in production."""
    found: list[str] = []
    waiting = [name for name in FRAME if name.endswith(".js")]
    while waiting:
        path = finders.find(waiting.pop())
        for name in IMPORTS.findall(Path(path).read_text(encoding="utf-8")) if path else ():
            if (module := f"js/{name}") not in found:
                found.append(module)
                waiting.append(module)
    return found


@cache
def frame_size() -> int:
    return sum(Path(path).stat().st_size for name in (*FRAME, *modules()) if (path := finders.find(name)))


def package_of(page, request: HttpRequest) -> dict:
    """What keeping one lesson takes: addresses and sizes, said before anything is fetched."""
    html, context = copy_of(page, request)
    step, film = context["step"], context.get("film")
    media = context["media"]
    article = html[html.index("<main") : html.index("</main>")]
    static_url = static("")
    pictures = sorted({url for url in IN_PAGE.findall(article) if not url.startswith((static_url, "/tep/"))})
    files = [*pictures, *([film["captions_url"]] if film and film["captions_url"] else [])]
    size = len(html.encode()) + sum(size_of(url) for url in pictures)
    return {
        "lesson": str(page.translation_key),
        "course": str(context["study"].course.pk),
        "course_title": context["course_page"].title,
        "title": page.title,
        "number": step.number,
        "language": page.locale.language_code,
        "edition": step.item.edition,
        "version": context["version"],
        "path": context["path"],
        "copy": reverse("courses:kept_lesson", args=[page.translation_key]),
        "files": files,
        "size": size,
        "media": [{"kind": file.kind, "url": file.url, "size": file.size} for file in media],
    }


def answer(packages: list[dict]) -> JsonResponse:
    plain = (f"{settings.STATIC_URL}{name}" for name in modules())
    frame = list(dict.fromkeys([*(static(name) for name in FRAME), *plain, *homes()]))
    return JsonResponse({"frame": frame, "frame_size": frame_size(), "lessons": packages})


def homes() -> list[str]:
    addresses = []
    for language in ("vi", "en"):
        with translation.override(language):
            addresses.append(reverse("courses:offline"))
    return addresses


@never_cache
@require_safe
def package(request: HttpRequest, key: UUID) -> JsonResponse:
    page = readable(request, key)
    return answer([package_of(page, nobody(request))])


@never_cache
@require_safe
def section_package(request: HttpRequest, course: UUID, section: UUID) -> JsonResponse:
    pages = lessons_of_section(request, course, section)
    nobody(request)
    return answer([package_of(page, request) for page in pages])


# ---------------------------------------------------------------- the worker and its front page


def places() -> dict[str, Any]:
    """What the worker has to know of the site's addresses: what it leaves alone, its files, and where to land."""
    return {
        "office": reverse("wagtailadmin_home"),
        "files": reverse("courses:file", args=[0, "-"]).removesuffix("0/-"),
        "homes": [[address.removesuffix("hoc/ngoai-tuyen/"), address] for address in reversed(homes())],
    }


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """At the root, for a worker answers only for addresses below its own; registered by keep.js alone."""
    script = finders.find("js/worker.js")
    if script is None:
        raise Http404
    content = f"const SITE = {json.dumps(places())};\n".encode() + Path(script).read_bytes()
    response = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@never_cache
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Where a browser without network lands: what it has kept. The browser fills in the list."""
    return render(nobody(request), "offline.html")
