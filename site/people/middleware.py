"""The back office's door: for staff, and with a second proof."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from people.browser import SHARED
from people.models import User

type Handler = Callable[[HttpRequest], HttpResponse]

# In the session: the page of the back office that somebody asked for before the second proof was set up.
WAITS = "office_waits"


def has_second_proof(user: User) -> bool:
    return is_mfa_enabled(user, types=["totp", "webauthn"])


def works_here(user: User) -> bool:
    return user.has_perm("wagtailadmin.access_admin")


class StaffOnlyMiddleware:
    """Somebody signed in without a role is told so. Wagtail would send them to the login page, which sends the
    signed-in back, for ever.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith(settings.ADMIN_PREFIX)
            and request.path != f"{settings.ADMIN_PREFIX}logout/"
            and request.user.is_authenticated
            and not works_here(request.user)
        ):
            with translation.override(request.user.language or settings.LANGUAGE_CODE):
                return render(request, "people/not_staff.html", status=403)
        return self.get_response(request)


class StaffMFAMiddleware:
    """Nobody works in the back office without an authenticator app or a passkey, once STAFF_MFA_REQUIRED is set."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.STAFF_MFA_REQUIRED
            and request.path.startswith(settings.ADMIN_PREFIX)
            and request.user.is_authenticated
            and works_here(request.user)
        ):
            if not has_second_proof(request.user):
                request.session[WAITS] = request.get_full_path() if request.method == "GET" else settings.ADMIN_PREFIX
                return redirect("mfa_index")
            if WAITS in request.session:
                del request.session[WAITS]
        return self.get_response(request)


class SharedComputerMiddleware:
    """Whoever signs out on a computer that others use too leaves nothing in its browser, also where no script ran."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        leaving = request.method == "POST" and request.path.endswith("/accounts/logout/")
        shared = leaving and request.session.get(SHARED)
        response = self.get_response(request)
        if shared and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
