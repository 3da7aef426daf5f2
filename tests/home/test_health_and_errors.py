"""The site says how it is, and what happened when something went wrong, in its own voice."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from home import views
from people.sessions import SessionStore


def test_live_asks_nobody(client):
    assert client.get("/health/live").content == b"ok\n"


@pytest.mark.django_db
def test_ready_asks_database_and_cache(client):
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"database": True, "cache": True}


@pytest.mark.django_db
def test_not_ready_without_a_database(client, monkeypatch):
    def away():
        raise ConnectionError

    monkeypatch.setattr(views, "_ask_database", away)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["database"] is False


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained(site_tree):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/gop-y/", {"name": "An"})
    assert response.status_code == 403
    assert "Xin gửi lại biểu mẫu" in response.content.decode()
    assert "send the form once more" in client.post("/en/gop-y/", {}).content.decode()


def test_the_error_page_needs_no_database():
    """No database mark: a query would fail this test."""
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


def test_even_a_broken_error_page_says_something(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(views, "render_to_string", broken)
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Xin thử lại" in response.content.decode()


@pytest.mark.django_db
def test_a_database_error_in_a_page_becomes_the_error_page(client, site_tree, monkeypatch):
    client.raise_request_exception = False

    def away(*args, **kwargs):
        raise RuntimeError("x")

    monkeypatch.setattr(views, "found_pages", away)
    response = client.get("/tim-kiem/?q=x")
    assert response.status_code == 500
    assert connection.is_usable()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "name"),
    [("home.views", "found_pages"), ("session", "load"), ("session", "save")],  # a view; coming in; going out
)
@pytest.mark.parametrize("words", ["database is locked", "canceling statement due to lock timeout"])
def test_a_lock_waited_for_in_vain_asks_to_come_back_wherever_it_was(
    client, site_tree, an, monkeypatch, settings, where, name, words
):
    client.force_login(an)
    client.raise_request_exception = False

    def locked(*args, **kwargs):
        raise OperationalError(words)

    monkeypatch.setattr(views if where == "home.views" else SessionStore, name, locked)
    settings.SESSION_SAVE_EVERY_REQUEST = True
    response = client.get("/tim-kiem/?q=x")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "no-store" in response["Cache-Control"]
    assert "thử lại" in response.text


@pytest.mark.django_db
def test_another_fault_of_the_database_in_a_middleware_stays_a_fault(client, site_tree, an, monkeypatch, settings):
    client.force_login(an)
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise OperationalError("no such table: django_session")

    settings.SESSION_SAVE_EVERY_REQUEST = True
    monkeypatch.setattr(SessionStore, "save", broken)
    response = client.get("/tim-kiem/?q=x")
    assert response.status_code == 500
    assert "Retry-After" not in response.headers
