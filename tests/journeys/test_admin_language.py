"""Every screen that the roles open speaks Vietnamese: no text of ours, Wagtail or allauth is left in English.

While a screen is made, whatever the Vietnamese catalogues do not know is written down; afterwards nothing may stand
there.
"""

import gettext
import json
import re
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import trans_real
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site, Workflow

from certificates.models import Certificate
from content.models import Feedback
from courses.models import CoursePage, LessonPage
from events.models import BankAccount, BankLine, Confirmation, Order, Statement
from letters.models import Letter
from people.models import Unit
from tests.journeys.test_training_desk import DESKS
from tests.journeys.walk import person

pytestmark = pytest.mark.django_db(transaction=True)


VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


class Unknown(gettext.NullTranslations):
    """Stands behind the Vietnamese catalogues and remembers what they were asked for in vain."""

    def __init__(self):
        super().__init__()
        self.asked: set[str] = set()

    def remember(self, message: str) -> None:
        # django-filter asks for the word of each lookup and shows none of them; names of permissions are kept in the
        # database in Vietnamese already (people.groups), and Wagtail asks for them once more.
        if message.strip() and message != "exact" and not VIETNAMESE.search(message):
            self.asked.add(message.replace("\x04", ": "))

    def gettext(self, message):
        self.remember(message)
        return super().gettext(message)

    def ngettext(self, singular, plural, n):
        self.remember(singular)
        return super().ngettext(singular, plural, n)


@pytest.fixture
def unknown(monkeypatch) -> Unknown:
    recorder = Unknown()
    monkeypatch.setattr(trans_real.translation("vi"), "_fallback", recorder)
    return recorder


def page_at(path: str) -> Page:
    return Page.objects.get(url_path=f"/trang-chu/{path}")


def editors() -> list[str]:
    news, article = page_at("tin-tuc/"), page_at("tin-tuc/khai-mac-dien-dan-lan-thu-7/")
    home = page_at("")
    forum = page_at("dien-dan/").get_children().first()
    course, lesson = (
        CoursePage.objects.filter(locale__language_code="vi").first(),
        LessonPage.objects.filter(locale__language_code="vi").first(),
    )
    return [
        "",
        "pages/",
        f"pages/{home.pk}/",
        f"pages/{news.pk}/",
        f"pages/{news.pk}/?q=dien",
        *(
            f"pages/{one.pk}/edit/"
            for one in (home, news, article, forum, course, lesson, page_at("lien-he/"), page_at("du-lieu-ca-nhan/"))
        ),
        f"pages/{article.pk}/history/",
        f"pages/{article.pk}/usage/",
        f"pages/{article.pk}/copy/",
        f"pages/{article.pk}/move/",
        f"pages/{article.pk}/delete/",
        f"pages/{article.pk}/unpublish/",
        f"pages/{home.pk}/add_subpage/",
        f"pages/add/content/articlepage/{news.pk}/",
        f"pages/add/content/standardpage/{home.pk}/",
        "pages/search/?q=dien",
        f"translation/submit/page/{page_at('tin-tuc/khoang-500-dai-bieu/').pk}/",
        "images/",
        "images/add/",
        f"images/{get_image_model().objects.first().pk}/",
        "documents/",
        "documents/add/",
        *(f"documents/edit/{one.pk}/" for one in get_document_model().objects.all()[:1]),
        "choose-page/",
        "images/chooser/",
        "documents/chooser/",
        "choose-external-link/",
        "choose-email-link/",
        "choose-anchor-link/",
        "account/",
    ]


def approvers() -> list[str]:
    return [
        *editors(),
        "reports/workflow/",
        "reports/workflow_tasks/",
        "reports/locked/",
        "reports/aging-pages/",
        "reports/site-history/",
    ]


def organisers() -> list[str]:
    from events.models import (
        Delegation,
        Event,
        MassMail,
        Question,
        Quota,
        Registration,
        Room,
        Session,
        Speaker,
        TicketType,
        Track,
    )

    records = {
        "su-kien": Event,
        "loai-ve": TicketType,
        "so-cho": Quota,
        "cau-hoi": Question,
        "phien": Session,
        "dien-gia": Speaker,
        "phong": Room,
        "chu-de": Track,
    }
    mine = Registration.objects.filter(state="confirmed").first()
    desk = Delegation.objects.get()
    letter = Letter.objects.first()
    return [
        "",
        *(f"{prefix}/" for prefix in records),
        *(f"{prefix}/new/" for prefix in records),
        *(f"{prefix}/edit/{model.objects.first().pk}/" for prefix, model in records.items()),
        *(f"{prefix}/delete/{model.objects.last().pk}/" for prefix, model in records.items()),
        "doan/",
        "doan/new/",
        f"doan/edit/{desk.pk}/",
        *([f"doan/{desk.pk}/tra-cho/"] if desk.is_holding(timezone.now()) else []),
        "moi-khach/",
        "nhap-danh-sach/",
        "loi-thu/",
        f"loi-thu/{mine.event_id}/registration_confirmed/",
        f"loi-thu/{mine.event_id}/delegation_link/",
        "gui-nhieu-nguoi/",
        "gui-nhieu-nguoi/moi/",
        f"gui-nhieu-nguoi/{MassMail.objects.first().pk}/",
        "dang-ky-du/",
        "dang-ky-du/?q=an&state=confirmed",
        f"dang-ky-du/inspect/{mine.pk}/",
        *([f"dang-ky-du/{mine.pk}/huy/"] if mine.can_be_cancelled(timezone.now()) else []),
        f"dang-ky-du/{mine.pk}/sua-doi/",
        f"dang-ky-du/{mine.pk}/doi-loai-ve/",
        f"dang-ky-du/{mine.pk}/nhuong-ve/",
        f"dang-ky-du/{mine.pk}/tu-choi/",
        f"dang-ky-du/{mine.pk}/da-tra-tien/",
        *(f"bulk/events/registration/{action}/?id=all" for action in ("approve", "reject", "cancel", "send")),
        "tong-quan-dang-ky/",
        "trung-nguoi/",
        "dang-ky-tai-ban/",
        "cua/",
        "letters/",
        *([f"letters/inspect/{letter.pk}/"] if letter else []),
        "certificates/",
        f"certificates/inspect/{Certificate.objects.first().pk}/",
        "feedback/",
        *(f"feedback/inspect/{one.pk}/" for one in Feedback.objects.all()[:1]),
    ]


