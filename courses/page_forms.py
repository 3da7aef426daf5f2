"""The editor's forms of courses and lessons: what nobody could begin or finish is not published."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from courses import completable
from courses.models.course import Course


class Duty(models.TextChoices):
    """What an editor answers when asked whom a lesson concerns."""

    ALL = "all", _("Everybody, also those who are learning now")
    NEW = "new", _("Only those who enrol from now on")
    OPTIONAL = "optional", _("Nobody has to: optional")
    REDO = "redo", _("Everybody once more: what was done of it before no longer counts")


def is_handed_over(data) -> bool:
    """Does the editor want others to read it: published, scheduled, or given to the approver?"""
    return any(data.get(name) for name in ("action-publish", "action-submit", "action-restart-workflow"))


class CourseForm(WagtailAdminPageForm):
    """A course nobody could begin, or a translation that lacks something required, is not published."""

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", ValidationError(_("Enrolment would close before it opens.")))
        if cleaned.get("entry") == Course.Entry.UNITS and not cleaned.get("units"):
            self.add_error("units", ValidationError(_("Choose at least one unit, or nobody can enrol.")))
        self.no_circle(cleaned.get("prerequisites") or [])
        if is_handed_over(self.data) and self.instance.pk and (problem := completable.untranslated(self.instance)):
            self.add_error(None, ValidationError(problem))
        return cleaned

    def no_circle(self, before) -> None:
        """Who would have to complete this course before this course can never begin."""
        seen, ahead = set(), list(before)
        while ahead:
            course = ahead.pop()
            if course.pk == self.instance.translation_key:
                message = _("Nobody could begin: one of these courses asks for this one first.")
                self.add_error("prerequisites", ValidationError(message))
                return
            if course.pk not in seen:
                seen.add(course.pk)
                ahead += course.prerequisites.all()


class LessonForm(WagtailAdminPageForm):
    """A lesson nobody could finish is not published. “Everybody once more” begins a new edition."""

    duty = forms.ChoiceField(
        label=_("Who has to do this lesson"),
        choices=Duty.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "It holds from the next publishing on. Whoever has completed the course stays so, whatever you choose."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["duty"].initial = self.instance.duty

    def clean(self):
        cleaned = super().clean()
        rule = cleaned.get("rule")
        if is_handed_over(self.data) and "body" in cleaned and rule:
            from courses.pages import problem_with
            from courses.projection import course_key

            if problem := problem_with(rule, cleaned["body"]):
                self.add_error("rule", ValidationError(problem))
            elif problem := completable.unfit(self.instance, cleaned["body"], course_key(self.parent_page)):
                self.add_error(None, ValidationError(problem))
        return cleaned

    def save(self, commit=True):
        self.instance.choose(self.cleaned_data.get("duty") or self.instance.duty)
        return super().save(commit)
