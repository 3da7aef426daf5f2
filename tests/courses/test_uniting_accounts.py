"""Two accounts of one person become one: nothing learnt is lost, nothing counts twice, nobody is locked out."""

import datetime
import functools
import random
import uuid

import pytest
from django.utils import timezone

from certificates.models import Certificate
from courses import checking
from courses.checking import differences, put_right
from courses.models import (
    Course,
    Enquiry,
    Enrolment,
    Evaluation,
    EvaluationMark,
    LearningEvent,
    NoReminders,
    Note,
    Path,
    Quiz,
    QuizAttempt,
    QuizDraw,
    QuizItem,
    QuizResponse,
    Regrade,
    Submission,
)
from courses.models.evaluation import QUESTIONS
from courses.models.quiz import Change
from letters.models import Letter
from people import merging
from people.models import AuditEntry, Consent, SignInSlip, Unit, User
from tests.at_once import together

from .conftest import QUESTION, Clock, a_lesson, did, written
from .oracle import Fact, Oracle

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/gop-tai-khoan/"
A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))


def account(name: str, email: str | None = None, **fields) -> User:
    from people.accounts import confirm_address

    person = User.objects.create_user(email, name, **fields)
    if email:
        confirm_address(person)
    return person


def make_course(code: str, *keys, **fields) -> Course:
    course = Course.objects.create(
        key=uuid.uuid4(), code=code, title_vi=f"Khóa {code}", opened_at=timezone.now(), **fields
    )
    course.apply([a_lesson(key) for key in keys])
    return course


def unite(kept, double, by=None):
    moved = merging.unite(kept, double, at=timezone.now(), by=by)
    kept.refresh_from_db()
    double.refresh_from_db()
    return moved


def test_hoa_learnt_with_two_accounts_and_goes_on_with_one(client, site_tree, khanh):
    first, second, third = make_course("K1", A, B), make_course("K2", A), make_course("K3", A)
    kept, double = (
        account("Lê Thị Hoa", "hoa@mau.example"),
        account("Lê Thị Hoa", "hoa.cu@mau.example", staff_code="CB1"),
    )
    ward = Unit.objects.create(slug="p", kind="ward", name="P", full_name_vi="Phường P")
    double.join(ward, "Công chức", timezone.localdate())
    Consent.objects.create(purpose="account", text_version="x", person=double, given_at=timezone.now())
    here, other = first.enrol(kept), first.enrol(double)
    here.record([did(A, at=timezone.now())])
    other.record([did(A, at=timezone.now()), did(B, at=timezone.now())])
    both = [second.enrol(person) for person in (kept, double)]
    for enrolment in both:
        enrolment.record([did(A, at=timezone.now())])
        Evaluation.objects.give(enrolment, dict.fromkeys(QUESTIONS, 4), "", timezone.now())
    alone = third.enrol(double)
    NoReminders.objects.create(person=double, since=timezone.now())
    for person, text in ((kept, "một"), (double, "hai")):
        Note.objects.write(person, first, A, text, timezone.now())
    papers = {one.pk: one.certificate for one in Enrolment.objects.filter(certificate__isnull=False)}
    assert len(papers) == 3

    client.force_login(khanh)
    looked = client.post(PAGE, {"kept": "hoa@mau.example", "double": "cb1"})
    html = looked.content.decode()
    assert "Khóa K1: 1 + 2 bài thành 2/2 bài, đã hoàn thành." in html
    assert "Khóa K3: chuyển sang 0/1 bài." in html
    assert User.objects.get(pk=double.pk).is_active, "looking changes nothing"
    assert Enrolment.objects.count() == 5
    form = {"kept": "hoa@mau.example", "double": "cb1", "confirmed": "1"}
    assert client.post(PAGE, form).status_code == 422, "a reason and a tick are asked for"
    assert client.post(PAGE, form | {"reason": "gọi điện", "sure": "on"}).status_code == 302

    kept.refresh_from_db()
    double.refresh_from_db()
    assert (double.is_active, double.merged_into, double.email, double.staff_code) == (False, kept, None, "")
    assert (kept.staff_code, kept.unit) == ("CB1", ward)
    assert kept.consents.count() == 1
    mine = {one.course.code: one for one in Enrolment.objects.filter(person=kept).select_related("course")}
    assert set(mine) == {"K1", "K2", "K3"}
    assert Enrolment.objects.count() == 3
    assert mine["K1"].completed_at == other.completed_at
    assert mine["K1"].certificate == papers[other.pk]
    assert mine["K3"].pk == alone.pk
    valid = Certificate.objects.valid()
    assert {paper.holder for paper in Certificate.objects.all()} == {kept}
    assert valid.count() == 2, "one completion, one valid paper"
    assert "Giấy còn hiệu lực" in Certificate.objects.exclude(pk__in=valid).get().reason_revoked
    assert (EvaluationMark.objects.count(), Evaluation.objects.count()) == (1, 2)
    assert NoReminders.objects.get().person == kept
    assert Note.objects.get().text == "một\n\nhai"
    assert list(differences(with_pages=False)) == []
    entry = AuditEntry.objects.get(verb="person.united")
    assert (entry.actor_id, entry.subject_id, entry.data["double"]) == (khanh.pk, str(kept.pk), double.pk)
    assert entry.data["reason"] == "gọi điện"
    assert set(Letter.objects.filter(kind="accounts_united").values_list("to", flat=True)) == {
        "hoa@mau.example", "hoa.cu@mau.example"
    }  # fmt: skip
    assert Letter.objects.filter(kind="course_completed").count() == 3, "nobody is told of a completion again"
    client.logout()
    client.post("/accounts/login/", {"login": "hoa.cu@mau.example"})
    code = Letter.objects.filter(kind="account", to="hoa.cu@mau.example").latest("pk")
    assert code is not None, "her old address still lets her in"


