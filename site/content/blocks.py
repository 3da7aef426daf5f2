"""The blocks that stories are made of: news, standard pages, the home page and lessons.

One template a block in templates/content/blocks/. Editors see `description` and `preview_value`.
"""

from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "document-link", "superscript", "subscript"]
PLAIN_FEATURES = ["bold", "italic", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "content/blocks/text.html"
        description = _("Paragraphs, lists and links")
        preview_value = "<p>Diễn đàn nối cơ quan quản lý, nhà đầu tư, trường, viện và doanh nghiệp.</p>"

    def __init__(self, **kwargs):
        super().__init__(**({"features": FEATURES} | kwargs))


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))], default="h2", label=_("Level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "content/blocks/heading.html"
        description = _("A heading between texts")
        preview_value = {"text": "Diễn đàn bàn về điều gì", "level": "h2"}


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Description for people who cannot see it"),
        help_text=_("Say what the picture shows, in one sentence."),
        max_length=250,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Source"), required=False, max_length=150)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "content/blocks/image.html"
        description = _("A picture with its description, caption and source")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    name = blocks.CharBlock(label=_("Who said it"), required=False, max_length=150)
    role = blocks.CharBlock(label=_("Position"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "content/blocks/quote.html"
        description = _("Words of a person, with their name")
        preview_value = {"text": "Học ít một, đều mỗi ngày.", "name": "Người học", "role": "Cán bộ cấp xã (mẫu)"}


class ButtonBlock(blocks.StructBlock):
    """A call to action: a page of ours or an address, never both."""

    text = blocks.CharBlock(label=_("What the button says"), max_length=60, help_text=_("Begin with a verb."))
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("or address"),
        required=False,
        max_length=500,
        help_text=_("Begins with https:// or with / for this site."),
    )
    lead = blocks.CharBlock(label=_("Sentence before the button"), required=False, max_length=250)

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "content/blocks/button.html"
        description = _("One sentence and one button")
        preview_value = {
            "text": "Đăng ký tham dự",
            "page": None,
            "address": "/",
            "lead": "Đăng ký mất khoảng hai phút.",
        }

    def clean(self, value):
        value = super().clean(value)
        address = value.get("address") or ""
        if bool(value.get("page")) == bool(address):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Choose a page or write an address, one of the two."))}
            )
        if (
            address and not address.startswith(("https://", "http://", "mailto:", "tel:", "/", "#"))
        ) or address.startswith("//"):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Begin with https:// or with / for this site."))}
            )
        return value


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Full name"), max_length=150)
    role = blocks.CharBlock(label=_("Position"), required=False, max_length=250)
    photo = ImageChooserBlock(label=_("Photo"), required=False)
    text = blocks.TextBlock(label=_("A few words"), required=False, rows=3)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=30)

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=150)
    people = blocks.ListBlock(PersonBlock(), label=pgettext_lazy("block", "People"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People")
        template = "content/blocks/people.html"
        description = _("Cards of people: name, position, photo, how to reach them")
        preview_value = {
            "heading": "Đầu mối liên hệ",
            "people": [{"name": "Nguyễn Văn An", "role": "Chuyên viên (mẫu)"}],
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=250)
    answer = TextBlock(label=_("Answer"), features=["bold", "italic", "ol", "ul", "link", "document-link"])

    class Meta:
        icon = "help"
        label = _("Question")


class FaqBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=150)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "content/blocks/faq.html"
        description = _("Questions that open to show their answer")
        preview_value = {
            "heading": "Câu hỏi thường gặp",
            "questions": [{"question": "Có cần tài khoản để đăng ký không?", "answer": "<p>Không.</p>"}],
        }


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Name to show"), required=False, max_length=250)
    note = blocks.CharBlock(label=_("Number, date or issuer"), required=False, max_length=250)

    class Meta:
        icon = "doc-full"
        label = _("Document")


class DocumentsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=150)
    documents = blocks.ListBlock(DocumentBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "content/blocks/documents.html"
        description = _("Files to download, with their kind and size")


class VideoValue(blocks.StructValue):
    """Knows the two providers whose player the content policy allows."""

    @cached_property
    def video(self) -> tuple[str, str] | None:
        return recognised_video(self.get("address") or "")

    @property
    def provider(self) -> str:
        return self.video[0] if self.video else ""

    @property
    def player(self) -> str:
        return self.video[1] if self.video else ""


def recognised_video(address: str) -> tuple[str, str] | None:
    """(provider, address of the player that sets no cookie) of a video page's address, or None."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    steps = [step for step in parts.path.split("/") if step]
    key = ""
    if host in ("youtube.com", "youtube-nocookie.com"):
        if steps[:1] in (["embed"], ["shorts"], ["live"]) and len(steps) > 1:
            key = steps[1]
        else:
            key = parse_qs(parts.query).get("v", [""])[0]
    elif host == "youtu.be" and steps:
        key = steps[0]
    if key and key.replace("-", "").replace("_", "").isalnum():
        return "YouTube", f"https://www.youtube-nocookie.com/embed/{key}?autoplay=1&rel=0"
    if host in ("vimeo.com", "player.vimeo.com") and steps and steps[-1].isdigit():
        return "Vimeo", f"https://player.vimeo.com/video/{steps[-1]}?autoplay=1&dnt=1"
    return None


class VideoBlock(blocks.StructBlock):
    """A video on another site. Nothing of that site loads before the reader asks for it."""

    address = blocks.URLBlock(label=_("Address of the video"), help_text=_("A page of YouTube or Vimeo."))
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    summary = blocks.TextBlock(
        label=_("What is said in it"), required=False, rows=3, help_text=_("For those who cannot see or hear it.")
    )

    class Meta:
        icon = "media"
        label = _("Video from another site")
        template = "content/blocks/video.html"
        description = _("Loads only after a click; a plain link stands beside it")
        value_class = VideoValue

    def clean(self, value):
        value = super().clean(value)
        if not recognised_video(value["address"]):
            raise blocks.StructBlockValidationError(
                {
                    "address": ValidationError(
                        _("This address is not a video of YouTube or Vimeo. For others use a button.")
                    )
                }
            )
        return value


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("info", _("Good to know")), ("due", _("Needs doing")), ("warn", _("Warning"))],
        default="info",
        label=_("Kind"),
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    text = TextBlock(label=_("Text"), features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "content/blocks/notice.html"
        description = _("A box that stands out from the text")
        preview_value = {"kind": "info", "title": "Xin lưu ý", "text": "<p>Mang theo vé có mã QR khi đến.</p>"}


class TableBlock(blocks.StructBlock):
    """A plain table typed as lines: cells apart by a vertical bar. Reads well on a phone and in a screen reader."""

    caption = blocks.CharBlock(label=_("What the table shows"), max_length=200)
    rows = blocks.TextBlock(
        label=_("Rows"),
        rows=6,
        help_text=_("One row a line, cells apart by |. The first line is the heading of the columns."),
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=250)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "content/blocks/table.html"
        description = _("A small table with a caption")
        preview_value = {
            "caption": "Giờ làm việc",
            "rows": "Ngày | Giờ\nThứ Hai đến Thứ Sáu | 07:30–16:30",
            "source": "",
        }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        lines = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in value["rows"].splitlines()
            if line.strip()
        ]
        width = max((len(line) for line in lines), default=0)
        lines = [line + [""] * (width - len(line)) for line in lines]
        context["heading"], context["lines"] = (lines[0], lines[1:]) if lines else ([], [])
        return context


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=200)
    text = TextBlock(label=_("How"), required=False, features=["bold", "italic", "link", "ul", "document-link"])

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=150)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "content/blocks/steps.html"
        description = _("What to do, one step after another")
        preview_value = {"heading": "Đăng ký thế nào", "steps": [{"title": "Chọn loại vé", "text": ""}]}


class StoryBlock(blocks.StreamBlock):
    """The body of a page. Lessons extend it with their own blocks."""

    heading = HeadingBlock(group=pgettext_lazy("block", "Words"))
    text = TextBlock(group=pgettext_lazy("block", "Words"))
    notice = NoticeBlock(group=pgettext_lazy("block", "Words"))
    quote = QuoteBlock(group=pgettext_lazy("block", "Words"))
    steps = StepsBlock(group=pgettext_lazy("block", "Words"))
    faq = FaqBlock(group=pgettext_lazy("block", "Words"))
    table = TableBlock(group=pgettext_lazy("block", "Words"))
    image = ImageBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    documents = DocumentsBlock(group=_("Pictures and files"))
    people = PeopleBlock(group=_("Links"))
    button = ButtonBlock(group=_("Links"))


class LinkBlock(blocks.StructBlock):
    """A link of the menu or footer. A page is shown in the reader's language when it has been translated."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("or address"),
        required=False,
        max_length=300,
        help_text=_("Without the language: /tim-kiem/, or https://…"),
    )
    label_vi = blocks.CharBlock(label=_("Label (Vietnamese)"), required=False, max_length=60)
    label_en = blocks.CharBlock(label=_("Label (English)"), required=False, max_length=60)

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("address")):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Choose a page or write an address, one of the two."))}
            )
        if value.get("address") and not value.get("label_vi"):
            raise blocks.StructBlockValidationError({"label_vi": ValidationError(_("An address needs a label."))})
        return value


class MenuBlock(blocks.StreamBlock):
    link = LinkBlock()


class FooterColumnBlock(blocks.StructBlock):
    title_vi = blocks.CharBlock(label=_("Title (Vietnamese)"), max_length=60)
    title_en = blocks.CharBlock(label=_("Title (English)"), required=False, max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class FooterBlock(blocks.StreamBlock):
    column = FooterColumnBlock()
