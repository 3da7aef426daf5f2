"""A programme of courses: five compulsory ones and at least so many of the others, with a certificate of its own."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from courses import care, path_completion
from courses.checking import differences
from courses.models import Course, Path, PathEnrolment, PathPage
from courses.models.path import WantedGroup
from courses.path_completion import Asked, path_completed_at, standings
from courses.path_pages import groups_for
from courses.tick import paths as tick_paths
from people.models import AuditEntry

from .conftest import a_lesson, did
from .oracle import PathOracle

COURSES = {name: uuid.UUID(int=n) for n, name in enumerate("abcde", start=1)}
EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
GROUPS = st.lists(
    st.tuples(st.sampled_from([None, 1, 2]), st.frozensets(st.sampled_from("abcde"), min_size=1, max_size=3)),
    max_size=2,
)
STEPS = st.lists(st.one_of(st.tuples(st.sampled_from("abcde"), st.integers(0, 6)), GROUPS), max_size=14)


def at(moment: int) -> datetime.datetime:
    return EPOCH + datetime.timedelta(minutes=moment)


def possible(groups):
    """As the editor's check lets it through: no course twice, never more needed than there are."""
    seen: set[str] = set()
    found = []
    for needed, courses in groups:
        left = courses - seen
        seen |= left
        if left:
            found.append((None if needed is None else min(needed, len(left)), left))
    return found


def walk(steps, completed=path_completed_at, tally=standings) -> None:
    """Time goes on with each step: a course is completed (some time ago), or the path is drawn anew."""
    oracle, outline, moment, before = PathOracle(), [], 10, None
    for step in steps:
        moment += 2
        if isinstance(step, tuple):
            course, ago = step
            oracle.finished[course] = min(oracle.finished.get(course, moment), moment - ago)
        else:
            groups = possible(step)
            oracle.drawn.append((moment, groups))
            outline = [item._replace(until=at(moment)) if item.until is None else item for item in outline]
            outline = [item for item in outline if item.until != item.since]
            outline += [
                Asked(uuid.UUID(int=100 + place), COURSES[course], needed, at(moment))
                for place, (needed, courses) in enumerate(groups)
                for course in sorted(courses)
            ]
        finished = {COURSES[course]: at(when) for course, when in oracle.finished.items()}
        kept, expected = completed(outline, finished), oracle.completed_at(moment + 1)
        assert kept == (None if expected is None else at(expected))
        each = tally(outline, finished).values()
        have, need = sum(one.counted for one in each), sum(one.need for one in each)
        assert (need > 0 and have == need) == oracle.done_at(moment)
        assert before is None or (kept is not None and kept <= before), "a completion was lost or moved later"
        before = kept


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_every_history_of_a_path(steps):
    walk(steps)


