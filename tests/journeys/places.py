"""Where the public goes: every kind of page once, for the checks that look at all of them."""

from dataclasses import dataclass

from events.mailing import UNSUBSCRIBE
from letters.models import Letter
from tests.journeys.walk import Words, person


@dataclass(frozen=True)
class Place:
    """A page as somebody sees it. `step` leads from its address to the state that is meant (a form with errors)."""

    name: str
    path: str
    who: str = ""  # one of the cast, else a stranger
    status: int = 200
    step: str = ""
    both: bool = True  # in both languages
    cached: bool = False  # the same for every stranger

    def address(self, language: str) -> str:
        return Words(language).path(self.path) if self.both else self.path


def places(forum) -> list[Place]:
    """Needs the stage `after`: there are certificates, tickets of people who came, and finished lessons."""
    from certificates.models import Certificate
    from courses.models import CoursePage, Enquiry, LessonPage

    slug = forum.slug
    session = forum.sessions.filter(kind="session", speaking__isnull=False).first()
    came = forum.registrations.filter(scans__result="accepted", certificate=None).first()
    paper = Certificate.objects.filter(revoked_at=None).first()
    course = CoursePage.objects.live().filter(locale__language_code="vi").order_by("path")[1]
    lessons = list(LessonPage.objects.live().descendant_of(course).order_by("path"))
    film = next(lesson for lesson in lessons if lesson.film)
    asked = Enquiry.objects.get(state="shown")
    event = f"/dien-dan/{slug}/"
    return [
        Place("home", "/", cached=True),
        Place("news", "/tin-tuc/", cached=True),
        Place("article", "/tin-tuc/khai-mac-dien-dan-lan-thu-7/", cached=True),
        Place("questions", "/cau-hoi-thuong-gap/", cached=True),
        Place("contact", "/lien-he/", cached=True),
        Place("privacy", "/du-lieu-ca-nhan/", cached=True),
        Place("accessibility", "/kha-nang-tiep-can/", cached=True),
        Place("sources", "/nguon-du-lieu/", cached=True),
        Place("feedback", "/gop-y/"),
        Place("feedback-errors", "/gop-y/", step="send"),
        Place("search", "/tim-kiem/?q=khoi+nghiep"),
        Place("search-nothing", "/tim-kiem/?q=zzzz"),
        Place("lost", "/khong-co-trang-nay/", status=404),
        Place("forums", "/dien-dan/", cached=True),
        Place("forum", event, cached=True),
        Place("agenda", f"{event}chuong-trinh/", cached=True),
        Place("session", f"{event}chuong-trinh/{session.slug}/", cached=True),
        Place("speaker", f"{event}dien-gia/{session.speaking.first().speaker.slug}/", cached=True),
        Place("register-closed", f"{event}dang-ky/"),
        Place("resend", f"{event}gui-lai-ve/"),
        Place("resend-errors", f"{event}gui-lai-ve/", step="send"),
        Place("ticket-after", f"/ve/{came.manage_token}/"),
        Place("ticket-certificate", f"/ve/{came.manage_token}/giay-chung-nhan/"),
        Place("ticket-of-the-code", f"/T/{came.checkin_token}", both=False),
        Place("certificate", f"/C/{paper.token}", both=False),
        Place("certificate-unknown", f"/C/{'A' * 26}", both=False, status=404),
        Place("certificate-check", "/giay-chung-nhan/"),
        Place("certificate-checked", f"/giay-chung-nhan/?so={paper.serial}"),
        Place("courses", "/khoa-hoc/", cached=True),
        Place("course", course.get_url(), cached=True),
        Place("path", "/khoa-hoc/lo-trinh/", cached=True),
        Place("path-mine", "/khoa-hoc/lo-trinh/", who="binh"),
        Place("lesson", lessons[0].get_url(), cached=True),
        Place("film", film.get_url(), cached=True),
        Place("login", "/accounts/login/"),
        Place("login-errors", "/accounts/login/", step="send"),
        Place("sign-up", "/accounts/signup/"),
        Place("sign-up-errors", "/accounts/signup/", step="send"),
        Place("offline", "/hoc/ngoai-tuyen/", who="binh"),
        Place("my-record", "/trang-cua-toi/ket-qua/", who="binh"),
        Place("my-notes", "/trang-cua-toi/ghi-chu/", who="binh"),
        Place("discussion", f"/hoc/bai/{asked.lesson_key}/hoi-dap/", who="binh"),
        Place("discussion-errors", f"/hoc/bai/{asked.lesson_key}/hoi-dap/", who="binh", step="ask"),
        Place("courses-filtered", "/khoa-hoc/?dai=vua", cached=True),
        Place("my-page", "/trang-cua-toi/", who="binh"),
        Place("profile", "/trang-cua-toi/thong-tin/", who="binh"),
        Place("my-courses", "/khoa-hoc/", who="binh"),
        Place("my-course", course.get_url(), who="binh"),
        Place("my-lesson", film.get_url(), who="binh"),
        Place("quiz", film.get_url(), who="binh", step="answer"),
        Place("quiz-result", film.get_url(), who="binh", step="hand in"),
        Place("e-mail", "/accounts/email/", who="binh"),
        Place("second-step", "/accounts/2fa/", who="binh"),
        Place("sessions", "/accounts/sessions/", who="binh"),
    ]


