"""Who sees which letters: organisers the outbox, developers the mailbox, nobody a secret."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils import timezone

from letters.models import Letter
from people.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(an):
    letter = Letter.objects.post("test.note", an.email, language="vi", about=an, person=an, data={"word": "Chào"})
    letter.deliver(timezone.now())
    return letter


def test_ha_finds_a_letter_and_sends_it_again(ha, note, client, django_capture_on_commit_callbacks):
    client.force_login(ha)
    assert note.to in client.get("/quan-tri/letters/?q=an@mau").content.decode()
    page = client.get(f"/quan-tri/letters/inspect/{note.pk}/").content.decode()
    assert "Chào" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/quan-tri/letters/resend/{note.pk}/").status_code == 302
    assert len(mail.outbox) == 2
    assert {entry.verb for entry in AuditEntry.objects.all()} == {
        "letters.letter.list",
        "letters.letter.view",
        "letter.resent",
    }


def test_a_list_of_letters_costs_a_constant_number_of_queries(ha, an, client, django_assert_max_num_queries):
    for _ in range(30):
        Letter.objects.post("test.note", an.email, language="vi", about=an, person=an).deliver(timezone.now())
    client.force_login(ha)
    client.get("/quan-tri/letters/")
    with django_assert_max_num_queries(14):
        client.get("/quan-tri/letters/")


def test_the_words_of_a_secret_letter_are_shown_to_nobody(minh, an, client):
    letter = Letter.objects.post("test.secret", an.email, language="vi")
    client.force_login(minh)
    page = client.get(f"/quan-tri/letters/inspect/{letter.pk}/").content.decode()
    assert "the secret" not in page
    assert an.email in page


def test_nobody_edits_a_letter_and_others_do_not_see_it(minh, chi, note, client):
    client.force_login(minh)
    assert client.get("/quan-tri/letters/new/").status_code == 302
    assert client.get(f"/quan-tri/letters/edit/{note.pk}/").status_code == 302
    assert client.post(f"/quan-tri/letters/delete/{note.pk}/").status_code == 302
    assert Letter.objects.filter(pk=note.pk).exists()
    client.force_login(chi)
    assert client.get("/quan-tri/letters/").status_code == 302
    assert client.get(f"/quan-tri/letters/inspect/{note.pk}/").status_code == 302
    client.post(f"/quan-tri/letters/resend/{note.pk}/")
    assert len(mail.outbox) == 1


def test_the_mailbox_exists_only_in_development_on_this_machine(note, client, settings):
    pages = ["/hop-thu/", f"/hop-thu/{note.pk}/", f"/hop-thu/{note.pk}/html/", f"/hop-thu/{note.pk}/0/"]
    for page in pages:
        assert client.get(page).status_code == 404
    settings.SHOW_LETTERS = True
    for page in pages:
        assert client.get(page).status_code == 200
        assert client.get(page, REMOTE_ADDR="203.0.113.4").status_code == 404
        assert client.get(page, HTTP_X_FORWARDED_FOR="203.0.113.4").status_code == 404


def test_a_developer_reads_a_letter_as_a_mail_program_shows_it(note, client, settings):
    settings.SHOW_LETTERS = True
    assert note.to in client.get("/hop-thu/?q=AN@").content.decode()
    assert "ghi-chu.ics" in client.get(f"/hop-thu/{note.pk}/").content.decode()
    answer = client.get(f"/hop-thu/{note.pk}/html/")
    assert "data:image/png;base64," in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    download = client.get(f"/hop-thu/{note.pk}/0/")
    assert "attachment" in download.headers["Content-Disposition"]


def test_a_letters_page_says_local_time_a_dash_and_no_english(ha, an, client):
    letter = Letter.objects.post("test.note", an.email, language="vi", about=an, person=an, data={"word": "Chào"})
    Letter.objects.filter(pk=letter.pk).update(created_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC), sent_at=None)
    client.force_login(ha)
    answer = client.get(f"/quan-tri/letters/inspect/{letter.pk}/")
    rows = {str(row["label"]): str(row["value"]) for row in answer.context["fields"]}
    assert "06:30 21/11/2026" in rows.values()
    assert "–" in rows.values()
    assert "None" not in rows.values()
    assert "Kind name" not in rows
