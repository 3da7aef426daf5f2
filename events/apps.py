from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Forum")

    def ready(self):
        from django.core import checks

        from events import letters, mailing
        from events.checks import seats_can_be_counted

        checks.register(seats_can_be_counted)
        letters.register_kinds()
        mailing.register_kinds()
