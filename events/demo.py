"""The forum of the demo story: the real seventh edition, its dates moved so that one can register, everything
unsourced marked as sample.

Facts stand in data/forum.json. Registrations go through `Event.register`, entries through `check_in`. May be
repeated, at any stage.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from content import cache
from events.forms import CONSENT_VERSION
from events.models import (
    BankAccount,
    BankLine,
    Delegation,
    Discount,
    Event,
    EventIndexPage,
    EventPage,
    GroupPrice,
    LetterText,
    MassMail,
    Order,
    Person,
    Question,
    QuestionChoice,
    QuestionVersion,
    Quota,
    Registration,
    Room,
    Scan,
    Session,
    SessionSpeaker,
    Speaker,
    TicketType,
    Track,
)
from events.models.question import Value
from people.models import User
from people.text import slug

HOST = "mau.example"
FACTS = Path(__file__).with_name("data") / "forum.json"
INDEX = {
    "vi": ("Diễn đàn", "Các kỳ Diễn đàn Khởi nghiệp sáng tạo Quốc gia do tỉnh Quảng Ninh đăng cai."),
    "en": ("The forum", "Editions of the forum hosted by Quảng Ninh."),
}
INSIDE = {"before": 0, "during": 18, "after": 34}


def build(stage: str, at: datetime, site: Site) -> dict[str, Any]:
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    with transaction.atomic():
        event = put_event(facts["event"], stage, at)
        kinds = put_tickets(event, facts)
        asked = put_questions(event, facts["questions"], kinds, at)
        put_letters(event, facts["letters"], at)
        put_agenda(event, facts)
        page = put_pages(event, facts["pages"], site)
    people = put_people(event, kinds, facts["people"], asked)
    desk = put_delegation(event, kinds, facts["delegation"], at)
    payers = put_money(event, kinds["exhibitor"], facts["money"], stage, at)
    let_in(event, people, stage, at)
    cache.bump()
    return report(event, page, people, desk, payers)


def put(model, find: dict, values: dict):
    """The row with these values, made or brought up to date."""
    return model.objects.update_or_create(**find, defaults=values)[0]


# ---------------------------------------------------------------- when


def first_day(stage: str, at: datetime):
    """Before: in three weeks. During: the two days that hold this very moment. After: ended the day before
    yesterday.
    """
    local = timezone.localtime(at)
    if stage == "before":
        return local.date() + timedelta(days=21)
    if stage == "after":
        return local.date() - timedelta(days=3)
    return local.date() if local.time() >= time(7, 30) else local.date() - timedelta(days=1)


def moment(day, clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def put_event(facts: dict, stage: str, at: datetime) -> Event:
    day = first_day(stage, at)
    dates = {
        "doors_at": moment(day, "07:30"),
        "starts_at": moment(day, "08:30"),
        "ends_at": moment(day + timedelta(days=1), "11:30"),
        "published_at": moment(day - timedelta(days=60), "08:00"),
        "registration_opens_at": moment(day - timedelta(days=50), "08:00"),
        "registration_closes_at": moment(day - timedelta(days=5), "17:00")
        if stage != "during"
        else moment(day, "17:00"),
    }
    return put(Event, {"slug": facts["slug"]}, facts | dates)


# ---------------------------------------------------------------- what


def put_tickets(event: Event, facts: dict) -> dict[str, TicketType]:
    kinds = {}
    for position, values in enumerate(facts["ticket_types"], start=1):
        values = {**values, "position": position}
        key = values.pop("key")
        kinds[key] = put(TicketType, {"event": event, "name_vi": values["name_vi"]}, values)
    for values in facts["quotas"]:
        quota = put(Quota, {"event": event, "name": values["name"]}, {"size": values["size"]})
        quota.ticket_types.set([kinds[key] for key in values["types"]])
    return kinds


def put_questions(
    event: Event, facts: list[dict], kinds: dict[str, TicketType], at: datetime
) -> list[tuple[Question, list]]:
    """Each question with the answers that the made-up people give in turn; a choice is named by its place."""
    questions: dict[str, Question] = {}
    asked = []
    for position, facts_of_one in enumerate(facts, start=1):
        values = {**facts_of_one, "position": position, "sample": True}
        key, choices, given = values.pop("key"), values.pop("choices", []), values.pop("given")
        types, after = values.pop("types", []), values.pop("after", None)
        if after is not None:
            values |= {"depends_on": questions[after[0]], "depends_on_values": after[1:]}
        question = questions[key] = put(Question, {"event": event, "label_vi": values["label_vi"]}, values)
        for order, (vi, en) in enumerate(choices):
            put(QuestionChoice, {"question": question, "label_vi": vi}, {"label_en": en, "sort_order": order})
        question.ticket_types.set([kinds[kind] for kind in types])
        question.save()
        question.settle(at)
        asked.append((question, given))
    return asked


def put_letters(event: Event, facts: dict, at: datetime) -> None:
    """A reminder in the organiser's own words, and a draft of a letter to many."""
    for values in facts["texts"]:
        LetterText.objects.get_or_create(event=event, kind=values["kind"], defaults=values)
    for values in facts["mails"]:
        if not event.mass_mails.filter(subject_vi=values["subject_vi"]).exists():
            MassMail.objects.create(event=event, created_at=at, **values)


