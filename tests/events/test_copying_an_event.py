"""The next edition is made from this one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.copying import PathTaken
from events.models import (
    Delegation,
    Event,
    LetterText,
    Question,
    QuestionChoice,
    Quota,
    Registration,
    SessionSpeaker,
    TicketType,
)
from events.models.question import Moment
from people.models import AuditEntry

from .conftest import fill_agenda, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ha, site_tree):
    """Hà at her desk."""
    client.force_login(ha)
    return client


@pytest.fixture
def edition(event, delegate, student, register, now) -> Event:
    """An edition with everything that an organiser sets up, and with people."""
    register(1)
    Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Công Thương",
        size=3,
        release_at=event.starts_at,
        coordinator_name="Lê Văn Đầu Mối",
        coordinator_email="daumoi@mau.example",
        at=now,
    )
    TicketType.objects.create(event=event, name_vi="Khách quý", visibility="code", access_code="HALONG7")
    Quota.objects.get(name="Hội trường").ticket_types.add(student)
    LetterText.objects.create(event=event, kind="registration_confirmed", body_vi="Chào {ten}, hẹn gặp.")
    meal = Question.objects.create(event=event, kind="choice", label_vi="Bữa trưa", label_en="Lunch", position=1)
    chosen = QuestionChoice.objects.create(question=meal, label_vi="Chay", sort_order=1)
    QuestionChoice.objects.create(question=meal, label_vi="Mặn", sort_order=2)
    detail = Question.objects.create(
        event=event, label_vi="Kiêng gì", depends_on=meal, depends_on_values=[str(chosen.pk)], position=2
    )
    Question.ticket_types.through.objects.create(question_id=detail.pk, tickettype_id=student.pk)
    old = Question.objects.create(event=event, label_vi="Câu đã thôi hỏi", moment=Moment.NEVER, position=3)
    for question in (meal, detail, old):
        Question.objects.get(pk=question.pk).settle(now)
    Question.objects.filter(pk=meal.pk).update(label_vi="Bữa trưa của Quý vị")
    Question.objects.get(pk=meal.pk).settle(now)
    fill_agenda(event, 4)
    event.postpone(at=now, notice_vi="Hoãn vì bão.")
    event.pause(now)
    return event


def test_what_is_set_up_once_comes_along_and_people_do_not(edition, now):
    first_day = edition.first_day + timedelta(days=364)
    new = edition.copy_to("dien-dan-8", first_day, at=now, name_vi="Diễn đàn lần thứ 8")
    assert (new.slug, new.edition, new.name_vi, new.first_day) == ("dien-dan-8", 8, "Diễn đàn lần thứ 8", first_day)
    year = timedelta(days=364)
    for field in ("starts_at", "ends_at", "doors_at", "registration_opens_at", "registration_closes_at"):
        assert getattr(new, field) == getattr(edition, field) + year, field
    assert (new.venue_vi, new.organiser_vi, new.theme_vi) == (edition.venue_vi, edition.organiser_vi, edition.theme_vi)
    assert (new.published_at, new.registration_paused_at, new.postponed_at, new.notice_vi) == (None, None, None, "")
    assert new.calendar_sequence == 0
    assert not new.is_off

    assert [kind.name_vi for kind in new.ticket_types.all()] == [kind.name_vi for kind in edition.ticket_types.all()]
    quotas = {quota.name: quota for quota in new.quotas.prefetch_related("ticket_types")}
    assert {kind.name_vi for kind in quotas["Hội trường"].ticket_types.all()} == {"Đại biểu", "Sinh viên"}
    assert {kind.event_id for quota in quotas.values() for kind in quota.ticket_types.all()} == {new.pk}
    assert quotas["Hội trường"].kept == 0
    assert new.letter_texts.get().body_vi == "Chào {ten}, hẹn gặp."
    assert (new.rooms.count(), new.tracks.count()) == (3, 2)

    assert not new.registrations.exists()
    assert not new.delegations.exists()
    assert not new.pages.exists()
    assert not new.changes.exists()
    assert (new.sessions.count(), new.speakers.count()) == (0, 0)
    assert Registration.objects.count() == 1


def test_an_access_code_is_not_carried_from_year_to_year(edition, now):
    new = edition.copy_to("dien-dan-8", edition.first_day + timedelta(days=364), at=now)
    guests = new.ticket_types.get(visibility="code")
    assert len(guests.access_code) == 8
    assert guests.access_code != "HALONG7"
    assert not guests.is_shown("HALONG7")


def test_questions_keep_their_current_words_and_what_they_hang_on(edition, now):
    new = edition.copy_to("dien-dan-8", edition.first_day + timedelta(days=364), at=now)
    meal, detail = new.questions.in_order()
    assert (meal.current.label_vi, meal.current.number) == ("Bữa trưa của Quý vị", 1)
    vegetarian = meal.choices.get(label_vi="Chay")
    assert [choice["vi"] for choice in meal.current.choices] == ["Chay", "Mặn"]
    assert (detail.depends_on, detail.depends_on_values) == (meal, [str(vegetarian.pk)])
    assert [kind.event_id for kind in detail.ticket_types.all()] == [new.pk]
    assert not new.questions.filter(label_vi="Câu đã thôi hỏi").exists()
    assert edition.questions.count() == 3


def test_agenda_and_speakers_come_along_when_asked(edition, now):
    new = edition.copy_to(
        "dien-dan-8", edition.first_day + timedelta(days=364), at=now, with_sessions=True, with_speakers=True
    )
    old = {session.slug: session for session in edition.sessions.all()}
    assert new.sessions.count() == len(old)
    for session in new.sessions.select_related("room", "track"):
        assert session.starts_at == old[session.slug].starts_at + timedelta(days=364)
        assert (session.room.event_id, session.track.event_id) == (new.pk, new.pk)
    assert SessionSpeaker.objects.filter(session__event=new, speaker__event=new).count() == 4
    alone = edition.copy_to("dien-dan-9", edition.first_day + timedelta(days=728), at=now, with_sessions=True)
    assert (alone.sessions.count(), alone.speakers.count()) == (4, 0)


def test_the_organiser_copies_and_goes_on_to_the_new_form(desk, edition):
    page = desk.get(reverse("events_event:edit", args=[edition.pk]))
    address = reverse("events_event_copy", args=[edition.pk])
    assert address in page.text
    assert "lần thứ 7" in desk.get(address).text
    answer = desk.post(address, {"slug": "dien-dan-8", "first_day": "2030-09-10", "name_vi": "Diễn đàn lần thứ 8"})
    new = Event.objects.get(slug="dien-dan-8")
    assert answer.headers["Location"] == reverse("events_event:edit", args=[new.pk])
    shown = desk.get(answer.headers["Location"]).text
    assert "Đã chép" in shown
    assert "mã truy cập mới" in shown
    assert AuditEntry.objects.get(verb="event.copied").data == {"source": edition.slug}
    assert not new.is_published(timezone.now() + timedelta(days=9999))


def test_a_path_that_is_taken_is_said_beside_the_field(desk, edition, now):
    make_event(now, slug="dien-dan-8")
    answer = desk.post(
        reverse("events_event_copy", args=[edition.pk]),
        {"slug": "dien-dan-8", "first_day": "2030-09-10", "name_vi": "Diễn đàn lần thứ 8"},
    )
    assert answer.status_code == 422
    assert "đã có đường dẫn này" in str(answer.context["form"].errors["slug"])
    assert Event.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"slug": ""}, {"slug": "có dấu"}, {"first_day": "hôm nay"}, {"name_vi": ""}])
def test_what_is_missing_is_said_and_nothing_is_copied(desk, edition, wrong):
    given = {"slug": "dien-dan-8", "first_day": "2030-09-10", "name_vi": "Diễn đàn lần thứ 8"}
    answer = desk.post(reverse("events_event_copy", args=[edition.pk]), given | wrong)
    assert answer.status_code == 422
    assert Event.objects.count() == 1


def test_two_organisers_at_once_make_one_copy_and_nothing_half_done(edition, now):
    edition.copy_to("dien-dan-8", edition.first_day, at=now)
    types, questions = TicketType.objects.count(), Question.objects.count()
    with pytest.raises(PathTaken):
        edition.copy_to("dien-dan-8", edition.first_day, at=now)
    assert (TicketType.objects.count(), Question.objects.count()) == (types, questions)
