"""The form of a question in the back office: what is filled in becomes a `Written`, as from every other form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.blocks import BlockField
from wagtail.images.widgets import AdminImageChooser

from content.models import SiteImage
from courses.models.quiz_bank import QuizItem
from courses.quizzing.item_blocks import AnswersBlock, filled_in, lines_of
from courses.quizzing.kinds import Kind
from courses.quizzing.written import Text, Written, clean, short_name, tags

ANSWERS = AnswersBlock()


def area(label, *, required: bool = False, rows: int = 3, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        help_text=help_text,
    )


class QuizItemForm(WagtailAdminModelForm):
    key = forms.SlugField(
        label=_("Short name"),
        required=False,
        max_length=80,
        help_text=_(
            "Small letters, digits, hyphens. Left empty it is made from the question. Cannot be changed later."
        ),
    )
    tag_words = forms.CharField(
        label=_("Tags"), required=False, help_text=_("Separated by commas. A quiz draws questions by their tags.")
    )
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=100, initial=1)
    text_vi = area(_("Question"), required=True)
    text_en = area(_("Question in English"))
    image = forms.ModelChoiceField(
        label=_("Picture"), queryset=SiteImage.objects.all(), required=False, widget=AdminImageChooser()
    )
    image_alt_vi = forms.CharField(
        label=_("What the picture shows"), required=False, max_length=300, help_text=_("For those who cannot see it.")
    )
    image_alt_en = forms.CharField(label=_("What the picture shows, in English"), required=False, max_length=300)
    answers = BlockField(ANSWERS, label=_("Answers"))
    explanation_vi = area(_("Explanation"), help_text=_("Shown after answering, right or wrong."))
    explanation_en = area(_("Explanation in English"))
    source = forms.CharField(label=_("Source"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["answers"] = ANSWERS.to_python([])
        if self.instance.pk is None:
            return
        self.fields["course"].disabled = self.fields["key"].disabled = True
        if (current := self.instance.current) is not None:
            current.item = self.instance
            written = current.written
            self.initial |= {
                "tag_words": ", ".join(written.tags),
                "points": written.points,
                "text_vi": written.text.vi,
                "text_en": written.text.en,
                "image": written.image,
                "image_alt_vi": written.image_alt.vi,
                "image_alt_en": written.image_alt.en,
                "answers": ANSWERS.to_python(filled_in(written.kind, written.lines, written.tolerance)),
                "explanation_vi": written.explanation.vi,
                "explanation_en": written.explanation.en,
                "source": written.source,
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("key"):
            cleaned["key"] = self._key(cleaned)
        if self.errors or "answers" not in cleaned:
            return cleaned
        kind, lines, tolerance = lines_of(cleaned["answers"])
        self._keep_feedback(kind, lines)
        self.written = Written(
            key=cleaned["key"],
            kind=str(Kind(kind).value),
            text=Text(clean(cleaned["text_vi"]), clean(cleaned["text_en"])),
            lines=lines,
            tags=tags(cleaned["tag_words"]),
            points=cleaned["points"],
            source=cleaned["source"],
            explanation=Text(clean(cleaned["explanation_vi"]), clean(cleaned["explanation_en"])),
            tolerance=tolerance,
            image=cleaned["image"].pk if cleaned["image"] else None,
            image_alt=Text(cleaned["image_alt_vi"], cleaned["image_alt_en"]),
        )
        if problem := self.written.problem():
            self.add_error("image_alt_vi" if self.written.image and not self.written.image_alt else "text_vi", problem)
        return cleaned

    def _key(self, cleaned: dict[str, Any]) -> str:
        """Made from the first words, and unlike those that the course has."""
        wanted = short_name(cleaned.get("text_vi") or "") or "cau"
        taken = set(QuizItem.objects.filter(course=cleaned.get("course")).values_list("key", flat=True))
        return next(
            name for n in range(1, len(taken) + 2) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken
        )

    def _keep_feedback(self, kind: str, lines: list) -> None:
        """What a file says about single accepted answers has no field here, and stays."""
        before = self.instance.current if self.instance.pk else None
        if before is not None and kind == Kind.SHORT:
            for line in lines:
                line.feedback = before.feedback(line.text.vi)

    def save(self, commit: bool = True) -> QuizItem:
        self.instance, _changed = QuizItem.write(self.cleaned_data["course"], self.written, self.for_user)
        return self.instance


PANELS = ObjectList(
    [
        FieldPanel("course"),
        FieldPanel("text_vi"),
        FieldPanel("answers"),
        FieldPanel("explanation_vi"),
        FieldRowPanel([FieldPanel("tag_words"), FieldPanel("points")]),
        FieldPanel("source"),
        FieldPanel("key"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt_vi"), FieldPanel("image_alt_en")],
            _("Picture"),
            classname="collapsed",
        ),
        MultiFieldPanel([FieldPanel("text_en"), FieldPanel("explanation_en")], _("In English"), classname="collapsed"),
    ],
    base_form_class=QuizItemForm,
)