def gate() -> list[str]:
    return ["", "cua/", "cua/?tim=an", "account/"]


def desk(mailbox: str) -> list[str]:
    """Every screen of a training desk, as the walk for barriers opens them."""
    return [path.removeprefix("/quan-tri/") for path in DESKS[mailbox]()]


def tutors() -> list[str]:
    return ["", *desk("lan"), "practical_work/?state=waiting&q=an", "enquiries/?waiting=question"]


def unit_managers() -> list[str]:
    return [*desk("tam"), "learners/?state=stuck", "learners/?q=khong-co-ai"]


def training_managers() -> list[str]:
    return [*desk("khanh"), "learners/?q=binh", "unit-managers/new/", "certificates/"]


def accountants() -> list[str]:
    order, paper = Order.objects.filter(paid_by__isnull=False).first(), Confirmation.objects.first()
    line, account = BankLine.objects.first(), BankAccount.objects.first()
    rows = "Ngày;Ghi có;Nội dung\n1/9/2026;5000;x\n".encode()
    run = Statement.objects.create(account=account, at=timezone.now(), file_name="a.csv", content=rows)
    return [
        "",
        "don-thanh-toan/",
        f"don-thanh-toan/inspect/{order.pk}/",
        f"don-thanh-toan/{order.pk}/da-nhan/",
        f"thanh-toan/{order.paid_by_id}/hoan-tien/",
        "hoan-tien/",
        "chuyen-den/?tat-ca=1",
        f"chuyen-den/{line.pk}/",
        "sao-ke/",
        f"sao-ke/{run.pk}/",
        "tai-khoan-ngan-hang/",
        "tai-khoan-ngan-hang/new/",
        f"tai-khoan-ngan-hang/edit/{account.pk}/",
        f"tai-khoan-ngan-hang/inspect/{account.pk}/",
        "xac-nhan-thanh-toan/",
        f"xac-nhan-thanh-toan/inspect/{paper.pk}/",
        f"xac-nhan-thanh-toan/{paper.pk}/cap-lai/",
        "bang-ke-ke-toan/",
        "thong-bao-thanh-toan/",
        "doi-soat/",
    ]


def administrators() -> list[str]:
    site, workflow = Site.objects.first(), Workflow.objects.first()
    return [
        *approvers(),
        *organisers(),
        *training_managers(),
        "users/",
        "users/new/",
        f"users/edit/{person('chi').pk}/",
        f"users/delete/{person('chi').pk}/",
        "groups/",
        "groups/new/",
        f"groups/edit/{person('chi').groups.first().pk}/",
        "sites/",
        f"sites/edit/{site.pk}/",
        "locales/",
        "collections/",
        "collections/add/",
        "workflows/list/",
        "workflows/add/",
        f"workflows/edit/{workflow.pk}/",
        f"workflows/usage/{workflow.pk}/",
        "workflows/tasks/index/",
        f"workflows/tasks/edit/{workflow.tasks.first().pk}/",
        "redirects/",
        "redirects/add/",
        "redirects/import/",
        "searchpicks/",
        "searchpicks/add/",
        f"settings/content/sitesettings/{site.pk}/",
        "reports/page-types-usage/",
        "units/",
        "units/new/",
        f"units/edit/{Unit.objects.first().pk}/",
        "audit-entries/",
    ]


ROLES = {
    "chi": editors,
    "duyet": approvers,
    "ha": organisers,
    "giang": gate,
    "khanh": training_managers,
    "tam": unit_managers,
    "lan": tutors,
    "loan": accountants,
    "minh": administrators,
}


@pytest.mark.parametrize("mailbox", ROLES)
def test_every_screen_of_a_role_is_in_vietnamese(after, client, unknown, mailbox):
    client.force_login(person(mailbox))
    problems: set[str] = set()
    opened = 0
    for path in dict.fromkeys(ROLES[mailbox]()):
        unknown.asked.clear()
        answer = client.get(f"/quan-tri/{path}", follow=False)
        if answer.status_code in (302, 403) and mailbox != "minh":
            continue  # not this role's
        assert answer.status_code in (200, 302), f"{mailbox} {path}: {answer.status_code}"
        if answer.status_code == 302:
            problems.add(f"{path} is refused")
            continue
        opened += 1
        problems |= {f"{path}: {message!r}" for message in unknown.asked}
    assert opened >= 2
    assert problems == set(), "\n" + "\n".join(sorted(problems))


def test_the_scripts_of_the_back_office_speak_vietnamese(after, client):
    """Wagtail's editor takes its words from a catalogue of its own."""
    client.force_login(person("minh"))
    text = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\});", text, re.S)[1])
    wanted = set()
    for path in Path(find_spec("wagtail").origin).parent.glob("**/locale/en/LC_MESSAGES/djangojs.po"):
        wanted |= {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}
    assert len(wanted) > 50
    missing = {msgid for msgid in wanted if msgid not in catalogue}
    assert missing == set()
