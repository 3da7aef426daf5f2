"""The answers of a question as an author fills them in: one block, whose kind is the kind of the question."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.quizzing.kinds import Kind
from courses.quizzing.written import Line, Text


def words(label, required: bool = True, **options) -> blocks.CharBlock:
    return blocks.CharBlock(label=label, required=required, max_length=1000, **options)


class OptionBlock(blocks.StructBlock):
    text = words(_("Answer"))
    right = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = words(_("Said to who chose it"), required=False)
    text_en = words(_("Answer in English"), required=False)
    feedback_en = words(_("Said to who chose it, in English"), required=False)

    class Meta:
        icon = "radio-full"
        label = _("Answer")
        form_layout = blocks.BlockGroup(children=["text", "right", "feedback"], settings=["text_en", "feedback_en"])


class PairBlock(blocks.StructBlock):
    text = words(_("This"), required=False, help_text=_("Left empty: the other half belongs to nothing."))
    match = words(_("belongs to this"))
    feedback = words(_("Said afterwards"), required=False)
    text_en = words(_("This, in English"), required=False)
    match_en = words(_("belongs to this, in English"), required=False)

    class Meta:
        icon = "link"
        label = _("Pair")
        form_layout = blocks.BlockGroup(children=["text", "match", "feedback"], settings=["text_en", "match_en"])


class StepBlock(blocks.StructBlock):
    text = words(_("Step"))
    text_en = words(_("Step in English"), required=False)

    class Meta:
        icon = "order"
        label = _("Step")
        form_layout = blocks.BlockGroup(children=["text"], settings=["text_en"])


class NumberBlock(blocks.StructBlock):
    number = words(_("Number"))
    tolerance = words(_("May differ by"), required=False, help_text=_("Empty: exactly this number."))
    feedback = words(_("Said to who got it right"), required=False)

    class Meta:
        icon = "decimal"
        label = _("Number")


class TruthBlock(blocks.StructBlock):
    statement = blocks.ChoiceBlock(
        label=_("The statement is"), choices=[("true", _("true")), ("false", _("false"))], default="true"
    )
    feedback_true = words(_("Said to who chose “true”"), required=False)
    feedback_false = words(_("Said to who chose “false”"), required=False)

    class Meta:
        icon = "tick-inverse"
        label = _("True or false")


class AnswersBlock(blocks.StreamBlock):
    """Exactly one: choosing the block is choosing the kind."""

    one = blocks.ListBlock(OptionBlock(), label=_("One right answer"), icon="radio-full", min_num=2, max_num=20)
    several = blocks.ListBlock(OptionBlock(), label=_("Several right answers"), icon="check", min_num=2, max_num=20)
    truefalse = TruthBlock(label=_("True or false"))
    matching = blocks.ListBlock(PairBlock(), label=_("Matching"), icon="link", min_num=2, max_num=20)
    ordering = blocks.ListBlock(
        StepBlock(),
        label=_("Putting in order"),
        icon="order",
        min_num=2,
        max_num=20,
        help_text=_("In the right order."),
    )
    short = blocks.ListBlock(
        words(_("Accepted answer")),
        label=_("Short answer"),
        icon="edit",
        min_num=1,
        max_num=20,
        help_text=_("Tones, capital letters and spaces do not matter."),
    )
    number = NumberBlock(label=_("Number"))

    class Meta:
        min_num = 1
        max_num = 1

    def clean(self, value):
        if len(value) == 0:
            raise blocks.StreamBlockValidationError(
                non_block_errors=[ValidationError(_("Choose the kind of question and fill in its answers."))]
            )
        return super().clean(value)


TRUE, FALSE = Text("Đúng", "True"), Text("Sai", "False")


def lines_of(value: blocks.StreamValue) -> tuple[str, list[Line], str]:
    """(kind, lines, tolerance) of what was filled in."""
    block = value[0]
    kind, filled = Kind(block.block_type), block.value
    if kind is Kind.NUMBER:
        return kind, [Line(Text(filled["number"]), True, feedback=Text(filled["feedback"]))], filled["tolerance"]
    if kind is Kind.TRUE_FALSE:
        is_true = filled["statement"] == "true"
        true = Line(TRUE, is_true, feedback=Text(filled["feedback_true"]))
        return kind, [true, Line(FALSE, not is_true, feedback=Text(filled["feedback_false"]))], ""
    if kind is Kind.SHORT:
        return kind, [Line(Text(text), True) for text in filled], ""
    children = filled.bound_blocks
    if kind is Kind.MATCHING:
        return kind, [_pair(child.value) for child in children], ""
    if kind is Kind.ORDERING:
        return kind, [Line(Text(c.value["text"], c.value["text_en"]), True, id=c.id or "") for c in children], ""
    return kind, [_option(child.value, child.id or "") for child in children], ""


def _option(filled: Any, key: str) -> Line:
    said = Text(filled["feedback"], filled["feedback_en"])
    return Line(Text(filled["text"], filled["text_en"]), filled["right"], feedback=said, id=key)


def _pair(filled: Any) -> Line:
    text, match = Text(filled["text"], filled["text_en"]), Text(filled["match"], filled["match_en"])
    return Line(text, bool(text), match, Text(filled["feedback"]))


def filled_in(kind: str, lines: list[Line], tolerance: str) -> list[dict[str, Any]]:
    """The same the other way round: what the form of a question shows."""

    def item(value: Any, key: str = "") -> dict[str, Any]:
        return {"type": "item", "value": value} | ({"id": key} if key else {})

    value: Any
    if kind == Kind.NUMBER:
        value = {"number": lines[0].text.vi, "tolerance": tolerance, "feedback": lines[0].feedback.vi}
    elif kind == Kind.TRUE_FALSE:
        first, second = lines
        value = {
            "statement": "true" if first.right else "false",
            "feedback_true": first.feedback.vi,
            "feedback_false": second.feedback.vi,
        }
    elif kind == Kind.SHORT:
        value = [item(line.text.vi) for line in lines]
    elif kind == Kind.MATCHING:
        value = [
            item({"text": line.text.vi, "text_en": line.text.en, "match": line.match.vi, "match_en": line.match.en,
                  "feedback": line.feedback.vi})
            for line in lines
        ]  # fmt: skip
    elif kind == Kind.ORDERING:
        value = [item({"text": line.text.vi, "text_en": line.text.en}, line.id) for line in lines]
    else:
        value = [
            item({"text": line.text.vi, "text_en": line.text.en, "right": line.right, "feedback": line.feedback.vi,
                  "feedback_en": line.feedback.en}, line.id)
            for line in lines
        ]  # fmt: skip
    return [{"type": str(kind), "value": value}]