def places_before(forum) -> list[Place]:
    """What is there only while people register."""
    event = f"/dien-dan/{forum.slug}/"
    mine = forum.registrations.filter(state="confirmed", delegation=None).first()
    news = Letter.objects.post("registration_link", mine.email, language="vi", about=mine)
    desk = forum.delegations.get()
    member = desk.registrations.filter(shares_mailbox=True).first()
    asked = desk.registrations.get(state="offered")
    orders = {order.state: order.get_absolute_url() for order in forum.orders.all()}
    return [
        Place("forum-open", event, cached=True),
        Place("register", f"{event}dang-ky/"),
        Place("register-errors", f"{event}dang-ky/", step="send"),
        Place("ticket", f"/ve/{mine.manage_token}/"),
        Place("ticket-edit", f"/ve/{mine.manage_token}/sua/"),
        Place("ticket-cancel", f"/ve/{mine.manage_token}/huy/"),
        Place("no-more-news", f"/huy-nhan-thu/{UNSUBSCRIBE.sign(news.key.hex)}/"),
        Place("invitation", f"/ve/{asked.manage_token}/"),
        Place("delegation", f"/doan/{desk.token}/"),
        Place("delegation-list", f"/doan/{desk.token}/danh-sach/"),
        Place("delegation-list-errors", f"/doan/{desk.token}/danh-sach/", step="send"),
        Place("delegation-preview", f"/doan/{desk.token}/danh-sach/", step="paste"),
        Place("delegation-add", f"/doan/{desk.token}/them/"),
        Place("delegation-add-errors", f"/doan/{desk.token}/them/", step="send"),
        Place("delegation-member", f"/doan/{desk.token}/{member.code}/"),
        Place("delegation-replace", f"/doan/{desk.token}/{asked.code}/thay/"),
        Place("order", orders["open"]),
        Place("order-errors", orders["open"], step="payer"),
        Place("order-paid", orders["paid"]),
        Place("delegation-remove", f"/doan/{desk.token}/{asked.code}/bo/"),
    ]


def visit(page, place: Place, language: str) -> None:
    response = page.goto(place.address(language))
    assert response.status == place.status, f"{place.name}: {response.status} for {place.address(language)}"
    if place.step == "paste":
        page.locator("main textarea").fill("Đỗ Văn Sáu\tChuyên viên\tsau@mau.example\nĐỗ Thị Bảy\tVăn thư")
    if place.step in ("send", "paste"):
        with page.expect_navigation():
            page.locator("main form[method=post] button:not([type=button])").locator("visible=true").first.click()
    if place.step == "payer":  # the form lies folded up on the page of an order
        page.locator("summary").last.click()
        page.locator("#id_name").fill("")
        with page.expect_navigation():
            page.locator('form[action$="/nguoi-tra/"] button').click()
    if place.step == "ask":
        with page.expect_navigation():
            page.locator('form[action$="/hoi/"] button').click()
    if place.step == "answer":
        with page.expect_navigation():
            page.locator("#cau-hoi :is(form button, a).btn").last.click()
    if place.step == "hand in":
        with page.expect_navigation():
            page.locator("#cau-hoi :is(form button, a).btn").last.click()
        for question in page.locator("#bai-lam fieldset").all():
            if (box := question.locator("input:is([type=radio], [type=checkbox])")).count():
                box.first.check()
            if (turn := page.locator("[data-turn='1']")).is_visible():
                turn.click()
        with page.expect_navigation():
            page.locator("#bai-lam .done button[name=hand-in]").click()
        if (anyway := page.locator("#con-thieu button")).count():
            with page.expect_navigation():
                anyway.click()


def windows_for(window, language: str, width: int, **options):
    """One window for strangers, one for each of the cast that is asked for."""
    opened: dict[str, object] = {}

    def of(place: Place):
        if place.who not in opened:
            user = person(place.who) if place.who else None
            opened[place.who] = window(language, width, user=user, expects=(404, 422), **options)
        return opened[place.who]

    return of
