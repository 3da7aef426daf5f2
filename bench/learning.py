"""Learning with 20,000 people in a course of 40 lessons: what `make bench` says at its end.

    python -m bench.learning      needs PostgreSQL (TEST_POSTGRES_URL), as bench/run.py
    BENCH_LEARNERS, BENCH_LESSONS   20000 and 40 by default

- the lesson page and the course page of somebody who is logged in: 12 times `tx` each, 15 statements;
- one lesson marked complete: 4 times `tx`, with p50 and p95;
- batches of five events a second, at 1, 8 and 32 clients;
- the report per unit from the roll-up, beside the same worked out from the lesson rows;
- a lesson added and one retired, everybody's roll-up brought in line;
- everything worked out again from the events: no difference.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench import run
from bench.client import Client
from bench.opening import flag
from bench.run import ROOT, ROUNDS, SECONDS, Journey, expect, free_port, median

PEOPLE = int(os.environ.get("BENCH_LEARNERS", "20000"))
LESSONS = int(os.environ.get("BENCH_LESSONS", "40"))


def main() -> int:
    if run.ONLY and "learning" not in run.ONLY:
        return 0
    threading.Thread(target=run.mail_sink, daemon=True).start()
    admin = psycopg.connect(run.ADMIN_URL, autocommit=True)
    admin.execute(f"CREATE DATABASE {run.NAME} TEMPLATE template0 ENCODING 'UTF8'")
    running: list[subprocess.Popen] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            return measure(Path(folder), running)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=30)
            admin.execute(f"DROP DATABASE {run.NAME} WITH (FORCE)")


def happened(lesson: str, verb: str, data: dict) -> dict:
    at = datetime.now(UTC).isoformat()
    return {"id": str(uuid.uuid4()), "lesson": lesson, "edition": 1, "verb": verb, "data": data, "at": at}


def send(client: Client, session: str, events: list[dict]) -> int:
    client.cookies["sessionid"] = session
    client.cookies.setdefault("csrftoken", "c" * 32)
    batch = {"sent_at": datetime.now(UTC).isoformat(), "events": events}
    _, body = expect(client.post("/hoc/su-kien/", {"batch": json.dumps(batch)}), 200)
    assert b"refused" not in body, body[:300]
    return 1


def measure(var: Path, running: list[subprocess.Popen]) -> int:
    port, bare_port = free_port(), free_port()
    settings = run.environment(port, var)

    def python(*command: str, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=settings | more, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def seed(*command: str) -> dict:
        return json.loads(python("-m", "bench.learning_seed", *command, IMMEDIATE_TASKS="true"))

    for command in (["migrate", "-v0"], ["createcachetable", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        python("manage.py", *command)
    seeded = seed("begin", str(PEOPLE), str(LESSONS))
    told = str(var / "seeded.json")
    Path(told).write_text(json.dumps(seeded))
    python("-m", "bench.bare")

    def start(*command: str, **changes: str) -> subprocess.Popen:
        said = (var / f"said-{len(running)}.log").open("wb")
        running.append(
            subprocess.Popen(command, cwd=ROOT, env=settings | changes, stdout=subprocess.DEVNULL, stderr=said)
        )
        return running[-1]

    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    web = start(gunicorn, PAGE_CACHE_SECONDS="0")
    workers = ("-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{bare_port}", "--no-control-socket")
    bare = start(gunicorn, "-c", "/dev/null", *workers, "bench.bare:application")
    run.wait_for(port), run.wait_for(bare_port, "/const")

    learners, keys = seeded["learners"], seeded["lesson_keys"]

    def session(n: int) -> str:
        return learners[n % len(learners)]["session"]

    def page(path: str) -> Callable[[Client, int], int]:
        def do(client: Client, n: int) -> int:
            client.cookies["sessionid"] = session(n)
            expect(client.get(path), 200)
            return 1

        return do

    def complete(client: Client, n: int) -> int:
        return send(client, session(n), [happened(keys[-1], "completed", {"by": "reading"})])

    def batch(client: Client, n: int) -> int:
        """As a page sends it: opened, three stretches of time, done."""
        lesson = keys[n % len(keys)]
        seen = [happened(lesson, "visible", {"wall": 10 + m}) for m in range(3)]
        return send(
            client,
            session(n),
            [happened(lesson, "initialized", {}), *seen, happened(lesson, "completed", {"by": "reading"})],
        )

    tx = Journey("tx", bare_port, lambda client, n: expect(client.get("/tx"), 200) and 1)
    watched = {"web": lambda: run.tree(web), "pg": run.postgres_processes}
    ground = {"web": lambda: run.tree(bare), "pg": run.postgres_processes}
    statements = seed("statements", told)
    print(f"\nlearning: {PEOPLE} people in a course of {LESSONS} lessons (PostgreSQL, 2 workers)")
    for name, do, target in (
        ("lesson page", page(seeded["lesson"]), 12),
        ("course page", page(seeded["course_url"]), 12),
        ("one completion", complete, 4),
    ):
        journey = Journey(name, port, do)
        run.one_round(journey, 2, 0.5, watched), run.one_round(tx, 2, 0.3, ground)
        pairs = [
            (run.one_round(journey, 1, SECONDS, watched), run.one_round(tx, 1, SECONDS, ground)) for _ in range(ROUNDS)
        ]
        one, base = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
        ratio, sql = one["web"] / base["web"], statements.get(name)
        said = f", {sql} SQL (target 15){flag(sql <= 15)}" if sql else ""
        print(
            f"  {name:15} {one['web']:5.1f} ms of CPU, {ratio:4.1f} x tx (target {target}){flag(ratio <= target)}, "
            f"p50 {one['p50']:.1f} ms, p95 {one['p95']:.1f} ms{said}",
            flush=True,
        )

    rates = []
    for clients in (1, 8, 32):
        sending = Journey("batch", port, batch)
        one = median([run.one_round(sending, clients, SECONDS, {}) for _ in range(ROUNDS)])
        rates.append(f"{clients} clients {one['rps']:.0f}/s (p95 {one['p95']:.0f} ms)")
    print(f"  batches of five events: {', '.join(rates)}", flush=True)

    report = seed("report", told)
    kept, on_read = report["roll-up"], report["on read"]
    print(f"  report per unit: from the roll-up {kept:.0f} ms, worked out when read {on_read:.0f} ms", flush=True)
    took = seed("edit", told)
    print(f"  a lesson added {took['added']:.0f} ms, retired {took['retired']:.0f} ms, all enrolments brought in line")
    checked = seed("check")
    held = checked["differences"] == 0
    number, seconds = checked["differences"], checked["seconds"]
    print(f"  worked out again from the events: {number} differences, {seconds:.0f} s{flag(held)}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
