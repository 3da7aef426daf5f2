"""Chi writes, Duyệt approves, everybody reads; then the same in English. All of it in the Vietnamese back office."""

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import expect
from wagtail.models import Page

from content.pages import ArticlePage
from tests.journeys.walk import Words, code_in, last_letter, no_sideways, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
say = Words("vi")

TITLE = "Đổi mới sáng tạo ở đặc khu Vân Đồn"
SUMMARY = "Lớp học buổi tối cho tiểu thương chợ Cái Rồng."
QUOTE = "Học ít một, đều mỗi ngày."
SEEN = "Người học ngồi quanh một chiếc máy tính"


def come_in(page, mailbox: str) -> None:
    """The back office sends to the one login page; the code from the letter leads back."""
    address = f"{mailbox}@mau.example"
    page.goto("/quan-tri/")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))
    page.get_by_label(say("E-mail address")).fill(address)
    page.get_by_role("button", name=say("Send me the code")).click()
    page.get_by_label(say("Code from the letter")).fill(code_in(last_letter(address)))
    page.get_by_role("button", name=say("Continue")).click()
    expect(page).to_have_url(re.compile("/quan-tri/$"))
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def add_block(page, name: str) -> None:
    """The last plus sign of the text, and the block of that name."""
    page.locator("[data-streamfield-stream-container] > .c-sf-add-button, .c-sf-add-button").locator(
        "visible=true"
    ).last.click()
    page.locator(".w-combobox__option").filter(has_text=re.compile(rf"^\s*{re.escape(name)}")).first.click()


def choose_image(page, field: str) -> None:
    page.locator(f"#{field}-chooser [data-chooser-action-choose]").locator("visible=true").first.click()
    page.locator(".modal-body [data-chooser-modal-choice], .modal-body a.image-choice").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)


HAND_IN = "button[name=action-submit]"
APPROVE = "button[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"


def press_in_the_footer(page, button: str, words: str) -> None:
    """What the small arrow beside “save” offers."""
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    offered = page.locator(f"footer {button}")
    expect(offered).to_have_text(re.compile(words))
    with page.expect_navigation():
        offered.click()


def write_the_article(page) -> None:
    page.goto("/quan-tri/")
    index = Page.objects.get(slug="tin-tuc", locale__language_code="vi")
    page.goto(f"/quan-tri/pages/{index.pk}/")
    page.locator(
        f"a[href*='pages/add/content/articlepage/{index.pk}/'], a[href*='/pages/{index.pk}/add_subpage/']"
    ).locator("visible=true").first.click()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill(SUMMARY)
    with override("vi"):
        from content.blocks import ImageBlock, QuoteBlock

        image, quote = str(ImageBlock._meta_class.label), str(QuoteBlock._meta_class.label)
    add_block(page, quote)
    page.locator("[name=body-0-value-text]").fill(QUOTE)
    page.locator("[name=body-0-value-name]").fill("Bà Phạm Thị Thắm")
    add_block(page, image)
    choose_image(page, "body-1-value-image")
    page.locator("[name=body-1-value-alt]").fill(SEEN)


def test_chi_writes_duyet_approves_and_everybody_reads(before, window):
    chi = window("vi", 1280)
    come_in(chi, "chi")
    write_the_article(chi)
    assert chi.locator("footer").get_by_role("button", name=say("Publish"), exact=True).count() == 0
    press_in_the_footer(chi, HAND_IN, "Gửi vào luồng “Duyệt bài”")
    article = ArticlePage.objects.get(title=TITLE)
    assert not article.live
    assert article.slug == "doi-moi-sang-tao-o-dac-khu-van-don"
    assert article.current_workflow_state is not None

    stranger = window("vi", 360, expects=(404,))
    assert stranger.goto("/tin-tuc/doi-moi-sang-tao-o-dac-khu-van-don/").status == 404

    assert last_letter("duyet@mau.example").subject
    duyet = window("vi", 1280)
    come_in(duyet, "duyet")
    expect(duyet.locator("main")).to_contain_text("1 bài đang chờ duyệt")
    duyet.goto(f"/quan-tri/pages/{article.pk}/edit/")
    press_in_the_footer(duyet, APPROVE, r"Duyệt\s+và [Xx]uất bản")
    expect(duyet.locator(".messages, [data-messages]").first).to_contain_text(TITLE)
    article.refresh_from_db()
    assert article.live

    stranger.goto("/tin-tuc/")
    stranger.get_by_role("link", name=TITLE).click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(stranger.locator("blockquote")).to_contain_text(QUOTE)
    expect(stranger.get_by_role("img", name=SEEN)).to_be_visible()
    no_sideways(stranger)


def test_chi_brings_a_page_into_english(before, window):
    source = ArticlePage.objects.get(slug="khai-mac-dien-dan-lan-thu-7", locale__language_code="vi")
    for copy in ArticlePage.objects.filter(translation_key=source.translation_key).exclude(pk=source.pk):
        copy.delete()
    chi = window("vi", 1280)
    come_in(chi, "chi")
    chi.goto(f"/quan-tri/translation/submit/page/{source.pk}/")
    expect(chi.locator("html")).to_have_attribute("lang", "vi")
    chi.locator("main [type=checkbox]").locator("visible=true").last.check()
    chi.locator("main form [type=submit]").last.click()
    expect(chi).to_have_url(re.compile(r"/pages/\d+/edit/"))
    copy = ArticlePage.objects.get(translation_key=source.translation_key, locale__language_code="en")
    assert not copy.live
    chi.locator("[name=title]").fill("The forum opens")
    press_in_the_footer(chi, HAND_IN, "Gửi vào luồng “Duyệt bài”")

    duyet = window("vi", 1280, user=person("duyet"))
    duyet.goto(f"/quan-tri/pages/{copy.pk}/edit/")
    press_in_the_footer(duyet, APPROVE, r"Duyệt\s+và [Xx]uất bản")
    reader = window("en", 360)
    reader.goto(f"/en/tin-tuc/{source.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("The forum opens")
    no_sideways(reader)
