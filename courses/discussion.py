"""Asking the tutor under a lesson, answering one another, and saying that something should not stand there."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from courses.models import Complaint, Enquiry, Enrolment, LessonPage
from courses.views import learning_here, local_page, to_lesson
from people.formfields import TextField
from people.limits import allow

A_PAGE = 20
AN_HOUR = 3600
MOST_AN_HOUR = 10
ANCHOR = "#hoi-dap"


class AskForm(forms.Form):
    text = TextField(
        label=gettext_lazy("Your question"),
        lines=True,
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please write your question.")},
    )


class CommentForm(AskForm):
    text = TextField(
        label=gettext_lazy("Your answer"),
        lines=True,
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please write your answer.")},
    )


def too_often(request: HttpRequest) -> bool:
    return not allow("enquiry", str(request.user.pk), MOST_AN_HOUR, AN_HOUR)


TOO_OFTEN = gettext_lazy("You have written a lot within the hour. What you typed is still here; please send it later.")


def learner_of(request: HttpRequest, key: UUID) -> Enrolment:
    enrolment = learning_here(request.user, key)
    if enrolment is None:
        raise Http404
    return enrolment


@login_required
def everything(request: HttpRequest, key: UUID, form: AskForm | None = None) -> HttpResponse:
    """All questions under a lesson; also where a form comes back with what is wrong."""
    enrolment = learning_here(request.user, key)
    page = local_page(LessonPage, key)
    if enrolment is None or page is None:
        return to_lesson(request, key)
    found = Paginator(Enquiry.objects.under(enrolment, key), A_PAGE).get_page(request.GET.get("p"))
    answer = {
        "lesson": page,
        "lesson_url": page.get_url(request),
        "key": key,
        "found": found,
        "enquiries": found.object_list,
        "ask": form or AskForm(),
        "learner": request.user,
    }
    return render(request, "courses/discussion.html", answer, status=422 if form else 200)


@login_required
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    if request.method != "POST":
        return to_lesson(request, key, ANCHOR)
    enrolment = learner_of(request, key)
    form = AskForm(request.POST)
    if form.is_valid() and too_often(request):
        form.add_error(None, TOO_OFTEN)
    if not form.is_valid():
        return everything(request, key, form)
    language = (translation.get_language() or "vi")[:2]
    Enquiry.objects.ask(enrolment, key, form.cleaned_data["text"], timezone.now(), language)
    messages.success(request, _("Your question has gone to the tutor. You get a letter when it is answered."))
    return to_lesson(request, key, ANCHOR)


def readable(request: HttpRequest, pk: UUID) -> tuple[Enrolment, Enquiry]:
    """A question that this learner may read."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    enrolment = learner_of(request, enquiry.lesson_key)
    return enrolment, get_object_or_404(Enquiry.objects.under(enrolment, enquiry.lesson_key), pk=pk)


@login_required
def comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another learner's answer. A GET, as after logging in, shows the form alone."""
    enrolment, enquiry = readable(request, pk)
    if not enquiry.is_shown and enquiry.asker_id != request.user.pk:
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_often(request):
            form.add_error(None, TOO_OFTEN)
        else:
            enquiry.comment(enrolment, form.cleaned_data["text"], timezone.now())
            messages.success(request, _("Thank you. Your answer is shown when a tutor has read it."))
            return to_lesson(request, enquiry.lesson_key, ANCHOR)
    answer = {"form": form, "enquiry": enquiry}
    return render(request, "courses/comment.html", answer, status=422 if form.is_bound else 200)


@login_required
@require_POST
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """ "This should not stand here": about a question, or about one of its answers."""
    _enrolment, enquiry = readable(request, pk)
    reply = next((one for one in enquiry.read_replies if str(one.pk) == request.POST.get("reply")), None)
    about = {"reply": reply} if reply else {"enquiry": enquiry}
    reason = " ".join(request.POST.get("reason", "").split())[:500]
    Complaint.objects.get_or_create(by=request.user, **about, defaults={"at": timezone.now(), "reason": reason})
    messages.success(request, _("Thank you. A tutor looks at it."))
    return redirect("courses:discussion", enquiry.lesson_key)
