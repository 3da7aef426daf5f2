"""The product as it runs, in processes that a test may kill."""

import atexit
import gzip
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import psutil
from django.db import connection
from django.test import Client as Browser
from django.test import override_settings

from bench.client import Client
from bench.run import free_port

ROOT = Path(__file__).parents[1]


@cache
def collected_files() -> str:
    """The folder of the look's files, laid once for all sites that this process starts."""
    folder = mkdtemp(prefix="static-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = os.environ | {"DEBUG": "false", "SECRET_KEY": secrets.token_urlsafe(50), "STATIC_ROOT": folder}
    environment |= {"SITE_URL": "https://localhost", "SMTP_URL": "smtp://127.0.0.1:1"}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return folder


def page_of(body: bytes) -> str:
    return gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else body.decode()


class Site:
    """The product as it runs: gunicorn with two workers and a worker for tasks, on the database of the test."""

    def __init__(self, folder: Path, *, guarded: bool = True, pause: float = 0, **more: str):
        self.port, mail_port = free_port(), free_port()  # nobody listens on the second: mail is down
        name = connection.settings_dict["NAME"]
        base = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres").rpartition("/")[0]
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))} | {
            "DEBUG": "false",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "INSECURE_HTTP": "true",
            "DATABASE_URL": f"{base}/{name}",
            "SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": collected_files(),
            "PAGE_CACHE_DIR": str(folder / "pages"),
            "STAFF_MFA_REQUIRED": "false",
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "2",
            "UNGUARDED_PAUSE": str(pause),
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            **more,
        }
        self.log = (folder / "said.log").open("ab")
        command = [sys.executable, "manage.py", "createcachetable", "-v0"]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)
        application = [] if guarded else ["bench.unguarded:application"]
        self.web = self.start(str(Path(sys.executable).parent / "gunicorn"), *application)
        self.worker = self.start_worker()
        for _ in range(1200):  # as long as a busy machine takes
            with suppress(OSError):
                if Client(self.port).get("/health/live")[0] == 200:
                    return
            time.sleep(0.1)
        self.stop()
        raise AssertionError((folder / "said.log").read_text()[-3000:])

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log)

    def start_worker(self) -> subprocess.Popen:
        return self.start(sys.executable, "manage.py", "db_worker", "--backend=background", "--queue-name=*")

    def logged_in(self, person) -> Client:
        """The browser of somebody of the staff, as after the code from the mailbox."""
        browser = Browser()
        with override_settings(SECRET_KEY=self.environment["SECRET_KEY"], SESSION_COOKIE_NAME="sessionid"):
            browser.force_login(person)
        return Client(self.port, sessionid=browser.cookies["sessionid"].value, csrftoken=secrets.token_hex(16))

    def kill_somebody(self, dice: random.Random) -> None:
        """-9, in the middle of whatever it does. Gunicorn starts another worker; a supervisor the task worker."""
        children = psutil.Process(self.web.pid).children()
        if children and dice.random() < 0.6:
            with suppress(psutil.NoSuchProcess):
                dice.choice(children).kill()
        else:
            self.worker.send_signal(signal.SIGKILL)
            self.worker.wait()
            self.worker = self.start_worker()

    def stop(self) -> None:
        for process in (self.web, self.worker):
            process.terminate()
        for process in (self.web, self.worker):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.log.close()
