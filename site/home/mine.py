"""My page: what one person has to do next, gathered from the two products."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import Certificate
from content.templatetags.kit import vn_date, vn_time
from courses.mine import MyCourse, MyPath, paths_of
from courses.mine import for_person as courses_of
from events.mine import for_person as tickets_of
from events.models import Registration

SOON = timedelta(days=2)


@dataclass(frozen=True)
class NextThing:
    """The one thing on top of the page."""

    title: str
    note: str
    url: str
    button: str


@dataclass(frozen=True)
class Duty:
    """Something to be done by a day."""

    by: date
    days_left: int
    title: str
    url: str
    note: str

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass
class MyThings:
    """Everything my page shows. A fixed number of queries however much there is."""

    tickets: list[Registration] = field(default_factory=list)
    past_tickets: list[Registration] = field(default_factory=list)
    learning: list[MyCourse] = field(default_factory=list)
    learnt: list[MyCourse] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    paths: list[MyPath] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    next: NextThing | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.tickets or self.past_tickets or self.learning or self.learnt or self.certificates)


def things_of(user, at: datetime, request=None) -> MyThings:
    courses = courses_of(user, at, request)
    tickets = tickets_of(user, at)
    mine = MyThings(
        tickets=sorted(
            (ticket for ticket in tickets if not ticket.event.is_over(at)), key=lambda ticket: ticket.event.starts_at
        ),
        past_tickets=[ticket for ticket in tickets if ticket.event.is_over(at)],
        learning=[course for course in courses if not course.is_complete],
        learnt=[course for course in courses if course.is_complete],
        certificates=papers(user, tickets),
        paths=paths_of(user, request),
    )
    mine.duties = duties(mine.learning, at)
    mine.next = next_thing(mine, at)
    return mine


def papers(user, tickets: list[Registration]) -> list[Certificate]:
    """The papers of the account, and of tickets whose paper was made before there was an account; newest first."""
    found = {paper.pk: paper for paper in Certificate.objects.held_by(user)}
    for ticket in tickets:
        if ticket.certificate and (paper := ticket.certificate.current).is_valid:
            found.setdefault(paper.pk, paper)
    return sorted(found.values(), key=lambda paper: (paper.issued_at, paper.pk), reverse=True)


def duties(learning: list[MyCourse], at: datetime) -> list[Duty]:
    today = timezone.localtime(at).date()
    found = []
    for course in learning:
        if due := course.enrolment.due_at:
            by = timezone.localtime(due).date()
            url = course.next.url if course.next else course.course_url
            found.append(Duty(by, (by - today).days, course.title, url, _("Finish this course")))
    return sorted(found, key=lambda duty: duty.by)


def next_thing(mine: MyThings, at: datetime) -> NextThing | None:
    """An event within two days, else the lesson where one stopped, else a paper that waits, else a later event."""
    coming = [ticket for ticket in mine.tickets if ticket.is_confirmed and not ticket.event.is_off]
    for ticket in coming:
        if ticket.event.starts_at <= at + SOON:
            return _open_ticket(ticket)
    for course in mine.learning:
        if course.next:
            note = _("%(course)s. You stopped at %(minute)s.") if course.next.minute else "%(course)s"
            return NextThing(
                _("Go on with lesson %(number)d: %(title)s")
                % {"number": course.next.number, "title": course.next.title},
                note % {"course": course.title, "minute": course.next.minute},
                course.next.url,
                _("Go on with lesson %(number)d") % {"number": course.next.number},
            )
    for ticket in mine.past_tickets:
        if ticket.certificate_id is None and ticket.inside and ticket.is_confirmed:
            return NextThing(
                _("Your certificate of attendance is ready"),
                ticket.event.name,
                reverse("events:registration_certificate", args=[ticket.manage_token]),
                _("Get the certificate"),
            )
    for ticket in coming:
        return _open_ticket(ticket)
    return None


def _open_ticket(ticket: Registration) -> NextThing:
    starts = ticket.event.doors_at or ticket.event.starts_at
    note = _("%(time)s on %(date)s, %(place)s") % {
        "time": vn_time(starts),
        "date": vn_date(starts),
        "place": ticket.event.venue,
    }
    return NextThing(ticket.event.name, note, ticket.get_absolute_url(), _("Open the ticket"))
