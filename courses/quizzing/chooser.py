"""Choosing a quiz for a lesson: the quizzes of all courses by name, with the course each belongs to."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet


class Ordered:
    """The newest first: whoever writes a lesson has mostly just made its quiz."""

    def get_object_list(self):
        return super().get_object_list().select_related("course").prefetch_related("draws")

    def order_queryset(self, queryset):
        return queryset.order_by("-pk")

    @property
    def columns(self):
        return [
            *super().columns,
            Column("course", label=_("Course"), accessor="course"),
            Column("questions", label=_("Questions"), accessor="questions"),
        ]


class ChooseView(Ordered, chooser.ChooseView):
    pass


class ResultsView(Ordered, chooser.ChooseResultsView):
    pass


class QuizChooser(ChooserViewSet):
    model = "courses.Quiz"
    icon = "tick-inverse"
    choose_one_text = _("Choose a quiz")
    choose_another_text = _("Choose another quiz")
    edit_item_text = _("Edit this quiz")
    choose_view_class = ChooseView
    choose_results_view_class = ResultsView
    per_page = 20

    @cached_property
    def url_filter_parameters(self):
        return []


quiz_chooser = QuizChooser("quiz_chooser")
