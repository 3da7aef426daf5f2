"""The demo story: every stage through the real verbs, repeated without a trace, and never beside real registrations."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from certificates.models import Certificate
from courses.models import Enrolment
from events.models import Event, Person, Registration, TicketType
from home import demo
from home.audit import broken_rules
from letters.models import Letter
from people.models import User

pytestmark = pytest.mark.django_db


def numbers() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (Page, User, Event, Registration, Enrolment, Certificate, Letter)
    }


def test_the_story_is_told_at_every_stage_and_repeating_it_adds_nothing(client):
    out = io.StringIO()
    call_command("demo", "--stage", "before", "--json", stdout=out)
    story = json.loads(out.getvalue())
    assert {login["email"] for login in story["logins"]} >= {"an@mau.example", "minh@mau.example"}
    for name in ("home", "home_en", "forum", "register", "agenda", "courses", "news", "ticket", "delegation"):
        path = "/" + story["urls"][name].split("/", 3)[3]
        assert client.get(path).status_code == 200, name
    html = client.get("/").content.decode()
    assert "Việc đang mở" in html
    assert "dữ liệu mẫu" in html.lower()
    assert broken_rules() == []

    told = numbers()
    call_command("demo", "--stage", "before", stdout=io.StringIO())
    assert numbers() == told

    call_command("demo", "--stage", "after", stdout=io.StringIO())
    assert broken_rules() == []
    assert "Việc đang mở" not in client.get("/").content.decode()


def test_the_cast_may_do_what_its_roles_say(site_tree):
    demo.create_groups()
    demo.gather_cast()
    demo.gather_cast()
    assert User.objects.filter(email__endswith="@mau.example").count() == len(demo.CAST)
    chi = User.objects.get(email="chi@mau.example")
    assert chi.has_perm("wagtailadmin.access_admin")
    assert not chi.is_superuser
    assert User.objects.get(email="minh@mau.example").is_superuser
    assert not User.objects.get(email="an@mau.example").groups.exists()


def test_where_real_people_have_registered_nothing_is_changed(site_tree):
    at = timezone.now()
    event = Event.objects.create(
        slug="that",
        name_vi="Diễn đàn thật",
        venue_vi="Bãi Cháy",
        organiser_vi="UBND tỉnh",
        published_at=at - timedelta(days=1),
        starts_at=at + timedelta(days=9),
        ends_at=at + timedelta(days=9, hours=8),
        registration_opens_at=at - timedelta(days=1),
        registration_closes_at=at + timedelta(days=2),
    )
    kind = TicketType.objects.create(event=event, name_vi="Đại biểu")
    event.register(kind, Person(full_name="Trần Văn An", email="an@that.example"), at=at, letters=False)
    told = numbers()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("demo", stdout=io.StringIO())
    assert numbers() == told
