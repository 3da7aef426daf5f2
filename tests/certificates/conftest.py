from datetime import UTC, datetime

import pytest
from django.utils import translation

from certificates.models import Certificate

ISSUED = datetime(2025, 9, 12, 2, 0, tzinfo=UTC)
WORDS = {
    "name": "Nguyễn Thị Thanh Huyền",
    "position": "Phó Chủ tịch Ủy ban nhân dân phường Hồng Gai",
    "title_vi": "Diễn đàn Khởi nghiệp sáng tạo Quốc gia lần thứ 7",
    "title_en": "7th National Innovative Start-up Forum",
    "hours": 6,
    "date": "2025-09-10",
    "place_vi": "Khu du lịch Bãi Cháy, phường Bãi Cháy",
    "place_en": "Bai Chay tourist area",
    "issuer_vi": "Ban Tổ chức Diễn đàn",
    "issuer_en": "Organising Committee of the Forum",
    "signatory_name": "Trần Văn Mẫu",
    "signatory_title": "TRƯỞNG BAN",
    "prefix": "QN7",
}


@pytest.fixture(autouse=True)
def vietnamese():
    """A page asked for in English leaves its language behind in the thread."""
    with translation.override("vi"):
        yield


@pytest.fixture
def issue(db):
    """A paper with everything on it; say only what differs."""

    def issue(reason="event:7:registration:1", kind="attendance", holder=None, language="vi", at=ISSUED, **words):
        return Certificate.objects.issue(
            reason=reason, kind=kind, holder=holder, snapshot=WORDS | words, language=language, at=at
        )

    return issue
