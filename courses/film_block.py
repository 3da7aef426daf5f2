"""A video or a recording of our own: the only kind whose watching can be measured. Its text stands beside it."""

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from content.blocks import PLAIN_FEATURES
from courses import captions
from courses.measures import seconds_of
from courses.rules import DEFAULT_COVERAGE, HIGHEST_COVERAGE

VIDEOS, SOUNDS, CAPTIONS = ("mp4", "webm"), ("mp3", "m4a"), ("vtt", "srt")
CLOSE_ENOUGH = 3  # seconds between what the author says and what the file says


class FilmValue(blocks.StructValue):
    @property
    def videos(self) -> list:
        """The lightest first: it reaches everybody, and who has a good line may choose another."""
        found = [document for document in (self.get("file"), *(self.get("others") or ())) if document]
        return sorted(found, key=lambda document: document.file_size or 0)

    @property
    def has_media(self) -> bool:
        return bool(self.get("file") or self.get("audio"))


class FilmBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(
        label=_("Video file"),
        required=False,
        help_text=_("MP4 (H.264). Small files reach everybody. Leave it out for a lesson to listen to."),
    )
    others = blocks.ListBlock(
        DocumentChooserBlock(),
        label=_("The same video in other qualities"),
        default=[],
        required=False,
        help_text=_("Learners get the smallest file first and may choose another."),
    )
    audio = DocumentChooserBlock(
        label=_("Sound alone"),
        required=False,
        help_text=_("MP3 or M4A, as long as the video. Listening counts like watching and needs far less data."),
    )
    captions = DocumentChooserBlock(
        label=_("Captions"),
        required=False,
        help_text=_("A WebVTT or SRT file (.vtt, .srt) in the language of the page, in any usual encoding."),
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=PLAIN_FEATURES,
        required=False,
        help_text=_("All that is said and shown. Left empty, it is made from the captions."),
    )
    poster = ImageChooserBlock(label=_("Picture before playing"), required=False)
    seconds = blocks.IntegerBlock(
        label=_("Length in seconds"),
        required=False,
        min_value=1,
        max_value=4 * 3600,
        help_text=_("Left empty, it is read from an MP4 or M4A file."),
    )
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
        label = _("Video or sound file")
        template = "courses/blocks/film.html"
        value_class = FilmValue
        description = _("A video or recording of our own with captions and transcript; watching it is measured")

    def clean(self, value):
        value = super().clean(value)
        errors = self.wrong_files(value)
        if value["file"] and not value["captions"]:
            errors["captions"] = ValidationError(_("A video needs captions."))
        if value["captions"] and "captions" not in errors:
            errors |= self.wrong_captions(value)
        if not errors and not value["transcript"]:
            errors["transcript"] = ValidationError(_("Say what is said and shown, for those who read."))
        if not errors:
            errors |= self.wrong_length(value)
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value

    def wrong_files(self, value) -> dict[str, ValidationError]:
        errors = {}
        if not value.has_media:
            errors["file"] = ValidationError(_("Choose a video, or below it sound alone."))
        for name, documents, extensions, sentence in (
            ("file", [value["file"]], VIDEOS, _("Choose an MP4 or WebM file.")),
            ("others", list(value["others"]), VIDEOS, _("Choose an MP4 or WebM file.")),
            ("audio", [value["audio"]], SOUNDS, _("Choose an MP3 or M4A file.")),
            ("captions", [value["captions"]], CAPTIONS, _("Choose a WebVTT or SRT file (.vtt, .srt).")),
        ):
            if any(document and document.file_extension.lower() not in extensions for document in documents):
                errors[name] = ValidationError(sentence)
        if value["others"] and not value["file"]:
            errors["others"] = ValidationError(_("Choose the video itself first."))
        return errors

    def wrong_captions(self, value) -> dict[str, ValidationError]:
        """They must become clean WebVTT, or players show nothing. What is said in them may be the transcript."""
        try:
            with value["captions"].open_file() as file:
                data = file.read(captions.MOST_BYTES + 1)
            captions.webvtt(data)
            if not value["transcript"]:
                paragraphs = "".join(f"<p>{escape(said)}</p>" for said in captions.spoken(data))
                value["transcript"] = RichText(paragraphs)
        except captions.Malformed as problem:
            return {"captions": ValidationError(str(problem))}
        except OSError:
            return {"captions": ValidationError(_("The file cannot be opened. Please upload it again."))}
        return {}

    def wrong_length(self, value) -> dict[str, ValidationError]:
        """Longer than the file, and nobody could ever watch enough of it."""
        found = None
        for document in (value["file"], value["audio"]):
            if document and found is None and document.file_extension.lower() in ("mp4", "m4a"):
                with document.open_file() as file:
                    found = seconds_of(file)
        if not value["seconds"]:
            if not found:
                return {"seconds": ValidationError(_("The file does not say how long it is. Please enter it."))}
            value["seconds"] = max(int(found), 1)
        elif found and value["seconds"] > found + CLOSE_ENOUGH:
            sentence = _("The file lasts only %(seconds)s seconds.") % {"seconds": int(found)}
            return {"seconds": ValidationError(sentence)}
        return {}
