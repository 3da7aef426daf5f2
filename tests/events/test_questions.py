"""An organiser asks more than the form does, and delegates answer."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from events import questions, retention
from events.models import Answer, Person, Question, Registration, TicketType
from events.models.question import Kind, Moment
from events.models.registration import CannotCorrect

from .conftest import make_event, somebody

pytestmark = pytest.mark.django_db


def put_question(event, label: str, kind: str = Kind.SHORT, choices: tuple[str, ...] = (), **fields) -> Question:
    types = fields.pop("ticket_types", ())
    question = Question.objects.create(event=event, label_vi=label, kind=kind, **fields)
    for number, words in enumerate(choices):
        question.choices.create(label_vi=words, label_en=f"{words} in English", sort_order=number)
    question.ticket_types.set(types)
    question.save()
    question.settle(timezone.now())
    return question


def key(question: Question, words: str) -> str:
    return next(choice["key"] for choice in question.current.choices if choice["vi"] == words)


def is_chosen(page: str, question: Question, value: str) -> bool:
    [box] = re.findall(rf'<input[^>]*name="{question.field_name}"[^>]*value="{value}"[^>]*>', page)
    return "checked" in box


@pytest.fixture
def meals(event) -> Question:
    return put_question(event, "Quý vị ăn gì?", Kind.CHOICE, ("Ăn mặn", "Ăn chay"), position=1)


@pytest.fixture
def vegetarian(event, meals) -> Question:
    """Asked of those who eat no meat."""
    return put_question(
        event,
        "Ăn chay theo cách nào?",
        position=2,
        required=True,
        depends_on=meals,
        depends_on_values=[key(meals, "Ăn chay")],
    )


def path(event, language="vi") -> str:
    with translation.override(language):
        return reverse("events:register", args=[event.slug])


def kept(registration: Registration | None = None) -> dict[str, object]:
    registration = registration or Registration.objects.get()
    return {answer.question.label_vi: answer.value for answer in registration.answers.select_related("question")}


# ---------------------------------------------------------------- answering


EVERY_KIND = [
    (Kind.SHORT, " Phường Hồng Gai ", "Phường Hồng Gai", "Phường Hồng Gai"),
    (Kind.LONG, "Dòng một\r\nDòng hai", "Dòng một\nDòng hai", "Dòng một\nDòng hai"),
    (Kind.NUMBER, "12", 12, "12"),
    (Kind.NUMBER, "1.5", 1.5, "1,5"),
    (Kind.DATE, "2026-09-10", "2026-09-10", "10/9/2026"),
    (Kind.COUNTRY, "VN", "VN", "Việt Nam"),
    (Kind.YES_NO, "no", "no", "Không"),
]


@pytest.mark.parametrize(("kind", "typed", "value", "text"), EVERY_KIND)
def test_a_delegate_answers_a_question_of_each_kind(
    client, site_tree, event, delegate, answers, kind, typed, value, text
):
    question = put_question(event, "Một câu hỏi", kind, required=True)
    page = client.get(path(event))
    assert "Một câu hỏi" in page.text
    assert f'name="{question.field_name}"' in page.text
    answer = client.post(path(event), answers(**{question.field_name: typed}))
    assert answer.status_code == 302
    given = Answer.objects.get()
    assert (given.value, given.text, given.version) == (value, text, question.current)


def test_a_delegate_chooses_one_or_several(client, site_tree, event, delegate, answers, meals):
    topics = put_question(event, "Chủ đề", Kind.CHOICES, ("Chính sách", "Công nghệ", "Vốn"))
    chosen = [key(topics, "Chính sách"), key(topics, "Vốn")]
    client.post(path(event), answers(**{meals.field_name: key(meals, "Ăn chay"), topics.field_name: chosen}))
    assert {answer.question.label_vi: answer.text for answer in Answer.objects.all()} == {
        "Quý vị ăn gì?": "Ăn chay",
        "Chủ đề": "Chính sách; Vốn",
    }


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.NUMBER, "mười hai"),
        (Kind.DATE, "hôm qua"),
        (Kind.CHOICE, "999999"),
        (Kind.CHOICES, ["999999"]),
        (Kind.COUNTRY, "XX"),
        (Kind.YES_NO, "có lẽ"),
        (Kind.SHORT, "x" * 251),
        (Kind.SHORT, "a\x00b"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_nothing_is_lost(
    client, site_tree, event, delegate, answers, kind, typed
):
    question = put_question(event, "Một câu hỏi", kind, ("Một", "Hai") if kind in ("choice", "choices") else ())
    answer = client.post(path(event), answers(**{question.field_name: typed}))
    assert answer.status_code == 422
    assert f'id="id_{question.field_name}-error"' in answer.text
    assert 'value="Nguyễn Hoàng Thùy Dương"' in answer.text
    assert not Registration.objects.exists()


def test_what_must_be_answered_must_and_the_rest_may_stay_empty(client, site_tree, event, delegate, answers):
    put_question(event, "Không bắt buộc")
    must = put_question(event, "Bắt buộc", required=True)
    refused = client.post(path(event), answers())
    assert refused.status_code == 422
    assert f'id="id_{must.field_name}-error"' in refused.text
    assert refused.text.count("Xin trả lời câu hỏi này.") == 2, "in the summary and beside the field"
    assert client.post(path(event), answers(**{must.field_name: "Có"})).status_code == 302
    assert kept() == {"Bắt buộc": "Có"}


def test_questions_are_asked_in_english_where_they_have_english(client, site_tree, event, delegate, answers, meals):
    Question.objects.filter(pk=meals.pk).update(label_en="What do you eat?")
    Question.objects.get(pk=meals.pk).settle(timezone.now())
    put_question(event, "Chỉ có tiếng Việt")
    page = client.get(path(event, "en")).text
    assert "What do you eat?" in page
    assert "Ăn chay in English" in page
    assert "Chỉ có tiếng Việt" in page, "better than nothing"


def test_countries_are_named_and_ordered_in_the_language_of_the_reader(client, site_tree, event, delegate):
    put_question(event, "Đến từ nước nào?", Kind.COUNTRY)
    page = client.get(path(event)).text
    assert page.index(">Việt Nam<") < page.index(">Ai Cập<") < page.index(">Đức<") < page.index(">Pháp<")
    page = client.get(path(event, "en")).text
    assert page.index(">Vietnam<") < page.index(">Egypt<") < page.index(">France<") < page.index(">Germany<")


# ---------------------------------------------------------------- conditions


def test_a_question_follows_an_answer_and_without_javascript_says_so(
    client, site_tree, event, delegate, answers, meals, vegetarian
):
    page = client.get(path(event)).text
    assert "Nếu Quý vị chọn “Ăn chay”:" in page
    assert page.index("Quý vị ăn gì?") < page.index("Ăn chay theo cách nào?")
    plant = {meals.field_name: key(meals, "Ăn chay")}
    missing = client.post(path(event), answers(**plant))
    assert missing.status_code == 422
    assert f'id="id_{vegetarian.field_name}-error"' in missing.text
    assert client.post(path(event), answers(**plant, **{vegetarian.field_name: "Thuần chay"})).status_code == 302
    assert kept() == {"Quý vị ăn gì?": key(meals, "Ăn chay"), "Ăn chay theo cách nào?": "Thuần chay"}


def test_what_does_not_apply_is_neither_required_nor_kept_nor_judged(
    client, site_tree, event, delegate, answers, meals, vegetarian
):
    days = put_question(
        event, "Mấy ngày?", Kind.NUMBER, depends_on=vegetarian, depends_on_values=["Thuần chay"], required=True
    )
    meat = {meals.field_name: key(meals, "Ăn mặn")}
    typed = {vegetarian.field_name: "Thuần chay", days.field_name: "không phải số"}
    assert client.post(path(event), answers(**meat, **typed)).status_code == 302
    assert kept() == {"Quý vị ăn gì?": key(meals, "Ăn mặn")}


def test_a_condition_of_a_question_that_is_no_longer_asked_never_holds(
    client, site_tree, event, delegate, answers, meals, vegetarian
):
    Question.objects.filter(pk=meals.pk).update(moment=Moment.NEVER)
    assert "Ăn chay" not in client.get(path(event)).text
    assert client.post(path(event), answers()).status_code == 302


def test_some_questions_are_for_one_kind_of_ticket(client, site_tree, event, delegate, student, answers, answers_for):
    school = put_question(event, "Trường nào?", required=True, ticket_types=[student])
    page = client.get(path(event)).text
    assert "Chỉ hỏi loại vé: Sinh viên" in page
    assert client.post(path(event), answers(**{school.field_name: "không được giữ"})).status_code == 302
    assert kept() == {}
    other = {"email": "sv@mau.example", "form_key": "6f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6c"}
    assert client.post(path(event), answers_for(student, **other)).status_code == 422
    answered = client.post(path(event), answers_for(student, **other, **{school.field_name: "ĐH Hạ Long"}))
    assert answered.status_code == 302
    registered = Registration.objects.get(email="sv@mau.example")
    assert kept(registered) == {"Trường nào?": "ĐH Hạ Long"}
    own = client.get(f"{registered.get_absolute_url()}sua/").text
    assert "Trường nào?" in own
    assert "Chỉ hỏi loại vé" not in own, "whoever has the ticket needs not be told"
    others = Registration.objects.exclude(pk=registered.pk).get()
    assert "Trường nào?" not in client.get(f"{others.get_absolute_url()}sua/").text


def test_questions_for_the_gate_are_not_on_the_form(client, site_tree, event, delegate, answers):
    put_question(event, "Nhận quà chưa?", Kind.YES_NO, required=True, moment=Moment.CHECK_IN)
    assert "Nhận quà chưa?" not in client.get(path(event)).text
    assert client.post(path(event), answers()).status_code == 302


def test_questions_of_another_event_are_not_asked(client, site_tree, event, delegate, now):
    put_question(make_event(now, slug="dien-dan-8"), "Của kỳ khác", required=True)
    assert "Của kỳ khác" not in client.get(path(event)).text


# ---------------------------------------------------------------- versions


def test_a_reworded_question_has_a_new_version_and_old_answers_keep_their_words(
    client, site_tree, event, delegate, answers, meals, now
):
    client.post(path(event), answers(**{meals.field_name: key(meals, "Ăn chay")}))
    first = meals.current
    meals.choices.filter(label_vi="Ăn chay").update(label_vi="Chay, có trứng sữa")
    meals = Question.objects.get(pk=meals.pk)
    meals.label_vi = "Bữa trưa của Quý vị?"
    meals.save()
    second = meals.settle(now)
    assert (first.number, second.number) == (1, 2)
    assert meals.settle(now) == second, "nothing changed, so no new version"
    answer = Answer.objects.get()
    assert (answer.version, answer.text, str(answer.version.label)) == (first, "Ăn chay", "Quý vị ăn gì?")
    assert key(meals, "Chay, có trứng sữa") == answer.value, "a reworded answer is still the same answer"


def test_nobody_answers_words_that_they_have_not_read(client, site_tree, event, delegate, answers, meals, now):
    page = client.get(path(event)).text
    assert f'name="asked" value="{meals.current.pk}"' in page
    typed = answers(asked=str(meals.current.pk), **{meals.field_name: key(meals, "Ăn chay")})
    meals.label_vi = "Quý vị ăn gì vào buổi tối?"
    meals.save()
    meals.settle(now)
    again = client.post(path(event), typed)
    assert again.status_code == 422
    assert "Ban tổ chức vừa đổi câu hỏi" in again.text
    assert "buổi tối" in again.text
    assert client.post(path(event), typed | {"asked": str(meals.current.pk)}).status_code == 302


# ---------------------------------------------------------------- changing


@pytest.fixture
def ticket(client, site_tree, event, delegate, answers, meals, vegetarian) -> Registration:
    plant = {meals.field_name: key(meals, "Ăn chay"), vegetarian.field_name: "Thuần chay"}
    client.post(path(event), answers(**plant))
    return Registration.objects.get()


def details(ticket: Registration, **changed) -> dict:
    fields = ("full_name", "organisation", "position", "phone")
    return {field: getattr(ticket, field) for field in fields} | changed


def test_a_delegate_changes_answers_on_the_own_page(client, ticket, meals, vegetarian):
    edit = f"{ticket.get_absolute_url()}sua/"
    page = client.get(edit).text
    assert 'value="Thuần chay"' in page
    assert is_chosen(page, meals, key(meals, "Ăn chay"))
    plant = {meals.field_name: key(meals, "Ăn chay")}
    answer = client.post(edit, details(ticket, **plant, **{vegetarian.field_name: "Có trứng sữa"}), follow=True)
    assert "Đã lưu các câu trả lời mới." in answer.text
    assert kept(ticket)["Ăn chay theo cách nào?"] == "Có trứng sữa"
    [change] = ticket.changes.exclude(corrected={})
    assert change.corrected_fields == [("Ăn chay theo cách nào?", "Thuần chay", "Có trứng sữa")]


def test_an_answer_that_no_longer_applies_is_forgotten(client, ticket, meals, vegetarian):
    edit = f"{ticket.get_absolute_url()}sua/"
    meat = {meals.field_name: key(meals, "Ăn mặn"), vegetarian.field_name: "Thuần chay"}
    assert client.post(edit, details(ticket, **meat)).status_code == 302
    assert kept(ticket) == {"Quý vị ăn gì?": key(meals, "Ăn mặn")}
    [change] = ticket.changes.exclude(corrected={})
    assert change.corrected_fields == [
        ("Quý vị ăn gì?", "Ăn chay", "Ăn mặn"),
        ("Ăn chay theo cách nào?", "Thuần chay", ""),
    ]


def test_saving_the_same_answers_leaves_no_trace(client, ticket, meals, vegetarian):
    same = {meals.field_name: key(meals, "Ăn chay"), vegetarian.field_name: "Thuần chay"}
    assert client.post(f"{ticket.get_absolute_url()}sua/", details(ticket, **same)).status_code == 302
    assert not ticket.changes.exclude(corrected={}).exists()


def test_answers_of_a_cancelled_registration_stay_as_they_are(client, ticket, meals, now):
    ticket.cancel(at=now)
    with pytest.raises(CannotCorrect):
        questions.change(ticket, {meals.current: key(meals, "Ăn mặn")}, now)
    before = kept(ticket)
    assert client.post(f"{ticket.get_absolute_url()}sua/", details(ticket)).url == ticket.get_absolute_url()
    assert kept(ticket) == before


def test_an_error_in_an_answer_saves_nothing_at_all(client, ticket, meals):
    plant = {meals.field_name: key(meals, "Ăn chay")}
    refused = client.post(f"{ticket.get_absolute_url()}sua/", details(ticket, position="Giám đốc", **plant))
    assert refused.status_code == 422
    ticket.refresh_from_db()
    assert ticket.position == ""


def test_going_back_to_mend_an_answer_mends_it(client, ticket, event, answers, meals):
    again = client.post(path(event), answers(**{meals.field_name: key(meals, "Ăn mặn")}))
    assert again.url == ticket.get_absolute_url()
    assert kept(ticket) == {"Quý vị ăn gì?": key(meals, "Ăn mặn")}


def test_answers_of_the_former_holder_do_not_pass_on(ticket, now):
    ticket.hand_over(somebody(7), at=now)
    assert kept(ticket) == {}


def test_an_invited_guest_answers_when_taking_the_seat(client, site_tree, event, delegate, meals, now):
    must = put_question(event, "Biển số xe?", required=True)
    guest = event.register(
        delegate, somebody(3), at=now, source="invitation", offer_until=now + timedelta(days=2), letters=False
    )
    assert "Biển số xe?" in client.get(guest.get_absolute_url()).text
    accept = f"{guest.get_absolute_url()}nhan-cho/"
    assert client.post(accept, details(guest, consent="on")).status_code == 422
    assert client.post(accept, details(guest, consent="on", **{must.field_name: "14A-123.45"})).status_code == 302
    guest.refresh_from_db()
    assert guest.is_confirmed
    assert kept(guest) == {"Biển số xe?": "14A-123.45"}


def test_another_person_on_the_same_mailbox_is_asked_too(client, ticket, answers, meals):
    add = f"{ticket.get_absolute_url()}them-nguoi/"
    assert "Quý vị ăn gì?" in client.get(add).text
    meat = {meals.field_name: key(meals, "Ăn mặn"), "full_name": "Lãnh Đạo Sở", "form_key": ""}
    assert client.post(add, answers(**meat)).status_code == 302
    assert kept(ticket.companions.get()) == {"Quý vị ăn gì?": key(meals, "Ăn mặn")}


def test_looking_up_a_code_keeps_what_was_answered(client, site_tree, event, delegate, answers, meals):
    TicketType.objects.create(event=event, name_vi="Báo chí", visibility="code", access_code="BAO", position=3)
    topics = put_question(event, "Chủ đề", Kind.CHOICES, ("Chính sách", "Vốn"))
    typed = {meals.field_name: key(meals, "Ăn chay"), topics.field_name: [key(topics, "Vốn")]}
    page = client.post(path(event), answers(access_code="bao", reveal="1", **typed)).text
    assert "Báo chí" in page
    assert is_chosen(page, meals, key(meals, "Ăn chay"))
    assert is_chosen(page, topics, key(topics, "Vốn"))
    assert not is_chosen(page, topics, key(topics, "Chính sách"))


def test_answers_are_forgotten_when_their_days_are_over_also_in_the_history(
    client, ticket, event, meals, vegetarian, now
):
    plant = {meals.field_name: key(meals, "Ăn chay"), vegetarian.field_name: "Có trứng sữa"}
    client.post(f"{ticket.get_absolute_url()}sua/", details(ticket, **plant))
    Question.objects.filter(pk=vegetarian.pk).update(retention_days=30)
    retention.carry_out(event.ends_at + timedelta(days=29))
    assert "Ăn chay theo cách nào?" in kept(ticket)
    retention.carry_out(event.ends_at + timedelta(days=32))
    assert kept(ticket) == {"Quý vị ăn gì?": key(meals, "Ăn chay")}
    [change] = ticket.changes.exclude(corrected={})
    assert change.corrected_fields == [("Ăn chay theo cách nào?", "", "")], "that it was changed is still known"


@pytest.mark.unbalanced
def test_the_audit_sees_answers_that_cannot_be(ticket, event, meals, vegetarian, now):
    def broken() -> list[str]:
        from home.audit import broken_rules

        return [rule.name for rule in broken_rules()]

    assert broken() == []
    Answer.objects.filter(question=vegetarian).update(version=meals.current)
    assert broken() == ["events.answer_elsewhere"]
    Answer.objects.filter(question=vegetarian).update(version=vegetarian.current)
    meals.versions.create(number=9, created_at=now, **meals.wording())
    assert broken() == ["events.question_version"]


# ---------------------------------------------------------------- the back office


def form_of(question: Question | None, event, **changed) -> dict:
    """What the editor of a question sends."""
    choices = list(question.choices.all()) if question else []
    rows = changed.pop("choices", [(choice.pk, choice.label_vi, False) for choice in choices])
    values = {
        "event": event.pk,
        "kind": question.kind if question else Kind.SHORT,
        "label_vi": question.label_vi if question else "",
        "label_en": "",
        "help_vi": "",
        "help_en": "",
        "moment": "registration",
        "position": question.position if question else 0,
        "retention_days": "",
        "leads_here": [f"{question.depends_on_id}:{one}" for one in question.depends_on_values] if question else [],
        "choices-TOTAL_FORMS": len(rows),
        "choices-INITIAL_FORMS": sum(1 for pk, _label, _gone in rows if pk),
        "choices-MIN_NUM_FORMS": 0,
        "choices-MAX_NUM_FORMS": 1000,
    }
    for number, (pk, label, gone) in enumerate(rows):
        values |= {
            f"choices-{number}-id": pk or "",
            f"choices-{number}-label_vi": label,
            f"choices-{number}-label_en": "",
            f"choices-{number}-ORDER": number + 1,
            f"choices-{number}-DELETE": "on" if gone else "",
        }
    return values | changed


ADD = "/quan-tri/cau-hoi/new/"


def edit_path(question: Question) -> str:
    return f"/quan-tri/cau-hoi/edit/{question.pk}/"


def test_the_organiser_adds_a_question_and_it_is_asked_at_once(client, site_tree, ha, event, delegate, student):
    client.force_login(ha)
    assert client.get(ADD).status_code == 200
    answer = client.post(
        ADD,
        form_of(
            None,
            event,
            kind=Kind.CHOICE,
            label_vi="Cỡ áo?",
            required="on",
            ticket_types=[student.pk],
            retention_days="30",
            choices=[(None, "Cỡ M", False), (None, "Cỡ L", False)],
        ),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    question = Question.objects.get()
    assert (question.current.number, question.retention_days, question.required) == (1, 30, True)
    assert [choice["vi"] for choice in question.current.choices] == ["Cỡ M", "Cỡ L"]
    assert list(question.ticket_types.all()) == [student]
    client.logout()
    assert "Cỡ áo?" in client.get(path(event)).text
    client.force_login(ha)
    assert "Cỡ áo?" in client.get("/quan-tri/cau-hoi/").text


def test_the_organiser_makes_a_question_depend_on_an_earlier_answer(client, site_tree, ha, event, meals):
    client.force_login(ha)
    page = client.get(ADD).text
    assert f'value="{meals.pk}:{key(meals, "Ăn chay")}"' in page
    leads = [f"{meals.pk}:{key(meals, 'Ăn chay')}"]
    client.post(ADD, form_of(None, event, label_vi="Chay thế nào?", leads_here=leads))
    question = Question.objects.get(label_vi="Chay thế nào?")
    assert (question.depends_on, question.depends_on_values) == (meals, [key(meals, "Ăn chay")])
    client.post(edit_path(question), form_of(question, event, leads_here=[]))
    question.refresh_from_db()
    assert (question.depends_on, question.depends_on_values) == (None, [])


def test_an_edit_makes_a_new_version(client, site_tree, ha, event, meals):
    client.force_login(ha)
    assert client.post(edit_path(meals), form_of(meals, event, label_vi="Đổi lời")).status_code == 302
    meals.refresh_from_db()
    assert (meals.current.number, meals.current.label_vi) == (2, "Đổi lời")
    client.post(edit_path(meals), form_of(meals, event, label_vi="Đổi lời", required="on"))
    meals.refresh_from_db()
    assert (meals.current.number, meals.required) == (2, True), "the words are the same"


def refusals(client, question, event, **changed) -> str:
    answer = client.post(edit_path(question), form_of(question, event, **changed))
    assert answer.status_code == 200
    return str(answer.context["form"].errors)


def test_the_editor_refuses_what_could_not_be_asked(client, site_tree, ha, event, now, meals, vegetarian):
    client.force_login(ha)
    other = make_event(now, slug="dien-dan-8")
    theirs = TicketType.objects.create(event=other, name_vi="Loại khác")
    drinks = put_question(event, "Uống gì?", Kind.CHOICE, ("Trà", "Cà phê"))
    assert "ít nhất hai" in refusals(client, meals, event, choices=[(None, "Chỉ một", False)])
    assert "sự kiện này" in refusals(client, meals, event, ticket_types=[theirs.pk])
    both = [f"{meals.pk}:{key(meals, 'Ăn chay')}", f"{drinks.pk}:{key(drinks, 'Trà')}"]
    assert "một câu hỏi" in refusals(client, vegetarian, event, leads_here=both)


def test_questions_do_not_wait_for_each_other(client, site_tree, ha, event, meals):
    client.force_login(ha)
    below = put_question(event, "Bên dưới", Kind.YES_NO, depends_on=meals, depends_on_values=[key(meals, "Ăn chay")])
    assert "chỉ được hỏi sau câu này" in refusals(client, meals, event, leads_here=[f"{below.pk}:yes"])


def test_an_answer_that_leads_to_another_question_cannot_go(client, site_tree, ha, event, meals, vegetarian):
    client.force_login(ha)
    meat, plant = meals.choices.all()
    rows = [(meat.pk, meat.label_vi, False), (plant.pk, plant.label_vi, True), (None, "Ăn kiêng", False)]
    assert "Ăn chay theo cách nào?" in refusals(client, meals, event, choices=rows)
    assert "Ăn chay theo cách nào?" in refusals(client, meals, event, kind=Kind.SHORT)
    rows = [(meat.pk, meat.label_vi, True), (plant.pk, plant.label_vi, False), (None, "Ăn kiêng", False)]
    assert client.post(edit_path(meals), form_of(meals, event, choices=rows)).status_code == 302


def test_an_answered_question_is_not_deleted_but_no_longer_asked(client, ticket, ha, event, meals, vegetarian):
    client.force_login(ha)
    client.post(f"/quan-tri/cau-hoi/delete/{vegetarian.pk}/")
    assert Question.objects.filter(pk=vegetarian.pk).exists()
    client.post(edit_path(vegetarian), form_of(vegetarian, event, moment="never"))
    client.get("/quan-tri/")  # reads the notices
    assert "Ăn chay theo cách nào?" not in client.get(path(event)).text
    assert kept(ticket)["Ăn chay theo cách nào?"] == "Thuần chay"


@pytest.mark.parametrize("who", ["chi", "giang", "dung"])
def test_others_do_not_edit_questions(client, site_tree, request, event, meals, who):
    client.force_login(request.getfixturevalue(who))
    for address in (ADD, edit_path(meals), "/quan-tri/cau-hoi/preview/", f"/quan-tri/cau-hoi/preview/{meals.pk}/"):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, form_of(meals, event, label_vi="Đổi trộm")).status_code in (302, 403)
    meals.refresh_from_db()
    assert meals.current.number == 1


def test_the_preview_follows_what_is_typed_and_saves_nothing(client, site_tree, ha, event, meals):
    client.force_login(ha)
    assert 'data-w-preview-url-value="/quan-tri/cau-hoi/preview/' in client.get(edit_path(meals)).text
    preview = f"/quan-tri/cau-hoi/preview/{meals.pk}/"
    meat, plant = meals.choices.all()
    rows = [(meat.pk, "Ăn mặn", False), (plant.pk, "Ăn chay", False), (None, "Ăn kiêng", False)]
    said = client.post(preview, form_of(meals, event, label_vi="Đang gõ dở", choices=rows)).json()
    assert said == {"is_valid": True, "is_available": True}
    shown = client.get(f"{preview}?mode=vi&in_preview_panel=true")
    assert shown.status_code == 200
    assert "Đang gõ dở" in shown.text
    assert "Ăn kiêng" in shown.text
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "(optional)" in client.get(f"{preview}?mode=en").text
    meals.refresh_from_db()
    assert meals.label_vi == "Quý vị ăn gì?"
    assert meals.current.number == 1


def test_half_a_question_can_be_looked_at(client, site_tree, ha, event):
    client.force_login(ha)
    half = form_of(None, event, kind=Kind.CHOICE, label_vi="Mới bắt đầu", choices=[(None, "Một", False)]) | {
        "event": ""
    }
    assert client.post("/quan-tri/cau-hoi/preview/", half).json()["is_valid"]
    assert "Mới bắt đầu" in client.get("/quan-tri/cau-hoi/preview/").text
    assert not Question.objects.exists()


def test_the_organiser_reads_and_corrects_the_answers_of_one_person(client, ticket, ha, meals, vegetarian):
    client.force_login(ha)
    inspect = f"/quan-tri/dang-ky-du/inspect/{ticket.pk}/"
    assert "Thuần chay" in client.get(inspect).text
    correct = f"/quan-tri/dang-ky-du/{ticket.pk}/sua-doi/"
    assert "Nếu Quý vị chọn “Ăn chay”" in client.get(correct).text
    client.post(correct, details(ticket, email=ticket.email, **{meals.field_name: key(meals, "Ăn mặn")}))
    assert kept(ticket) == {"Quý vị ăn gì?": key(meals, "Ăn mặn")}
    change = ticket.changes.exclude(corrected={}).get()
    assert change.by == ha
    page = client.get(inspect).text
    assert "Thuần chay" in page, "in the history"


def spreadsheet(client, words: str = "") -> list[tuple]:
    answer = client.get(f"/quan-tri/dang-ky-du/?export=xlsx{words}")
    return list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True))


def test_answers_are_columns_of_the_spreadsheet(client, ticket, ha, event, delegate, register, meals, vegetarian, now):
    register(2)
    client.force_login(ha)
    heads, *rows = spreadsheet(client)
    assert heads[-2:] == ("Quý vị ăn gì?", "Ăn chay theo cách nào?")
    name = heads.index("Họ và tên")
    assert {row[name]: row[-2:] for row in rows} == {
        ticket.full_name: ("Ăn chay", "Thuần chay"),
        "Nguyễn Thị Khách 2": (None, None),
    }
    other = make_event(now, slug="dien-dan-8")
    put_question(other, "Của kỳ khác")
    kind = TicketType.objects.create(event=other, name_vi="Đại biểu")
    other.register(kind, somebody(9), at=now, letters=False)
    assert "Của kỳ khác" not in spreadsheet(client, f"&event={event.pk}")[0]
    assert "Của kỳ khác" in spreadsheet(client)[0]


def test_a_formula_typed_as_an_answer_stays_text_in_the_spreadsheet(client, site_tree, ha, event, delegate, answers):
    note = put_question(event, "Ghi chú")
    client.post(path(event), answers(**{note.field_name: "=HYPERLINK(1)"}))
    client.force_login(ha)
    answer = client.get("/quan-tri/dang-ky-du/?export=xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.cell(2, len(spreadsheet(client)[0]))
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


# ---------------------------------------------------------------- cost


def queries(doing) -> int:
    with CaptureQueriesContext(connection) as counted:
        doing()
    return len(counted)


def test_asking_costs_two_queries_however_many_questions_there_are(event, delegate):
    assert queries(lambda: questions.ask(event)) == 1
    parent = put_question(event, "Câu 0", Kind.YES_NO)
    for number in range(1, 4):
        put_question(event, f"Câu {number}", Kind.CHOICES, ("Một", "Hai"), ticket_types=[delegate])
    few = queries(lambda: questions.ask(event))
    for number in range(4, 20):
        put_question(event, f"Câu {number}", depends_on=parent, depends_on_values=["yes"], ticket_types=[delegate])
    asked = questions.ask(event)
    assert len(asked) == 20
    assert queries(lambda: questions.ask(event)) == few == 2


def test_the_list_of_questions_asks_the_same_however_long_it_is(client, site_tree, ha, event, delegate, meals):
    client.force_login(ha)
    below = {"depends_on": meals, "depends_on_values": [key(meals, "Ăn chay")], "ticket_types": [delegate]}
    put_question(event, "Câu 1", **below)
    client.get("/quan-tri/cau-hoi/")
    few = queries(lambda: client.get("/quan-tri/cau-hoi/"))
    for number in range(2, 12):
        put_question(event, f"Câu {number}", **below)
    assert queries(lambda: client.get("/quan-tri/cau-hoi/")) == few


def test_answers_are_written_and_exported_at_a_cost_that_does_not_grow(client, site_tree, ha, event, delegate, now):
    asked = [put_question(event, f"Câu {number}") for number in range(12)]

    def register(number: int, answered: int):
        given = {question.current: "Có" for question in asked[:answered]}
        event.register(delegate, Person(full_name=f"Khách {number}", email=f"k{number}@mau.example"), at=now,
                       answers=given)  # fmt: skip

    assert queries(lambda: register(1, 1)) == queries(lambda: register(2, 12))
    client.force_login(ha)
    spreadsheet(client)
    few = queries(lambda: spreadsheet(client))
    for number in range(3, 12):
        register(number, 12)
    assert queries(lambda: spreadsheet(client)) == few


# ---------------------------------------------------------------- at the gate


@pytest.fixture
def gate(client, site_tree, giang, event):
    """Giang's screen: `gate(ma=…)` reads a ticket."""
    client.force_login(giang)
    return lambda **typed: client.post(reverse("events_gate"), {"su-kien": event.slug} | typed)


