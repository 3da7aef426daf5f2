"""What happens, when, in which room, and who speaks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from events.models.event import Event
from people.models import Searchable
from people.text import Bilingual, name_key, search_text


class Track(models.Model):
    """A subject that runs through the agenda. Its colour never stands alone: the name is always beside it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="tracks", verbose_name=_("event"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    colour = models.PositiveSmallIntegerField(_("colour"), choices=[(n, str(n)) for n in (1, 2, 3, 4)], default=1)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(colour__in=[1, 2, 3, 4]), name="a_track_has_one_of_four_colours"),
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("event"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    where_vi = models.CharField(_("way there (Vietnamese)"), max_length=160, blank=True)
    where_en = models.CharField(_("way there (English)"), max_length=160, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    sample = models.BooleanField(_("sample data"), default=False)

    name = Bilingual()
    where = Bilingual()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """Somebody who speaks at an event, with name and title as printed. Needs no account."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="speakers", verbose_name=_("event"))
    slug = models.SlugField(_("path"), max_length=80)
    name = models.CharField(_("name"), max_length=150)
    title_vi = models.CharField(_("office and title (Vietnamese)"), max_length=250, blank=True)
    title_en = models.CharField(_("office and title (English)"), max_length=250, blank=True)
    organisation_vi = models.CharField(_("organisation (Vietnamese)"), max_length=250, blank=True)
    organisation_en = models.CharField(_("organisation (English)"), max_length=250, blank=True)
    bio_vi = models.TextField(_("about (Vietnamese)"), blank=True)
    bio_en = models.TextField(_("about (English)"), blank=True)
    photo = models.ForeignKey(
        "content.SiteImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("photo")
    )
    sample = models.BooleanField(_("sample data"), default=False)
    search_text = models.TextField(editable=False, default="")
    name_sort = models.TextField(editable=False, default="")

    title = Bilingual()
    organisation = Bilingual()
    bio = Bilingual()

    objects = Searchable.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["event", "name_sort", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "slug"], name="one_speaker_per_path")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields=None, **kwargs) -> None:
        self.search_text = search_text(
            self.name,
            self.title_vi,
            self.title_en,
            self.organisation_vi,
            self.organisation_en,
            self.bio_vi,
            self.bio_en,
        )
        self.name_sort = name_key(self.name)
        if update_fields is not None:
            update_fields = {*update_fields, "search_text", "name_sort"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("events:speaker", args=[self.event.slug, self.slug])


class SessionQuerySet(Searchable["Session"]):
    def for_reading(self) -> SessionQuerySet:
        """With everything the agenda shows, in the order of the day: two queries, however many sessions."""
        speaking = models.Prefetch(
            "speaking", SessionSpeaker.objects.select_related("speaker"), to_attr="speaking_rows"
        )
        return (
            self.select_related("room", "track")
            .prefetch_related(speaking)
            .order_by("starts_at", "room__position", "pk")
        )


class Session(ClusterableModel):
    """One thing that happens at one time. A break is a session too; without a room it is for everybody."""

    class Kind(models.TextChoices):
        SESSION = "session", _("session")
        BREAK = "break", _("break")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("event"))
    slug = models.SlugField(_("path"), max_length=120)
    kind = models.CharField(pgettext_lazy("agenda", "kind"), max_length=10, choices=Kind, default=Kind.SESSION)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    description_vi = models.TextField(_("description (Vietnamese)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("room")
    )
    track = models.ForeignKey(
        Track, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("track")
    )
    speakers = models.ManyToManyField(
        Speaker, through="SessionSpeaker", related_name="sessions", blank=True, verbose_name=_("speakers")
    )
    highlight = models.BooleanField(_("on the event's page"), default=False)
    sample = models.BooleanField(_("sample data"), default=False)
    search_text = models.TextField(editable=False, default="")

    title = Bilingual()
    description = Bilingual()

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["event", "starts_at"], name="session_event_start")]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="one_session_per_path"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_session_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, update_fields=None, **kwargs) -> None:
        self.search_text = search_text(self.title_vi, self.title_en, self.description_vi, self.description_en)
        if update_fields is not None:
            update_fields = {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self) -> None:
        super().clean()
        for field in ("room", "track"):
            chosen = getattr(self, field)
            if chosen is not None and chosen.event_id != self.event_id:
                raise ValidationError({field: _("Please choose one of this event.")})

    def get_absolute_url(self) -> str:
        return reverse("events:session", args=[self.event.slug, self.slug])

    @property
    def people(self) -> list[Speaker]:
        """The speakers in the order in which they are printed."""
        if not hasattr(self, "speaking_rows"):
            self.speaking_rows = list(SessionSpeaker.objects.filter(session=self).select_related("speaker"))
        return [row.speaker for row in self.speaking_rows]

    @property
    def is_break(self) -> bool:
        return self.kind == self.Kind.BREAK

    @property
    def day(self) -> date:
        """What begins before four in the morning still belongs to the evening before."""
        return (timezone.localtime(self.starts_at) - timedelta(hours=4)).date()

    def is_on(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


class SessionSpeaker(models.Model):
    """A speaker's place in a session, in the order in which the names are printed."""

    session = ParentalKey(Session, on_delete=models.CASCADE, related_name="speaking")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="speaking", verbose_name=_("speaker"))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "speaker"], name="a_speaker_stands_once_in_a_session")
        ]
