"""Batches of events from browsers: each answered on its own, repeats harmless, claims bounded, time clamped."""

import datetime
import json
import uuid

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.models import Course, LearningEvent, LessonPage, LessonProgress, OutlineItem
from people import merging
from people.browser import browser_key
from tests.certificates import paper

from .conftest import quiz

pytestmark = pytest.mark.django_db
ADDRESS = "/hoc/su-kien/"
FILM = uuid.UUID(int=77)


def stored(name: str, content: bytes):
    document = get_document_model()(title=name)
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    return document


@pytest.fixture
def film(site_tree):
    video, captions = (
        stored("phim.mp4", bytes(range(256)) * 40),
        stored("phim.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin\n"),
    )
    value = {
        "title": "Phim",
        "file": video.pk,
        "captions": captions.pk,
        "transcript": "<p>Lời của phim</p>",
        "poster": None,
        "seconds": 100,
        "coverage": 90,
    }
    return {"type": "film", "id": str(FILM), "value": value}


@pytest.fixture
def lesson(workshop, film):
    course = workshop.course(lessons=1)
    section = workshop.section(course)
    body = [film, {"type": "text", "value": "<p>Đọc thêm.</p>", "id": str(uuid.uuid4())}]
    lesson = LessonPage(title="Có phim", rule="video")
    lesson.body = lesson.body.stream_block.to_python(body)
    return workshop.put(section, lesson)


@pytest.fixture
def enrolment(lesson, binh):
    course = Course.objects.get()
    return course.enrol(binh, "import", at=timezone.now() - datetime.timedelta(hours=2))


@pytest.fixture
def learner(client, binh, enrolment):
    client.force_login(binh)
    return client


def event(lesson, verb="progressed", at=None, watched=None, **more):
    data = {"watched": watched} if watched is not None else {}
    return {
        "id": str(uuid.uuid4()),
        "lesson": str(lesson.translation_key),
        "edition": 1,
        "block": str(FILM),
        "verb": verb,
        "at": (at or timezone.now()).isoformat(),
        "data": data | more.pop("data", {}),
    } | more


def send(learner, *events, **batch):
    body = {"sent_at": timezone.now().isoformat(), "events": list(events)} | batch
    response = learner.post(ADDRESS, json.dumps(body), content_type="application/json")
    return response.json()


def statuses(answer):
    return [result["status"] for result in answer["results"]]


def test_what_was_watched_adds_up_until_the_rule_is_met(learner, lesson, enrolment):
    answer = send(learner, event(lesson, watched=[[0, 50]], data={"position": 50}))
    assert statuses(answer) == ["accepted"]
    assert answer["done"] == []
    answer = send(learner, event(lesson, watched=[[50, 91.5]], data={"position": 91.5}))
    row = LessonProgress.objects.get()
    assert row.completed_at is None, "faster than anybody can watch is not counted"
    assert LearningEvent.objects.filter(data__counted=False).count() == 1


def test_ninety_percent_in_any_order_and_at_twice_the_speed_is_enough(learner, lesson, enrolment):
    start = timezone.now() - datetime.timedelta(minutes=10)
    parts = [[40, 91], [0, 41], [20, 60]]
    events = [
        event(lesson, at=start + datetime.timedelta(minutes=n), watched=[part], data={"position": part[1]})
        for n, part in enumerate(parts)
    ]
    answer = send(learner, *reversed(events))
    assert answer["done"] == [str(lesson.translation_key)]
    row = LessonProgress.objects.get()
    assert abs(row.completed_at - (start + datetime.timedelta(minutes=1))).total_seconds() < 2, (
        "the moment the second part came"
    )
    assert row.position == 60, "where the latest of them stopped"
    assert row.evidence["watched"][str(FILM)] == [[0.0, 91.0]]


def test_opening_the_lesson_on_a_phone_takes_nothing_from_what_plays_on_the_desk(learner, lesson, enrolment):
    start = timezone.now() - datetime.timedelta(minutes=10)

    def after(seconds, **told):
        return event(lesson, at=start + datetime.timedelta(seconds=seconds), **told)

    send(learner, after(0, verb="initialized"))
    send(learner, after(50, verb="initialized"))  # the phone
    send(learner, after(52, verb="visible", data={"wall": 2}))
    send(learner, after(55, watched=[[0, 5]], block=str(uuid.uuid4())))  # another film of the lesson
    send(learner, after(60, watched=[[0, 60]]))
    assert not LearningEvent.objects.filter(data__counted=False).exists()
    assert LessonProgress.objects.get().evidence["watched"][str(FILM)] == [[0.0, 60.0]]
    # The same film told of a second ago still leaves no time for the rest of it.
    send(learner, after(61, watched=[[60, 100]]))
    assert LearningEvent.objects.filter(data__counted=False).count() == 1
    assert LessonProgress.objects.get().completed_at is None


