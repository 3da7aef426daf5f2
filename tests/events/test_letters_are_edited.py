"""Hà writes the words of a letter herself, looks at them with a real registration, and nothing in them is run."""

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from events import letter_text
from events.models import LetterText
from letters.models import Letter
from letters.render import render
from people.models import AuditEntry

from .conftest import make_event

pytestmark = pytest.mark.django_db

KIND = "registration_confirmed"


@pytest.fixture
def desk(client, ha, site_tree):
    """Hà at her desk."""
    client.force_login(ha)
    return client


@pytest.fixture
def address(event):
    return reverse("events_lettertext:text", args=[event.pk, KIND])


def filled(**changed) -> dict:
    return {
        "subject_vi": "Vé dự {su_kien}",
        "body_vi": "Kính gửi {ten},\n\nMời Quý vị đến {dia_diem} lúc {gio_mo_cua}.\nXem https://example.vn/ban-do",
        "subject_en": "",
        "body_en": "",
        "code": "",
        "language": "vi",
        "do": "save",
    } | changed


def letter_of(registration) -> Letter:
    return Letter.objects.about(registration).get(kind=KIND)


def test_the_words_are_hers_the_ticket_stays(desk, event, address, register):
    mine = register()
    assert desk.post(address, filled()).status_code == 302
    words = render(letter_of(mine))
    assert words.subject == f"Vé dự {event.name_vi}"
    assert "Kính gửi Nguyễn Thị Khách 1,\n\nMời Quý vị đến Khu du lịch Bãi Cháy" in words.text
    assert 'href="https://example.vn/ban-do"' in words.html
    assert words.html.count("<p ") >= 3, "empty lines make paragraphs"
    assert "Chỗ của Quý vị đã được xác nhận" not in words.text
    for kept in (mine.code_groups[0], mine.get_absolute_url(), event.organiser_vi):
        assert kept in words.text
    assert "cid:qr" in words.html
    assert {part[0] for part in words.attachments} == {f"ve-{mine.code}.pdf", f"{event.slug}.ics", "qr.png"}
    assert AuditEntry.objects.get(verb="letter_text.changed").data["kind"] == KIND


def test_each_language_has_its_own_and_an_empty_one_the_built_in_words(desk, address, register):
    mine = register()
    desk.post(address, filled())
    Letter.objects.filter(about_id=str(mine.pk)).update(language="en")
    assert "Your seat is confirmed" in render(letter_of(mine)).text
    desk.post(address, filled(body_en="Welcome to {su_kien}."))
    assert "Welcome to 7th National Innovation Startup Forum." in render(letter_of(mine)).text


def test_everything_emptied_is_built_in_again(desk, address, register):
    desk.post(address, filled())
    assert desk.post(address, filled(subject_vi="", body_vi=" ")).status_code == 302
    assert not LetterText.objects.exists()
    assert "Kính gửi" in render(letter_of(register())).text


def test_it_is_one_events_letter_only(desk, address, register, now):
    LetterText.objects.create(event=make_event(now, slug="dien-dan-8"), kind=KIND, body_vi="Lần thứ tám.")
    assert "Lần thứ tám" not in render(letter_of(register())).text


def test_looking_saves_nothing_and_hides_the_secret(desk, event, address, register):
    mine = register()
    other = register(2)
    page = desk.post(address, filled(do="look", code=mine.code, body_vi="Xin chào {ten}: {lien_ket} {ma_ve}"))
    assert page.status_code == 200
    assert "Xin chào Nguyễn Thị Khách 1" in page.text
    assert not LetterText.objects.exists()
    for secret in (mine.manage_token, mine.checkin_token, other.manage_token):
        assert secret not in page.text
    assert "sandbox" in page.text
    assert "Nguyễn Thị Khách 2" in desk.get(address).text, "without a code: the latest registration"
    assert "không tìm thấy" in desk.post(address, filled(do="look", code="AAAABBBB")).text.lower()


def test_a_registration_of_another_event_is_not_shown(desk, address, register, now, delegate):
    from events.models import TicketType

    elsewhere = make_event(now, slug="dien-dan-8")
    kind = TicketType.objects.create(event=elsewhere, name_vi="Đại biểu")
    from .conftest import somebody

    stranger = elsewhere.register(kind, somebody(5, full_name="Người Nơi Khác"), at=now)
    assert "Người Nơi Khác" not in desk.post(address, filled(do="look", code=stranger.code)).text


