"""The demo story of the whole site: the cast, the standing pages, and what each app tells, through the real verbs."""

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from content.models import SiteSettings
from events.models import Registration
from home.site_setup import SiteTree, ensure_pages, ensure_share_image, ensure_site, link_products
from home.standing_texts import HOME_EN, HOME_VI
from people.accounts import confirm_address
from people.groups import create_groups
from people.management.commands.load_units import load as load_units
from people.models import Unit, User

STAGES = ("before", "during", "after")
HOST = "mau.example"  # a name that exists nowhere (RFC 2606)

# (mailbox, name, what they do here, group, office)
CAST = [
    ("an", "Trần Văn An", "dự Diễn đàn", "", ""),
    ("binh", "Nguyễn Thị Bình", "học các khóa bồi dưỡng", "", "phuong-bai-chay"),
    ("chi", "Lê Kim Chi", "biên tập viên", "Biên tập viên", ""),
    ("duyet", "Phạm Văn Duyệt", "người duyệt bài", "Người duyệt", ""),
    ("giang", "Vũ Hương Giang", "soát vé ở cổng", "Cổng vào", ""),
    ("ha", "Đỗ Thu Hà", "ban tổ chức Diễn đàn", "Ban tổ chức", ""),
    ("khanh", "Bùi Quốc Khánh", "quản lý đào tạo", "Quản lý đào tạo", ""),
    ("tam", "Đinh Thị Tâm", "quản lý đào tạo của phường Bãi Cháy", "", "phuong-bai-chay"),
    ("lan", "Vũ Thị Lan", "người hướng dẫn, chấm bài thực hành", "Người hướng dẫn", ""),
    ("loan", "Ngô Thị Loan", "kế toán", "Kế toán", ""),
    ("mai", "Trần Thị Mai", "học được một nửa", "", "phuong-bai-chay"),
    ("minh", "Ngô Đức Minh", "quản trị viên", "*", ""),
    ("son", "Hoàng Văn Sơn", "đã hoàn thành năm khóa bắt buộc", "", "phuong-bai-chay"),
]


class RealData(Exception):
    """There are registrations that the demo did not make."""


def build(stage: str, at: datetime | None = None) -> dict:
    """Bring the whole story to a stage. Repeating changes nothing; other stages follow on what is there."""
    at = at or timezone.now()
    if Registration.objects.filter(event__sample=False).exists():
        raise RealData
    load_units()
    create_groups()
    tree = ensure_site()
    cast = gather_cast()
    ensure_pages(tree)
    ensure_share_image(tree)
    sign_sample(tree)
    told = {
        app: import_module(f"{app}.demo").build(stage, at, tree.site)
        for app in ("content", "events", "courses")
        if find_spec(f"{app}.demo")
    }
    link_products(tree)
    mark_sample(tree)
    return {"stage": stage, "site": tree.site.root_url, "logins": cast, "urls": urls(tree, told), "facts": facts(told)}


def gather_cast() -> list[dict]:
    logins = []
    for mailbox, name, role, group, office in CAST:
        email = f"{mailbox}@{HOST}"
        person = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name, is_superuser=group == "*"
        )
        confirm_address(person)
        if group and group != "*":
            person.groups.add(Group.objects.get(name=group))
        if office and person.unit is None and (unit := Unit.objects.filter(slug=office).first()):
            person.join(unit, "Công chức (mẫu)", timezone.localdate())
        logins.append({"email": email, "name": name, "role": role})
    return logins


# What the demo says on the front page, where an editor has not written anything else.
SAID = {
    "vi": {"forum_title": "Khởi nghiệp sáng tạo Quốc gia lần thứ 7", "courses_heading": "Năm chuyên đề bắt buộc"},
    "en": {"forum_title": "7th National Innovative Start-up Forum", "courses_heading": "Five compulsory topics"},
}


# Who signs the certificates of courses in the story; made up, and says so.
SIGNATORY = {
    "signatory_name": "Nguyễn Văn Mẫu",
    "signatory_title_vi": "Giám đốc Sở (mẫu)",
    "signatory_title_en": "Director of the Department (sample)",
}


def sign_sample(tree: SiteTree) -> None:
    own = SiteSettings.for_site(tree.site)
    if not own.signatory_name:
        SiteSettings.objects.filter(pk=own.pk).update(**SIGNATORY)


def mark_sample(tree: SiteTree) -> None:
    for home, first_words, said in ((tree.vi, HOME_VI, SAID["vi"]), (tree.en, HOME_EN, SAID["en"])):
        home.refresh_from_db()
        wanted = {name: text for name, text in said.items() if getattr(home, name) == first_words[name]}
        if wanted or not home.is_sample:
            for name, value in (wanted | {"is_sample": True}).items():
                setattr(home, name, value)
            home.save()


def urls(tree: SiteTree, told: dict) -> dict[str, str]:
    root = tree.site.root_url
    found = {"home": f"{root}/", "home_en": f"{root}/en/"}
    found |= {name: root + reverse(name) for name in ("my_page", "search", "account_login", "wagtailadmin_home")}
    for app in told.values():
        found |= {name: url if "://" in url else root + url for name, url in (app.get("urls") or {}).items()}
    return found


def facts(told: dict) -> dict:
    """Whatever else an app reports, under its name."""
    return {
        app: rest
        for app, report in told.items()
        if (rest := {key: value for key, value in report.items() if key != "urls"})
    }
