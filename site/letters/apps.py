from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "letters"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from letters import kinds, uniting

        uniting.register()
        # Bodies written elsewhere (allauth, Wagtail) and handed to us as finished messages.
        kinds.register(kinds.Kind("account", name=_("Account: codes and security notices"), secret=True, finished=True))