def test_a_repeat_is_harmless(learner, lesson, enrolment):
    one = event(lesson, watched=[[0, 20]])
    assert statuses(send(learner, one)) == ["accepted"]
    assert statuses(send(learner, one, one)) == ["duplicate", "duplicate"]
    assert LearningEvent.objects.count() == 1


def test_each_event_is_answered_and_the_bad_ones_do_not_hold_up_the_good(learner, lesson, enrolment):
    answer = send(
        learner,
        event(lesson, verb="passed"),
        event(lesson, edition=7),
        {"id": "x"},
        "nonsense",
        event(lesson) | {"lesson": str(uuid.uuid4())},
        event(lesson, watched=[[0, 10]]),
    )
    by_status = sorted(statuses(answer))
    assert by_status == ["accepted", *["refused"] * 5]
    assert all(result.get("reason") for result in answer["results"] if result["status"] == "refused")


def test_a_beacon_sends_the_same_as_a_form_with_its_token(lesson, enrolment, binh):
    learner = Client(enforce_csrf_checks=True)
    learner.force_login(binh)
    html = learner.get(lesson.url).content.decode()
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    batch = json.dumps({"sent_at": timezone.now().isoformat(), "events": [event(lesson, watched=[[0, 9]])]})
    assert learner.post(ADDRESS, {"batch": batch}).status_code == 403
    response = learner.post(ADDRESS, {"batch": batch, "csrfmiddlewaretoken": token})
    assert statuses(response.json()) == ["accepted"]


def test_a_wrong_clock_is_put_right_by_what_it_said_when_sending(learner, lesson, enrolment):
    wrong = timezone.now() - datetime.timedelta(days=900)
    happened = wrong - datetime.timedelta(minutes=5)
    send(learner, event(lesson, at=happened, watched=[[0, 5]]), sent_at=wrong.isoformat())
    stored_event = LearningEvent.objects.get()
    assert abs(timezone.now() - datetime.timedelta(minutes=5) - stored_event.at).total_seconds() < 5
    assert stored_event.at <= stored_event.received_at


def test_strangers_and_strange_bodies(client, lesson, enrolment, dung):
    assert client.post(ADDRESS, "{}", content_type="application/json").status_code == 401
    client.force_login(dung)
    assert statuses(send(client, event(lesson))) == ["refused"]
    for body in ("", "[]", "{", '{"events": 3}', json.dumps({"events": [{}] * 201})):
        assert client.post(ADDRESS, body, content_type="application/json").status_code == 400
    assert client.get(ADDRESS).status_code == 405
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize(
    "watched", [None, "x", [1], [["a", "b"]], [[5, 1]], [[-3, 4]], [[0, 1e12]], [[float("nan"), 3]], [[True, 3]]]
)
def test_nonsense_intervals_are_left_out(learner, lesson, enrolment, watched):
    assert statuses(send(learner, event(lesson, data={"watched": watched}))) == ["accepted"]
    for start, end in LearningEvent.objects.get().data.get("watched", []):
        assert 0 <= start < end <= 4


@pytest.mark.parametrize(
    "nonsense",
    [
        {"verb": []},
        {"verb": {}},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": 5},
        {"edition": True},
        {"edition": 10**30},
        {"lesson": None},
        {"data": []},
        {"data": {"position": 10**400, "wall": "x", "watched": [[0, 10**400]], "by": []}},
    ],
)
def test_no_nonsense_brings_the_page_down(learner, lesson, enrolment, nonsense):
    assert len(send(learner, event(lesson) | nonsense)["results"]) == 1


def test_opening_a_lesson_is_where_one_goes_on(learner, lesson, enrolment):
    send(learner, event(lesson, verb="initialized"))
    enrolment.refresh_from_db()
    assert enrolment.last_lesson_key == lesson.translation_key
    assert "Học tiếp bài 2" in learner.get("/khoa-hoc/bb02/").content.decode()