@pytest.mark.long
@settings(max_examples=5000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_many_more_histories_of_a_path(steps):
    walk(steps)


def counts_the_latest(group, finished):
    dates = sorted(finished[item.course] for item in group if item.course in finished)
    return dates[-1] if len(dates) >= path_completion.need_of(group) else None


def asks_for_all(group):
    return len(group)


def lets_extra_make_up(outline, finished):
    return {
        key: one._replace(have=min(one.have, 99), need=one.have) for key, one in standings(outline, finished).items()
    }


@pytest.mark.parametrize(
    ("name", "broken"), [("group_at", counts_the_latest), ("need_of", asks_for_all), (None, lets_extra_make_up)]
)
def test_the_oracle_notices(monkeypatch, name, broken):
    if name:
        monkeypatch.setattr(path_completion, name, broken)

    @settings(max_examples=2000, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(STEPS)
    def histories(steps):
        walk(steps, tally=standings if name else broken)

    with pytest.raises((AssertionError, ExceptionGroup)):
        histories()


# ---------------------------------------------------------------- records


@pytest.fixture
def courses(db):
    """Four courses of one lesson each."""
    found = []
    for number in range(1, 5):
        course = Course.objects.create(
            key=uuid.uuid4(), code=f"BB0{number}", title_vi=f"Khóa {number}", opened_at=timezone.now()
        )
        course.apply([a_lesson(uuid.uuid4())])
        found.append(course)
    return found


def groups_of(courses, needs: int = 1):
    """Both of the first two, and some of the others."""
    keys = [course.pk for course in courses]
    return [
        WantedGroup(uuid.UUID(int=1), "Bắt buộc", keys[:2]),
        WantedGroup(uuid.UUID(int=2), "Tự chọn", keys[2:], needs),
    ]


@pytest.fixture
def path(courses):
    path = Path.objects.create(key=uuid.uuid4(), code="LT01", title_vi="Lộ trình số", opened_at=timezone.now())
    path.apply(groups_of(courses))
    return path


def finish(person, course, lessons: int | None = None):
    enrolment = course.enrol(person)
    rows = list(course.outline.open().in_order())[:lessons]
    enrolment.record([did(row.lesson_key, at=timezone.now()) for row in rows])
    return enrolment


def standing(following):
    following.refresh_from_db()
    return following.done, following.total, following.is_complete


def test_an_edit_takes_no_completed_path_away(binh, dung, courses, path):
    for course in courses[:3]:
        finish(binh, course)
    finish(dung, courses[0])
    done, begun = path.join(binh), path.join(dung)
    assert standing(done) == (3, 3, True)
    before = done.completed_at
    path.apply(groups_of(courses, needs=2))
    assert standing(done) == (3, 4, True)
    assert done.completed_at == before
    # All that Dũng lacked is given up: complete at that moment, not at an earlier one.
    only = groups_of(courses)[:1]
    path.apply([WantedGroup(only[0].key, only[0].title_vi, only[0].courses[:1])])
    assert standing(begun) == (1, 1, True)
    path.refresh_from_db()
    assert begun.completed_at == path.projected_at
    assert not path.apply([WantedGroup(only[0].key, only[0].title_vi, only[0].courses[:1])])
    path.apply(groups_of(courses))
    assert standing(begun) == (1, 3, True)
    assert list(differences()) == []


def test_a_course_completed_by_an_edit_moves_the_path_on(binh, courses, path, django_capture_on_commit_callbacks):
    finish(binh, courses[0])
    finish(binh, courses[2])
    lessons = [a_lesson(row.lesson_key) for row in courses[1].outline.open()]
    courses[1].apply([*lessons, a_lesson(uuid.uuid4())])
    enrolment = finish(binh, courses[1], lessons=1)
    following = path.join(binh)
    assert standing(following) == (2, 3, False)
    with django_capture_on_commit_callbacks(execute=True):
        courses[1].apply(lessons, at_once=True)
    assert standing(following) == (3, 3, True)
    enrolment.refresh_from_db()
    assert following.completed_at == enrolment.completed_at
    assert following.certificate is not None


@pytest.mark.unbalanced
def test_voiding_what_completed_a_course_is_followed_too(binh, courses, path):
    enrolments = [finish(binh, course) for course in courses[:3]]
    following = path.join(binh)
    assert standing(following) == (3, 3, True)
    enrolments[1].void(enrolments[1].events.get(), "nhập nhầm người")
    assert standing(following) == (2, 3, False)
    assert following.certificate is not None, "a person decides about the paper"


def test_check_progress_notices_a_path_that_was_not_followed(binh, courses, path, monkeypatch):
    following = path.join(binh)
    with monkeypatch.context() as control:
        control.setattr(PathEnrolment, "follow", classmethod(lambda cls, people, course: None))
        finish(binh, courses[0])
    assert [difference.subject for difference in differences()] == [f"path enrolment {following.pk}"]
    PathEnrolment.bring_in_line([following.pk])
    assert list(differences()) == []


def test_training_managers_see_paths_and_others_do_not(client, khanh, binh, dung, courses, path):
    path.join(binh)
    client.force_login(khanh)
    html = client.get("/quan-tri/path_report/").content.decode()
    assert "LT01 Lộ trình số" in html
    assert client.get("/quan-tri/path_report/?export=xlsx").status_code == 200
    client.force_login(dung)
    assert client.get("/quan-tri/path_report/").status_code == 403
    assert list(PathEnrolment.objects.visible_to(dung)) == []


# ---------------------------------------------------------------- pages


def group(key: str, title: str, pages, needs=None):
    items = [{"type": "item", "value": page.pk, "id": str(uuid.uuid5(page.translation_key, "in"))} for page in pages]
    value = {"title": title, "needs": needs, "courses": items}
    return {"type": "group", "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, key)), "value": value}


@pytest.mark.django_db
def test_binh_follows_a_path_to_its_certificate(client, binh, workshop, mailoutbox, django_capture_on_commit_callbacks):
    one, two, three = pages = [workshop.course(f"BB0{n}", f"Khóa {n}", lessons=1) for n in (1, 2, 3)]
    groups = [group("all", "Bắt buộc", [one]), group("some", "Tự chọn", [two, three], 1)]
    page = workshop.put(workshop.index, PathPage(title="Lộ trình số", slug="lo-trinh", code="LT01", groups=groups))
    path = Path.objects.get(pk=page.translation_key)
    records = [Course.objects.get(pk=each.translation_key) for each in pages]
    assert "Lộ trình số" in client.get(page.get_parent().get_url()).content.decode()
    client.force_login(binh)
    finish(binh, records[1])
    finish(binh, records[2])
    html = client.get(page.url).content.decode()
    assert "1/2 khóa" in html, "more electives than are needed do not make up for the rest"
    assert "Ít nhất 1 trong các khóa này" in html
    for _twice in range(2):
        client.post(f"/hoc/lo-trinh/{path.pk}/bat-dau/")
    following = binh.paths.get()
    assert standing(following) == (1, 2, False)
    for address in ("/trang-cua-toi/", page.get_parent().get_url()):
        assert "1/2 khóa" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        last = finish(binh, records[0])
    assert standing(following) == (2, 2, True)
    assert following.completed_at == last.completed_at
    assert following.certificate.serial.startswith("QN-LT01-")
    html = client.get(page.url).content.decode()
    assert "Anh/chị đã hoàn thành lộ trình ngày" in html
    assert following.certificate.get_absolute_url() in html
    assert "hoàn thành lộ trình học" in client.get(following.certificate.get_absolute_url()).content.decode().lower()
    assert any("Lộ trình số" in letter.subject for letter in mailoutbox)

    # What nobody could complete is not published, and past the form the projection leaves the path as it was.
    before = list(path.items.filter(until=None).values_list("course", flat=True))
    for wrong, sentence in (
        ([], "Lộ trình chưa có khóa nào"),
        ([group("a", "Tự chọn", pages, 9)], "đòi nhiều khóa hơn số khóa nó có"),
        ([group("a", "A", pages), group("b", "B", pages[:1])], "có hai lần trong lộ trình"),
    ):
        page.groups = wrong
        assert sentence in page.problem()
    workshop.publish(page)
    assert list(path.items.filter(until=None).values_list("course", flat=True)) == before
    with django_capture_on_commit_callbacks(execute=True):
        three.delete()
        tick_paths(timezone.now())
    assert list(path.items.filter(until=None).values_list("course", flat=True)) == before
    assert standing(following) == (2, 2, True)
    assert list(differences(with_pages=False)) == []


def test_a_path_asks_the_same_number_of_queries_for_any_number_of_courses(binh, courses, path, rf):
    path.join(binh)
    groups_for(path, binh, rf.get("/"))  # the site is known from now on
    counted = []
    for some in (courses[:1], courses):
        path.apply([WantedGroup(uuid.uuid4(), "Nhóm", [course.pk for course in some])])
        with CaptureQueriesContext(connection) as queries:
            groups_for(path, binh, rf.get("/"))
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6


def test_whom_a_path_concerns_is_said_before_it_is_published(
    client, minh, binh, dung, workshop, django_capture_on_commit_callbacks
):
    one, two, three = pages = [workshop.course(f"BB0{n}", f"Khóa {n}", lessons=1) for n in (1, 2, 3)]
    groups = [group("all", "Bắt buộc", [one, two])]
    page = workshop.put(workshop.index, PathPage(title="Lộ trình số", slug="lo-trinh", code="LT01", groups=groups))
    path = Path.objects.get(pk=page.translation_key)
    records = [Course.objects.get(pk=each.translation_key) for each in pages]
    half, none = path.join(binh), path.join(dung)
    finish(binh, records[0])
    client.force_login(minh)
    look = reverse("courses_publish", args=[page.pk])

    def drafted(groups):
        page.groups = groups
        page.save_revision()
        return client.get(look).content.decode()

    html = drafted([group("all", "Bắt buộc", [one, two, three])])
    assert "2 người đang theo lộ trình, 0 đã hoàn thành" in html
    assert "Khóa 3" in html
    assert "2 người đang học có thêm việc phải làm" in html
    html = drafted([group("all", "Bắt buộc", [one])])
    assert "1 người hoàn thành lộ trình ngay" in html
    assert standing(half) == (1, 2, False), "nothing has happened yet"
    # Wagtail's button leads to the same look.
    assert care.look_first(None, page).url == look
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(look)
    assert response.status_code == 302
    assert standing(half) == (1, 1, True)
    assert standing(none) == (0, 1, False)
    assert AuditEntry.objects.get(verb="path.outline").data["finishing"] == 1
    # What concerns nobody, and what is the same, is published without a look.
    assert care.look_first(None, page) is None
