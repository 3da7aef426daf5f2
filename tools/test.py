"""`make test`: the suite on SQLite, and beside it the tests that need PostgreSQL when a server answers.

Both passes run at once, since the second one mostly waits for processes it has started and killed; its output comes
last. What could not run is said in the last lines; with REQUIRE_ALL=1 (CI) it is a failure.

    TEST_POSTGRES_URL   default postgres://postgres@127.0.0.1:5432/postgres
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")

# Whoever is done takes over from the other; a file's tests stay in order as long as nobody is idle.
BOTH_CORES = ("-n2", "--dist=worksteal")
NOTHING_TO_RUN = 5  # pytest's exit code


def postgres_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def pytest(*arguments: str, database: str | None = None, output: IO[bytes] | None = None) -> subprocess.Popen:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
    if database:
        environment["DATABASE_URL"] = database
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )


def main() -> int:
    arguments = sys.argv[1:]
    everything_on_postgres = "--all-on-postgres" in arguments
    long = "--long" in arguments
    paths = [a for a in arguments if not a.startswith("--")]
    have_postgres = postgres_answers()

    if everything_on_postgres:
        if not have_postgres:
            print(f"Không có PostgreSQL trả lời ở {POSTGRES}. / No PostgreSQL answers there.")
            return 1
        # What a browser shows does not depend on the database, and takes half of the time: SQLite's pass shows it.
        return pytest(*BOTH_CORES, "-m", "not long and not browser", *paths, database=POSTGRES).wait()

    marks = "long" if long else "not long"
    with TemporaryFile() as heard:
        beside = None
        if have_postgres:
            beside = pytest("-m", f"({marks}) and postgres", *paths, database=POSTGRES, output=heard)
        codes = [pytest(*BOTH_CORES, "-m", f"({marks}) and not postgres", *paths).wait()]
        if beside:
            codes.append(beside.wait())
            heard.seek(0)
            print("\nPostgreSQL:", heard.read().decode(), sep="\n", end="")
    failed = any(code not in (0, NOTHING_TO_RUN) for code in codes)
    if not have_postgres:
        print(
            f"\n!! PostgreSQL: không máy chủ nào trả lời ở {POSTGRES}; các bài thử khóa chỗ chưa chạy. "
            "/ not run: no server answers."
        )
        failed |= os.environ.get("REQUIRE_ALL") == "1"
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
