# ruff: noqa: E501 - prose: a sentence is easier to edit on one line
"""The news of the demo story: facts of the 7th forum in our own words, each with the paper that reported it."""

from datetime import date

from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from content.pages import ArticleIndexPage, ArticlePage

TIEN_PHONG = (
    "Tiền Phong",
    "https://tienphong.vn/he-sinh-thai-khoi-nghiep-doi-moi-de-bay-cao-sang-tao-de-bay-xa-hoi-nhap-de-phat-trien-post1777082.tpo",
)
TAI_CHINH = (
    "Thời báo Tài chính Việt Nam",
    "https://thoibaotaichinhvietnam.vn/quang-ninh-uu-tien-phat-trien-cac-doanh-nghiep-khoi-nghiep-sang-tao-183005.html",
)
VNEXPRESS = ("VnExpress", "https://vnexpress.net/quang-ninh-doi-moi-sang-tao-de-tang-nang-luc-canh-tranh-4937572.html")
VIET_NAM_NEWS = (
    "Việt Nam News",
    "https://vietnamnews.vn/economy/1725055/quang-ninh-prioritises-innovative-start-ups.html",
)


def text(*paragraphs: str) -> list:
    return [("text", RichText("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)))]


# slug: (date, source, (title, summary, body) in Vietnamese, the same in English or None)
ARTICLES = {
    "khai-mac-dien-dan-lan-thu-7": (
        date(2025, 9, 10),
        TIEN_PHONG,
        (
            "Diễn đàn Khởi nghiệp sáng tạo Quốc gia lần thứ 7 khai mạc tại Bãi Cháy",
            "Ngày 10/9/2025, Diễn đàn mở tại Khu du lịch Bãi Cháy do Ủy ban nhân dân tỉnh Quảng Ninh chủ trì, phối hợp với Hiệp hội Khởi nghiệp Quốc gia.",
            text(
                "Diễn đàn Khởi nghiệp sáng tạo Quốc gia lần thứ 7 khai mạc ngày 10/9/2025 tại Khu du lịch Bãi Cháy, phường Bãi Cháy, tỉnh Quảng Ninh.",
                "Ủy ban nhân dân tỉnh Quảng Ninh chủ trì, Hiệp hội Khởi nghiệp Quốc gia phối hợp tổ chức. Ông Hoàng Minh, Thứ trưởng Bộ Khoa học và"
                " Công nghệ, phát biểu tại Diễn đàn.",
            ),
        ),
        (
            "The 7th National Innovative Start-up Forum opens in Bãi Cháy",
            "On 10 September 2025 the forum opened in the Bãi Cháy tourist area, hosted by the Quảng Ninh People’s Committee with the National Start-up Association.",
            text(
                "The 7th National Innovative Start-up Forum opened on 10 September 2025 in the Bãi Cháy tourist area, Bãi Cháy ward, Quảng Ninh Province.",
                "It is hosted by the provincial People’s Committee together with the National Start-up Association. Hoàng Minh, Deputy Minister of"
                " Science and Technology, spoke.",
            ),
        ),
    ),
    "khoang-500-dai-bieu": (
        date(2025, 9, 10),
        TAI_CHINH,
        (
            "Khoảng 500 đại biểu dự Diễn đàn khởi nghiệp tại Quảng Ninh",
            "Bộ, ngành Trung ương, tổ chức quốc tế, đại sứ quán, trường đại học, doanh nghiệp và nhóm khởi nghiệp trong và ngoài nước cùng có mặt.",
            text(
                "Theo Thời báo Tài chính Việt Nam, khoảng 500 đại biểu dự Diễn đàn: bộ, ngành Trung ương, tổ chức quốc tế, đại sứ quán, trường đại học,"
                " doanh nghiệp và nhóm khởi nghiệp trong và ngoài nước.",
                "Ông Vũ Văn Diện, Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh Quảng Ninh, phát biểu tại Diễn đàn.",
            ),
        ),
        None,
    ),
    "chu-de-hoi-tu-nguon-luc": (
        date(2025, 9, 10),
        VNEXPRESS,
        (
            "Chủ đề của Diễn đàn: hội tụ nguồn lực toàn cầu cho khởi nghiệp ở địa phương",
            "Diễn đàn bàn cách đưa nguồn lực toàn cầu vào hệ sinh thái đổi mới sáng tạo và khởi nghiệp sáng tạo của địa phương trong kỷ nguyên kinh tế số.",
            text(
                "Chủ đề của kỳ này là “Hội tụ nguồn lực toàn cầu phát triển hệ sinh thái đổi mới sáng tạo và khởi nghiệp sáng tạo địa phương trong kỷ"
                " nguyên kinh tế số”.",
                "Nhà đầu tư, chuyên gia, doanh nghiệp và các nhóm khởi nghiệp cùng dự.",
            ),
        ),
        None,
    ),
    "linh-vuc-tinh-neu": (
        date(2025, 9, 11),
        VIET_NAM_NEWS,
        (
            "Những lĩnh vực tỉnh nêu cho khởi nghiệp sáng tạo",
            "Trí tuệ nhân tạo, du lịch thông minh, công nghiệp văn hóa và logistics; kèm vốn mồi, tư vấn pháp lý và kết nối nhà đầu tư.",
            text(
                "Theo Việt Nam News, các lĩnh vực được tỉnh nêu gồm trí tuệ nhân tạo, du lịch thông minh, công nghiệp văn hóa và logistics.",
                "Phần hỗ trợ được nhắc đến gồm vốn mồi, tư vấn pháp lý và kết nối nhà đầu tư.",
            ),
        ),
        (
            "Fields the province names for innovative start-ups",
            "Artificial intelligence, smart tourism, cultural industries and logistics; with seed funding, legal advice and links to investors.",
            text(
                "According to Việt Nam News, the fields that the province names are artificial intelligence, smart tourism, cultural industries and"
                " logistics.",
                "The support mentioned is seed funding, legal advice and links to investors.",
            ),
        ),
    ),
}


def build(stage: str, at, site: Site) -> dict:
    """The same at every stage: what happened in September 2025 stays so. What exists is left as it is."""
    index = ArticleIndexPage.objects.descendant_of(site.root_page).first()
    english = ArticleIndexPage.objects.filter(
        translation_key=index.translation_key, locale=Locale.objects.get(language_code="en")
    ).first()
    for slug, (day, source, vi, en) in ARTICLES.items():
        page = _article(index, slug, day, source, vi)
        if en and english is not None and not page.get_translations().exists():
            _article(english, slug, day, source, en, translation_key=page.translation_key)
    return {"urls": {"news": index.full_url}}


def _article(parent: Page, slug: str, day: date, source: tuple[str, str], words: tuple, **fields) -> ArticlePage:
    existing = ArticlePage.objects.child_of(parent).filter(slug=slug).first()
    if existing is not None:
        return existing
    title, summary, body = words
    name, url = source
    page = ArticlePage(
        slug=slug,
        title=title,
        summary=summary,
        body=body,
        date=day,
        source_name=name,
        source_url=url,
        locale=parent.locale,
        live=False,
        **fields,
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
