"""How registration for an event goes, in one page: by day, state, kind of ticket, quota and agency."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from events.models import Event, Quota, Scan, State, TicketType

AGENCIES = 15
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 760, 240, 44, 24, 12  # of the plot, in its own units
DAYS_AT_MOST = 92  # of one bar a day; beyond that a bar is a week
GAP = 2
SEATED = [State.CONFIRMED, State.PENDING, State.UNPAID, State.OFFERED]


@dataclass(frozen=True)
class Bar:
    """A day, or seven of them, in the plot. Whole numbers only: a decimal comma is no SVG."""

    begins: date
    ends: date
    number: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Plot:
    """Registrations by day as bars, with lines to read them by."""

    bars: list[Bar]
    lines: list[tuple[int, int]]  # (number, y)
    marks: list[tuple[date, int]]  # (day, x)
    by_week: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - 4
    base: int = HEIGHT - BOTTOM
    label_y: int = HEIGHT - 6


def plot(numbers: dict[date, int]) -> Plot | None:
    if not numbers:
        return None
    first, last = min(numbers), max(numbers)
    step = 1 if (last - first).days < DAYS_AT_MOST else 7
    if step == 7:
        first -= timedelta(days=first.weekday())
    heaps: list[tuple[date, date, int]] = []
    day = first
    while day <= last:
        days = [day + timedelta(days=n) for n in range(step)]
        heaps.append((day, days[-1], sum(numbers.get(one, 0) for one in days)))
        day += timedelta(days=step)
    top = round_up(max(number for _begins, _ends, number in heaps))
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    slot = (WIDTH - LEFT - 4) / max(len(heaps), 7)  # a week's width at least: one single day is no wall
    bars = [
        Bar(
            begins,
            ends,
            number,
            x=round(LEFT + n * slot),
            y=base - (tall := round(room * number / top)),
            width=max(1, round(slot) - GAP),
            height=tall,
        )
        for n, (begins, ends, number) in enumerate(heaps)
    ]
    every = max(1, -(-len(bars) // 7))
    return Plot(
        bars=bars,
        lines=[(part, base - round(room * part / top)) for part in sorted({0, top // 2, top})],
        marks=[(bar.begins, bar.x) for bar in bars[::every]],
        by_week=step == 7,
    )


def round_up(number: int) -> int:
    """The next number that reads well at the top of a plot, and whose half does."""
    size = 1
    while number > 10 * size:
        size *= 10
    tenths = (20, 40, 60, 80, 100) if size == 1 else (12, 16, 20, 30, 40, 60, 80, 100)
    return next(tenth * size // 10 for tenth in tenths if number * 10 <= tenth * size)


@dataclass
class Kind:
    """A ticket type: how many are in which state, and how many came in."""

    ticket_type: TicketType
    states: dict[str, int] = field(default_factory=dict)
    inside: int = 0

    @property
    def columns(self) -> list[int]:
        return [self.states.get(state, 0) for state in State.values]

    @property
    def total(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True)
class Seats:
    """A quota: its size and what has become of it. Bars are in hundredths of the size."""

    quota: Quota
    set_aside: int
    waiting: int

    @property
    def people(self) -> int:
        return self.quota.taken - self.set_aside

    @property
    def percent(self) -> int | None:
        return round(100 * self.quota.taken / self.quota.size) if self.quota.size else None

    @property
    def people_width(self) -> int:
        return min(100, round(100 * self.people / self.quota.size)) if self.quota.size else 0

    @property
    def aside_width(self) -> int:
        return min(100 - self.people_width, round(100 * self.set_aside / self.quota.size)) if self.quota.size else 0


@dataclass(frozen=True)
class Agency:
    name: str
    number: int
    inside: int
    width: int


@dataclass
class Overview:
    """Everything on the page. Nine queries, however many people, kinds and quotas there are."""

    event: Event
    at: datetime
    kinds: list[Kind] = field(default_factory=list)
    quotas: list[Seats] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    elsewhere: int = 0
    plot: Plot | None = None

    @classmethod
    def of(cls, event: Event, at: datetime) -> Overview:
        found = cls(event, at)
        found._count_kinds()
        found._count_quotas()
        found._count_agencies()
        days = event.registrations.annotate(day=TruncDate("created_at")).order_by()
        found.plot = plot(dict(days.values_list("day").annotate(number=Count("pk"))))
        return found

    def _count_kinds(self) -> None:
        by_key = {kind.pk: Kind(kind) for kind in self.event.ticket_types.all()}
        rows = self.event.registrations.order_by().values_list("ticket_type", "state").annotate(number=Count("pk"))
        for key, state, number in rows:
            by_key[key].states[state] = number
        came = Scan.objects.standing().filter(registration__event=self.event).order_by()
        for key, number in came.values_list("registration__ticket_type").annotate(number=Count("pk")):
            by_key[key].inside = number
        self.kinds = list(by_key.values())

    def _count_quotas(self) -> None:
        waiting = {kind.ticket_type.pk: kind.states.get(State.WAITLISTED, 0) for kind in self.kinds}
        holding = self.event.delegations.holding(self.at).order_by()
        aside = dict(holding.values_list("ticket_type").annotate(number=Sum("size")))
        for quota in self.event.quotas.with_taken(self.at).prefetch_related("ticket_types"):
            keys = [kind.pk for kind in quota.ticket_types.all()]
            self.quotas.append(
                Seats(
                    quota,
                    set_aside=sum(aside.get(key, 0) for key in keys),
                    waiting=sum(waiting.get(key, 0) for key in keys),
                )
            )

    def _count_agencies(self) -> None:
        seated = self.event.registrations.filter(state__in=SEATED).order_by().values_list("organisation")
        rows = list(seated.annotate(number=Count("pk")).order_by("-number", "organisation"))
        came = Scan.objects.standing().filter(registration__event=self.event).order_by()
        inside = dict(came.values_list("registration__organisation").annotate(number=Count("pk")))
        top = rows[0][1] if rows else 1
        self.agencies = [
            Agency(name, number, inside.get(name, 0), round(100 * number / top)) for name, number in rows[:AGENCIES]
        ]
        self.elsewhere = sum(number for _name, number in rows[AGENCIES:])

    # ------------------------------------------------------------ sums
    @property
    def states(self) -> list[tuple[str, str, int]]:
        """(state, words, number), those that nobody is in left out."""
        return [(state.value, str(state.label), number) for state in State if (number := self.number_in(state))]

    def number_in(self, state: str) -> int:
        return sum(kind.states.get(state, 0) for kind in self.kinds)

    @property
    def headings(self) -> list[str]:
        return [str(state.label) for state in State]

    @property
    def total(self) -> int:
        return sum(kind.total for kind in self.kinds)

    @property
    def confirmed(self) -> int:
        return self.number_in(State.CONFIRMED)

    @property
    def inside(self) -> int:
        return sum(kind.inside for kind in self.kinds)

    @property
    def percent_inside(self) -> int:
        return round(100 * self.inside / self.confirmed) if self.confirmed else 0


def list_address(event: Event, **filters: str) -> str:
    """The list of registrations, filtered."""
    return f"{reverse('events_registration:index')}?{urlencode({'event': event.pk, **filters})}"


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("events.view_registration"):
        return permission_denied(request)
    at = timezone.now()
    slug = request.GET.get("su-kien", "")
    event = get_object_or_404(Event, slug=slug) if slug else Event.objects.at_the_gate(at) or Event.objects.first()
    context = {
        "page_title": gettext("Registration at a glance"),
        "events": Event.objects.all(),
        "event": event,
        "overview": Overview.of(event, at) if event else None,
        "list_address": list_address(event) if event else "",
        "inside_address": list_address(event, inside="1") if event else "",
    }
    return render(request, "events/admin/dashboard.html", context)


class DashboardViewSet(ViewSet):
    name = "events_dashboard"
    url_prefix = "tong-quan-dang-ky"
    icon = "desktop"
    menu_label = _("Registration at a glance")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm("events.view_registration")
        return item

    def get_urlpatterns(self):
        return [path("", dashboard, name="index")]