def answers_of(
    number: int, kind: TicketType, asked: list[tuple[Question, list]]
) -> dict[QuestionVersion, Value | None]:
    answers: dict[QuestionVersion, Value | None] = {}
    so_far: dict[int, Value | None] = {}
    for question, given in asked:
        value = given[number % len(given)]
        if value is None or question.current is None or not (question.is_for(kind) and question.applies(so_far)):
            continue
        keys = [choice["key"] for choice in question.current.choices]
        if keys:
            value = [keys[place] for place in value] if isinstance(value, list) else keys[value]
        so_far[question.pk] = answers[question.current] = value
    return answers


def put_agenda(event: Event, facts: dict) -> None:
    tracks, rooms, speakers = {}, {}, {}
    for position, values in enumerate(facts["tracks"], start=1):
        values = {**values, "position": position}
        key = values.pop("key")
        tracks[key] = put(Track, {"event": event, "name_vi": values["name_vi"]}, values)
    for position, values in enumerate(facts["rooms"], start=1):
        values = {**values, "position": position, "sample": True}
        key = values.pop("key")
        rooms[key] = put(Room, {"event": event, "name_vi": values["name_vi"]}, values)
    for values in facts["speakers"]:
        speakers[values["slug"]] = put(Speaker, {"event": event, "slug": values["slug"]}, values)
    for facts_of_one in facts["sessions"]:
        values = dict(facts_of_one)
        names, minutes = values.pop("speakers"), values.pop("minutes")
        starts_at = moment(event.first_day + timedelta(days=values.pop("day") - 1), values.pop("at"))
        values |= {
            "room": rooms.get(values["room"]),
            "track": tracks.get(values["track"]),
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=minutes),
        }
        session = put(Session, {"event": event, "slug": slug(values["title_vi"])}, values)
        for order, name in enumerate(names):
            put(SessionSpeaker, {"session": session, "speaker": speakers[name]}, {"sort_order": order})


def put_pages(event: Event, texts: dict, site: Site) -> EventPage:
    """In both languages, translations of each other. What an editor changed since stays."""
    pages, index_key, page_key = {}, None, None
    home = site.root_page
    for code in ("vi", "en"):
        locale = Locale.objects.get(language_code=code)
        own_home = Page.objects.filter(translation_key=home.translation_key, locale=locale).first()
        if own_home is None:
            continue
        index = EventIndexPage.objects.child_of(own_home).first()
        if index is None:
            title, intro = INDEX[code]
            index = EventIndexPage(title=title, slug="dien-dan", intro=intro, locale=locale)
            if index_key is not None:
                index.translation_key = index_key
            own_home.add_child(instance=index)
            index.save_revision().publish()
        index_key = index.translation_key
        page = EventPage.objects.child_of(index).filter(event=event).first()
        if page is None:
            page = EventPage(event=event, slug=event.slug, locale=locale, **page_fields(texts[code]))
            if page_key is not None:
                page.translation_key = page_key
            index.add_child(instance=page)
            page.save_revision().publish()
        page_key = page.translation_key
        pages[code] = page
    return pages["vi"]


def page_fields(texts: dict) -> dict:
    values = dict(texts)
    values["body"] = [(kind, RichText(html)) for kind, html in texts["body"]]
    values["practical"] = [
        ("question", {"question": question, "answer": RichText(answer)}) for question, answer in texts["practical"]
    ]
    return values


# ---------------------------------------------------------------- who


def put_people(
    event: Event, kinds: dict[str, TicketType], people: list[dict], asked: list[tuple[Question, list]]
) -> list[Registration]:
    """About forty made-up people, through the same door as everybody; nobody is written to."""
    known = {
        registration.email: registration
        for registration in event.registrations.live().select_related("event", "ticket_type")
    }
    result = []
    for number, values in enumerate(people):
        email = f"{values['mailbox'] or slug(values['full_name'])}@{HOST}"
        if email not in known:
            person = Person(
                full_name=values["full_name"],
                email=email,
                organisation=values["organisation"],
                position=values["position"],
            )
            registered_at = event.registration_opens_at + timedelta(hours=3 * number + 1)
            known[email] = event.register(
                kinds[values["type"]],
                person,
                at=registered_at,
                consent_version=CONSENT_VERSION,
                source="demo",
                letters=False,
                answers=answers_of(number, kinds[values["type"]], asked),
            )
        result.append(known[email])
    return result


