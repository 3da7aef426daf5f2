"""The forum in the back office."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import CheckboxSelectMultiple, Textarea
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables import StatusTagColumn as TagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup

from content.templatetags.kit import money
from events import changing_views
from events.dashboard import DashboardViewSet
from events.delegation_viewsets import DelegationViewSet
from events.duplicate_views import DuplicatesViewSet
from events.import_views import ImportViewSet
from events.inviting import InviteViewSet
from events.letter_viewsets import LetterTextViewSet, MassMailViewSet
from events.models import Event, Quota, Room, Session, Speaker, TicketType, Track
from events.office import CreateView, EditView, RecordViewSet, both, moment, tick
from events.question_viewsets import QuestionViewSet
from events.registration_viewsets import RegistrationViewSet
from events.walk_in import WalkInViewSet
from people.office import WordSearch


def standing(event: Event) -> str:
    """How the event stands, in the words of the gate that says no; nobody is counted for it."""
    verdict = event.eligibility(at=timezone.now(), count=False)
    return gettext("Registration is open") if verdict.allowed else verdict.heading


class EventViewSet(RecordViewSet):
    model = Event
    name = "events_event"
    url_prefix = "su-kien"
    icon = "calendar-alt"
    menu_label = _("Events")

    def get_menu_item(self, order=None):
        """Editors may choose an event for a page; its own screen is the organisers'."""
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm("events.change_event")
        return item

    search_fields = ["name_vi", "name_en", "slug"]
    panels = [
        MultiFieldPanel(
            [both("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("edition")]), both("theme")],
            _("The event itself"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("doors_at"),
                both("venue"),
                both("address"),
            ],
            _("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("published_at"),
                FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
            ],
            _("Registration"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "When no seat is left, people may wait. A free seat is offered to whoever waits longest"
                        " and is kept for the hours given here; a letter tells the person."
                    )
                ),
                FieldPanel("waiting_list"),
                FieldRowPanel([FieldPanel("offer_hours"), FieldPanel("offers_end_at")]),
            ],
            _("Waiting list"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "Only for ticket types with a price. Transfers go to the bank account chosen here, with a code"
                        " for the bank's app; how else one may pay is written here and stands in the letter and on the"
                        " page of the order. Accountants note what came."
                    )
                ),
                both("payment_note"),
                FieldRowPanel([FieldPanel("payment_hours"), FieldPanel("transfer_prefix")]),
                FieldRowPanel([FieldPanel("bank_account"), FieldPanel("payment_email")]),
            ],
            _("Payment"),
        ),
        MultiFieldPanel([FieldPanel("sends_reminders"), FieldPanel("sends_thanks")], _("Letters by the clock")),
        MultiFieldPanel([both("organiser"), both("partner"), FieldPanel("contact_email")], _("Organisers")),
        MultiFieldPanel(
            [
                both("certificate_title"),
                FieldPanel("hours"),
                FieldPanel("signatory_name"),
                FieldRowPanel(
                    [
                        FieldPanel(f"signatory_title_{language}", widget=Textarea(attrs={"rows": 2}))
                        for language in ("vi", "en")
                    ]
                ),
                both("signed_in"),
            ],
            _("Certificate of attendance"),
        ),
        MultiFieldPanel([FieldPanel("sample"), both("sample_note")], _("Sample data")),
    ]

    class Index(generic.IndexView):
        @cached_property
        def columns(self):
            return [
                self._get_title_column("name_vi"),
                TagColumn("standing", label=_("State"), accessor=standing),
                moment("starts_at", _("Starts")),
                moment("published_at", _("Published from")),
                moment("registration_opens_at", _("Registration opens")),
                moment("registration_closes_at", _("Registration closes")),
            ]

    class Edit(EditView):
        def get_context_data(self, **kwargs):
            return super().get_context_data(**kwargs) | changing_views.state_of(self.object, timezone.now())

    index_view_class = Index
    edit_view_class = Edit
    edit_template_name = "events/admin/event.html"
    edit_handler = ObjectList(panels, base_form_class=changing_views.EventForm)


