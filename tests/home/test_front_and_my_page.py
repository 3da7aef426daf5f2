"""The front page says what is open; my page says what I have to do next, to me alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from certificates.models import Certificate
from content.pages import ArticlePage
from courses.mine import MyCourse, Next
from courses.models import CoursePage
from events.models import Event, EventPage, Scan
from home import mine
from home.site_setup import ensure_pages, link_products

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(site_tree):
    pages = ensure_pages(site_tree)
    link_products(site_tree)
    return pages


def an_event(days: int = 9, **fields) -> Event:
    at = timezone.now()
    return Event.objects.create(
        **{
            "slug": "lan-thu-7",
            "name_vi": "Diễn đàn lần thứ 7",
            "name_en": "7th forum",
            "venue_vi": "Bãi Cháy",
            "organiser_vi": "UBND tỉnh",
            "published_at": at - timedelta(days=1),
            "starts_at": at + timedelta(days=days),
            "ends_at": at + timedelta(days=days, hours=8),
            "registration_opens_at": at - timedelta(days=1),
            "registration_closes_at": at + timedelta(days=2),
        }
        | fields
    )


def a_course(pages, code: str, **fields) -> CoursePage:
    page = CoursePage(
        title=f"Chuyên đề {code}", code=code, group="compulsory", locale=pages["khoa-hoc"].locale, **fields
    )
    pages["khoa-hoc"].add_child(instance=page)
    return page


def test_the_front_page_shows_two_doors_and_the_check(client, pages):
    html = client.get("/").content.decode()
    assert '<a href="/dien-dan/">' in html
    assert '<a href="/khoa-hoc/">' in html
    assert 'action="/giay-chung-nhan/"' in html
    assert "Việc đang mở" not in html
    assert "Two doors" not in html


def test_the_front_page_says_what_is_open_and_until_when(client, pages):
    event = an_event()
    html = client.get("/").content.decode()
    assert f'href="/dien-dan/{event.slug}/dang-ky/"' in html
    assert "còn 2 ngày" in html
    assert "Sắp hết hạn" in html
    assert "2 days left" in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"registration_paused_at": timezone.now()},
        {
            "registration_closes_at": timezone.now() - timedelta(hours=1),
            "registration_opens_at": timezone.now() - timedelta(days=3),
        },
    ],
)
def test_what_is_not_open_is_not_offered(client, pages, fields):
    an_event(**fields)
    assert "dang-ky/" not in client.get("/").content.decode()


def test_the_front_page_is_kept_until_its_next_change(client, pages):
    event = an_event(registration_closes_at=timezone.now() + timedelta(seconds=30))
    response = client.get("/")
    assert response.public_until == event.registration_closes_at


@pytest.mark.parametrize("number", [1, 7])
def test_the_front_page_takes_the_same_number_of_queries(client, pages, django_assert_max_num_queries, number):
    an_event()
    for n in range(number):
        a_course(pages, f"BB0{n}")
        pages["tin-tuc"].add_child(instance=ArticlePage(title=f"Tin {n}", summary="x", locale=pages["tin-tuc"].locale))
    client.get("/lien-he/")
    with django_assert_max_num_queries(12):
        html = client.get("/").content.decode()
    assert html.count("Chuyên đề BB") == number


def test_english_readers_see_courses_in_vietnamese_where_there_is_no_translation(client, pages):
    a_course(pages, "BB01")
    assert '<a href="/khoa-hoc/chuyen-de-bb01/" lang="vi">Chuyên đề BB01</a>' in client.get("/en/").content.decode()


def test_pages_for_some_are_in_no_list_for_all(client, pages):
    course = a_course(pages, "BB01")
    article = ArticlePage(title="Tin nội bộ", summary="x", locale=pages["tin-tuc"].locale)
    pages["tin-tuc"].add_child(instance=article)
    event = an_event()
    forum = EventPage(title="Trang diễn đàn kín", slug=event.slug, event=event, locale=pages["dien-dan"].locale)
    pages["dien-dan"].add_child(instance=forum)
    lists = {
        "/khoa-hoc/": (course, "Chuyên đề BB01"),
        "/tin-tuc/": (article, "Tin nội bộ"),
        "/dien-dan/": (forum, f"/dien-dan/{event.slug}/"),
    }
    for address, (page, title) in lists.items():
        assert title in client.get(address).content.decode().split("<main")[1]
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert title not in client.get(address).content.decode().split("<main")[1]
    front = client.get("/").content.decode()
    assert "Chuyên đề BB01" not in front
    assert "Tin nội bộ" not in front


# ---------------------------------------------------------------- my page


def test_strangers_are_asked_to_log_in(client, site_tree):
    response = client.get("/trang-cua-toi/")
    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


def test_a_newcomer_is_told_where_to_begin(client, pages, dung):
    client.force_login(dung)
    response = client.get("/trang-cua-toi/")
    assert "Chọn một khóa học" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def ticket(event: Event, email: str):
    from events.models import Person, TicketType

    kind, _made = TicketType.objects.get_or_create(event=event, name_vi="Đại biểu")
    return event.register(kind, Person(full_name="Trần Văn An", email=email), at=timezone.now(), letters=False)


def test_my_tickets_are_mine_alone(client, pages, an, dung):
    registration = ticket(an_event(), an.email)
    client.force_login(an)
    assert registration.get_absolute_url() in client.get("/trang-cua-toi/").content.decode()
    client.force_login(dung)
    assert registration.manage_token not in client.get("/trang-cua-toi/").content.decode()


class Learning:
    """A course half learnt, as courses.mine tells it."""

    due_at = None
    is_complete = False
    lessons_done, lessons_total = 1, 4

    def __init__(self, title: str = "An toàn thông tin"):
        self.course = type("Course", (), {"title": title})()


def test_an_event_within_two_days_comes_before_a_lesson(an):
    at = timezone.now()
    going_on = MyCourse(Learning(), "/khoa-hoc/x/", Next(3, "Mật khẩu", "/khoa-hoc/x/3/", "2:10"))
    far = ticket(an_event(days=9), an.email)
    things = mine.MyThings(tickets=[far], learning=[going_on])
    assert mine.next_thing(things, at).url == "/khoa-hoc/x/3/"
    assert "2:10" in mine.next_thing(things, at).note
    near = ticket(an_event(days=1, slug="lan-thu-8", registration_closes_at=at + timedelta(hours=3)), an.email)
    things.tickets = [near, far]
    assert mine.next_thing(things, at).url == near.get_absolute_url()
    assert mine.next_thing(mine.MyThings(tickets=[far]), at).url == far.get_absolute_url()
    assert mine.next_thing(mine.MyThings(), at) is None


def test_a_duty_says_how_long_is_left():
    at = timezone.now()
    late, soon = Learning("Muộn"), Learning("Sắp")
    late.due_at, soon.due_at = at - timedelta(days=2), at + timedelta(days=5)
    found = mine.duties(
        [MyCourse(soon, "/s/", None), MyCourse(late, "/l/", None), MyCourse(Learning(), "/x/", None)], at
    )
    assert [(duty.title, duty.days_left, duty.is_late) for duty in found] == [("Muộn", -2, True), ("Sắp", 5, False)]


@pytest.mark.parametrize("number", [1, 4])
def test_my_page_takes_the_same_number_of_queries(client, pages, an, django_assert_max_num_queries, number):
    for n in range(number):
        ticket(an_event(slug=f"lan-{n}"), an.email)
    client.force_login(an)
    client.get("/lien-he/")
    with django_assert_max_num_queries(12):
        assert client.get("/trang-cua-toi/").content.decode().count("Mở vé") >= number


def ticket_with_paper(slug: str, email: str, holder=None):
    registration = ticket(an_event(slug=slug), email)
    Scan.objects.create(registration=registration, at=timezone.now(), result="accepted")
    words = {"name": "Trần Văn An", "title_vi": f"Giấy {slug}"}
    registration.certificate = Certificate.objects.issue(reason=slug, kind="attendance", holder=holder, snapshot=words)
    registration.save(update_fields=["certificate"])
    return registration


def test_a_paper_made_before_there_was_an_account_is_among_mine_once(client, pages, an, dung):
    before = ticket_with_paper("truoc-tai-khoan", an.email).certificate
    after = ticket_with_paper("sau-tai-khoan", an.email, an).certificate
    ticket_with_paper("thu-hoi", an.email).certificate.revoke("Cấp nhầm")
    assert mine.things_of(an, timezone.now()).certificates == [after, before]
    client.force_login(an)
    assert before.get_absolute_url() in client.get("/trang-cua-toi/").content.decode()
    assert mine.things_of(dung, timezone.now()).certificates == []
    corrected = before.supersede({"name": "Trần Văn Ân"})
    assert mine.things_of(an, timezone.now()).certificates == [corrected, after]


@pytest.mark.parametrize("number", [1, 3])
def test_papers_of_tickets_take_no_query_of_their_own(pages, an, django_assert_num_queries, number):
    for n in range(number):
        ticket_with_paper(f"lan-{n}", an.email)
    tickets = mine.tickets_of(an, timezone.now())
    with django_assert_num_queries(1):
        assert len(mine.papers(an, tickets)) == number