def put_delegation(event: Event, kinds: dict[str, TicketType], facts: dict, at: datetime) -> Delegation:
    """An agency with seats of its own: some are named, one of them has not answered, some seats are left."""
    release_at, began_at = event.registration_closes_at, event.registration_opens_at + timedelta(minutes=30)
    desk = event.delegations.filter(name=facts["name"]).first()
    if desk is not None:
        desk.resize(size=desk.size, release_at=release_at, at=at)
        return desk
    desk = Delegation.objects.set_aside(
        event,
        kinds[facts["type"]],
        name=facts["name"],
        size=facts["size"],
        release_at=release_at,
        coordinator_name=facts["coordinator_name"],
        coordinator_email=f"{facts['mailbox']}@{HOST}",
        at=began_at,
        letters=False,
    )
    people = [
        Person(
            full_name=one["full_name"],
            email=f"{one['mailbox']}@{HOST}" if one["mailbox"] else "",
            organisation=desk.name,
            position=one["position"],
        )
        for one in facts["people"]
    ]
    named = desk.name_people(people, at=began_at, consent_version=CONSENT_VERSION, letters=False)
    for member, one in zip(named, facts["people"], strict=True):
        if one["confirms"]:
            member.accept(at=began_at, consent_version=CONSENT_VERSION)
    return desk


def put_money(event: Event, kind: TicketType, facts: dict, stage: str, at: datetime) -> list[Registration]:
    """A code, a price for groups, and three exhibitors: one has paid, one has not, one has paid too little."""
    put(Discount, {"event": event, "code": facts["discount"]["code"]}, facts["discount"])
    put(GroupPrice, {"ticket_type": kind, "people": facts["group"]["people"]}, {"price": facts["group"]["price"]})
    by = User.objects.filter(email=f"loan@{HOST}").first()
    known = {one.email: one for one in event.registrations.filter(ticket_type=kind).order_by("pk")}
    for values in facts["exhibitors"] if stage == "before" else []:
        email = f"{values['mailbox']}@{HOST}"
        if email in known:
            continue
        person = Person(full_name=values["full_name"], email=email, organisation=values["organisation"])
        terms = {"consent_version": CONSENT_VERSION, "source": "demo", "letters": False}
        known[email] = event.register(kind, person, at=at, **terms)
        if (order := Order.objects.open_for(known[email])) is not None and values["paid"]:
            order.receive(values["paid"], reference=f"PT-{values['mailbox']}", at=at, by=by, note="Dữ liệu mẫu")
    put_transfers(event, facts, at)
    return list(known.values())


def put_transfers(event: Event, facts: dict, at: datetime) -> None:
    """An account of a bank that does not exist, so that no app sends money there, and two transfers without a code."""
    number = {name: facts["account"][name] for name in ("bank_bin", "account")}
    rest = {name: facts["account"][name] for name in ("bank_name", "holder")}
    account = put(BankAccount, number, rest)
    if event.bank_account_id is None:
        event.bank_account = account
        event.save(update_fields=["bank_account"])
    for values in facts["transfers"] if not account.lines.exists() else []:
        line = BankLine.objects.create(
            account=account,
            day=timezone.localtime(at).date(),
            occurred_at=at,
            source=BankLine.Source.STATEMENT,
            created_at=at,
            **values,
        )
        line.match(at=at)


def let_in(event: Event, people: list[Registration], stage: str, at: datetime) -> None:
    by = User.objects.filter(email=f"giang@{HOST}").first()
    if stage == "before":  # told again from the beginning: nobody has come yet
        for scan in Scan.objects.standing().filter(registration__event=event, registration__certificate=None):
            scan.undo(by=by, at=at)
    opened_at = event.doors_at or event.starts_at
    entered_at = min(at, opened_at) if stage == "during" else opened_at
    for number, registration in enumerate(people[: INSIDE[stage]]):
        if not registration.scans.standing().exists():
            registration.check_in(by=by, at=entered_at + timedelta(seconds=20 * number), gate="AB"[number % 2])


def report(
    event: Event, page: EventPage, people: list[Registration], desk: Delegation, payers: list[Registration]
) -> dict[str, Any]:
    arguments = [event.slug]
    asked = next((order for one in payers if (order := Order.objects.open_for(one))), None)
    return {
        "urls": ({"payment": asked.get_absolute_url()} if asked else {})
        | {
            "forum": page.get_url() or event.get_absolute_url(),
            "register": reverse("events:register", args=arguments),
            "agenda": reverse("events:agenda", args=arguments),
            "ticket": people[0].get_absolute_url(),
            "delegation": desk.get_absolute_url(),
            "gate": reverse("events_gate"),
        },
        "event": event.slug,
        "registrations": event.registrations.count(),
        "inside": event.number_inside(),
        "ticket_code": people[0].checkin_token,
    }