def test_a_trial_goes_to_herself_alone(desk, ha, address, register, django_capture_on_commit_callbacks):
    mine = register()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, filled(do="trial"))
    [message] = mail.outbox
    assert message.to == [ha.email]
    assert message.subject.startswith("[Thử] Vé dự")
    assert "Nguyễn Thị Khách 1" in message.body
    assert mine.manage_token not in message.body + message.alternatives[0].content
    assert not LetterText.objects.exists()
    assert Letter.objects.about(mine).count() == 1, "the registration got no letter by it"


def test_a_misspelt_word_is_said_beside_the_field(desk, address):
    page = desk.post(address, filled(body_vi="Kính gửi {tên}"))
    assert page.status_code == 422
    assert "{tên}" in page.text
    assert "không có trong các từ điền được" in page.text
    assert not LetterText.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        "{0.__class__}",
        "{{settings.SECRET_KEY}}",
        "{% load static %}",
        "{ten.__class__}",
        "{ten!r}",
        "{% include 'base.html' %}",
        "<script>alert(1)</script>",
        "%(ten)s",
        "$ten",
    ],
)
def test_nothing_else_is_interpreted(desk, address, register, hostile):
    mine = register()
    assert desk.post(address, filled(body_vi=f"A {hostile} Z", subject_vi=hostile)).status_code == 302
    words = render(letter_of(mine))
    assert f"A {hostile} Z" in words.text
    assert hostile in words.subject
    assert "<script>alert" not in words.html
    assert settings.SECRET_KEY not in words.text + words.html


def test_what_is_filled_in_is_not_read_again(register, event):
    LetterText.objects.create(event=event, kind=KIND, body_vi="Gửi {ten}.")
    mine = register(full_name="Nguyễn {ma_ve} <i>An</i>")
    words = render(letter_of(mine))
    assert "Gửi Nguyễn {ma_ve} <i>An</i>." in words.text
    assert "<i>An</i>" not in words.html


@given(st.text(max_size=200))
@hypothesis_settings(max_examples=200, deadline=None)
def test_a_text_without_known_words_comes_out_as_it_is(text):
    known = {f"{{{name}}}" for name in letter_text.WORDS}
    if not any(word in text for word in known):
        assert letter_text.fill(text, KIND, {}) == text


def test_the_former_holder_is_told_nothing_of_the_new_one_by_any_word():
    for word in ("ma_ve", "don_vi", "chuc_vu", "trang_thai"):
        with pytest.raises(ValidationError):
            letter_text.check(f"{{{word}}}", "registration_handed_over")
        assert letter_text.fill(f"{{{word}}}", "registration_handed_over", {}) == f"{{{word}}}"


def test_every_kind_is_listed_with_whose_words_it_has(desk, event, register):
    LetterText.objects.create(event=event, kind="reminder", body_vi="Nhắc lịch.")
    page = desk.get(reverse("events_lettertext:index"))
    for kind in letter_text.editable():
        assert reverse("events_lettertext:text", args=[event.pk, kind.key]) in page.text
    assert page.text.count("của Ban tổ chức") == 1


def test_every_kind_can_be_opened_also_without_a_registration(desk, event):
    for kind in letter_text.editable():
        assert desk.get(reverse("events_lettertext:text", args=[event.pk, kind.key])).status_code == 200, kind.key


def test_every_word_has_something_to_say(desk, event, register):
    register()
    for kind in letter_text.editable():
        page = desk.get(reverse("events_lettertext:text", args=[event.pk, kind.key]))
        assert page.status_code == 200
        for word in letter_text.words_of(kind.key):
            assert f"{{{word.name}}}" in page.text


def test_nobody_else_reads_or_writes_them(client, giang, chi, khanh, dung, event, address, site_tree):
    for person in (giang, chi, khanh, dung):
        client.force_login(person)
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, filled()).status_code in (302, 403)
        assert client.get(reverse("events_lettertext:index")).status_code in (302, 403)
    assert not LetterText.objects.exists()


def test_there_are_only_our_kinds(desk, event):
    assert desk.get(reverse("events_lettertext:text", args=[event.pk, "account"])).status_code == 404
    assert desk.get(reverse("events_lettertext:text", args=[event.pk, "mass_mail"])).status_code == 404


def test_statements_do_not_grow_with_registrations(desk, address, register):
    counts = []
    for number in (2, 20):
        for n in range(1, number + 1):
            if Letter.objects.count() < number:
                register(n + number)
        desk.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 30
