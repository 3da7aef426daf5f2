"""Two devices and four tabs of each learner send the same work in overlapping pieces, while processes die under them.

Real HTTP, real workers, an editor who publishes meanwhile. Whatever was acknowledged is there, once; nothing is counted
twice; no two transactions wait for each other; everything worked out again is equal.
"""

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from datetime import timedelta

import psutil
import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.utils import timezone

from bench.client import Client
from courses.checking import differences
from courses.models import Course, Enrolment, LearningEvent, LessonProgress
from people.models import User
from people.sessions import SessionStore
from tests.running_site import Site

from .conftest import a_lesson

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
READ = [uuid.UUID(int=n) for n in range(1, 7)]
FILMS = [uuid.UUID(int=n) for n in range(7, 9)]
FILM_RULE = {"kind": "video", "block": str(uuid.UUID(int=77)), "seconds": 60, "coverage": 90}
LEARNERS, TABS = 10, 4


def lessons(weight: int = 1, without: uuid.UUID | None = None):
    kept = [key for key in READ if key != without]
    return [a_lesson(key, weight=weight) for key in kept] + [a_lesson(key, rule=FILM_RULE) for key in FILMS]


@pytest.fixture
def site(tmp_path, site_tree):
    running = Site(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def course():
    course = Course.objects.create(key=uuid.uuid4(), title_vi="Khóa", opened_at=timezone.now(), gives_certificate=False)
    course.apply(lessons())
    return course


def login(person, secret: str, settings) -> str:
    settings.SECRET_KEY = secret
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = django_settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    return session.session_key


class Learner:
    """What one person did, and what the server has said yes to."""

    def __init__(self, enrolment: Enrolment, session: str):
        self.enrolment, self.session = enrolment, session
        self.events: list[dict] = []
        self.acknowledged: set[str] = set()
        self.lock = threading.Lock()

    def does_more(self, dice: random.Random) -> None:
        """Two hours ago and since: reading, watching, having pages open; each once, and told by several devices."""
        lesson, film = dice.choice(READ), dice.choice(FILMS)
        at = timezone.now() - timedelta(minutes=dice.randrange(1, 100), seconds=dice.randrange(60))
        start = dice.randrange(0, 50)
        film_block, seen = FILM_RULE["block"], [[start, start + 10]]
        for key, verb, data, block in (
            (lesson, "visible", {"wall": dice.randrange(5, 200)}, None),
            (film, "progressed", {"watched": seen, "position": start + 10, "wall": 10}, film_block),
            (lesson, "completed", {"by": "reading"}, None),
        ):
            self.events.append(
                {"id": str(uuid.uuid4()), "lesson": str(key), "edition": 1, "verb": verb, "data": data, "block": block,
                 "at": at.isoformat()}
            )  # fmt: skip


class Storm:
    def __init__(self, site: Site, learners: list[Learner]):
        self.site, self.learners = site, learners
        self.answers: Counter = Counter()
        self.wrong: list = []
        self.over = threading.Event()

    def tab(self, learner: Learner, seed: int) -> None:
        dice = random.Random(seed)
        client = Client(self.site.port, sessionid=learner.session)
        client.cookies.setdefault("csrftoken", "c" * 32)
        mine: set[str] = set()
        try:
            while not (self.over.is_set() and mine >= {event["id"] for event in learner.events}):
                with learner.lock:
                    if not self.over.is_set() and dice.random() < 0.1:
                        learner.does_more(dice)
                    unsent = [event for event in learner.events if event["id"] not in mine]
                    chosen = dice.sample(learner.events, min(3, len(learner.events))) + unsent[: dice.randrange(1, 12)]
                dice.shuffle(chosen)
                mine |= self.send(client, learner, chosen)
        except Exception as error:  # a thread's own is lost otherwise
            self.wrong.append(error)
        client.connection.close()

    def send(self, client: Client, learner: Learner, events: list[dict]) -> set[str]:
        batch = json.dumps({"sent_at": timezone.now().isoformat(), "events": events})
        try:
            status, _, body = client.post("/hoc/su-kien/", {"batch": batch})
        except (OSError, http.client.HTTPException):
            client.connection.close()
            self.answers["cut"] += 1
            time.sleep(0.1)
            return set()
        self.answers[status] += 1
        if status != 200:
            self.wrong.append((status, body[:300]))
            return set()
        results = json.loads(body)["results"]
        refused = [result for result in results if result["status"] == "refused"]
        if refused:
            self.wrong.append(refused[0])
        said_yes = {result["id"] for result in results if result["status"] != "refused"}
        with learner.lock:
            learner.acknowledged |= said_yes
        return said_yes

    def editor(self, course: Course) -> None:
        number = 0
        while not self.over.wait(0.3):
            number += 1
            without = READ[0] if number % 3 == 0 else None
            Course.objects.get(pk=course.pk).apply(lessons(1 + number % 2, without), at_once=True)
        connections.close_all()

    def reaper(self) -> None:
        dice = random.Random(3)
        while not self.over.wait(0.7):
            children = psutil.Process(self.site.web.pid).children()
            if children:
                dice.choice(children).kill()

    def rage(self, seconds: float, course: Course) -> None:
        tabs = [(learner, n) for n, learner in enumerate(self.learners * TABS)]
        crowd = [threading.Thread(target=self.tab, args=one) for one in tabs]
        crowd += [threading.Thread(target=self.editor, args=[course]), threading.Thread(target=self.reaper)]
        for one in crowd:
            one.start()
        time.sleep(seconds)
        self.over.set()
        for one in crowd:
            one.join()


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def storm(site: Site, course: Course, seconds: float, settings) -> None:
    learners = []
    for n in range(LEARNERS):
        person = User.objects.create_user(f"may{n}@mau.example", f"Người học {n}")
        begun = timezone.now() - timedelta(hours=2)
        enrolment = course.enrol(person, "import", at=begun, letters=False)
        learners.append(Learner(enrolment, login(person, site.environment["SECRET_KEY"], settings)))
        learners[-1].does_more(random.Random(n))
    before = deadlocks()
    raging = Storm(site, learners)
    raging.rage(seconds, course)
    assert raging.wrong == []
    assert raging.answers[200] > seconds
    assert raging.answers["cut"] > 0, "somebody was killed in the middle of an answer"
    assert deadlocks() == before

    for learner in learners:
        stored = LearningEvent.objects.filter(enrolment=learner.enrolment).values_list("pk", flat=True)
        said = {event["id"] for event in learner.events}
        assert {str(key) for key in stored} == learner.acknowledged == said, "nothing lost, nothing doubled"
        read = {uuid.UUID(event["lesson"]) for event in learner.events if event["verb"] == "completed"}
        done = LessonProgress.objects.filter(enrolment=learner.enrolment, completed_at__isnull=False)
        assert set(done.filter(lesson_key__in=READ).values_list("lesson_key", flat=True)) == read
    assert [str(difference) for difference in differences(with_pages=False)] == []


def test_forty_tabs_with_processes_dying_lose_and_double_nothing(site, course, settings):
    storm(site, course, 5, settings)


@pytest.mark.long
def test_a_minute_of_forty_tabs_with_processes_dying(site, course, settings):
    storm(site, course, 60, settings)
