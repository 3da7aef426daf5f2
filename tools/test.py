"""`make test`: the suite on SQLite, then the tests that need PostgreSQL when a server answers.

What could not run is said in the last lines; with REQUIRE_ALL=1 (CI) it is a failure.

    TEST_POSTGRES_URL   default postgres://postgres@127.0.0.1:5432/postgres
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def pytest(*arguments: str, database: str | None = None) -> int:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
    if database:
        environment["DATABASE_URL"] = database
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def main() -> int:
    arguments = sys.argv[1:]
    everything_on_postgres = "--all-on-postgres" in arguments
    long = "--long" in arguments
    paths = [a for a in arguments if not a.startswith("--")]
    required = os.environ.get("REQUIRE_ALL") == "1"
    have_postgres = postgres_answers()
    notes: list[str] = []
    failed = False

    if everything_on_postgres:
        if not have_postgres:
            print(f"Không có PostgreSQL trả lời ở {POSTGRES}. / No PostgreSQL answers there.")
            return 1
        return pytest("-n2", "--dist=loadfile", "-m", "not long", *paths, database=POSTGRES)

    marks = "long" if long else "not long"
    code = pytest("-n2", "--dist=loadfile", "-m", f"({marks}) and not postgres", *paths)
    failed |= code not in (0, 5)
    if have_postgres:
        code = pytest("-m", f"({marks}) and postgres", *paths, database=POSTGRES)
        failed |= code not in (0, 5)
    else:
        notes.append(
            f"PostgreSQL: không máy chủ nào trả lời ở {POSTGRES}; các bài thử khóa chỗ chưa chạy. "
            "/ not run: no server answers."
        )
        failed |= required
    for note in notes:
        print(f"\n!! {note}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
