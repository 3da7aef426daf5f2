"""The letter that brings a visitor's message to the office."""

from django.utils.translation import gettext_lazy as _

from letters.kinds import Kind, register


def register_kinds() -> None:
    register(
        Kind("content.feedback", name=_("Feedback from a visitor"), context=lambda letter: {"feedback": letter.about})
    )
