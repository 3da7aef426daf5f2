"""An event with two kinds of ticket, a hall and some sessions."""

import io
from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from events.models import (
    BankAccount,
    Event,
    Order,
    Person,
    Quota,
    Registration,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    Statement,
    TicketType,
    Track,
)
from events.payments import bank, statement
from people.text import slug
from tests.running_site import Site


@pytest.fixture(autouse=True)
def in_vietnamese():
    """A request leaves its language behind in the thread; each test begins in Vietnamese."""
    translation.activate("vi")
    yield
    translation.activate("vi")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def make_event(at: datetime, **fields) -> Event:
    values = {
        "slug": "dien-dan-7",
        "edition": 7,
        "name_vi": "Diễn đàn Khởi nghiệp sáng tạo Quốc gia lần thứ 7",
        "name_en": "7th National Innovation Startup Forum",
        "theme_vi": "Hội tụ nguồn lực",
        "doors_at": at + timedelta(days=20),
        "starts_at": at + timedelta(days=20, hours=1),
        "ends_at": at + timedelta(days=20, hours=9),
        "venue_vi": "Khu du lịch Bãi Cháy",
        "venue_en": "Bãi Cháy tourist area",
        "organiser_vi": "Ủy ban nhân dân tỉnh Quảng Ninh",
        "contact_email": "diendan@example.vn",
        "published_at": at - timedelta(days=10),
        "registration_opens_at": at - timedelta(days=5),
        "registration_closes_at": at + timedelta(days=15),
    }
    return Event.objects.create(**values | fields)


@pytest.fixture
def event(db, now) -> Event:
    return make_event(now)


@pytest.fixture
def delegate(event) -> TicketType:
    """A kind of ticket with plenty of seats."""
    kind = TicketType.objects.create(
        event=event, name_vi="Đại biểu", name_en="Delegate", audience_vi="Cơ quan, trường, viện", position=1
    )
    Quota.objects.create(event=event, name="Hội trường", size=100).ticket_types.add(kind)
    return kind


@pytest.fixture
def student(event) -> TicketType:
    """A kind of ticket with two seats."""
    kind = TicketType.objects.create(event=event, name_vi="Sinh viên", name_en="Student", position=2)
    Quota.objects.create(event=event, name="Sinh viên", size=2).ticket_types.add(kind)
    return kind


def somebody(number: int = 1, **fields) -> Person:
    values = {
        "full_name": f"Nguyễn Thị Khách {number}",
        "email": f"khach{number}@mau.example",
        "organisation": "UBND Phường Bãi Cháy",
        "position": "Chuyên viên",
    }
    return Person(**values | fields)


@pytest.fixture
def register(event, delegate, now):
    """Register somebody: `register(3)`, `register(4, ticket_type=student)`."""

    def doing(number: int = 1, *, ticket_type=None, at=None, letters=True, **fields):
        return event.register(ticket_type or delegate, somebody(number, **fields), at=at or now, letters=letters)

    return doing


@pytest.fixture
def answers_for():
    """What a person fills in for a kind of ticket, ready to be posted."""
    from django.core import signing

    from events.forms import SALT

    shown = signing.dumps(timezone.now().timestamp() - 60, salt=SALT)

    def filled(kind: TicketType, **changed) -> dict:
        return {
            "ticket_type": str(kind.pk),
            "full_name": "Nguyễn Hoàng Thùy Dương",
            "organisation": "UBND Phường Bãi Cháy",
            "position": "",
            "email": "thuyduong@mau.example",
            "phone": "",
            "consent": "on",
            "website": "",
            "form_key": "6f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6b",
            "shown_at": shown,
        } | changed

    return filled


@pytest.fixture
def answers(delegate, answers_for):
    """The same for a delegate."""
    return lambda **changed: answers_for(delegate, **changed)


def fill_agenda(event: Event, number: int, rooms: int = 3) -> list[Session]:
    """Sessions of half an hour, side by side in the rooms, each with a speaker."""
    start = timezone.localtime(event.starts_at).replace(hour=8, minute=0, second=0, microsecond=0)
    halls = [
        Room.objects.create(event=event, name_vi=f"Phòng {n}", name_en=f"Room {n}", seats=80, position=n)
        for n in range(1, rooms + 1)
    ]
    tracks = [Track.objects.create(event=event, name_vi=f"Chủ đề {n}", colour=n, position=n) for n in (1, 2)]
    sessions = []
    for n in range(number):
        begins = start + timedelta(minutes=30 * (n // rooms))
        session = Session.objects.create(
            event=event,
            slug=f"phien-{n}",
            title_vi=f"Khởi nghiệp số {n}",
            title_en=f"Startups number {n}",
            starts_at=begins,
            ends_at=begins + timedelta(minutes=30),
            room=halls[n % rooms],
            track=tracks[n % 2],
        )
        name = f"Diễn giả {n}"
        speaker = Speaker.objects.create(event=event, slug=slug(name), name=name, title_vi="Chuyên gia")
        SessionSpeaker.objects.create(session=session, speaker=speaker)
        sessions.append(session)
    return sessions


@pytest.fixture
def run_site(tmp_path, site_tree):
    running = []

    def start(**options) -> Site:
        site = Site(tmp_path, **options)
        running.append(site)
        return site

    yield start
    for site in running:
        site.stop()


# ---------------------------------------------------------------- money by bank transfer

DINNER_PRICE = 500_000


@pytest.fixture
def account(db) -> BankAccount:
    return BankAccount.objects.create(
        bank_bin="970436",
        bank_name="Ngân hàng Mẫu",
        account="1017595600",
        holder="Ban tổ chức Diễn đàn",
        is_default=True,
    )


@pytest.fixture
def gala(event) -> TicketType:
    event.transfer_prefix = "DDKN7"
    event.save()
    kind = TicketType.objects.create(event=event, name_vi="Tiệc tối", name_en="Gala", position=3, price=DINNER_PRICE)
    Quota.objects.create(event=event, name="Tiệc", size=3).ticket_types.add(kind)
    return kind


@pytest.fixture
def guest(event, gala, account, now):
    def come(number: int = 1, **fields) -> Registration:
        return event.register(gala, somebody(number, **fields), at=now)

    return come


@pytest.fixture
def loan(db):
    """Who keeps the books."""
    from tests.conftest import person

    return person("loan@mau.example", "Ngô Thị Loan", "Kế toán")


def order_of(registration: Registration) -> Order:
    order = Order.objects.open_for(registration)
    assert order is not None
    return order


def state(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def sheet(*rows: tuple, day=None) -> bytes:
    """A statement: amount, text, reference of each row."""
    day = (day or timezone.localdate()).strftime("%d/%m/%Y")
    lines = ["NGÂN HÀNG MẪU;;;", "Ngày giao dịch;Số bút toán;Ghi có;Diễn giải"]
    lines += [f"{day};{reference};{amount:,};{text}".replace(",", ".") for amount, text, reference in rows]
    return "\n".join(lines).encode()


def bring(account: BankAccount, by, content: bytes, at, **more) -> int:
    """Hand a statement in and import it."""
    run = Statement.objects.create(account=account, by=by, at=at, file_name="sao-ke.csv", content=content)
    lines = statement.read("sao-ke.csv", io.BytesIO(content), account.columns).lines
    new = bank.take_in(run, lines, at=at, by=by, **more)
    bank.work_through(at)
    return new
