"""The organiser's screens of the forum: none has a barrier, and a colleague who reads English finds the way."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from events.models import Registration
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.walk import Words, person, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = {"include": [["main"]], "exclude": [["h2[role=alert]"]]}  # what Wagtail itself says above a filtered list


def screens(forum) -> list[str]:
    mine = forum.registrations.filter(state="confirmed").order_by("pk").first()
    names = {
        "events_dashboard:index": [],
        "events_registration_correct": [mine.pk],
        "events_registration_cancel": [mine.pk],
        "events_registration_change_type": [mine.pk],
        "events_registration_hand_over": [mine.pk],
        "events_delegation_release": [forum.delegations.get().pk],
        "events_delegation:edit": [forum.delegations.get().pk],
        "events_delegation:add": [],
        "events_event_change": [forum.pk],
        "events_event_copy": [forum.pk],
        "events_retention": [],
        "events_lettertext:text": [forum.pk, "registration_confirmed"],
        "events_massmail:write": [],
        "events_duplicates:index": [],
        "events_invite:index": [],
    }
    return [
        *(reverse(name, args=args) for name, args in names.items()),
        f"/quan-tri/su-kien/edit/{forum.pk}/",
        f"/quan-tri/loai-ve/edit/{forum.ticket_types.first().pk}/",
        f"/quan-tri/cau-hoi/edit/{forum.questions.first().pk}/",
        "/quan-tri/bulk/events/registration/reject/?id=all",
    ]


def barriers(page) -> list[str]:
    page.evaluate(AXE)
    return [f"{page.url}: {problem}" for problem in violations(page, EVERYTHING, OURS)]


def at_work(window, language: str, width: int = 1280):
    ha = person("ha")
    profile = UserProfile.get_for_user(ha)
    profile.preferred_language = language
    profile.save()
    return window(language, width, user=ha, reduced_motion="reduce")


@pytest.mark.long
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("vi", 1280)])
def test_no_screen_of_the_organiser_has_a_barrier(before, forum, window, language, width):
    page, problems = at_work(window, language, width), []
    for path in screens(forum):
        assert page.goto(path).status == 200, path
        problems += barriers(page)
        expect(page.locator("html")).to_have_attribute("lang", language)
        if (wide := sideways(page)) > 0:
            problems.append(f"{path}: {wide} px wider than the screen")
    assert problems == [], "\n".join(problems)


def test_in_english_ha_imports_a_list_and_looks_after_one_person(before, forum, window):
    say = Words("en")
    page = at_work(window, "en")
    page.goto("/quan-tri/")
    page.get_by_role("button", name=say("Forum")).click()
    page.get_by_role("link", name=say("Import a list")).click()
    kind = forum.ticket_types.order_by("position", "pk").first()
    page.get_by_label(say("Ticket type")).select_option(str(kind.pk))
    question = forum.questions.filter(current__isnull=False, moment="registration").first()
    rows = f"Full name\tE-mail\tAgency or organisation\t{question.label_en}\nJane Doe\tjane@mau.example\tEmbassy\t"
    page.get_by_label(say("Or paste the rows from Excel")).fill(rows)
    page.get_by_label(say("The people on this list agreed to be registered.")).check()
    problems = barriers(page)
    page.get_by_role("button", name=say("Read the list")).click()
    expect(page.get_by_role("heading", name=say("What would become of the list"))).to_be_visible()
    problems += barriers(page)
    page.get_by_role("button", name="Import 1 person").click()
    expect(page.get_by_role("heading", name="1 person was registered")).to_be_visible()
    page.get_by_role("link", name=say("Look at the registrations")).click()
    expect(page.get_by_role("link", name="Jane Doe")).to_be_visible()
    problems += barriers(page)
    page.get_by_role("link", name="Jane Doe").click()
    expect(page.get_by_role("link", name=say("Correct the information"))).to_be_visible()
    problems += barriers(page)
    page.get_by_role("link", name=say("Correct the information")).click()
    page.get_by_label(say("Agency or organisation")).fill("Embassy of Utopia")
    page.get_by_role("button", name=say("Save")).click()
    expect(page.locator("main")).to_contain_text("Embassy of Utopia")
    page.get_by_role("link", name=say("Cancel registration")).click()
    page.get_by_label(say("Reason (stands in the letter to the delegate)")).fill("Called off by phone")
    page.get_by_role("button", name=say("Cancel registration")).click()
    expect(page.locator("main")).to_contain_text("Called off by phone")
    assert Registration.objects.get(email="jane@mau.example").state == "cancelled"
    assert problems == [], "\n".join(problems)