def test_open_and_numbered_tries_of_a_quiz_are_put_in_one_row(site_tree):
    course = make_course("K1", A, B, gives_certificate=False)
    quiz = Quiz.objects.create(course=course, title_vi="Quiz")
    kept, double = account("Lê Thị Hoa", "hoa@mau.example"), account("Lê Thị Hoa")
    for minute, person in enumerate((double, kept)):
        enrolment = course.enrol(person, letters=False)
        QuizAttempt.objects.create(
            enrolment=enrolment,
            quiz=quiz,
            lesson_key=A,
            pass_mark=50,
            max_points=2,
            started_at=enrolment.started_at + datetime.timedelta(microseconds=minute + 1),
        )
    unite(kept, double)
    tries = QuizAttempt.objects.filter(enrolment__person=kept).order_by("number")
    assert [(one.number, one.is_open) for one in tries] == [(1, False), (2, True)]
    assert LearningEvent.objects.get().verb == "failed"
    assert list(differences(with_pages=False)) == []


def test_two_that_must_not_be_united(khanh, minh, binh, client, site_tree):
    kept = account("Lê Thị Hoa", staff_code="CB1")
    for other, sentence in (
        (kept, "cùng một tài khoản"),
        (khanh, "trang quản trị"),
        (account("Hoa Khác", staff_code="CB2"), "mã cán bộ khác nhau"),
    ):
        with pytest.raises(merging.CannotUnite, match=sentence):
            unite(kept, other)
    double = account("Lê Thị Hoa")
    unite(kept, double)
    with pytest.raises(merging.CannotUnite, match="đã gộp"):
        unite(binh, double)
    third = account("Hoa Ba")
    unite(third, kept)
    double.refresh_from_db()
    assert double.merged_into == third, "a chain of doubles ends at one account"
    client.force_login(binh)
    assert client.post(PAGE, {"kept": "#1", "double": "#2"}).status_code in (302, 403)


def test_an_account_without_a_mailbox_takes_one_over_and_old_slips_end(khanh, site_tree):
    kept, double = account("Lê Thị Hoa", staff_code="CB1"), account("", "hoa@mau.example")
    other = account("Hoa Hai")
    from people import slips

    slips.make(other, khanh, timezone.now())
    unite(kept, double)
    assert (kept.email, kept.full_name) == ("hoa@mau.example", "Lê Thị Hoa")
    assert kept.emailaddress_set.get().primary
    unite(kept, other)
    assert SignInSlip.objects.get().withdrawn_at is not None


