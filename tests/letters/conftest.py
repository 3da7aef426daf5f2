"""A kind of letter for these tests, with its templates, and mail servers that misbehave."""

import smtplib

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from letters import kinds

NOTE = kinds.Kind(
    "test.note",
    name="A note",
    context=lambda letter: {"word": letter.data.get("word", ""), "reader": letter.about},
    attachments=lambda letter: [("ghi-chu.ics", b"BEGIN:VCALENDAR", "text/calendar; method=PUBLISH; charset=utf-8")],
    queue="bulk",
)
SECRET = kinds.Kind("test.secret", name="A secret", secret=True)

TEMPLATES = {
    "letters/test_note.subject.txt": "{% translate 'Save' %}: {{ word }}\n\n",
    "letters/test_note.txt": "{{ word }} {{ SITE_URL }}",
    "letters/test_note.html": '{% extends "letters/base.html" %}{% block content %}<p>{{ word }}</p>'
    '<p class="soft">…</p><a class="button" href="{{ SITE_URL }}/x/">Open</a>{% endblock %}',
    "letters/test_secret.subject.txt": "secret",
    "letters/test_secret.txt": "the secret",
    "letters/test_secret.html": "<p>the secret</p>",
}


class DeadServer(BaseEmailBackend):
    """Answers nobody."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("an@mau.example is not reachable")


class StrictServer(BaseEmailBackend):
    """Knows no such mailbox, and never will."""

    def send_messages(self, email_messages):
        raise smtplib.SMTPRecipientsRefused({"an@mau.example": (550, b"no such user")})


@pytest.fixture(autouse=True)
def kinds_of_letter(settings):
    settings.TEMPLATES = [
        settings.TEMPLATES[0]
        | {
            "APP_DIRS": False,
            "OPTIONS": settings.TEMPLATES[0]["OPTIONS"]
            | {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", TEMPLATES),
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ]
            },
        }
    ]
    kinds.register(NOTE)
    kinds.register(SECRET)
    yield
    del kinds.KINDS[NOTE.key], kinds.KINDS[SECRET.key]


@pytest.fixture
def server(settings):
    """`server(DeadServer)` puts that class in place of the mail server; `server()` a good one."""

    def put(backend=None):
        name = (
            f"{backend.__module__}.{backend.__name__}" if backend else "django.core.mail.backends.locmem.EmailBackend"
        )
        settings.MAILERS = settings.MAILERS | {"smtp": {"BACKEND": name}}

    return put
