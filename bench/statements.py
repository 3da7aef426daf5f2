"""SQL statements of each journey, counted with Django's test client: BEGIN, COMMIT and SAVEPOINT left out."""

import json
import os
import sys
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.client import Form  # noqa: E402

HOST = settings.ALLOWED_HOSTS[0]


def count(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    quiet = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].lstrip().upper().startswith(quiet) for query in captured)


def main() -> None:
    seeded = json.loads(sys.argv[1])
    anonymous = Client(SERVER_NAME=HOST)
    page = lambda client, path: lambda: client.get(path)  # noqa: E731

    def logged_in(key: str) -> Client:
        client = Client(SERVER_NAME=HOST)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    anonymous.get(seeded["home"])  # the second visitor is answered from the cache
    found = {"cached anonymous page": count(page(anonymous, seeded["home"]))}
    # Each uncached page has been rendered once before, under an address of its own: what is kept for all pages is warm.
    for name, path in (
        ("forum page, uncached", seeded["forum"]),
        ("agenda of 60 sessions, uncached", seeded["agenda"]),
    ):
        anonymous.get(f"{path}?warm=1")
        found[name] = count(page(anonymous, f"{path}?warm=2"))
    learner = logged_in(seeded["learners"][-1]["session"])
    learner.get(seeded["lesson"])
    found["lesson page, logged in"] = count(page(learner, seeded["lesson"]))

    event = {"id": str(uuid.uuid4()), "lesson": seeded["lesson_key"], "edition": seeded["edition"], "verb": "completed",
             "data": {"by": "reading"}, "at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())}  # fmt: skip
    batch = {"batch": json.dumps({"sent_at": event["at"], "events": [event]})}
    found["mark a lesson complete"] = count(lambda: learner.post("/hoc/su-kien/", batch))

    gate = logged_in(seeded["gate"])
    gate.get(seeded["gate_url"])
    code = seeded["tickets"][-1]
    found["check-in scan"] = count(
        lambda: gate.post(seeded["gate_url"], {"ma": code, "su-kien": seeded["slug"], "lan": str(uuid.uuid4())})
    )

    def register() -> None:
        body = anonymous.get(seeded["register"]).content.decode()
        fields = Form(body, "form_key").found
        fields |= {
            "full_name": "Đại biểu Đếm",
            "email": "dem@mau.example",
            "organisation": "Đơn vị thử",
            "consent": "on",
        }
        time.sleep(1.1)
        answer = anonymous.post(seeded["register"], fields)
        assert answer.status_code == 302, answer.content[:2000]
        anonymous.get(answer["Location"])

    found["registration"] = count(register)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
