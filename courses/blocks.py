"""What lessons have beside the blocks of every story: a film, procedures, comparisons, a quiz, a practical task."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import StoryBlock
from courses.film_block import FilmBlock
from courses.lesson_blocks import (
    AccordionBlock,
    ChecklistBlock,
    ComparisonBlock,
    PdfBlock,
    PracticalTaskBlock,
    ProcedureBlock,
    RememberBlock,
)


class QuizChooserBlock(blocks.ChooserBlock):
    """Points at a quiz of the course: questions are kept in its bank and never in a page."""

    @cached_property
    def target_model(self):
        from courses.models.quiz import Quiz

        return Quiz

    @cached_property
    def widget(self):
        from courses.quizzing.chooser import quiz_chooser

        return quiz_chooser.widget_class()

    class Meta:
        icon = "tick-inverse"
        label = _("Quiz")
        description = _("Questions judged on the server; at most one in a lesson, shown at its end")


class LessonBlock(StoryBlock):
    steps = ProcedureBlock(group=_("Lesson"))
    film = FilmBlock(group=_("Lesson"))
    remember = RememberBlock(group=_("Lesson"))
    comparison = ComparisonBlock(group=_("Lesson"))
    accordion = AccordionBlock(group=_("Lesson"))
    pdf = PdfBlock(group=_("Lesson"))
    checklist = ChecklistBlock(group=_("Lesson"))
    quiz = QuizChooserBlock(group=_("Lesson"))
    task = PracticalTaskBlock(group=_("Lesson"))

    class Meta:
        # The rule of a lesson speaks of its video, its quiz and its task, so there is one of each.
        block_counts = {"film": {"max_num": 1}, "quiz": {"max_num": 1}, "task": {"max_num": 1}}
