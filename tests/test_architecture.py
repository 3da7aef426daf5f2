"""The few facts a newcomer could break unknowingly, each with a test named after the fact."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page

ROOT = Path(__file__).resolve().parents[1]
OURS = ("home", "events", "courses", "certificates", "content", "letters", "people")


def python_files():
    for folder in ("site", "events", "courses"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_site_is_a_source_root_and_not_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("weasyprint", {"site/certificates/pdf.py"}),
        ("stripe", {"events/payments/stripe.py"}),
        ("icalendar", {"events/calendar.py"}),
    ],
)
def test_an_outside_system_has_one_module(library, home):
    users = {path.relative_to(ROOT).as_posix() for path in python_files() if library in imported(path)}
    assert users <= home


def test_only_people_knows_allauth():
    users = {path.relative_to(ROOT).as_posix() for path in python_files() if "allauth" in imported(path)}
    assert {path for path in users if not path.startswith("site/people/")} == set()


def test_records_never_point_at_pages():
    """A page may be edited, moved, copied or deleted; nothing that counts may hang on it."""
    pointing = [
        f"{model._meta.label}.{field.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, Page)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model and issubclass(field.related_model, Page)
    ]
    # Menu items are words and pictures, not records of what happened; they fall with their page.
    assert [name for name in pointing if not name.startswith("content.")] == []


def test_every_setting_read_from_the_environment_stands_in_the_example():
    text = (ROOT / "site/config/settings.py").read_text(encoding="utf-8") + (ROOT / "gunicorn.conf.py").read_text(
        encoding="utf-8"
    )
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)) | set(re.findall(r'environ\.get\("([A-Z_]+)"', text))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), flags=re.M))
    assert read - listed == set()
    assert listed - read == set()


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_url_names_are_unique_and_admin_login_is_ours():
    first_login = next(
        p for p in get_resolver().url_patterns if isinstance(p, URLPattern) and "login" in str(p.pattern)
    )
    admin = next(
        i
        for i, p in enumerate(get_resolver().url_patterns)
        if isinstance(p, URLResolver) and str(p.pattern) == "quan-tri/"
    )
    assert get_resolver().url_patterns.index(first_login) < admin


def test_every_command_the_readme_names_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    assert set(re.findall(r"`make ([a-z-]+)", readme)) <= targets


def test_nginx_keeps_no_page_that_was_taken_back():
    """An unpublished page answers 404, which is never stored: with `updating` the old page would be served for ever."""
    directives = re.sub(r"#.*", "", (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"))
    assert "proxy_cache_background_update" not in directives
    (stale,) = re.findall(r"proxy_cache_use_stale ([^;]*);", directives)
    assert "updating" not in stale.split()
