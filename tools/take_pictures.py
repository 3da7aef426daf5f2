"""Take the pictures of the README and the handbooks from a running demo site: tools/take_pictures.py [http://localhost:8000]

The site must run in development (`make run`, best after `manage.py demo --stage during`): codes stand on the page.
Needs Chromium and pdftoppm (poppler-utils).
"""

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LARGEST = 150_000
STORY = PICTURES.parents[1] / "var" / "demo.json"  # left there by make run
FORUM = "/dien-dan/dien-dan-lan-thu-7/"


def save(png: bytes, name: str, width: int) -> None:
    """Small enough for a repository: as wide as it is shown, with a palette."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    (PICTURES / name).write_bytes(out.getvalue())
    print(f"{name}: {out.tell() // 1000} kB")


def log_in(page: Page, address: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", address)
    page.click("main form button")
    if found := re.search(r"\b\d{6}\b", page.inner_text("body")):
        page.fill("input[name=code]", found[0])
    page.click("main form button")


def shoot(page: Page, address: str, name: str, width: int) -> None:
    page.goto(address)
    page.wait_for_timeout(2500)  # fonts, and a video that must show its first picture
    save(page.screenshot(), name, width)


def certificate(context: BrowserContext, page: Page) -> None:
    page.goto("/trang-cua-toi/")
    link = next(a for a in page.query_selector_all("a") if re.search(r"/C/[A-Z2-7]{26}", a.get_attribute("href") or ""))
    token = re.search(r"/C/([A-Z2-7]{26})", link.get_attribute("href") or "")
    pdf = context.request.get(f"/C/{token[1]}/pdf").body() if token else b""
    drawn = subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    save(drawn.stdout, "certificate.png", 900)


# What Hà's handbook shows: the address in the back office, and the name of the picture.
DESK_OF_REGISTRATIONS = {
    "tong-quan-dang-ky/": "registrations-overview-desk.png",
    "dang-ky-du/": "registrations-list-desk.png",
    "dang-ky-tai-ban/": "walk-in-desk.png",
    "nhap-danh-sach/": "import-desk.png",
    "loi-thu/": "letters-desk.png",
}


def organiser(desk: Page, phone: Page) -> None:
    """Best at the stage `before`: people are registering, and a delegation is being named."""
    for path, name in DESK_OF_REGISTRATIONS.items():
        shoot(desk, f"/quan-tri/{path}", name, 1000)
    if STORY.exists():
        told = json.loads(STORY.read_text(encoding="utf-8"))
        shoot(phone, urlsplit(told["urls"]["delegation"]).path, "delegation-phone.png", 585)


def author(desk: Page, phone: Page) -> None:
    """What the handbook of authors shows. The dialog is looked at, nothing is published."""
    phone.goto("/khoa-hoc/bb01/")
    lesson = phone.query_selector("main a[href*='/54-don-vi']")
    shoot(phone, (lesson.get_attribute("href") if lesson else None) or "/", "author-lesson-phone.png", 585)
    desk.goto("/quan-tri/khoa-hoc/")
    desk.click("text=BB04")
    outline = urlsplit(desk.url).path
    shoot(desk, outline, "author-outline-desk.png", 1000)
    desk.click(".outline-lessons .outline-title a")
    steps = desk.locator("[data-contentpath=steps]").first
    steps.scroll_into_view_if_needed()
    desk.wait_for_timeout(2500)
    save(desk.screenshot(), "author-lesson-desk.png", 1000)
    desk.locator("input[name=duty][value=optional]").check()
    desk.locator("footer [data-w-dropdown-target=toggle]").first.click()
    desk.locator("footer button[name=action-publish]").click()
    desk.wait_for_timeout(2500)
    save(desk.screenshot(), "author-publish-desk.png", 1000)


def learner(phone: Page) -> None:
    """What the handbook of learners shows: Mai, half way, on a phone. She begins to answer, and hands nothing in."""
    shoot(phone, "/trang-cua-toi/", "learner-page-phone.png", 585)
    shoot(phone, "/khoa-hoc/bb02/", "learner-course-phone.png", 585)
    phone.click("#ket-qua a.btn")
    keep = phone.locator("details[data-package]").first
    keep.locator("summary").click()
    keep.scroll_into_view_if_needed()
    phone.wait_for_timeout(1500)
    save(phone.screenshot(), "learner-keep-phone.png", 585)
    phone.click("#cau-hoi :is(form button, a).btn >> nth=-1")
    phone.wait_for_timeout(1500)
    save(phone.screenshot(), "learner-quiz-phone.png", 585)


def tutor(desk: Page) -> None:
    """What the handbook of tutors shows: Lan reads a piece of work and a question; nothing is sent."""
    for path, name in (("practical_work/?state=waiting", "tutor-work"), ("enquiries/", "tutor-question")):
        desk.goto(f"/quan-tri/{path}")
        desk.locator("main tbody a").first.click()
        desk.locator("form.marking").scroll_into_view_if_needed()
        desk.wait_for_timeout(1500)
        save(desk.screenshot(), f"{name}-desk.png", 1000)


def training(desk: Page) -> None:
    """What Khánh's handbook shows: the first compulsory course, every unit, enrolling, slips."""
    desk.goto("/quan-tri/course_report/")
    links = [a.get_attribute("href") or "" for a in desk.query_selector_all("main a[href*='course_report/']")]
    course = next(link for link in links if re.search(r"[0-9a-f-]{36}", link))
    shoot(desk, course, "course-glance-desk.png", 1000)
    shoot(desk, f"{course}danh-gia/", "evaluation-desk.png", 1000)
    shoot(desk, f"/quan-tri/unit_report/?course={course.rstrip('/').rpartition('/')[2]}", "units-report-desk.png", 1000)
    shoot(desk, "/quan-tri/ghi-danh/", "enrol-desk.png", 1000)
    shoot(desk, "/quan-tri/phieu-dang-nhap/", "slips-desk.png", 1000)


