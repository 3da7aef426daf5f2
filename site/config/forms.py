"""How controls are drawn."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

PLAIN = {f"django/forms/widgets/{kind}.html" for kind in ("input", "text", "email", "number", "hidden", "checkbox")}


class Renderer(DjangoTemplates):
    """Django's own, but for the plainest controls: for one `<input>` it renders two or three nested templates, and the
    registration form, drawn by thousands at one moment, has a dozen.
    """

    def render(self, template_name: str, context: dict[str, Any], request=None) -> str:
        if template_name not in PLAIN:
            return super().render(template_name, context, request)
        widget = context["widget"]
        value = {} if widget["value"] is None else {"value": widget["value"]}
        attributes = {"type": widget["type"], "name": widget["name"]} | value | widget["attrs"]
        drawn = [
            f" {name}" if said is True else f' {name}="{conditional_escape(said)}"'
            for name, said in attributes.items()
            if said is not False and said is not None
        ]
        # Safe: every value is escaped above; the names are those of widgets, in our code.
        return mark_safe(f"<input{''.join(drawn)}>")  # noqa: S308
