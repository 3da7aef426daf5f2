"""`make bench`: every journey on PostgreSQL with gunicorn (2 workers, DEBUG off), beside three bare Django views.

For each journey: CPU milliseconds per journey of the web processes, the worker and PostgreSQL (apart), SQL statements
(BEGIN and COMMIT not counted), requests per second at 1 and at 8 clients, p50 and p95. Rounds of a journey and its
baseline are interleaved; the figure is the median of five. Targets are ratios within the run; nothing here is a test.

    TEST_POSTGRES_URL   server to use (default postgres://postgres@127.0.0.1:5432/postgres)
    BENCH_ROUNDS, BENCH_SECONDS   five rounds of two seconds by default
    BENCH_ONLY          journeys whose name has one of these words, parted by commas; nothing else is measured
"""

import gzip
import json
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.client import Client, Form  # noqa: E402

ADMIN_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
ONLY = [word.strip() for word in os.environ.get("BENCH_ONLY", "").split(",") if word.strip()]
REGISTRATION = "complete registration, no questions"
NAME = f"bench_{os.getpid()}"
DATABASE = ADMIN_URL.rsplit("/", 1)[0] + "/" + NAME


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(port: int, var: Path, **more: str) -> dict[str, str]:
    return os.environ | {
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "INSECURE_HTTP": "true",
        "DATABASE_URL": DATABASE,
        "SMTP_URL": f"smtp://127.0.0.1:{SINK_PORT}",
        "MEDIA_ROOT": str(var / "media"),
        "STATIC_ROOT": str(var / "static"),
        "PAGE_CACHE_DIR": str(var / "pages"),
        "STAFF_MFA_REQUIRED": "false",
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "2",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    } | more  # fmt: skip


# ---------------------------------------------------------------- a mail server that takes everything

SINK_PORT = free_port()
taken = 0


def mail_sink() -> None:
    def serve(connection: socket.socket) -> None:
        global taken
        with connection, connection.makefile("rwb", buffering=0) as lines:
            lines.write(b"220 sink\r\n")
            while line := lines.readline():
                command = line[:4].upper()
                if command == b"DATA":
                    lines.write(b"354 go\r\n")
                    while (part := lines.readline()) and part != b".\r\n":
                        pass
                    taken += 1
                    lines.write(b"250 taken\r\n")
                elif command == b"QUIT":
                    lines.write(b"221 bye\r\n")
                    return
                else:
                    lines.write(b"250 ok\r\n")

    listener = socket.create_server(("127.0.0.1", SINK_PORT))
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


# ---------------------------------------------------------------- processes and their CPU


def tree(process: subprocess.Popen) -> list[psutil.Process]:
    try:
        parent = psutil.Process(process.pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
            total += times.user + times.system
        except psutil.NoSuchProcess:
            pass
    return total


def postgres_processes() -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["name"]) if p.info["name"] in ("postgres", "postmaster")]


def pss(processes: list[psutil.Process]) -> float:
    return sum(p.memory_full_info().pss for p in processes if p.is_running()) / 1e6


def wait_for(port: int, path: str = "/health/live") -> None:
    for _ in range(200):
        try:
            if Client(port).get(path)[0] in (200, 404):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing answers on port {port}")


# ---------------------------------------------------------------- journeys


@dataclass
class Journey:
    """What one person does once. `do(client, n)` returns the number of requests; `n` never repeats."""

    name: str
    port: int
    do: Callable[[Client, int], int]
    baseline: str | None = None
    ratio: float | None = None
    sql_limit: int | None = None
    cookies: Callable[[int], dict[str, str]] = lambda n: {}
    fresh_client: bool = False
    most: int = 10**9  # how many times it can be done at all (prepared forms, tickets)
    done: int = 0
    samples: list[dict] = field(default_factory=list)


def expect(answer, *codes: int):
    status, headers, body = answer
    if status not in codes:
        raise RuntimeError(f"HTTP {status}: {body[:300]!r}")
    return headers, body