def test_what_is_asked_at_the_gate_is_asked_after_letting_in(gate, event, register, student):
    gift = put_question(event, "Đã nhận tài liệu?", Kind.YES_NO, required=True, moment=Moment.CHECK_IN)
    put_question(event, "Thẻ sinh viên?", moment=Moment.CHECK_IN, ticket_types=[student])
    guest = register(1)
    screen = gate(ma=guest.code).text
    assert "Mời vào" in screen
    assert "Xin hỏi Nguyễn Thị Khách 1" in screen
    assert "Đã nhận tài liệu?" in screen
    assert "Thẻ sinh viên?" not in screen
    missing = gate(viec="answer", ma=guest.checkin_token)
    assert f'id="id_{gift.field_name}-error"' in missing.text
    said = gate(viec="answer", ma=guest.checkin_token, **{gift.field_name: "yes"})
    assert "Đã lưu câu trả lời: Nguyễn Thị Khách 1" in said.text
    assert kept(guest) == {"Đã nhận tài liệu?": "yes"}


def test_the_gate_asks_what_an_answer_at_registration_leads_to(gate, event, register, meals, delegate, now):
    put_question(
        event,
        "Đã nhận phiếu ăn chay?",
        Kind.YES_NO,
        moment=Moment.CHECK_IN,
        depends_on=meals,
        depends_on_values=[key(meals, "Ăn chay")],
    )
    plant = event.register(delegate, somebody(1), at=now, answers={meals.current: key(meals, "Ăn chay")}, letters=False)
    meat = event.register(delegate, somebody(2), at=now, answers={meals.current: key(meals, "Ăn mặn")}, letters=False)
    assert "Đã nhận phiếu ăn chay?" in gate(ma=plant.code).text
    assert "Đã nhận phiếu ăn chay?" not in gate(ma=meat.code).text


def test_the_gate_takes_no_answers_of_people_who_are_not_inside(gate, event, register, now):
    gift = put_question(event, "Đã nhận tài liệu?", Kind.YES_NO, moment=Moment.CHECK_IN)
    guest = register(1)
    assert gate(viec="answer", ma=guest.checkin_token, **{gift.field_name: "yes"}).status_code == 404
    elsewhere = make_event(now, slug="dien-dan-8")
    kind = TicketType.objects.create(event=elsewhere, name_vi="Đại biểu")
    stranger = elsewhere.register(kind, somebody(5), at=now, letters=False)
    assert gate(viec="answer", ma=stranger.checkin_token, **{gift.field_name: "yes"}).status_code == 404
    assert not Answer.objects.exists()


def test_the_ticket_says_where_answers_are_changed(client, ticket, meals, vegetarian):
    words = "Câu trả lời cho ban tổ chức cũng sửa được ở đó."
    assert words in client.get(ticket.get_absolute_url()).text
    Question.objects.update(moment=Moment.CHECK_IN)
    assert words not in client.get(ticket.get_absolute_url()).text
