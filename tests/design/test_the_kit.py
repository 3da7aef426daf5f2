"""The parts all pages share: fields that explain themselves, dates and amounts as people say them."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

MORNING = datetime(2025, 9, 10, 1, 0, tzinfo=UTC)  # eight o'clock in Hạ Long


def say(text: str, **context) -> str:
    return Template(text).render(Context(context))


class Registration(forms.Form):
    full_name = forms.CharField(label="Họ và tên")
    email = forms.EmailField(label="Địa chỉ thư", help_text="Vé được gửi về đây")
    position = forms.CharField(label="Chức vụ", required=False)
    day = forms.ChoiceField(label="Ngày", choices=[("1", "10/9"), ("2", "11/9")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Tôi đồng ý")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("template", "vietnamese", "english"),
    [
        ("{{ m|vn_date }}", "10/9/2025", "10 September 2025"),
        ("{% vn_date m %}", "10/9/2025", "10 September 2025"),
        ("{{ m|vn_day }}", "10/9", "10 September"),
        ("{{ m|vn_weekday_date }}", "Thứ Tư, 10/9/2025", "Wednesday, 10 September 2025"),
        ("{{ m|vn_time }}", "08:00", "08:00"),
        ("{{ m|vn_datetime }}", "08:00 ngày 10/9/2025", "08:00 on 10 September 2025"),
        ("{{ 1500000|money }}", "1.500.000\N{NO-BREAK SPACE}₫", "1,500,000\N{NO-BREAK SPACE}₫"),
        ("{{ 0|money }}", "Miễn phí", "Free"),
        ("{{ 9000000|filesize_vn }}", "9\N{NO-BREAK SPACE}MB", "9\N{NO-BREAK SPACE}MB"),
        ("{{ 1540000|filesize_vn }}", "1,5\N{NO-BREAK SPACE}MB", "1.5\N{NO-BREAK SPACE}MB"),
        ("{{ 140000|filesize_vn }}", "140\N{NO-BREAK SPACE}kB", "140\N{NO-BREAK SPACE}kB"),
        ("{{ 12|filesize_vn }}", "1\N{NO-BREAK SPACE}kB", "1\N{NO-BREAK SPACE}kB"),
    ],
)
def test_dates_and_amounts_are_said_in_the_reader_s_language(template, vietnamese, english):
    with override("vi"):
        assert say(template, m=MORNING) == vietnamese
    with override("en"):
        assert say(template, m=MORNING) == english


def test_a_moment_late_in_the_day_belongs_to_the_day_in_ha_long():
    assert say("{{ m|vn_date }} {{ m|vn_time }}", m=datetime(2025, 9, 9, 17, 30, tzinfo=UTC)) == "10/9/2025 00:30"


def test_plain_dates_and_times_are_taken_as_they_are_and_nothing_gives_nothing():
    assert say("{{ d|vn_date }} {{ t|vn_time }}", d=date(2025, 9, 10), t=time(7, 5)) == "10/9/2025 07:05"
    assert say("{{ n|vn_date }}{{ n|vn_time }}{{ n|money }}{{ n|filesize_vn }}{{ n|vn_weekday_date }}", n=None) == ""


def test_a_field_ties_its_hint_and_its_error_to_the_control():
    form = Registration({"email": "thuyduong@"})
    html = say("{% field f.email %}", f=form)
    assert '<label for="id_email">Địa chỉ thư</label>' in html
    assert 'aria-describedby="id_email-hint id_email-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="email"' in html
    assert 'id="id_email-error"' in html


def test_only_what_is_optional_is_marked():
    with override("vi"):
        assert "không bắt buộc" in say("{% field f.position %}", f=Registration())
        assert "không bắt buộc" not in say("{% field f.full_name %}", f=Registration())


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = say("{% field f.day %}", f=Registration())
    assert html.startswith("<fieldset")
    assert "<legend>Ngày</legend>" in html
    assert html.count('type="radio"') == 2


def test_a_hidden_field_has_no_label():
    html = say("{% field f.secret %}", f=Registration())
    assert html.startswith('<input type="hidden"')
    assert "label" not in html


def test_what_was_typed_cannot_leave_its_control():
    """The renderer draws plain inputs itself, as Django's templates would."""
    for widget in (forms.TextInput(), forms.EmailInput(), forms.HiddenInput(), forms.CheckboxInput()):
        attrs = {"data-x": '">', "required": True, "disabled": False}
        html = widget.render("name", '"><script>', attrs)
        django_own = widget.render("name", '"><script>', attrs, renderer=DjangoTemplates())
        assert html == django_own
        assert "<script>" not in html


def test_suggestions_become_a_datalist():
    form = Registration()
    form.fields["full_name"].suggestions = ["UBND Phường Bãi Cháy"]
    html = say("{% field f.full_name %}", f=form)
    assert 'list="id_full_name-list"' in html
    assert '<option value="UBND Phường Bãi Cháy">' in html


def test_what_was_typed_is_escaped():
    html = say("{% error_summary f %}{% field f.email %}", f=Registration({"email": '"><script>alert(1)</script>'}))
    assert "<script>" not in html


def test_the_summary_leads_to_each_field_and_says_that_nothing_is_lost():
    with override("vi"):
        html = say("{% error_summary f %}", f=Registration({}))
    assert "Còn 4 chỗ cần sửa" in html
    assert 'href="#id_email"' in html
    assert 'href="#id_day_0"' in html
    assert 'role="alert"' in html
    assert "Những gì đã điền vẫn còn nguyên" in html


def test_no_summary_before_anything_was_sent():
    assert say("{% error_summary f %}", f=Registration()) == ""


def test_the_pager_keeps_what_was_searched():
    request = RequestFactory().get("/?q=Hạ+Long&page=2")
    html = say("{% pager page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert "q=H%E1%BA%A1+Long&amp;page=1" in html
    assert 'rel="next"' in html
    assert say("{% pager page %}", page=Paginator(range(3), 10).page(1), request=request) == ""


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in say('{% icon "next" %}')
    assert 'aria-label="Tiếp"' in say('{% icon "next" "Tiếp" %}')


@pytest.mark.parametrize("template", ["404.html", "500.html", "offline.html"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_for_bad_moments_need_nothing_but_themselves(template, language):
    """A 500 is rendered without a request: no frame, no database, no session."""
    with override(language):
        html = render_to_string(template)
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert 'class="btn"' in html
    assert ("Về trang chủ" in html) is (language == "vi")


@pytest.mark.django_db
def test_the_kit_page_shows_every_part_once(client):
    response = client.get("/kit/")
    assert response.status_code == 200
    html = response.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    for target in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        assert set(target.split()) <= set(ids)
    for part in (
        "btn second",
        "notice warn",
        "verdict revoked",
        "rows dated",
        "choice",
        "pager",
        "facts",
        'class="tag now"',
    ):
        assert part in html


@pytest.mark.django_db
def test_the_kit_page_does_not_exist_where_people_come(client, settings):
    settings.TESTING = False
    settings.DEBUG = False
    assert client.get("/kit/").status_code == 404
