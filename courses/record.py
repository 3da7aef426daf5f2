"""What one person has learnt, to read, to keep and to hand in: "Bảng kết quả học tập" as page, XLSX, JSON and PDF.

It says what the reports say of this person. It proves nothing: each certificate has a number and a page that does.
"""

import datetime
import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from certificates import pdf
from courses.models import Enrolment, LessonProgress, OutlineItem
from people.spreadsheet import XLSX, text_cells


@dataclass(frozen=True)
class Line:
    """One lesson in one edition: when it was begun and done."""

    title: str
    begun: datetime.datetime
    done: datetime.datetime | None
    score: int | None
    seconds: int


@dataclass
class Course:
    """One course that was begun, with its lessons in the order they were begun."""

    enrolment: Enrolment
    lessons: list[Line] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.enrolment.course)

    @property
    def certificate(self):
        """The paper that is valid today."""
        paper = self.enrolment.certificate.current if self.enrolment.certificate else None
        return paper if paper is not None and paper.is_valid else None

    @property
    def serial(self) -> str:
        return self.certificate.serial if self.certificate else ""

    @property
    def minutes(self) -> int:
        return -(-sum(line.seconds for line in self.lessons) // 60)


def record_of(person) -> list[Course]:
    """Every enrolment of this person, the newest first. Three queries, however much there is."""
    mine = Enrolment.objects.filter(person=person.pk).select_related(
        "course", "certificate__superseded_by", "person", "unit_at_start"
    )
    found = {enrolment.pk: Course(enrolment) for enrolment in mine.order_by("-started_at", "pk")}
    rows = list(LessonProgress.objects.filter(enrolment__in=found).order_by("first_at", "pk"))
    items = OutlineItem.objects.filter(lesson_key__in={row.lesson_key for row in rows}).order_by("since")
    titles: dict[UUID, str] = {item.lesson_key: item.title for item in items}  # the latest name
    for row in rows:
        line = Line(titles.get(row.lesson_key, ""), row.first_at, row.completed_at, row.score, row.seconds)
        found[row.enrolment_id].lessons.append(line)
    return list(found.values())


# ---------------------------------------------------------------- as a page and as files


@login_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "courses/record.html", {"courses": record_of(request.user)})


def attached(content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"ket-qua-hoc-tap-{timezone.localdate():%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@never_cache
@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    courses = record_of(request.user)
    if form == "xlsx":
        return attached(as_workbook(courses), XLSX, form)
    if form == "json":
        return attached(as_json(request.user, courses, timezone.now()), "application/json", form)
    if form != "pdf":
        raise Http404
    try:
        return attached(as_pdf(request.user, courses), "application/pdf", form)
    except pdf.PangoMissing:
        return render(request, "courses/record.html", {"courses": courses, "no_paper": True}, status=503)


def as_workbook(courses: list[Course]) -> bytes:
    """A sheet of courses and one of lessons; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(pgettext("learning", "Courses")[:31])
    headings = [
        _("Code"),
        _("Course"),
        _("Enrolled on"),
        _("Completed on"),
        _("Lessons done"),
        _("Lessons"),
        "%",
        _("Minutes spent"),
        _("Certificate"),
    ]
    sheet.append(list(text_cells(sheet, headings)))
    for one in courses:
        e = one.enrolment
        values: list[Any] = [e.course.code, e.course.title, e.started_at, e.completed_at, e.lessons_done]
        sheet.append(list(text_cells(sheet, [*values, e.lessons_total, e.percent, one.minutes, one.serial])))
    sheet = book.create_sheet(_("Lessons")[:31])
    headings = [_("Course"), _("Lesson"), _("Begun"), pgettext("lesson", "Done"), _("Best score in percent")]
    sheet.append(list(text_cells(sheet, headings)))
    for one in courses:
        for line in one.lessons:
            sheet.append(list(text_cells(sheet, [one.title, line.title, line.begun, line.done, line.score])))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(person, courses: list[Course], at: datetime.datetime) -> bytes:
    told = {
        "name": person.full_name,
        "at": at,
        "courses": [
            {
                "course": str(one.enrolment.course_id),
                "code": one.enrolment.course.code,
                "title": one.enrolment.course.title,
                "registration": str(one.enrolment.pk),
                "enrolled_at": one.enrolment.started_at,
                "completed_at": one.enrolment.completed_at,
                "lessons_done": one.enrolment.lessons_done,
                "lessons_total": one.enrolment.lessons_total,
                "percent": one.enrolment.percent,
                "certificate": one.serial or None,
                "lessons": [
                    {
                        "title": line.title,
                        "begun_at": line.begun,
                        "completed_at": line.done,
                        "score": line.score,
                        "seconds": line.seconds,
                    }
                    for line in one.lessons
                ],
            }
            for one in courses
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def as_pdf(person, courses: list[Course]) -> bytes:
    """A4 upright, by the engine of the certificates."""
    context = {
        "person": person,
        "courses": courses,
        "completed": sum(one.enrolment.is_complete for one in courses),
        "today": timezone.localdate(),
        "check_address": settings.SITE_URL + reverse("certificates:check"),
    }
    return pdf.render_paper("courses/papers/record.html", context, css="record.css")
