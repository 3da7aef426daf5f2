"""Beginning a learning path. Its page is Wagtail's; all that follows comes from completed courses."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation

from courses.models import Path, PathNotOpen, PathPage
from courses.views import SignedIn, local_page


@login_required
def join_path(request: SignedIn, key: UUID) -> HttpResponse:
    """A GET (after logging in) only leads back to the path."""
    path = get_object_or_404(Path, pk=key)
    if request.method == "POST":
        try:
            path.join(request.user, language=translation.get_language() or "vi")
        except PathNotOpen as refusal:
            messages.error(request, refusal.sentence)
    page = local_page(PathPage, key)
    return redirect(page.get_url(request) if page else "/")