class OfOneEventForm(WagtailAdminModelForm):
    """What people's seats hang on belongs to its event for good."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["event"].disabled = self.instance.pk is not None


def price(kind: TicketType) -> str:
    return money(kind.price, settings.CURRENCY)


def quotas(kind: TicketType) -> str:
    """From the rows fetched with the list; without any, nobody counts its seats."""
    return ", ".join(quota.name for quota in kind.quotas.all()) or gettext("not counted")


class TicketTypeViewSet(RecordViewSet):
    model = TicketType
    name = "events_tickettype"
    url_prefix = "loai-ve"
    icon = "tag"
    menu_label = _("Ticket types")
    list_filter = ["event"]
    panels = [
        FieldPanel("event"),
        both("name"),
        both("audience"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("price")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "With an access code, the type appears on the form only after the code was typed. For who is"
                        " invited: it never appears; you invite people or register them yourself."
                    )
                ),
                FieldPanel("visibility"),
                FieldRowPanel([FieldPanel("access_code"), FieldPanel("only_domains")]),
            ],
            _("Who may choose it"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("needs_approval"), FieldPanel("approval_days")]), FieldPanel("transferable")],
            _("What follows"),
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=OfOneEventForm)

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return TicketType.objects.select_related("event").prefetch_related("quotas")

        @cached_property
        def columns(self):
            return [
                self._get_title_column("name_vi"),
                Column("visibility", label=capfirst(_("on the form for")), accessor="get_visibility_display"),
                Column("price", label=_("Price"), accessor=price, sort_key="price"),
                Column(
                    "needs_approval",
                    label=capfirst(_("needs approval")),
                    accessor=lambda kind: tick(kind.needs_approval),
                ),
                Column("quotas", label=_("Quotas"), accessor=quotas),
                moment("opens_at", capfirst(_("opens"))),
                moment("closes_at", capfirst(_("closes"))),
                Column("position", label=capfirst(_("order")), sort_key="position"),
                Column("event", label=_("Event")),
            ]

    index_view_class = Index


class QuotaForm(OfOneEventForm):
    def clean(self):
        cleaned = super().clean()
        event = cleaned.get("event")
        if event and any(kind.event_id != event.pk for kind in cleaned.get("ticket_types") or []):
            self.add_error("ticket_types", gettext("Please choose ticket types of this event only."))
        return cleaned


class SettlesQuota:
    """A quota may be set below what is given out: nobody loses a seat, and the books remember it."""

    def save_instance(self):
        quota = super().save_instance()
        quota.settle(timezone.now())
        if quota.kept:
            said = gettext("%(taken)s seats are given out, more than that. Nobody loses a seat; no more are given out.")
            messages.warning(self.request, said % {"taken": quota.kept})
        return quota


def left(quota: Quota) -> str:
    if quota.left is None:
        return "∞"
    if quota.left < 0:
        return gettext("%(number)s given out beyond it") % {"number": -quota.left}
    return str(quota.left)


class QuotaViewSet(RecordViewSet):
    model = Quota
    name = "events_quota"
    url_prefix = "so-cho"
    icon = "group"
    menu_label = _("Quotas")
    list_filter = ["event"]
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("size")]),
            FieldPanel("ticket_types", widget=CheckboxSelectMultiple),
        ],
        base_form_class=QuotaForm,
    )

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Quota.objects.select_related("event").with_taken(timezone.now())

        @cached_property
        def columns(self):
            return [
                self._get_title_column("name"),
                Column("event", label=_("Event")),
                Column(
                    "size", label=capfirst(_("seats")), accessor=lambda quota: "∞" if quota.size is None else quota.size
                ),
                Column("taken", label=capfirst(_("taken"))),
                Column(
                    "left",
                    label=capfirst(pgettext_lazy("seats", "left")),
                    accessor=left,
                ),
            ]

    class Create(SettlesQuota, CreateView):
        pass

    class Edit(SettlesQuota, EditView):
        pass

    index_view_class = Index
    add_view_class = Create
    edit_view_class = Edit


# ---------------------------------------------------------------- agenda


class SessionViewSet(RecordViewSet):
    model = Session
    name = "events_session"
    url_prefix = "phien"
    icon = "date"
    menu_label = pgettext_lazy("agenda", "Sessions")
    search_fields = ["search_text"]
    list_filter = ["event", "room", "track"]
    panels = [
        FieldRowPanel([FieldPanel("event"), FieldPanel("kind"), FieldPanel("slug")]),
        both("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("room"), FieldPanel("track")]),
        InlinePanel("speaking", heading=_("Speakers"), label=_("Speaker")),
        both("description"),
        FieldRowPanel([FieldPanel("highlight"), FieldPanel("sample")]),
    ]

    class Index(WordSearch, generic.IndexView):
        def get_base_queryset(self):
            return Session.objects.select_related("event", "room", "track").order_by(
                "-event__starts_at", "starts_at", "pk"
            )

        @cached_property
        def columns(self):
            return [
                self._get_title_column("title_vi"),
                moment("starts_at", _("Starts")),
                Column("room", label=_("Room"), sort_key="room"),
                Column("track", label=_("Track"), sort_key="track"),
                Column("event", label=_("Event")),
            ]

    index_view_class = Index


class SpeakerViewSet(RecordViewSet):
    model = Speaker
    name = "events_speaker"
    url_prefix = "dien-gia"
    icon = "user"
    menu_label = _("Speakers")
    search_fields = ["search_text"]
    list_filter = ["event"]
    panels = [
        FieldPanel("event"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        both("title"),
        both("organisation"),
        both("bio"),
        FieldPanel("photo"),
        FieldPanel("sample"),
    ]

    class Index(WordSearch, generic.IndexView):
        def get_base_queryset(self):
            return Speaker.objects.select_related("event").order_by("name_sort", "pk")

    index_view_class = Index
    list_display = ["name", "title_vi", "event"]


class RoomViewSet(RecordViewSet):
    model = Room
    name = "events_room"
    url_prefix = "phong"
    icon = "home"
    menu_label = _("Rooms")
    list_display = ["name_vi", "seats", "position", "event"]
    list_filter = ["event"]
    panels = [
        FieldPanel("event"),
        both("name"),
        both("where"),
        FieldRowPanel([FieldPanel("seats"), FieldPanel("position")]),
        FieldPanel("sample"),
    ]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Room.objects.select_related("event")

    index_view_class = Index


class TrackViewSet(RecordViewSet):
    model = Track
    name = "events_track"
    url_prefix = "chu-de"
    icon = "list-ul"
    menu_label = _("Tracks")
    list_display = ["name_vi", "colour", "position", "event"]
    list_filter = ["event"]
    panels = [FieldPanel("event"), both("name"), FieldRowPanel([FieldPanel("colour"), FieldPanel("position")])]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Track.objects.select_related("event")

    index_view_class = Index


class ForumGroup(ModelViewSetGroup):
    menu_label = _("Forum")
    menu_icon = "calendar-alt"
    menu_order = 200
    items = (
        DashboardViewSet,
        RegistrationViewSet,
        WalkInViewSet,
        DuplicatesViewSet,
        DelegationViewSet,
        InviteViewSet,
        ImportViewSet,
        MassMailViewSet,
        LetterTextViewSet,
        EventViewSet,
        TicketTypeViewSet,
        QuotaViewSet,
        QuestionViewSet,
        SessionViewSet,
        SpeakerViewSet,
        RoomViewSet,
        TrackViewSet,
    )
