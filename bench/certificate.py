"""CPU of one certificate PDF, warm: the median of thirty renders of thirty different names in one process."""

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from certificates.models import Certificate  # noqa: E402


def main() -> None:
    snapshot = {
        "title_vi": "Mô hình chính quyền địa phương hai cấp: tổ chức, phân cấp, thẩm quyền",
        "title_en": "The two-level local government",
        "hours": 4,
        "date": timezone.localdate().isoformat(),
        "issuer": "Sở Khoa học và Công nghệ tỉnh Quảng Ninh",
        "signatory_name": "",
        "signatory_title": "",
        "sample": True,
    }
    papers = [
        Certificate.objects.issue(
            reason=f"bench:{number}",
            kind="completion",
            holder=None,
            snapshot=snapshot | {"name": f"Nguyễn Thị Đo Lường {number}"},
            language="vi",
        )
        for number in range(33)
    ]
    times = []
    for number, paper in enumerate(papers):
        begun = time.process_time()
        paper.pdf()
        if number >= 3:
            times.append(1000 * (time.process_time() - begun))
    for paper in papers:
        paper.revoke("bench", by=None, at=timezone.now())
    middle = statistics.median(times)
    print(f"certificate PDF, warm: {middle:.1f} ms CPU (target 45){'' if middle <= 45 else '  !'}")


if __name__ == "__main__":
    main()
