"""An import of many people into an event that has as many: how long, how long the seats are locked, how much memory.

A process of its own, so that its peak is the import's. While it runs, another connection asks for the lock of the
quota again and again, as people do who register; its longest wait is how long the import kept them waiting.

    DATABASE_URL=… python bench/importing.py [rows]
"""

import io
import os
import resource
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402

django.setup()

import openpyxl  # noqa: E402
import psycopg  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from events import importing  # noqa: E402
from events.models import Event, ImportRun, Quota, Registration, TicketType  # noqa: E402
from people import consent  # noqa: E402


def list_of(number: int, start: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([names[0] for names in importing.COLUMNS.values()])
    for n in range(start, start + number):
        about = [f"UBND Phường số {n % 170}", "Chuyên viên", f"09{n:08d}", "Ông", "", "Khu B", "", "vi"]
        sheet.append([f"Nguyễn Thị Thùy Dương {n}", f"nhap{n}@mau.example", *about])
    book.save(file := io.BytesIO())
    return file.getvalue()


class Neighbours:
    """Somebody else who wants a seat, all the time."""

    def __init__(self, quota: int):
        self.quota, self.longest, self.asked, self.over = quota, 0.0, 0, threading.Event()
        self.thread = threading.Thread(target=self.ask)

    def ask(self) -> None:
        settings = connection.get_connection_params()
        wanted = {key: settings[key] for key in ("dbname", "host", "port", "user", "password") if settings.get(key)}
        with psycopg.connect(**wanted) as own:
            while not self.over.wait(0.01):
                begun = time.perf_counter()
                own.execute("SELECT 1 FROM events_quota WHERE id = %s FOR NO KEY UPDATE", [self.quota])
                own.rollback()
                self.longest = max(self.longest, time.perf_counter() - begun)
                self.asked += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.over.set()
        self.thread.join()


def main(rows: int) -> None:
    at = timezone.now()
    day = timezone.timedelta(days=1)
    event = Event.objects.create(
        slug=f"nhap-{os.getpid()}", name_vi="Sự kiện để nhập", venue_vi="Hạ Long", organiser_vi="Sở",
        starts_at=at + 20 * day, ends_at=at + 21 * day, published_at=at - day,
        registration_opens_at=at - day, registration_closes_at=at + 19 * day,
    )  # fmt: skip
    kind = TicketType.objects.create(event=event, name_vi="Đại biểu")
    quota = Quota.objects.create(event=event, name="Hội trường", size=3 * rows)
    quota.ticket_types.add(kind)
    version = consent.current("registration").version
    terms = {
        "event": event,
        "ticket_type": kind,
        "consent_version": version,
        "file_name": "list.xlsx",
        "language": "vi",
    }

    def handed_in(start: int, letters: bool) -> ImportRun:
        content = list_of(rows, start)
        ImportRun.objects.bulk_create([ImportRun(at=at, beat_at=at, content=content, letters=letters, **terms)])
        return ImportRun.objects.latest("pk")

    first, run = handed_in(0, False), handed_in(rows, True)
    for step in ("look_over", "carry_out"):  # those who are there already
        getattr(first, step)(at)
        ImportRun.objects.filter(pk=first.pk, state="checked").update(state="running")
        first.refresh_from_db()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

    with Neighbours(quota.pk) as neighbours:
        begun = time.perf_counter()
        run.look_over(timezone.now())
        read = time.perf_counter() - begun
        ImportRun.objects.filter(pk=run.pk, state="checked").update(state="running")
        run.refresh_from_db()
        begun = time.perf_counter()
        run.carry_out(timezone.now())
        written = time.perf_counter() - begun
    run.refresh_from_db()
    assert run.state == "done", (run.state, run.refusal, run.problems[:3])
    assert Registration.objects.filter(event=event).count() == 2 * rows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000

    def flag(value: float, most: float) -> str:
        return "" if value <= most else "  !"

    total = read + written
    print(f"import of {rows:,} people beside {rows:,}: {total:.1f} s (target 60){flag(total, 60)}")
    print(f"  … read {read:.1f} s, registered {written:.1f} s; the worker writes the letters")
    wait = neighbours.longest
    print(f"  … seats locked {wait:.2f} s (target 3){flag(wait, 3)}; asked for {neighbours.asked} times meanwhile")
    print(f"  … peak memory {peak:.0f} MB (target 300){flag(peak, 300)}, before it {base:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
