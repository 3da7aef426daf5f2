"""What the journeys say and look at: words in both languages, letters, and a watch over each browser window."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

SIZES = {360: {"width": 360, "height": 740}, 1280: {"width": 1280, "height": 800}}
LOCALES = {"vi": "vi-VN", "en": "en-GB"}


def person(mailbox: str):
    """One of the cast, as the demo made them."""
    from people.models import User

    return User.objects.get(email=f"{mailbox}@mau.example")


# ---------------------------------------------------------------- words


@dataclass(frozen=True)
class Words:
    """What the site says in a language, by the English text of the code."""

    language: str

    def __call__(self, text: str, context: str = "", **values) -> str:
        with translation.override(self.language):
            said = pgettext(context, text) if context else gettext(text)
            return said % values if values else said

    def many(self, one: str, more: str, number: int) -> str:
        with translation.override(self.language):
            return ngettext(one, more, number) % {"number": number}

    @property
    def home(self) -> str:
        return "/en/" if self.language == "en" else "/"

    def path(self, path: str) -> str:
        return f"/en{path}" if self.language == "en" else path


# ---------------------------------------------------------------- windows


@dataclass
class Watch:
    """What a browser complained about, and what it asked for."""

    own_host: str
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    friends: set[str] = field(default_factory=set)  # other hosts to which the journey goes on purpose

    def on(self, page) -> None:
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error on {page.url}: {error}"))
        page.on("response", self.response)
        page.on("request", self.request)

    def console(self, message) -> None:
        # Chromium repeats every 4xx and 5xx of a page on the console; `response` judges those.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def response(self, response) -> None:
        status = response.status
        if status >= 500 or (status >= 400 and status not in self.expected):
            self.complaints.append(f"{status} {response.url}")

    def request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc not in {self.own_host, *self.friends}:
            self.complaints.append(f"asked another host: {request.url}")


def sign_in(context, user, url: str) -> None:
    """For journeys that are about something else than signing in."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url, "httpOnly": True, "sameSite": "Lax"}])


# ---------------------------------------------------------------- letters


def letters_to(address: str) -> list:
    return [letter for letter in mail.outbox if address in letter.to]


def last_letter(address: str):
    letters = letters_to(address)
    assert letters, f"no letter to {address}; there are letters to {[letter.to for letter in mail.outbox]}"
    return letters[-1]


def code_in(letter) -> str:
    return re.search(r"\b(\d{6})\b", letter.body)[1]


def path_in(letter, start: str) -> str:
    """The first address of ours in the letter that begins so, without its host."""
    found = re.search(rf"https?://[^/\s]+((?:/en)?{start}[^\s<>\"]*)", letter.body)
    assert found, letter.body
    return found[1]


# ---------------------------------------------------------------- looking


def sideways(page) -> int:
    """How much the page is wider than the screen, once it is there: after a click it may still be on its way."""
    page.wait_for_load_state("domcontentloaded")
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def no_sideways(page) -> None:
    """On a phone nothing makes the page wider than the screen."""
    assert sideways(page) <= 0, f"{page.url} is {sideways(page)} px wider than the screen"


def tab_to(page, target, most: int = 150) -> None:
    """There by the Tab key alone."""
    target.wait_for(state="visible")
    for _press in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by the keyboard on {page.url}")


def until(page, condition: str, seconds: float = 10) -> None:
    """Wait for a condition in the page. Playwright's own `wait_for_function` needs `eval`, which our policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"{condition} is not so on {page.url}"
        page.wait_for_timeout(50)
