"""A visitor tells us something: it is kept, the office gets a letter, robots and floods do not."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from content.models import Feedback, SiteSettings
from letters.models import Letter

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Trần Văn An",
    "email": "An@Mau.example",
    "message": "Trang chương trình in bị thiếu một dòng.",
    "website": "",
    "page": "/dien-dan/",
}


@pytest.fixture
def office(site_tree):
    row = SiteSettings.objects.get(site=site_tree.site)
    row.email = "vanphong@mau.example"
    row.save()
    return row


def test_feedback_is_kept_and_a_letter_goes_to_the_office(client, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/gop-y/", GOOD, follow=True)
    assert response.redirect_chain == [("/gop-y/da-nhan/", 302)]
    kept = Feedback.objects.get()
    assert (kept.name, kept.email, kept.page, kept.language) == ("Trần Văn An", "an@mau.example", "/dien-dan/", "vi")
    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == ("vanphong@mau.example", "content.feedback")
    message = mail.outbox[0]
    assert message.subject == "Góp ý của Trần Văn An"
    assert "thiếu một dòng" in message.body


def test_without_an_office_address_it_still_is_kept(client, site_tree):
    client.post("/en/gop-y/", GOOD)
    assert Feedback.objects.get().language == "en"
    assert not Letter.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "khong-phai-thu"}, {"message": ""}, {"message": "ab\0cdef"}])
def test_mistakes_are_said_and_nothing_is_lost(client, office, wrong):
    response = client.post("/gop-y/", GOOD | wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Feedback.objects.exists()
    kept = "Trần Văn An" if "name" not in wrong else "thiếu một dòng"
    assert kept in response.content.decode()


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_forgotten(client, office):
    assert client.post("/gop-y/", GOOD | {"website": "http://spam.example"}).status_code == 302
    assert not Feedback.objects.exists()


def test_one_address_may_write_five_times_an_hour(client, office):
    for _ in range(5):
        client.post("/gop-y/", GOOD)
    response = client.post("/gop-y/", GOOD)
    assert Feedback.objects.count() == 5
    assert "gửi lại sau một giờ" in response.content.decode()
    assert "thiếu một dòng" in response.content.decode()


def test_a_flood_under_many_addresses_ends_and_a_hall_may_write(client, office):
    for number in range(30):
        client.post("/gop-y/", GOOD | {"email": f"nguoi{number}@mau.example"})
    assert Feedback.objects.count() == 30
    response = client.post("/gop-y/", GOOD)
    assert Feedback.objects.count() == 30
    assert "thiếu một dòng" in response.content.decode()
    client.post("/gop-y/", GOOD, REMOTE_ADDR="203.0.113.9")
    assert Feedback.objects.count() == 31


def test_a_page_that_is_no_address_of_ours_is_not_kept(client, office):
    client.post("/gop-y/", GOOD | {"page": "https://evil.example/"})
    assert Feedback.objects.get().page == ""


def test_the_form_is_never_cached(client, office):
    response = client.get("/gop-y/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "csrfmiddlewaretoken" in response.content.decode()


def test_chi_reads_a_message_and_marks_it(client, office, chi):
    client.post("/gop-y/", GOOD)
    kept = Feedback.objects.get()
    client.force_login(chi)
    assert "Trần Văn An" in client.get(reverse("feedback:index")).content.decode()
    assert "thiếu một dòng" in client.get(reverse("feedback:inspect", args=[kept.pk])).content.decode()
    client.post(reverse("feedback_settle", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.handled_at <= timezone.now()
    assert not Feedback.objects.waiting().exists()


def test_the_gate_reads_no_feedback(client, office, giang):
    client.post("/gop-y/", GOOD)
    client.force_login(giang)
    assert client.get(reverse("feedback:index")).status_code == 302
    client.post(reverse("feedback_settle", args=[Feedback.objects.get().pk]))
    assert Feedback.objects.waiting().count() == 1
