"""The front page, which also finds every other page, and the notes of the periodic work. It joins the two products."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.blocks import StoryBlock
from content.pages import SitePage
from content.search import folded
from home.routing import route


class HomePage(SitePage):
    """The front page: two doors, what is open now, the compulsory courses, the news, the check of a certificate.

    It routes: Wagtail asks the database twice for each level of an address; this asks once for all of them.
    """

    heading = models.CharField(_("heading"), max_length=200)
    lead = models.CharField(_("sentence under the heading"), max_length=300, blank=True)

    forum_page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page behind the first door"),
    )
    forum_kicker = models.CharField(_("small line"), max_length=60, blank=True)
    forum_title = models.CharField(_("title"), max_length=150, blank=True)
    forum_note = models.CharField(_("note"), max_length=200, blank=True)

    courses_page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page behind the second door"),
    )
    courses_kicker = models.CharField(_("small line"), max_length=60, blank=True)
    courses_title = models.CharField(_("title"), max_length=150, blank=True)
    courses_note = models.CharField(_("note"), max_length=200, blank=True)

    courses_heading = models.CharField(_("heading of the courses"), max_length=150, blank=True)
    courses_lead = models.TextField(_("sentence about the courses"), blank=True)
    news_heading = models.CharField(_("heading of the news"), max_length=150, blank=True)
    news_note = models.CharField(_("note beside the news"), max_length=200, blank=True)
    is_sample = models.BooleanField(
        _("dates and courses are sample data"),
        default=False,
        help_text=_("Shows the mark “sample data” where they stand."),
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("more text"))

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("lead")], _("Heading")),
        MultiFieldPanel(
            [
                PageChooserPanel("forum_page"),
                FieldPanel("forum_kicker"),
                FieldPanel("forum_title"),
                FieldPanel("forum_note"),
            ],
            _("First door: the forum"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("courses_page"),
                FieldPanel("courses_kicker"),
                FieldPanel("courses_title"),
                FieldPanel("courses_note"),
            ],
            _("Second door: the courses"),
        ),
        MultiFieldPanel([FieldPanel("courses_heading"), FieldPanel("courses_lead")], _("Courses")),
        MultiFieldPanel([FieldPanel("news_heading"), FieldPanel("news_note")], _("News")),
        FieldPanel("body"),
        FieldPanel("is_sample"),
    ]
    search_fields = folded([*SitePage.search_fields, index.SearchField("lead"), index.SearchField("body")])
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def share_text(self) -> str:
        return self.search_description or self.lead

    def route(self, request, path_components):
        return route(self, request, path_components)

    def cache_until(self, at):
        from home.today import next_change

        return next_change(at)

    def get_context(self, request, *args, **kwargs):
        from home import today

        at = timezone.now()
        context = super().get_context(request, *args, **kwargs)
        events = today.coming_events(at)
        courses, number_of_courses = today.compulsory_courses()
        context |= {
            "event": events[0] if events else None,
            "openings": today.openings(events, courses, at),
            "courses": courses,
            "number_of_courses": number_of_courses,
            "news": today.news(self),
        }
        return context


class JobRun(models.Model):
    """When a periodic job ran last, so that `tick` each minute starts only what is due. One row a job."""

    name = models.CharField(_("job"), max_length=100, unique=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