def test_places_of_work_are_put_together_day_by_day():
    from datetime import date

    taken = [(date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 5, 1), date.max)]
    found = merging.without(taken, date(2026, 1, 1), date.max)
    assert found == [(date(2026, 1, 1), date(2026, 2, 28)), (date(2026, 4, 1), date(2026, 4, 30))]
    assert merging.without([], date(2026, 1, 1), date.max) == [(date(2026, 1, 1), date.max)]
    assert merging.without(taken, date(2026, 5, 2), date(2026, 6, 1)) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_united_account_stands_where_one_account_would(site_tree, seed):
    """Random outlines and facts; an oracle that shares no code says what one account with all the facts would have."""
    dice = random.Random(seed)
    clock, oracle = Clock(), Oracle()
    course = Course.objects.create(key=uuid.uuid4(), code="X", title_vi="X", opened_at=clock(), gives_certificate=False)
    keys = {"a": A, "b": B, "c": C}
    accounts = [account(f"Người {number}") for number in range(2)]
    enrolments = []
    for person in accounts:
        clock.tick += dice.randint(0, 2)
        enrolments.append(course.enrol(person, "manager", letters=False, clock=clock))
    oracle.comes("united")
    for _step in range(25):
        clock.tick += dice.randint(1, 3)
        if dice.random() < 0.3:
            wanted = {name: (1, dice.choice([1, 200]), "all", "quiz") for name in keys if dice.random() < 0.7}
            course.apply([a_lesson(keys[n], weight=w) for n, (_e, w, *_) in wanted.items()], clock=clock, at_once=True)
            course.refresh_from_db()
            oracle.draw(wanted, course.projected_at) if wanted or oracle.stretches else None
        else:
            known = sorted({stretch.lesson for stretch in oracle.stretches})
            if not known:
                continue
            name = dice.choice(known)
            at = clock.at(clock.tick - dice.choice([0, 0, 1, 4]))
            who = dice.choice(enrolments)
            at = max(at, who.started_at)
            event = did(keys[name], at=at)
            who.record([event], clock=clock)
            oracle.facts["united"].append(Fact(str(event.pk), name, 1, at))
    before = LearningEvent.objects.count()
    clock.tick += 1
    merging.unite(*accounts, at=clock(), by=None)
    united = Enrolment.objects.get()
    assert (united.completed_at, united.done, united.total) == oracle.standing("united")
    assert LearningEvent.objects.filter(enrolment=united).count() == before
    assert list(differences(with_pages=False)) == []


def test_every_record_of_a_person_is_moved_or_known_to_stay():
    """Whoever adds a table with a person or an enrolment in it says here what becomes of it when two become one."""
    moved = {
        "people.UnitMembership.person", "people.Consent.person", "people.SignInSlip.person",
        "people.UnitManager.person",
        "people.User.merged_into", "letters.Letter.person", "certificates.Certificate.holder",
        "courses.Enrolment.person", "courses.PathEnrolment.person", "courses.Note.person", "courses.Enquiry.asker",
        "courses.Reply.author", "courses.Complaint.by", "courses.Reminder.person", "courses.NoReminders.person",
    }  # fmt: skip
    stays = {"people.User_groups.user", "people.User_user_permissions.user", "people.LoginSession.person"}
    acts = {"by", "made_by", "actor", "marked_by", "written_by", "decided_by", "given_by", "cancelled_by", "undone_by",
            "created_by", "released_by", "asked_by", "approved_by", "owner", "uploaded_by_user"}  # fmt: skip
    ours = {"people", "letters", "certificates", "content", "home", "events", "courses"}
    found = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in User._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.related_model._meta.app_label in ours
    }
    left = {name for name in found - moved - stays if name.rpartition(".")[2] not in acts}
    assert left == set()
    assert moved <= found


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_comes_in_while_two_are_being_united_is_not_lost(site_tree):
    course = make_course("K1", A, B, C, gives_certificate=False)
    others = [make_course(f"K{number}", A, gives_certificate=False) for number in range(2, 5)]
    for _round in range(3):
        kept, double = account("Một", f"{uuid.uuid4()}@mau.example"), account("Hai", f"{uuid.uuid4()}@mau.example")
        here, other = course.enrol(kept, letters=False), course.enrol(double, letters=False)
        moving = others[0].enrol(double, letters=False)
        events = LearningEvent.objects.count()
        results = together(
            learning(here, kept, (A, B, C)),
            learning(other, double, (A, B, C)),
            learning(moving, double, (A,)),
            functools.partial(enrol_all, others[1:], double),
            functools.partial(merging.unite, kept, double, at=timezone.now(), by=None),
        )
        assert [(number, str(result)) for number, result in enumerate(results) if isinstance(result, Exception)] == []
        assert LearningEvent.objects.count() - events == sum(results[:3]) == 60
        united = Enrolment.objects.get(course=course, person=kept)
        assert united.is_complete
        assert not Enrolment.objects.filter(person=double).exists()
        assert Enrolment.objects.filter(person=kept).count() == 4
        assert list(differences(with_pages=False)) == []