def one_round(
    journey: Journey, clients: int, seconds: float, watched: dict[str, Callable[[], list[psutil.Process]]]
) -> dict:
    """Run the journey for a while with that many clients; CPU is the difference over everything watched."""
    times: list[float] = []
    requests = 0
    lock = threading.Lock()
    until = time.perf_counter() + seconds
    before = {name: cpu(processes()) for name, processes in watched.items()}
    started = time.perf_counter()
    failures: list[BaseException] = []

    def work(_client_number: int) -> None:
        nonlocal requests
        client = None
        while time.perf_counter() < until and not failures:
            with lock:
                number = journey.done
                if number >= journey.most:
                    return
                journey.done += 1
            if client is None or journey.fresh_client:
                client = Client(journey.port, **journey.cookies(number))
            begun = time.perf_counter()
            try:
                sent = journey.do(client, number)
            except BaseException as error:
                failures.append(error)
                return
            took = time.perf_counter() - begun
            with lock:
                times.append(took)
                requests += sent

    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - started
    if failures:
        raise failures[0]
    time.sleep(0.15)  # accounting of CPU comes in ticks of 10 ms
    spent = {name: cpu(processes()) - before[name] for name, processes in watched.items()}
    count = max(len(times), 1)
    times.sort()
    return {
        "count": len(times),
        "requests": requests,
        "rps": requests / wall,
        "p50": 1000 * times[len(times) // 2] if times else 0,
        "p95": 1000 * times[min(int(len(times) * 0.95), len(times) - 1)] if times else 0,
        **{name: 1000 * value / count for name, value in spent.items()},
    }


def median(samples: list[dict]) -> dict:
    return {key: statistics.median(sample[key] for sample in samples) for key in samples[0]}


def main() -> int:
    threading.Thread(target=mail_sink, daemon=True).start()
    try:
        admin = psycopg.connect(ADMIN_URL, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        print(f"make bench cần PostgreSQL / needs PostgreSQL: {error}")
        return 1
    admin.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
    running: list[subprocess.Popen] = []
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        try:
            return measure(var, running)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()
            admin.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def measure(var: Path, running: list[subprocess.Popen]) -> int:
    web_port, cached_port, bare_port = free_port(), free_port(), free_port()
    settings = environment(web_port, var)
    for command in (["migrate", "-v0"], ["createcachetable", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=settings, check=True)
    seeded = json.loads(
        subprocess.run(
            [sys.executable, "bench/seed.py"],
            cwd=ROOT,
            env=settings | {"IMMEDIATE_TASKS": "true"},
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
    )
    subprocess.run([sys.executable, "-m", "bench.bare"], cwd=ROOT, env=settings, check=True)

    def start(*command: str, **changes: str) -> subprocess.Popen:
        # What they say goes into a file: a pipe that nobody reads fills up, and the worker stands still.
        said = (var / f"said-{len(running)}.log").open("wb")
        process = subprocess.Popen(command, cwd=ROOT, env=settings | changes, stdout=subprocess.DEVNULL, stderr=said)
        running.append(process)
        return process

    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    web = start(gunicorn, PAGE_CACHE_SECONDS="0")
    cached = start(gunicorn, BIND=f"127.0.0.1:{cached_port}")
    workers = ("-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{bare_port}", "--no-control-socket")
    bare = start(gunicorn, "-c", "/dev/null", *workers, "bench.bare:application")
    worker = start(sys.executable, "manage.py", "db_worker", "--backend=background", "--queue-name=*")
    wait_for(web_port), wait_for(cached_port), wait_for(bare_port, "/const")

    # -- baselines
    def simple(path: str) -> Callable[[Client, int], int]:
        def do(client: Client, n: int) -> int:
            expect(client.get(path), 200)
            return 1

        return do

    bases = {name: Journey(name, bare_port, simple(f"/{name}")) for name in ("const", "page", "tx")}

    # -- registration: forms are opened first, because nobody fills one in within a second
    forms: list[tuple[Client, dict]] = []
    registrations = int(os.environ.get("BENCH_REGISTRATIONS", "400"))

    def open_form(client: Client, n: int) -> int:
        _, body = expect(client.get(seeded["register"]), 200)
        page = gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else body.decode()
        fields = Form(page, "form_key").found
        fields |= {
            "full_name": f"Đại biểu Thử {n}",
            "email": f"thu{n}@mau.example",
            "organisation": "Đơn vị thử",
            "consent": "on",
        }
        forms.append((client, fields))
        return 1

    def register(_client: Client, n: int) -> int:
        client, fields = forms[n]
        client.connection.close()  # a person reads and types longer than a server keeps a connection
        headers, _ = expect(client.post(seeded["register"], fields), 302)
        expect(client.get(headers["Location"]), 200)
        return 2

    opening = Journey("registration: form", web_port, open_form, fresh_client=True, most=0)
    sending = Journey("registration: POST + ticket", web_port, register, most=0)

    # -- learning
    learners = seeded["learners"]

    def learner(n: int) -> dict[str, str]:
        return {"sessionid": learners[n % len(learners)]["session"]}

    def mark_complete(client: Client, n: int) -> int:
        who = learners[n % len(learners)]
        client.cookies["sessionid"] = who["session"]
        client.cookies.setdefault("csrftoken", "c" * 32)
        batch = {
            "sent_at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
            "events": [
                {
                    "id": str(uuid.uuid4()),
                    "lesson": seeded["lesson_key"],
                    "edition": seeded["edition"],
                    "verb": "completed",
                    "data": {"by": "reading"},
                    "at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
                }
            ],
        }
        expect(client.post("/hoc/su-kien/", {"batch": json.dumps(batch)}), 200)
        return 1

    # -- the gate
    def scan(client: Client, n: int) -> int:
        client.cookies.setdefault("csrftoken", "c" * 32)
        expect(
            client.post(
                seeded["gate_url"], {"ma": seeded["tickets"][n], "su-kien": seeded["slug"], "lan": str(uuid.uuid4())}
            ),
            200,
        )
        return 1

    journeys = [
        Journey("cached anonymous page", cached_port, simple(seeded["home"]), "const", 2, 0),
        Journey("forum page, uncached", web_port, simple(seeded["forum"]), "page", 6, 14),
        Journey("agenda of 60 sessions, uncached", web_port, simple(seeded["agenda"]), "page", 6, 14),
        Journey("lesson page, logged in", web_port, simple(seeded["lesson"]), "tx", 12, 15, cookies=learner),
        Journey("mark a lesson complete", web_port, mark_complete, "tx", 4, cookies=learner),
        Journey(
            "check-in scan",
            web_port,
            scan,
            "tx",
            8,
            cookies=lambda n: {"sessionid": seeded["gate"]},
            most=len(seeded["tickets"]),
        ),
    ]

    if ONLY:
        journeys = [journey for journey in journeys if any(word in journey.name for word in ONLY)]

    watched_of = {
        web_port: {"web": lambda: tree(web), "worker": lambda: tree(worker), "pg": postgres_processes},
        cached_port: {"web": lambda: tree(cached), "worker": lambda: tree(worker), "pg": postgres_processes},
        bare_port: {"web": lambda: tree(bare), "worker": list, "pg": postgres_processes},
    }

    def run(journey: Journey, clients: int = 1, seconds: float = SECONDS) -> dict:
        return one_round(journey, clients, seconds, watched_of[journey.port])

    for journey in [*bases.values(), *journeys]:
        if journey.most > 10**6:
            run(journey, 2, 0.5)  # warm up
    print(
        f"{'':34}{'web ms':>8}{'worker':>8}{'pg ms':>7}{'SQL':>5}{'p50':>7}{'p95':>7}"
        f"{'1 cl/s':>8}{'8 cl/s':>8}{'ratio':>8}{'target':>8}"
    )
    statements = sql_statements(settings, seeded)

    def line(
        name: str, one: dict, eight: dict | None, sql: int | None, ratio: float | None, target: float | None
    ) -> None:
        flag = "" if ratio is None or target is None or ratio <= target else "  !"
        eight_rate = f"{eight['rps']:8.0f}" if eight else f"{'':8}"
        print(
            f"{name:34}{one['web']:8.2f}{one['worker']:8.2f}{one['pg']:7.2f}{'' if sql is None else sql:>5}"
            f"{one['p50']:7.1f}{one['p95']:7.1f}{one['rps']:8.0f}{eight_rate}"
            f"{'' if ratio is None else f'{ratio:.1f}':>8}{'' if target is None else f'{target:g}':>8}{flag}",
            flush=True,
        )

    for name, base in bases.items():
        base.samples = [run(base) for _ in range(ROUNDS)]
        line(name, median(base.samples), run(base, 8), None, None, None)

    for journey in journeys:
        base = bases[journey.baseline or "tx"]
        pairs = []
        for _ in range(ROUNDS):
            seconds = SECONDS if journey.most > 10**6 else min(SECONDS, 1.0)
            pairs.append((run(journey, 1, seconds), run(base)))
        one, ground = median([p[0] for p in pairs]), median([p[1] for p in pairs])
        eight = run(journey, 8, 1.0)
        ratio = (one["web"] + one["worker"]) / ground["web"]
        line(journey.name, one, eight, statements.get(journey.name), ratio, journey.ratio)

    def import_a_list() -> None:
        command = [sys.executable, "bench/importing.py"]
        print(
            subprocess.run(
                command, cwd=ROOT, env=settings, check=True, stdout=subprocess.PIPE, text=True
            ).stdout.strip()
        )

    def register_many() -> None:
        """All forms of a round, then all posts: one client as in every journey, at the end eight."""

        def forms_then_posts(clients: int, more: int) -> dict:
            opening.most += more
            sending.most += more
            opened = run(opening, clients, 600)
            time.sleep(1.2)
            sent = run(sending, clients, 600)
            return {key: opened[key] + sent[key] for key in ("web", "worker", "pg", "p50", "p95")} | {
                "rps": sent["rps"]
            }

        before, begun = cpu(tree(worker)), time.perf_counter()
        pairs = [(forms_then_posts(1, registrations // 10), run(bases["tx"])) for _ in range(ROUNDS)]
        eight = forms_then_posts(8, registrations // 2)
        one, ground = median([p[0] for p in pairs]), median([p[1] for p in pairs])
        line(REGISTRATION, one, eight, statements.get("registration"), one["web"] / ground["web"], 25)
        while pending() and time.perf_counter() - begun < 600:
            time.sleep(0.5)
        print(
            f"  … letters delivered by the worker: {1000 * (cpu(tree(worker)) - before) / opening.done:.1f} ms of CPU"
            f" each, PDF ticket and QR included; mail server took {taken}"
        )

    if ONLY:
        for name, act in ((REGISTRATION, register_many), ("import of a list", import_a_list)):
            if any(word in name for word in ONLY):
                act()
        return 0

    register_many()

    # memory, after every journey, PDFs included
    token_pdf(web_port, seeded)
    parts = pss(tree(web)), pss(tree(worker))
    memory = sum(parts)
    print(f"\nmemory of web + worker: {memory:.0f} MB PSS (target 450){'' if memory <= 450 else '  !'}")
    print("  … web {:.0f}, worker {:.0f}".format(*parts))
    warm = subprocess.run(
        [sys.executable, "bench/certificate.py"], cwd=ROOT, env=settings, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    print(warm.strip())
    import_a_list()
    oversold = subprocess.run(
        [sys.executable, "manage.py", "audit"], cwd=ROOT, env=settings, check=False, stdout=subprocess.PIPE, text=True
    )
    print(f"audit: {'clean, nothing oversold' if oversold.returncode == 0 else oversold.stdout}")
    return oversold.returncode


def pending() -> int:
    with psycopg.connect(DATABASE) as connection:
        return connection.execute(
            "SELECT count(*) FROM letters_letter WHERE sent_at IS NULL AND state <> 'failed'"
        ).fetchone()[0]


def token_pdf(port: int, seeded: dict) -> None:
    """Each web worker renders tickets and certificates before its memory is read."""
    with psycopg.connect(DATABASE) as connection:
        tokens = [
            row[0]
            for row in connection.execute(
                "SELECT manage_token FROM events_registration WHERE state = 'confirmed' LIMIT 12"
            )
        ]
        papers = [row[0] for row in connection.execute("SELECT token FROM certificates_certificate LIMIT 12")]
    for address in [*(f"/ve/{token}/ve.pdf" for token in tokens), *(f"/C/{token}/pdf" for token in papers)]:
        expect(Client(port).get(address), 200)


def sql_statements(settings: dict, seeded: dict) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "bench/statements.py", json.dumps(seeded)],
        cwd=ROOT,
        env=settings | {"PAGE_CACHE_SECONDS": "60"},
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
