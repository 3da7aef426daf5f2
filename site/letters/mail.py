"""The default mailer: whatever allauth or Wagtail sends becomes letters in the outbox."""

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from letters.models import Letter
from letters.render import one_line


class OutboxBackend(BaseEmailBackend):
    """Stores each message as one letter a recipient. Such messages carry codes, so their words are secret."""

    def send_messages(self, email_messages) -> int:
        language = (get_language() or "vi")[:2]
        count = 0
        for message in email_messages:
            if message.attachments:
                raise ValueError(
                    "Letters with attachments are posted by kind (letters.kinds), not as a finished message"
                )
            is_html = message.content_subtype == "html"
            html = (
                message.body
                if is_html
                else next(
                    (body for body, mimetype in getattr(message, "alternatives", []) if mimetype == "text/html"), ""
                )
            )
            for recipient in message.recipients():
                Letter.objects.post(
                    "account",
                    one_line(recipient),
                    language=language if language in ("vi", "en") else "vi",
                    subject=one_line(message.subject)[:300],
                    text="" if is_html else message.body,
                    html=html,
                )
                count += 1
        return count