def learning(enrolment, person, keys):
    """Twenty events by both ways in; answers how many were taken."""

    def work() -> int:
        taken = 0
        for number in range(20):
            event = did(keys[number % len(keys)], at=timezone.now())
            if number % 2:
                receipts = enrolment.record([event])
            else:
                _found, receipts = Enrolment.record_lesson(person, event.lesson_key, [event])
            taken += sum(receipt.status == "accepted" for receipt in receipts)
        return taken

    return work


def enrol_all(courses, person) -> None:
    for course in courses:
        course.enrol(person, letters=False)


def test_who_waited_while_two_were_united_goes_on_in_the_one_that_is_left(site_tree, khanh):
    """Each call holds what was read before; the row of that enrolment is gone by now."""
    course = make_course("K1", A, B, gives_certificate=False)
    quiz = Quiz.objects.create(course=course, title_vi="Quiz", minutes=10)
    QuizItem.write(course, written(QUESTION, "cau-1"))
    QuizDraw.objects.create(quiz=quiz)
    kept, double = account("Lê Thị Hoa", "hoa@mau.example"), account("Lê Thị Hoa")
    here, stale = course.enrol(kept, letters=False), course.enrol(double, letters=False)
    lesson, work = course.outline.get(lesson_key=A), course.outline.get(lesson_key=B)
    task = {"title": "Phiếu", "points": 10, "pass_points": 5}

    def hand_in(text: str) -> Submission:
        at = timezone.now()
        return Submission.objects.hand_in(stale, work.lesson_key, 1, task, A, text=text, file=None, at=at)

    under_way, overdue, waiting = quiz.begin(stale, lesson), quiz.begin(stale, work), hand_in("Một")
    QuizAttempt.objects.filter(pk=overdue.pk).update(deadline_at=overdue.started_at)
    answer = under_way.responses.get()
    unite(kept, double)

    assert under_way.hand_in().enrolment == here
    overdue.close_if_over(clock=lambda: timezone.now() + datetime.timedelta(hours=1))
    change = Change(QuizResponse.objects.select_related("attempt").get(pk=answer.pk), 0, 0)
    change.attempt.enrolment_id = stale.pk
    assert Regrade.decide(answer.version, khanh, "Đáp án")._judge(change) == 0
    assert quiz.allow(stale, khanh, "Mất điện", attempts=1).enrolment == here
    assert quiz.begin(stale, lesson).enrolment == here
    assert hand_in("Hai").enrolment == here
    waiting.mark("returned", points=1, comment="Chưa đủ", by=khanh, at=timezone.now())
    assert (waiting.enrolment, Submission.objects.get().text) == (here, "Hai")
    assert here.attempts.filter(submitted_at__isnull=False).count() == 2

    asked = Enquiry.objects.ask(stale, A, "Nộp ở đâu?", timezone.now())
    assert asked.asker == kept
    assert asked.comment(stale, "Ở xã nào cũng được", timezone.now()).author == kept
    assert Note.objects.write(double, course, A, "Nhớ số điện thoại", timezone.now()).person == kept
    assert path_of_nothing().join(double, letters=False).person == kept
    stale.award(timezone.now())
    put_right(stale)
    assert list(differences(with_pages=False)) == []


def path_of_nothing() -> Path:
    return Path.objects.create(key=uuid.uuid4(), title_vi="Lộ trình", opened_at=timezone.now())


def test_progress_is_checked_while_two_are_being_united(site_tree):
    """The check has read both rows; before it looks at the second again, under its lock, that is part of the first."""
    course = make_course("K1", A, gives_certificate=False)
    people = account("Lê Thị Hoa", "hoa@mau.example"), account("Lê Thị Hoa")
    enrolments = [course.enrol(person, letters=False) for person in people]
    course.enrolments.update(total=5)
    faults = checking.enrolment_faults([one.pk for one in enrolments], list(course.outline.all()))
    first = Enrolment.objects.get(pk=next(faults).enrolment).person
    unite(first, next(person for person in people if person != first))
    assert list(faults) == []
    assert list(differences(with_pages=False)) == []
