"""`make run`: migrate, build the demo story on the first start, print where to look, serve.

Everything happens on this machine with SQLite; letters and login codes are shown in the site.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def manage(*arguments: str, quiet: bool = False) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        check=False,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
    )
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def pango_missing() -> bool:
    probe = "import weasyprint"
    return subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True).returncode != 0


def main() -> int:
    port = sys.argv[1] if len(sys.argv) > 1 else "8000"
    os.environ.setdefault("DEBUG", "true")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    VAR.mkdir(exist_ok=True)
    story = VAR / "demo.json"
    print("Chuẩn bị cơ sở dữ liệu … / Preparing the database …", flush=True)
    manage("migrate", "--verbosity", "0")
    manage("createcachetable", "--verbosity", "0")
    if not story.exists():
        print(
            "Dựng câu chuyện mẫu (lần đầu, khoảng một phút) … "
            "/ Building the demo story (first start, about a minute) …",
            flush=True,
        )
        story.write_text(manage("demo", "--stage", "before", "--json", quiet=True), encoding="utf-8")
    told = json.loads(story.read_text(encoding="utf-8"))
    print()
    print(f"  http://localhost:{port}/          trang chủ / home (English: /en/)")
    print(f"  http://localhost:{port}/quan-tri/ quản trị / back office")
    print(f"  http://localhost:{port}/hop-thu/  thư và mã đăng nhập / letters and login codes")
    print()
    for login in told["logins"]:
        print(f"  {login['email']:24} {login['role']}")
    print()
    print(
        "  Đăng nhập bằng một địa chỉ trên; mã hiện ngay trên trang. "
        "/ Log in with an address above; the code is shown on the page."
    )
    if pango_missing():
        print(f"\n  PDF (vé, giấy chứng nhận) cần Pango / PDFs need Pango:  apt install {PANGO}")
    print("\n  Câu chuyện đi tiếp / the story goes on:  make stage STAGE=during · make stage STAGE=after")
    print("\n  Ctrl+C để dừng / to stop.\n", flush=True)
    tick = subprocess.Popen([sys.executable, "manage.py", "tick", "--loop"], cwd=ROOT, stdout=subprocess.DEVNULL)
    # A group of its own: the server's reloader has a child, and whoever stops us must stop both.
    server = subprocess.Popen([sys.executable, "manage.py", "runserver", port], cwd=ROOT, start_new_session=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        tick.terminate()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
