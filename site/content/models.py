"""Words and pictures: images, texts of the whole site, what visitors write to us. Page types live in pages.py."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from content.blocks import FooterBlock, MenuBlock
from content.pages import ArticleIndexPage, ArticlePage, ContactPage, SitePage, StandardPage
from letters.models import Letter
from people.text import Bilingual

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "ContactPage",
    "Feedback",
    "Rendition",
    "SiteImage",
    "SitePage",
    "SiteSettings",
    "StandardPage",
]


class SiteImage(AbstractImage):
    """A picture in the library, with who made it. What it shows is said where it is used: that depends on the page."""

    credit = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Who took or drew it, and who lets us use it.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_image_and_filter"
            ),
        ]


@register_setting(icon="home")
class SiteSettings(BaseSiteSetting):
    """Names, contact, menu and footer of the whole site; each text in both languages.

    `issuer` is what certificates and letters sign with. None of it is written in code: others fill in their own.
    """

    organisation_vi = models.CharField(_("organisation (Vietnamese)"), max_length=200, blank=True)
    organisation_en = models.CharField(_("organisation (English)"), max_length=200, blank=True)
    short_name_vi = models.CharField(_("first line beside the mark (Vietnamese)"), max_length=80, blank=True)
    short_name_en = models.CharField(_("first line beside the mark (English)"), max_length=80, blank=True)
    place_vi = models.CharField(_("second line beside the mark (Vietnamese)"), max_length=80, blank=True)
    place_en = models.CharField(_("second line beside the mark (English)"), max_length=80, blank=True)
    issuer_vi = models.CharField(_("issuer on certificates (Vietnamese)"), max_length=200, blank=True)
    issuer_en = models.CharField(_("issuer on certificates (English)"), max_length=200, blank=True)
    signatory_name = models.CharField(_("signatory on certificates"), max_length=150, blank=True)
    signatory_title_vi = models.CharField(_("title of the signatory (Vietnamese)"), max_length=200, blank=True)
    signatory_title_en = models.CharField(_("title of the signatory (English)"), max_length=200, blank=True)

    footer_vi = models.TextField(_("footer text (Vietnamese)"), blank=True)
    footer_en = models.TextField(_("footer text (English)"), blank=True)
    address_vi = models.CharField(_("address (Vietnamese)"), max_length=300, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(
        _("e-mail of the office"), blank=True, help_text=_("Feedback from visitors goes to this address.")
    )

    menu = StreamField(MenuBlock(), blank=True, verbose_name=_("menu"))
    footer_columns = StreamField(FooterBlock(), blank=True, verbose_name=_("columns of the footer"))
    share_image = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for sharing"),
    )

    organisation = Bilingual()
    short_name = Bilingual()
    place = Bilingual()
    issuer = Bilingual()
    signatory_title = Bilingual()
    footer = Bilingual()
    address = Bilingual()

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("organisation_vi"), FieldPanel("organisation_en")]),
                FieldRowPanel([FieldPanel("short_name_vi"), FieldPanel("short_name_en")]),
                FieldRowPanel([FieldPanel("place_vi"), FieldPanel("place_en")]),
            ],
            _("Names"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("issuer_vi"), FieldPanel("issuer_en")]),
                FieldPanel("signatory_name"),
                FieldRowPanel([FieldPanel("signatory_title_vi"), FieldPanel("signatory_title_en")]),
            ],
            _("Certificates"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("address_vi"), FieldPanel("address_en")]),
                FieldPanel("phone"),
                FieldPanel("email"),
            ],
            _("Contact"),
        ),
        FieldPanel("menu"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("footer_vi"), FieldPanel("footer_en")]), FieldPanel("footer_columns")],
            _("Footer"),
        ),
        FieldPanel("share_image"),
    ]

    class Meta:
        verbose_name = _("site texts and menu")


class FeedbackQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(handled_at__isnull=True)


class Feedback(models.Model):
    """One message that a visitor left at /gop-y/. The letter to the office is posted with it."""

    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    message = models.TextField(_("message"), max_length=5000)
    language = models.CharField(_("language"), max_length=5, default="vi")
    page = models.CharField(_("written from"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    handled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    is_about_a_person = True
    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["handled_at", "-created_at"], name="feedback_waiting")]

    def __str__(self) -> str:
        return f"{self.name}: {self.message[:60]}"

    @property
    def beginning(self) -> str:
        return Truncator(self.message).chars(80)

    def send(self, to: str) -> None:
        """Keep it, and post a letter to the office in the same transaction. Without one it waits on the dashboard."""
        with transaction.atomic():
            self.save()
            if to:
                Letter.objects.post("content.feedback", to, language="vi", about=self)

    def settle(self, at: datetime) -> None:
        """Somebody has dealt with it."""
        if self.handled_at is None:
            self.handled_at = at
            self.save(update_fields=["handled_at"])
