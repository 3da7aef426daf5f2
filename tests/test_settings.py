"""The operator starts the site; a missing or default secret stops the start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GOOD = {
    "SECRET_KEY": "k" * 25 + "0123456789" * 3,
    "SITE_URL": "https://diendan.example.vn",
    "DATABASE_URL": "sqlite:///unused.sqlite3",
    "SMTP_URL": "smtp://localhost:25",
}


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = (
        {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", "DEBUG": "false"} | GOOD | changes
    )
    return subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.SESSION_COOKIE_NAME, s.STAFF_MFA_REQUIRED)"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_complete_environment_starts_with_host_cookies_and_staff_mfa():
    done = start()
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["__Host-sessionid", "True"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "development-only-key-that-production-refuses-0123456789"}, "SECRET_KEY"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "http://diendan.example.vn"}, "https://"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"SMTP_URL": ""}, "SMTP_URL"),
        ({"DEBUG": "maybe"}, "DEBUG"),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES"),
        ({"STRIPE_SECRET_KEY": "sk_live_x"}, "STRIPE_WEBHOOK_SECRETS"),
    ],
)
def test_a_missing_or_default_value_refuses_to_start_and_names_it(change, named):
    done = start(**change)
    assert done.returncode != 0
    assert named in done.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "key"
    path.write_text("f" * 50)
    assert start(SECRET_KEY="", SECRET_KEY_FILE=str(path)).returncode == 0


def test_a_name_left_empty_as_in_the_example_means_its_default():
    done = start(STAFF_MFA_REQUIRED="", MEDIA_ROOT="", PAGE_CACHE_DIR="", ALLOWED_HOSTS="", TRUSTED_PROXIES="")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["__Host-sessionid", "True"]
    code = (
        "import config.settings as s;"
        "print(s.MEDIA_ROOT.name, s.CACHES['pages']['LOCATION'].rpartition('/')[2], *s.ALLOWED_HOSTS)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", "DEBUG": "false", **GOOD}
    environment |= {"MEDIA_ROOT": "", "PAGE_CACHE_DIR": "", "ALLOWED_HOSTS": ""}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert told.stdout.split() == ["media", "pages", "diendan.example.vn"], told.stderr
