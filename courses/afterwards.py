"""What learners say and choose besides learning: what they think of a course, and whether they want reminders."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from courses import reminding
from courses.models import CoursePage, Enrolment, Evaluation, EvaluationMark
from courses.models.evaluation import QUESTIONS, SCALE, AlreadyEvaluated
from courses.views import SignedIn, local_page
from people.formfields import TextField


class EvaluationForm(forms.Form):
    """Five marks and a free word."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=list(SCALE.items()),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose a mark from 1 to 5.")},
            )
        self.fields["text"] = TextField(
            label=gettext_lazy("What should be better? What was good?"),
            help_text=gettext_lazy("Please name nobody, and not yourself."),
            required=False,
            max_length=2000,
            lines=True,
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: SignedIn, key: UUID) -> HttpResponse:
    """Once, by whoever completed the course."""
    mine = Enrolment.objects.filter(person=request.user, course=key).completed().select_related("course")
    enrolment = get_object_or_404(mine.order_by("-cycle")[:1])
    page = local_page(CoursePage, key)
    context = {
        "course": enrolment.course,
        "course_url": page.get_url(request) if page else "",
        "done": EvaluationMark.objects.filter(enrolment=enrolment).exists(),
        "form": EvaluationForm(request.POST if request.method == "POST" else None),
    }
    form = context["form"]
    if request.method == "POST" and not context["done"] and form.is_valid():
        scores = {name: form.cleaned_data[name] for name in QUESTIONS}
        with suppress(AlreadyEvaluated):  # pressed twice
            Evaluation.objects.give(enrolment, scores, form.cleaned_data["text"], timezone.now())
        return redirect("courses:evaluate", key)
    bad = form.is_bound and not context["done"]
    return render(request, "courses/evaluate.html", context, status=422 if bad else 200)


@csrf_exempt  # a mailbox's own button posts here without ever having seen the page (RFC 8058); the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_off(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link does nothing, for scanners open links; the button does, without any question."""
    person = reminding.reader_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        reminding.switch_off(person, timezone.now())
    return render(request, "courses/reminders_off.html", {"done": request.method == "POST"})


@login_required
@require_POST
def reminders(request: SignedIn) -> HttpResponse:
    """The switch on one's own page."""
    if request.POST.get("want") == "yes":
        reminding.switch_on(request.user)
        messages.success(request, _("You will be reminded again, at most once a week."))
    else:
        reminding.switch_off(request.user, timezone.now())
        messages.success(request, _("You will get no more reminders."))
    return redirect("my_page")
