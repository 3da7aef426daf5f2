"""What lessons have beside the blocks of every story: a video file, a sentence to remember, a quiz."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from content.blocks import PLAIN_FEATURES, StoryBlock
from courses.rules import DEFAULT_COVERAGE, HIGHEST_COVERAGE

PASS_MARK = 50  # percent: five out of ten


class RememberBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=400)

    class Meta:
        icon = "pin"
        label = _("To remember")
        template = "courses/blocks/remember.html"
        description = _("One sentence that stays in mind")
        preview_value = {"text": "Tiếp nhận trước, chuyển đúng nơi sau."}


class FilmValue(blocks.StructValue):
    @property
    def transcript_id(self) -> str:
        return "ban-chu"


class FilmBlock(blocks.StructBlock):
    """A video file of our own: the only kind whose watching can be measured. Its text stands on the page as well."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(label=_("Video file"), help_text=_("MP4 (H.264). Small files reach everybody."))
    captions = DocumentChooserBlock(
        label=_("Captions"), help_text=_("A WebVTT file (.vtt) in the language of the page.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=PLAIN_FEATURES,
        help_text=_("All that is said and shown."),
    )
    poster = ImageChooserBlock(label=_("Picture before playing"), required=False)
    seconds = blocks.IntegerBlock(label=_("Length in seconds"), min_value=1, max_value=4 * 3600)
    coverage = blocks.IntegerBlock(
        label=_("Percent to be watched"), default=DEFAULT_COVERAGE, min_value=10, max_value=HIGHEST_COVERAGE
    )
    by_transcript = blocks.BooleanBlock(
        label=_("Reading the transcript counts as watching"),
        default=True,
        required=False,
        help_text=_("Without this tick only watching counts, which cannot be measured without JavaScript."),
    )

    class Meta:
        icon = "media"
        label = _("Video file")
        template = "courses/blocks/film.html"
        value_class = FilmValue
        description = _("A video of our own with captions and transcript; watching it is measured")

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        if value["file"] and value["file"].file_extension.lower() not in ("mp4", "webm"):
            errors["file"] = ValidationError(_("Choose an MP4 or WebM file."))
        if value["captions"]:
            errors |= caption_errors(value["captions"])
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value


def caption_errors(document) -> dict[str, ValidationError]:
    """The captions must be clean WebVTT in UTF-8, or players show nothing."""
    try:
        with document.open_file() as file:
            text = file.read(1_000_000).decode("utf-8-sig")
    except UnicodeDecodeError:
        return {
            "captions": ValidationError(_("The captions are not in UTF-8. Save the file as UTF-8 and choose it again."))
        }
    if not text.startswith("WEBVTT"):
        return {"captions": ValidationError(_("A caption file begins with the word WEBVTT."))}
    if "-->" not in text:
        return {"captions": ValidationError(_("There is not one caption in this file."))}
    return {}


class OptionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=2, max_length=500)
    correct = blocks.BooleanBlock(label=_("Correct"), required=False)

    class Meta:
        icon = "radio-full"
        label = _("Answer")
        form_classname = "quiz-option struct-block"


class QuizItemBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=700)
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("single", _("One right answer")), ("multiple", _("Several right answers"))],
        default="single",
    )
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=8)
    explanation = blocks.TextBlock(
        label=_("Explanation"),
        rows=3,
        required=False,
        max_length=1500,
        help_text=_("Shown after answering, right or wrong."),
    )

    class Meta:
        icon = "help"
        label = _("Question")

    def clean(self, value):
        value = super().clean(value)
        right = sum(bool(option["correct"]) for option in value["options"])
        if right == 0:
            raise blocks.StructBlockValidationError(
                {"options": ValidationError(_("Tick at least one correct answer."))}
            )
        if value["kind"] == "single" and right > 1:
            raise blocks.StructBlockValidationError(
                {
                    "options": ValidationError(
                        _("Only one answer may be correct here. Choose “Several right answers” otherwise.")
                    )
                }
            )
        return value


class QuizValue(blocks.StructValue):
    """The quiz as the page needs it: questions and options with their ids, and nothing that tells which is right."""

    @cached_property
    def asked(self) -> list[dict]:
        return [
            {
                "id": child.id,
                "number": number,
                "question": child.value["question"],
                "kind": child.value["kind"],
                "options": [
                    {"id": option.id, "text": option.value["text"]} for option in child.value["options"].bound_blocks
                ],
            }
            for number, child in enumerate(self["questions"].bound_blocks, start=1)
        ]

    @property
    def key(self) -> list[dict]:
        """For judging on the server: the right options of each question."""
        return [
            {
                "id": child.id,
                "right": [option.id for option in child.value["options"].bound_blocks if option.value["correct"]],
            }
            for child in self["questions"].bound_blocks
        ]

    @property
    def explanations(self) -> dict[str, str]:
        return {child.id: child.value["explanation"] for child in self["questions"].bound_blocks}


class QuizBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuizItemBlock(), label=_("Questions"), min_num=1)
    pass_mark = blocks.IntegerBlock(label=_("Pass mark in percent"), default=PASS_MARK, min_value=1, max_value=100)

    class Meta:
        icon = "tick-inverse"
        label = _("Quiz")
        value_class = QuizValue
        description = _("Questions judged on the server; at most one in a lesson, shown at its end")


class LessonBlock(StoryBlock):
    film = FilmBlock(group=_("Lesson"))
    remember = RememberBlock(group=_("Lesson"))
    quiz = QuizBlock(group=_("Lesson"))

    class Meta:
        # The rule of a lesson speaks of its video and its quiz, so there is one of each.
        block_counts = {"film": {"max_num": 1}, "quiz": {"max_num": 1}}
