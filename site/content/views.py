from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from content.forms import FeedbackForm
from content.models import SiteSettings
from people.limits import allow, visitor


def feedback(request: HttpRequest) -> HttpResponse:
    """The form for feedback. It stands on its own page, for forms never live inside cached ones."""
    language = (get_language() or "vi")[:2]
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("tu", "")[:300]})
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_robot:
            return redirect("content:feedback_received")
        # The address is only typed, so a flood types many: what comes from one place is counted as well.
        if allow("feedback here", visitor(request), limit=30, seconds=3600) and allow(
            "feedback", form.cleaned_data["email"], limit=5, seconds=3600
        ):
            office = SiteSettings.for_site(Site.find_for_request(request)).email
            # Beyond these the office finds them on the dashboard alone.
            told = bool(office) and allow("feedback letter", office, limit=30, seconds=3600)
            form.feedback(language).send(to=office if told else "")
            return redirect("content:feedback_received")
        form.add_error(
            None,
            _("You have sent several messages just now. What you wrote is still here; please try again in an hour."),
        )
    return render(request, "content/feedback.html", {"form": form})


@require_safe
def feedback_received(request: HttpRequest) -> HttpResponse:
    return render(request, "content/feedback_received.html")
