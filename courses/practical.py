"""Handing in a practical task, and getting back the file that one handed in."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses.lesson_blocks import TaskValue
from courses.models import LessonPage
from courses.models.practical import AlreadyPassed, NotCounted, Submission
from courses.order import first_before
from courses.views import SignedIn, learning_here, local_page, to_lesson, whole_number
from people.formfields import TextField

MB = 1024 * 1024
MOST_LETTERS = 20_000
# The first bytes of each kind: a name says little about what lies in a file.
ZIP, JPEG = b"PK\x03\x04", b"\xff\xd8\xff"
BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": JPEG, "jpeg": JPEG}


class HandInForm(forms.Form):
    """Text, a file, or both, as the task asks."""

    text = TextField(
        label=_("Your answer"),
        lines=True,
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=_("Your file"), required=False, error_messages={"empty": _("The file is empty. Please choose another.")}
    )

    def __init__(self, *args, task: TaskValue, **kwargs):
        super().__init__(*args, **kwargs)
        self.task = task
        for name, sentence in (("text", _("Please write your answer.")), ("file", _("Please choose your file."))):
            if task["answer"] == name:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence
        if not task.takes_text:
            del self.fields["text"]
        if not task.takes_file:
            del self.fields["file"]
            return
        kinds = ", ".join(task.extensions)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in task.extensions)
        self.fields["file"].help_text = gettext("Up to %(size)s MB: %(kinds)s.") % {
            "size": task["megabytes"],
            "kinds": kinds,
        }

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None:
            return None
        extension = file.name.rpartition(".")[2].lower()
        if extension not in self.task.extensions:
            raise forms.ValidationError(
                gettext("This kind of file is not taken here. Taken are: %(kinds)s.")
                % {"kinds": ", ".join(self.task.extensions)}
            )
        if file.size > self.task["megabytes"] * MB:
            raise forms.ValidationError(
                gettext("The file has more than %(size)s MB. Please use smaller pictures, or fewer.")
                % {"size": self.task["megabytes"]}
            )
        head = file.read(8)
        file.seek(0)
        if not head.startswith(BEGINS.get(extension, ZIP)):
            raise forms.ValidationError(
                gettext("This is no %(kind)s file, whatever its name says. Please save it again in that format.")
                % {"kind": extension}
            )
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("text", "").strip() and not cleaned.get("file"):
            self.add_error("text", _("Please write your answer or choose a file."))
        return cleaned


@login_required
def hand_in(request: SignedIn, key: UUID) -> HttpResponse:
    """The form under a practical task. What is wrong is said beside the field, and what was written stays."""
    from courses.study import lesson_context

    page = local_page(LessonPage, key)
    enrolment = learning_here(request.user, key) if request.method == "POST" else None
    if page is not None and enrolment is not None and (item := page.open_row):
        page.complete_for(item.rule)
    if request.method == "POST" and enrolment is None:
        messages.error(request, gettext("This lesson is no longer part of the course."))
    if page is None or page.task is None or enrolment is None or first_before(enrolment, key):
        return to_lesson(request, key)
    task = page.task.value
    form = HandInForm(request.POST, request.FILES, task=task)
    if not form.is_valid():
        request.site_page = page
        request.is_preview = False
        context = super(LessonPage, page).get_context(request) | lesson_context(page, request)
        return render(request, page.template, context | {"task_form": form}, status=422)
    try:
        Submission.objects.hand_in(
            enrolment,
            key,
            whole_number(request.POST.get("edition")),
            task,
            UUID(page.task.id),
            text=form.cleaned_data.get("text", ""),
            file=form.cleaned_data.get("file"),
            at=timezone.now(),
        )
    except AlreadyPassed:
        messages.info(request, gettext("You have passed this task already; nothing more needs to be handed in."))
    except NotCounted:
        messages.error(request, gettext("This lesson is no longer part of the course."))
    else:
        messages.success(request, gettext("Handed in. A tutor reads it and writes to you."))
    return to_lesson(request, key, "#thuc-hanh")


@login_required
@require_safe
def file(request: SignedIn, pk: UUID) -> HttpResponseBase:
    """A file that was handed in: for whoever handed it in, and for tutors. Never shown inside the site."""
    found = get_object_or_404(Submission.objects.visible_to(request.user), pk=pk)
    if not found.file:
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(opened, as_attachment=True, filename=found.file_name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def task_context(page, study, step) -> dict:
    """The task of a lesson as one learner sees it: all tries, and whether another may follow."""
    tries = []
    if study.enrolment and step and step.progress:  # whoever handed something in has a row of progress here
        tries = Submission.objects.of_lesson(study.enrolment, step.key, step.item.edition)
    last = tries[0] if tries else None
    value = page.task.value
    may = study.enrolment is not None and step is not None and not (last and last.passed)
    form = HandInForm(task=value, initial={"text": last.text} if last and not last.passed else {}) if may else None
    return {"task": value, "tries": tries, "last_try": last, "task_form": form}
