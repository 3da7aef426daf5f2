"""Draw the sample videos of the courses: cards, a soft tone, captions in two languages, a picture to show first.

    python tools/make_sample_video.py        needs ffmpeg; writes courses/content/media/

The results are kept in the repository, so nobody needs to run this. What they say stands in the lessons, too.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "site" / "certificates" / "papers" / "fonts"
OUT = ROOT / "courses" / "content" / "media"
SIZE = (1280, 720)
SECONDS = 7
PAPER, WATER, DEEP, SHALLOW, JADE, DAWN = "#fcfaf5", "#0e3a47", "#092a36", "#cfe3e4", "#84d5c0", "#f2b36b"


@dataclass(frozen=True)
class Card:
    kicker: str
    title: str
    lines: tuple[str, ...]
    captions: tuple[tuple[str, str], tuple[str, str]]  # two a card: (Vietnamese, English)


FOUR_QUESTIONS = [
    Card(
        "Kỹ năng số cơ bản · bài mẫu",
        "Bốn câu hỏi\ntrước khi bấm",
        ("Kiểm tra một đường dẫn trong chưa đầy một phút",),
        (
            ("Một đường dẫn vừa đến trong thư hay tin nhắn.", "A link has just come in a letter or a message."),
            ("Trước khi bấm, anh/chị tự hỏi bốn câu.", "Before you click, ask yourself four questions."),
        ),
    ),
    Card(
        "Câu hỏi 1",
        "Ai gửi?",
        ("Mình có đang chờ thư này không?", "Chưa chắc: gọi lại số điện thoại đã biết từ trước."),
        (
            ("Câu một: ai gửi, và mình có đang chờ thư này không?", "One: who sent it, and was I expecting it?"),
            (
                "Chưa chắc thì gọi lại số đã biết từ trước, không gọi số trong thư.",
                "If unsure, call a number you knew before, not the one in the letter.",
            ),
        ),
    ),
    Card(
        "Câu hỏi 2",
        "Địa chỉ dẫn đi đâu?",
        ("https://dichvu.mau.example.|la-mot-noi-khac.example|/…", "Đọc phần đứng ngay trước dấu gạch chéo."),
        (
            ("Câu hai: địa chỉ thật sự dẫn đi đâu?", "Two: where does the address really lead?"),
            (
                "Phần đứng ngay trước dấu gạch chéo mới là nơi sẽ đến.",
                "What stands right before the slash is where you will arrive.",
            ),
        ),
    ),
    Card(
        "Câu hỏi 3",
        "Có bị thúc giục không?",
        ("“Chỉ còn 30 phút”, “quà chỉ hôm nay”", "Càng bị giục, càng nên chậm lại."),
        (
            ("Câu ba: có ai đang giục mình làm ngay không?", "Three: is somebody urging me to act at once?"),
            ("Càng bị giục, càng nên chậm lại.", "The more you are hurried, the slower you should go."),
        ),
    ),
    Card(
        "Câu hỏi 4",
        "Họ xin điều gì?",
        ("Mật khẩu, mã xác thực, ảnh giấy tờ:", "không gửi qua một đường dẫn trong thư."),
        (
            ("Câu bốn: họ xin điều gì?", "Four: what are they asking for?"),
            (
                "Mật khẩu, mã xác thực, ảnh giấy tờ: không gửi qua đường dẫn trong thư.",
                "Passwords, codes, photos of papers: never send them through a link in a letter.",
            ),
        ),
    ),
    Card(
        "Ghi nhớ",
        "Chưa rõ thì chưa bấm",
        ("Tự gõ địa chỉ đã biết,", "hoặc hỏi người phụ trách công nghệ thông tin."),
        (
            ("Còn một câu chưa trả lời được thì chưa bấm.", "While one question has no answer, do not click."),
            (
                "Tự gõ địa chỉ đã biết, hoặc hỏi người phụ trách công nghệ thông tin của đơn vị.",
                "Type the address you know, or ask your office's IT person.",
            ),
        ),
    ),
]

FIVE_STEPS = [
    Card(
        "Trung tâm Phục vụ hành chính công cấp xã · bài mẫu",
        "Hồ sơ phi địa giới:\nnăm bước ở quầy",
        ("Bước mẫu, chờ Sở duyệt",),
        (
            (
                "Một người ở xã khác đến quầy của anh/chị nộp hồ sơ.",
                "Somebody from another commune comes to your counter with a file.",
            ),
            (
                "Năm bước sau đây giúp nhận đúng và chuyển đúng.",
                "Five steps help you receive it right and forward it right.",
            ),
        ),
    ),
    Card(
        "Bước 1",
        "Hỏi nơi cư trú",
        ("Tra trước khi hỏi giấy tờ.", "Dữ liệu đã có thì không bảo nộp lại."),
        (
            (
                "Bước một: hỏi nơi cư trú, và tra trước khi hỏi giấy tờ.",
                "Step one: ask where they live, and look up before asking for papers.",
            ),
            ("Dữ liệu đã có thì không bảo nộp lại.", "Do not ask again for data that is already there."),
        ),
    ),
    Card(
        "Bước 2",
        "Chọn đúng đơn vị",
        ("Ghi đủ loại và tên mới.", "Tên cũ ra hai nơi: hỏi thêm thôn, khu."),
        (
            (
                "Bước hai: chọn đúng đơn vị có thẩm quyền, ghi đủ loại và tên mới.",
                "Step two: choose the right authority, with its type and new name.",
            ),
            (
                "Nếu tên cũ ra hai nơi thì hỏi thêm thôn, khu.",
                "If an old name gives two places, ask for the village or quarter.",
            ),
        ),
    ),
    Card(
        "Bước 3",
        "Quét và kiểm tra",
        ("Xem lại bản quét trên màn hình", "trước khi người dân rời quầy."),
        (
            ("Bước ba: quét hồ sơ.", "Step three: scan the papers."),
            ("Xem lại bản quét trước khi người dân rời quầy.", "Look at the scan before the person leaves."),
        ),
    ),
    Card(
        "Bước 4",
        "Chuyển trên hệ thống",
        ("Chuyển đến nơi có thẩm quyền,", "xem đã có tín hiệu nhận chưa."),
        (
            (
                "Bước bốn: chuyển hồ sơ đến nơi có thẩm quyền trên hệ thống.",
                "Step four: forward the file to the authority in the system.",
            ),
            ("Xem đã có tín hiệu nhận chưa.", "See whether it has arrived."),
        ),
    ),
    Card(
        "Bước 5",
        "Hẹn nơi trả kết quả",
        ("Hỏi người dân muốn nhận ở đâu", "trong các cách thủ tục cho phép."),
        (
            ("Bước năm: hẹn nơi trả kết quả.", "Step five: agree where the result is handed out."),
            (
                "Hỏi người dân muốn nhận ở đâu, rồi ghi rõ trên giấy hẹn.",
                "Ask where they would like to receive it, and write it on the slip.",
            ),
        ),
    ),
    Card(
        "Ghi nhớ",
        "Đừng từ chối chỉ vì\nkhác địa bàn",
        ("Tra trước, nhận đúng, chuyển đúng.",),
        (
            ("Đừng từ chối chỉ vì người nộp ở địa bàn khác.", "Do not refuse only because somebody lives elsewhere."),
            (
                "Tra trước, nhận đúng, chuyển đúng, hẹn rõ nơi trả.",
                "Look up, receive, forward, and agree where to hand out.",
            ),
        ),
    ),
]
FILMS = {
    "nam-buoc-phi-dia-gioi": (
        "Hồ sơ phi địa giới: năm bước ở quầy",
        "Files from elsewhere: five steps at the counter",
        FIVE_STEPS,
    ),
    "bon-cau-hoi-truoc-khi-bam": ("Bốn câu hỏi trước khi bấm", "Four questions before you click", FOUR_QUESTIONS),
}
# The islands on the horizon, as on every page of the site: (left, top, width, tint).
ISLANDS = [
    (40, 470, 210, "#1d5362"),
    (205, 505, 150, "#17495a"),
    (830, 430, 190, "#1d5362"),
    (985, 480, 240, "#17495a"),
    (620, 520, 120, "#1d5362"),
]


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{name}.ttf"), size)


def draw(card: Card, number: int, count: int) -> Image.Image:
    image = Image.new("RGB", SIZE, WATER)
    pen = ImageDraw.Draw(image)
    horizon = 590
    for left, top, width, tint in ISLANDS:
        height = horizon - top
        pen.pieslice((left, top, left + width, top + 2 * height), 180, 360, fill=tint)
    pen.rectangle((0, horizon, *SIZE), fill=DEEP)
    pen.rectangle((0, horizon, SIZE[0], horizon + 5), fill=SHALLOW)
    pen.text((90, 78), card.kicker, font=font("SemiBold", 32), fill=JADE)
    pen.multiline_text((86, 128), card.title, font=font("Bold", 84), fill=PAPER, spacing=10)
    y = 150 + 104 * (card.title.count("\n") + 1)
    for line in card.lines:
        x = 90
        for index, part in enumerate(line.split("|")):
            face = font("SemiBold" if "|" in line and index == 1 else "Regular", 40)
            pen.text((x, y), part, font=face, fill=DAWN if "|" in line and index == 1 else PAPER)
            x += pen.textlength(part, font=face)
        y += 62
    for index in range(count):
        x = 90 + 44 * index
        pen.ellipse((x, 648, x + 20, 668), fill=JADE if index <= number else None, outline=JADE, width=3)
    pen.text((SIZE[0] - 90, 640), "Dữ liệu mẫu", font=font("Regular", 28), fill=SHALLOW, anchor="ra")
    return image


def stamp(seconds: float) -> str:
    return f"00:{int(seconds) // 60:02d}:{seconds % 60:06.3f}"


def captions(cards: list[Card], language: int) -> str:
    cues = ["WEBVTT", ""]
    for number, card in enumerate(cards):
        for half, pair in enumerate(card.captions):
            begin = number * SECONDS + half * SECONDS / 2 + 0.2
            cues += [f"{stamp(begin)} --> {stamp(begin + SECONDS / 2 - 0.4)}", pair[language], ""]
    return "\n".join(cues)


def transcript(cards: list[Card], language: int) -> str:
    """Rich text: the time, then what is shown and said."""
    rows = []
    for number, card in enumerate(cards):
        minutes, seconds = divmod(number * SECONDS, 60)
        said = " ".join(pair[language] for pair in card.captions)
        rows.append(f"<p><b>{minutes}:{seconds:02d}</b> {said}</p>")
    return "".join(rows)


def make(name: str, title_vi: str, title_en: str, cards: list[Card]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        inputs: list[str] = []
        for number, card in enumerate(cards):
            picture = Path(folder) / f"{number}.png"
            draw(card, number, len(cards)).save(picture)
            inputs += ["-loop", "1", "-t", str(SECONDS), "-i", str(picture)]
        length = SECONDS * len(cards)
        # A quiet chord that comes and goes with each card.
        tone = (
            f"0.025*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t))*pow(sin(PI*mod(t\\,{SECONDS})/{SECONDS})\\,2)"
        )
        steps = [
            f"[{n}:v]scale=640:360,fps=12,format=yuv420p,fade=in:0:5,fade=out:{SECONDS * 12 - 5}:5[v{n}]"
            for n in range(len(cards))
        ]
        joined = "".join(f"[v{n}]" for n in range(len(cards)))
        subprocess.run(
            [
                "ffmpeg", "-y", "-loglevel", "error", *inputs,
                "-f", "lavfi", "-t", str(length), "-i", f"aevalsrc={tone}:s=22050",
                "-filter_complex", ";".join([*steps, f"{joined}concat=n={len(cards)}:v=1:a=0[v]"]),
                "-map", "[v]", "-map", f"{len(cards)}:a",
                "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.0", "-preset", "slow",
                "-crf", "29", "-g", "48", "-c:a", "aac", "-b:a", "32k", "-ac", "1",
                "-movflags", "+faststart", "-map_metadata", "-1",
                "-fflags", "+bitexact", str(OUT / f"{name}.mp4"),
            ],
            check=True,
        )  # fmt: skip
    # Once more for a slow network. There is no recording to listen to alone: nobody speaks in it.
    subprocess.run(
        [
            "ffmpeg", "-y", "-loglevel", "error", "-i", str(OUT / f"{name}.mp4"), "-vf", "scale=426:240,fps=4",
            "-c:v", "libx264", "-profile:v", "baseline", "-preset", "veryslow", "-crf", "40", "-g", "28",
            "-c:a", "aac", "-ar", "8000", "-b:a", "8k", "-movflags", "+faststart", "-map_metadata", "-1",
            "-fflags", "+bitexact", str(OUT / f"{name}.240p.mp4"),
        ],
        check=True,
    )  # fmt: skip
    draw(cards[0], 0, len(cards)).resize((960, 540)).save(OUT / f"{name}.png", optimize=True)
    for language, code in enumerate(("vi", "en")):
        (OUT / f"{name}.{code}.vtt").write_text(captions(cards, language), encoding="utf-8")
        (OUT / f"{name}.{code}.html").write_text(transcript(cards, language) + "\n", encoding="utf-8")
    facts = {"title_vi": title_vi, "title_en": title_en, "seconds": SECONDS * len(cards)}
    (OUT / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (title_vi, title_en, cards) in FILMS.items():
        make(name, title_vi, title_en, cards)
    print(*(f"{path.name}: {path.stat().st_size:,} bytes" for path in sorted(OUT.iterdir())), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