def test_without_scripts_the_transcript_finishes_the_lesson(learner, lesson, enrolment):
    html = learner.get(lesson.url).content.decode()
    assert "Lời của phim" in html
    assert "Tôi đã đọc bản chép lời" in html
    learner.post(f"/hoc/bai/{lesson.translation_key}/xong/", {"edition": "1", "by": "transcript"})
    assert LessonProgress.objects.get().completed_at is not None


@pytest.mark.parametrize("rule", ["video", "video_and_quiz"])
def test_where_the_author_asks_for_watching_the_transcript_is_only_to_read(learner, lesson, enrolment, workshop, rule):
    lesson.body[0].value["by_transcript"] = False
    if rule == "video_and_quiz":
        lesson.body.append(quiz())
    lesson.rule = rule
    workshop.publish(lesson)
    kept = OutlineItem.objects.get(lesson_key=lesson.translation_key, until=None).rule
    assert kept["by_transcript"] is False
    html = learner.get(lesson.url).content.decode()
    assert "Lời của phim" in html
    assert "Tôi đã đọc bản chép lời" not in html
    assert "xem video hoặc đọc" not in html
    assert "không chạy JavaScript" in html.split("<noscript>")[1].split("</noscript>")[0]
    assert '<a href="#hoi-dap">Viết cho người hướng dẫn</a>' in html, "nobody is left without a way on"
    learner.post(f"/hoc/bai/{lesson.translation_key}/xong/", {"edition": "1", "by": "transcript"})
    send(learner, event(lesson, verb="completed", data={"by": "transcript"}))
    assert LessonProgress.objects.get().completed_at is None
    if rule == "video":
        later = timezone.now() + datetime.timedelta(hours=1)
        said = LearningEvent(
            lesson_key=lesson.translation_key,
            edition=1,
            block_id=FILM,
            verb="progressed",
            data={"watched": [(0.0, 95.0)]},
            at=later,
        )
        enrolment.record([said], clock=lambda: later)
        assert LessonProgress.objects.get().completed_at is not None


def test_who_cannot_watch_writes_to_the_tutor_and_the_training_office_counts_the_lesson(
    learner, lesson, enrolment, workshop, khanh
):
    """Without JavaScript, or with the printed lesson alone, where the author wants the video to be watched."""
    lesson.body[0].value["by_transcript"] = False
    workshop.publish(lesson)
    html = learner.get(lesson.url).content.decode()
    assert 'href="#hoi-dap"' in html
    assert 'id="hoi-dap"' in html
    printed = paper_of(learner, lesson)
    assert "Ai không có cách nào để xem thì báo người hướng dẫn" in printed
    assert "để xác nhận và được tính" not in printed
    words = "Máy ở phường không xem được video, tôi đã đọc bản chép lời."
    assert learner.post(f"/hoc/bai/{lesson.translation_key}/hoi/", {"text": words}).status_code == 302
    office = Client()
    office.force_login(khanh)
    assert words in office.get("/quan-tri/enquiries/").content.decode()
    item = OutlineItem.objects.get(lesson_key=lesson.translation_key, until=None)
    office.post(f"/quan-tri/dao-tao/{enrolment.pk}/mien/{item.pk}/", {"reason": "administrative"})
    assert LessonProgress.objects.get().completed_at is not None
    assert 'id="xong"' in learner.get(lesson.url).content.decode()


def paper_of(client, lesson) -> str:
    answer = client.get(f"/hoc/bai/{lesson.translation_key}/ban-in.pdf")
    return " ".join(paper.text(answer.content, "-raw").split())


def test_a_transcript_read_while_it_counted_still_counts(learner, lesson, enrolment, workshop):
    learner.post(f"/hoc/bai/{lesson.translation_key}/xong/", {"edition": "1", "by": "transcript"})
    lesson.body[0].value["by_transcript"] = False
    workshop.publish(lesson)
    send(learner, event(lesson, verb="initialized"))
    assert LessonProgress.objects.get().completed_at is not None


def test_a_film_of_before_the_tick_keeps_its_rule(lesson):
    assert lesson.film.value["by_transcript"] is True
    assert "by_transcript" not in lesson.rule_for_record()


def test_a_video_lesson_is_not_finished_by_confirming_that_one_read(learner, lesson, enrolment):
    learner.post(f"/hoc/bai/{lesson.translation_key}/xong/", {"edition": "1", "by": "reading"})
    assert LessonProgress.objects.get().completed_at is None


