"""Pages in front of events. A page points at its event; the event never points back."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.blocks import QuestionBlock, StoryBlock
from content.pages import SitePage
from content.search import folded


class EventIndexPage(SitePage):
    """All editions: the next one first."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = folded([*SitePage.search_fields, index.SearchField("intro")])
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    template = "events/event_index_page.html"

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    @property
    def share_text(self) -> str:
        return self.search_description or self.intro

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        pages = (
            EventPage.objects.child_of(self)
            .live()
            .public()
            .filter(event__published_at__lte=now)
            .select_related("event")
            .defer("body", "practical")
            .order_by("-event__starts_at")
        )
        pages = list(pages)
        context["coming"] = [page for page in reversed(pages) if not page.event.is_over(now)]
        context["past"] = [page for page in pages if page.event.is_over(now)]
        return context


class EventPage(SitePage):
    """What people read about one event. When, where and how many seats come from the event itself."""

    event = models.ForeignKey(
        "events.Event", null=True, on_delete=models.PROTECT, related_name="pages", verbose_name=_("event")
    )
    kicker = models.CharField(_("line above the title"), max_length=80, blank=True)
    lead = models.TextField(_("introduction"), blank=True, help_text=_("Empty: the event's theme."))
    crowd = models.CharField(
        _("who comes"), max_length=80, blank=True, help_text=_("For example: about 500 delegates.")
    )
    crowd_note = models.CharField(_("who comes, second line"), max_length=120, blank=True)
    about_heading = models.CharField(_("heading of the text"), max_length=120, blank=True)
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("text"))
    day_heading = models.CharField(_("heading of the day at a glance"), max_length=120, blank=True)
    day_note = models.CharField(_("note on the day at a glance"), max_length=250, blank=True)
    practical = StreamField([("question", QuestionBlock())], blank=True, verbose_name=_("coming to the event"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("event"),
        MultiFieldPanel(
            [FieldPanel("kicker"), FieldPanel("lead"), FieldPanel("crowd"), FieldPanel("crowd_note")],
            _("Top of the page"),
        ),
        MultiFieldPanel([FieldPanel("about_heading"), FieldPanel("body")], _("About the event")),
        MultiFieldPanel([FieldPanel("day_heading"), FieldPanel("day_note")], _("The day at a glance")),
        FieldPanel("practical"),
    ]
    search_fields = folded(
        [*SitePage.search_fields, index.SearchField("lead"), index.SearchField("body"), index.SearchField("practical")]
    )
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    template = "events/event_page.html"

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    def clean(self):
        super().clean()
        if self.event_id and self.slug and self.slug != self.event.slug:
            raise ValidationError(
                {
                    "slug": _("The path must be “%(slug)s”, as in the event: registration and agenda stand under it.")
                    % {"slug": self.event.slug}
                }
            )

    @property
    def share_text(self) -> str:
        return self.search_description or self.lead or (self.event.theme if self.event else "")

    def cache_until(self, at):
        return self.event.next_boundary(at) if self.event else None

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        if (event := self.event) is None:
            return context
        sessions = list(event.sessions.filter(highlight=True).for_reading())
        speakers = {speaker.pk: speaker for session in sessions for speaker in session.people}
        offers = event.offers(now)
        context |= {
            "event": event,
            "seats": event.seats(now, offers),
            "is_free": not any(offer.price for offer in offers if offer.is_open(now) and offer.is_shown()),
            "verdict": event.eligibility(at=now, offers=offers),
            "is_over": event.is_over(now),
            "sessions": sessions,
            "speakers": list(speakers.values()),
        }
        return context
