from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Forum")

    def ready(self):
        from events import letters, mailing

        letters.register_kinds()
        mailing.register_kinds()
