"""What the front page says about now: what is open, which courses there are, the latest news. Constant queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.pages import ArticlePage
from courses.models import Course, CoursePage
from events.models import Event

CLOSING_SOON_DAYS = 3
LATEST = 3


@dataclass(frozen=True)
class Opening:
    """Something people can do now, and until when."""

    until: date
    days_left: int
    title: str
    url: str
    note: str

    @property
    def closes_soon(self) -> bool:
        return self.days_left <= CLOSING_SOON_DAYS


def coming_events(at: datetime) -> list[Event]:
    return list(Event.objects.published(at).taking_place().filter(ends_at__gt=at).order_by("starts_at", "pk")[:5])


def openings(events: list[Event], courses: list[CoursePage], at: datetime) -> list[Opening]:
    today = timezone.localtime(at).date()
    found = []
    for event in events:
        if event.registration_opens_at <= at < event.registration_closes_at and event.registration_paused_at is None:
            until = timezone.localtime(event.registration_closes_at).date()
            note = _("No account needed. It takes about two minutes.")
            found.append(
                Opening(
                    until,
                    (until - today).days,
                    _("Register for %(event)s") % {"event": event.name},
                    f"{event.get_absolute_url()}dang-ky/",
                    note,
                )
            )
    for page in courses:
        if page.closes_at and page.closes_at > at and (page.opens_at is None or page.opens_at <= at):
            until = timezone.localtime(page.closes_at).date()
            found.append(Opening(until, (until - today).days, page.title, page.get_url(), _("Enrolment is open.")))
    return sorted(found, key=lambda opening: opening.until)


def compulsory_courses() -> tuple[list[CoursePage], int]:
    """The compulsory courses in this language, else in Vietnamese; and how many courses there are."""
    language = get_language() or "vi"
    pages = CoursePage.objects.live().public().select_related("locale").order_by("code", "path")
    pages = pages.exclude(translation_key__in=Course.objects.hidden_from(None).values("pk"))
    chosen: dict = {}
    for page in pages:
        code = page.locale.language_code
        if code == language or (code == "vi" and page.translation_key not in chosen):
            chosen[page.translation_key] = page
    return [page for page in chosen.values() if page.group == CoursePage.Group.COMPULSORY], len(chosen)


def news(home) -> list[ArticlePage]:
    return list(ArticlePage.objects.descendant_of(home).live().public().newest_first().for_a_list()[:LATEST])


def next_change(at: datetime) -> datetime | None:
    """When the front page reads differently by itself: an event's boundary, or midnight, when 3 days left become 2."""
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    moments = [moment for event in coming_events(at) if (moment := event.next_boundary(at))]
    return min([midnight, *moments])
