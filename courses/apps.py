from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from courses import letters, papers, receivers, uniting  # noqa: F401 - receivers register themselves
        from people import naming

        letters.register()
        uniting.register()
        naming.register(papers.award_due)
