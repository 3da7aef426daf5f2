"""The cast and the stage.

An attends the forum. Bình is an official who learns. Chi edits; Duyệt approves. Dũng is a stranger and should see
nothing. Giang stands at the gate. Hà organises. Khánh manages training. Minh administers.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
JAVA = shutil.which("java")
VNU = Path(__file__).parents[1] / "tools/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
ON_POSTGRES = not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's sync API runs an event loop beside the ORM

left_out: dict[str, int] = {}


def pytest_configure(config: pytest.Config) -> None:
    # The garbage collector reads all of Django and Wagtail again and again; what is loaded by now stays anyway.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    config.addinivalue_line("markers", "vnu: needs Java and the HTML checker (npm ci --prefix tools/vnu)")
    config.addinivalue_line("markers", "unbalanced: breaks the books on purpose; the audit after the test is left out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What cannot run here is deselected and named in the last lines; with REQUIRE_ALL=1 it is an error."""
    keep, drop = [], []
    for item in items:
        reason = None
        if item.get_closest_marker("postgres") and not ON_POSTGRES:
            reason = ""  # tools/test.py runs these in a second pass, and says so when it cannot
        elif item.get_closest_marker("browser") and not CHROMIUM:
            reason = (
                "Chromium: chưa cài; các bài thử trên trình duyệt chưa chạy (apt install chromium). "
                "/ not run: not installed."
            )
        elif item.get_closest_marker("vnu") and not (JAVA and VNU.exists()):
            reason = "Bộ kiểm tra HTML: chưa cài (Java, và npm ci --prefix tools/vnu). / not run: not installed."
        if reason is None:
            keep.append(item)
        else:
            drop.append(item)
            if reason:
                left_out[reason] = left_out.get(reason, 0) + 1
    if left_out and os.environ.get("REQUIRE_ALL") == "1":
        raise pytest.UsageError("; ".join(left_out))
    if drop:
        config.hook.pytest_deselected(items=drop)
        items[:] = keep
    # The slowest first: no core is left with one long walk through the browser when the others are done.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_terminal_summary(terminalreporter) -> None:
    for reason, count in left_out.items():
        terminalreporter.write_line(f"!! {count}: {reason}", yellow=True)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup, django_db_blocker) -> None:
    """Tables are made from the models, which saves seconds; only Wagtail's migration makes SQLite's full-text table.

    Then the trunk of the site: nearly every test stands on it, and making it takes a sixth of a second.
    """
    from home.site_setup import ensure_site

    with django_db_blocker.unblock():
        if not ON_POSTGRES and request.config.getvalue("nomigrations"):
            make_full_text_table()
        if ON_POSTGRES:
            connection.ops.sql_flush = delete_rows
        ensure_site()


def delete_rows(style, tables: list[str], *, reset_sequences: bool = False, allow_cascade: bool = False) -> list[str]:
    """How a test's rows go on PostgreSQL. TRUNCATE makes every file of every table anew, which takes seconds."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {quote(table)})" for table in tables)
        cursor.execute(" UNION ALL ".join(asked))
        written = [row[0] for row in cursor.fetchall()]
    # As a replica the server looks at no foreign key, so the order does not matter.
    return [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {quote(table)}" for table in written),
        "SET LOCAL session_replication_role = origin",
    ]


def make_full_text_table() -> None:
    steps = (
        import_module("wagtail.search.migrations.0006_customise_indexentry")
        .Migration.operations[-1]
        .database_operations
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS wagtailsearch_indexentry_fts")
        for step in steps:
            cursor.execute(step.sql)


@pytest.fixture(autouse=True)
def books_balance(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test that used the database, `manage.py audit` must find nothing."""
    marked = request.node.get_closest_marker("django_db") is not None
    used = marked or bool({"db", "transactional_db", "live_server"} & set(request.fixturenames))
    if used:
        request.getfixturevalue("_django_db_helper")
    yield
    if used and not request.node.get_closest_marker("unbalanced"):
        from home.audit import broken_rules

        if connection.needs_rollback:
            return
        assert broken_rules() == []


@pytest.fixture(autouse=True)
def speaking_vietnamese() -> Iterator[None]:
    """A test client's request leaves its language behind in the thread; each test begins in the site's first one."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    from django.core.cache import caches

    yield
    for alias in settings.CACHES:
        caches[alias].clear()


@pytest.fixture(autouse=True)
def mail_goes_through_the_outbox(settings) -> None:
    """Django's test set-up replaces every mailer; the default one is ours and stays: tests take the real way."""
    settings.MAILERS = settings.MAILERS | {"default": {"BACKEND": "letters.mail.OutboxBackend"}}


@pytest.fixture
def site_tree(db):
    """Locales, root, HomePage in both languages, the Site record; made again after a test that emptied the tables."""
    from wagtail.models import Page, Site

    from home.models import HomePage
    from home.site_setup import SiteTree, ensure_site

    homes = {page.locale.language_code: page for page in HomePage.objects.filter(depth=2).select_related("locale")}
    if set(homes) != {"vi", "en"}:
        return ensure_site()
    Site.clear_site_root_paths_cache()
    return SiteTree(Site.objects.get(is_default_site=True), Page.get_first_root_node(), homes["vi"], homes["en"])


# ---------------------------------------------------------------- the cast


def person(email: str, full_name: str, *groups: str, unit: str = "", superuser: bool = False):
    from django.contrib.auth.models import Group

    from people.models import User

    user = User.objects.create_user(email=email, full_name=full_name, is_superuser=superuser)
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    user.groups.set([Group.objects.get(name=name) for name in groups])
    return user


@pytest.fixture
def an(db):
    return person("an@mau.example", "Trần Văn An")


@pytest.fixture
def binh(db):
    return person("binh@mau.example", "Nguyễn Thị Bình")


@pytest.fixture
def chi(db):
    return person("chi@mau.example", "Lê Kim Chi", "Biên tập viên")


@pytest.fixture
def duyet(db):
    return person("duyet@mau.example", "Phạm Văn Duyệt", "Người duyệt")


@pytest.fixture
def dung(db):
    return person("dung@mau.example", "Hoàng Tiến Dũng")


@pytest.fixture
def giang(db):
    return person("giang@mau.example", "Vũ Hương Giang", "Cổng vào")


@pytest.fixture
def ha(db):
    return person("ha@mau.example", "Đỗ Thu Hà", "Ban tổ chức")


@pytest.fixture
def khanh(db):
    return person("khanh@mau.example", "Bùi Quốc Khánh", "Quản lý đào tạo")


@pytest.fixture
def minh(db):
    return person("minh@mau.example", "Ngô Đức Minh", superuser=True)


# ---------------------------------------------------------------- the browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }
