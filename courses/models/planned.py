"""How many people of a unit are to take a course: the first of the three figures that every report upwards wants."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlannedNumber(models.Model):
    """So many people of this unit are planned for this course. More may take part; nobody is enrolled by it."""

    course = models.ForeignKey(
        "courses.Course", on_delete=models.CASCADE, related_name="planned", verbose_name=_("course")
    )
    unit = models.ForeignKey(
        "people.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=pgettext_lazy("office", "unit")
    )
    people = models.PositiveIntegerField(_("people planned"))

    class Meta:
        verbose_name = _("planned number")
        verbose_name_plural = _("planned numbers")
        default_permissions = ["change"]
        constraints = [models.UniqueConstraint(fields=["course", "unit"], name="one_planned_number_a_course_and_unit")]

    def __str__(self) -> str:
        return f"{self.course}, {self.unit}: {self.people}"