def main() -> None:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        def visitor(size: dict, scale: float, who: str = "") -> tuple[BrowserContext, Page]:
            context = browser.new_context(base_url=base, viewport=size, device_scale_factor=scale, locale="vi")
            page = context.new_page()
            if who:
                log_in(page, f"{who}@mau.example")
            return context, page

        _context, phone = visitor(PHONE, 2)
        shoot(phone, FORUM, "forum-phone.png", 585)
        _context, desk = visitor(DESK, 1)
        shoot(desk, "/", "home-desk.png", 1280)
        shoot(desk, f"{FORUM}chuong-trinh/", "agenda-desk.png", 1280)

        context, binh = visitor(PHONE, 2, "binh")
        binh.goto("/khoa-hoc/bb02/")
        film = next(
            address
            for address in [a.get_attribute("href") for a in binh.query_selector_all("main a[href*='/khoa-hoc/bb02/']")]
            if address and binh.goto(address) and binh.query_selector("video")
        )
        shoot(binh, film, "lesson-phone.png", 585)
        certificate(context, binh)

        _context, an = visitor(PHONE, 2, "an")
        an.goto("/trang-cua-toi/")
        ticket = an.query_selector("main a[href*='/ve/']")
        shoot(an, (ticket.get_attribute("href") if ticket else None) or "/", "ticket-phone.png", 585)
        _context, giang = visitor(PHONE, 2, "giang")
        shoot(giang, "/quan-tri/cua/", "gate-phone.png", 585)
        _context, ha = visitor(DESK, 1, "ha")
        organiser(ha, phone)
        _context, mai = visitor(PHONE, 2, "mai")
        learner(mai)
        _context, lan = visitor(DESK, 1, "lan")
        tutor(lan)
        _context, khanh = visitor(DESK, 1, "khanh")
        training(khanh)
        _context, loan = visitor(DESK, 1, "loan")
        shoot(loan, "/quan-tri/don-thanh-toan/", "orders.png", 1280)
        _context, duyet = visitor(DESK, 1, "duyet")
        author(duyet, phone)
        _context, minh = visitor(DESK, 1, "minh")
        shoot(minh, "/quan-tri/", "dashboard-desk.png", 1280)
        browser.close()


if __name__ == "__main__":
    main()
