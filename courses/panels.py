"""What the editor of a lesson shows besides its fields."""

from wagtail.admin.panels import Panel


class ConcernPanel(Panel):
    """Whom publishing this draft would concern: for the author who hands it in, and for the approver."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/concern_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.impact is not None and self.impact.people > 0

        @property
        def impact(self):
            from courses.care import counts_here, impact_of_publishing

            if self.instance.pk is None or not counts_here(self.instance):
                return None
            if not hasattr(self, "_impact"):
                self._impact = impact_of_publishing(self.instance)
            return self._impact

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"impact": self.impact}