def test_where_the_video_stopped_is_offered_on_any_device(learner, lesson, enrolment):
    send(learner, event(lesson, watched=[[0, 42]], data={"position": 42.5}))
    html = Client().get(lesson.url).content.decode()
    assert "data-resume" not in html
    html = learner.get(lesson.url).content.decode()
    assert 'data-resume="42.5"' in html
    assert "Đã xem 0:42 trên 1:40, còn 0:58." in html


# ---------------------------------------------------------------- files with ranges


@pytest.fixture
def video(film):
    return get_document_model().objects.get(title="phim.mp4")


WHOLE = bytes(range(256)) * 40


def body(response):
    return b"".join(response.streaming_content)


def fetch(client, video, **headers):
    return client.get(f"/tep/{video.pk}/{video.filename}", headers=headers)


def test_the_whole_file(client, video):
    response = fetch(client, video)
    assert response.status_code == 200
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Type"] == "video/mp4"
    assert body(response) == WHOLE


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 10239),
        ("bytes=-50", 10190, 10239),
        ("bytes=10000-99999", 10000, 10239),
        ("bytes=0-0", 0, 0),
    ],
)
def test_a_part(client, video, asked, start, end):
    response = fetch(client, video, range=asked)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {start}-{end}/10240"
    assert response.headers["Content-Length"] == str(end - start + 1)
    assert body(response) == WHOLE[start : end + 1]


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=-0"])
def test_a_part_that_is_not_there(client, video, asked):
    response = fetch(client, video, range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */10240"


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,5-6", "items=0-5", "bytes=a-b", "bytes=-"])
def test_what_is_not_understood_is_answered_with_everything(client, video, asked):
    assert fetch(client, video, range=asked).status_code == 200


def test_a_file_that_changed_meanwhile_is_sent_whole(client, video):
    etag = fetch(client, video).headers["ETag"]
    assert fetch(client, video, range="bytes=0-9", if_range=etag).status_code == 206
    assert fetch(client, video, range="bytes=0-9", if_range='"old"').status_code == 200
    assert fetch(client, video, if_none_match=etag).status_code == 304


def test_only_media_by_its_own_name(client, video):
    assert client.get(f"/tep/{video.pk}/other.mp4").status_code == 404
    paper = stored("giay.pdf", b"%PDF-")
    assert client.get(f"/tep/{paper.pk}/{paper.filename}").status_code == 404
    assert client.post(f"/tep/{video.pk}/{video.filename}").status_code == 405


def test_what_was_done_with_the_other_account_of_the_same_person_is_taken_too(lesson, enrolment, binh, dung, khanh):
    """Dũng's account was Bình's second one; the phone still holds what was done with it."""
    theirs = browser_key(dung)
    other, one = Client(), event(lesson, watched=[[0, 9]])
    other.force_login(binh)
    body = {"learner": theirs, "sent_at": timezone.now().isoformat(), "events": [one]}
    assert other.get("/hoc/dong-bo/").json()["also"] == []
    assert other.post(ADDRESS, json.dumps(body), content_type="application/json").status_code == 409
    merging.unite(binh, dung, at=timezone.now(), by=khanh)
    assert other.get("/hoc/dong-bo/").json()["also"] == [theirs]
    assert statuses(other.post(ADDRESS, json.dumps(body), content_type="application/json").json()) == ["accepted"]
    third = Client()
    third.force_login(khanh)
    assert third.post(ADDRESS, json.dumps(body), content_type="application/json").status_code == 409


def test_an_outbox_is_taken_from_its_owner_alone(learner, lesson, enrolment, binh, dung):
    """Who signs in next in the same browser neither sends nor loses what another one did there."""
    said = learner.get("/hoc/dong-bo/").json()
    one = event(lesson, watched=[[0, 9]])
    assert Client().get("/hoc/dong-bo/").status_code == 401
    other = Client()
    other.force_login(dung)
    assert other.get("/hoc/dong-bo/").json()["learner"] != said["learner"]
    body = {"learner": said["learner"], "sent_at": timezone.now().isoformat(), "events": [one]}
    assert other.post(ADDRESS, json.dumps(body), content_type="application/json").status_code == 409
    assert not LearningEvent.objects.exists()
    assert statuses(learner.post(ADDRESS, json.dumps(body), content_type="application/json").json()) == ["accepted"]
