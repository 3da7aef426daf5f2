"""The blocks a story is made of: what they show, what they refuse, and that a video loads nothing before a click."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.template import Context, Template
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from content import blocks
from content.models import SiteImage
from content.pages import StandardPage
from home.site_setup import ensure_pages

pytestmark = pytest.mark.django_db


def shown(name: str, value) -> str:
    story = blocks.StoryBlock()
    stream = story.normalize([(name, value)])
    return Template("{% load wagtailcore_tags %}{% for b in stream %}{% include_block b %}{% endfor %}").render(
        Context({"stream": stream})
    )


@pytest.fixture
def image(site_tree) -> SiteImage:
    return SiteImage.objects.create(
        title="Vịnh", credit="Sở", file=ImageFile(get_test_image_file().file, name="vinh.png")
    )


def test_every_block_has_a_template_a_label_and_a_description():
    from django.template.loader import get_template

    for name, block in blocks.StoryBlock().child_blocks.items():
        assert get_template(block.meta.template), name
        assert block.label, name
        assert block.get_description(), name


@pytest.mark.parametrize("name", ["text", "heading", "quote", "button", "people", "faq", "notice", "table", "steps"])
def test_blocks_show_their_sample_in_the_chooser(name):
    block = blocks.StoryBlock().child_blocks[name]
    assert block.is_previewable
    assert block.render(block.normalize(block.get_preview_value())).strip()


def test_an_image_says_what_it_shows_and_where_it_is_from(image):
    html = shown("image", {"image": image, "alt": "Núi đá trên vịnh", "caption": "Sáng sớm", "credit": ""})
    assert 'alt="Núi đá trên vịnh"' in html
    assert "Sáng sớm" in html
    assert "Nguồn: Sở" in html
    assert "image/webp" in html


def test_an_image_without_a_description_is_refused(image):
    with pytest.raises(ValidationError):
        blocks.ImageBlock().clean(blocks.ImageBlock().to_python({"image": image.pk, "alt": ""}))


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abc-DEF_123",
            "https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1&rel=0",
        ),
        ("https://youtu.be/abcDEF12345", "https://www.youtube-nocookie.com/embed/abcDEF12345?autoplay=1&rel=0"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?autoplay=1&dnt=1"),
    ],
)
def test_a_video_loads_only_on_click(address, player):
    html = shown("video", {"address": address, "title": "Giới thiệu", "summary": "Nói về lớp học số."})
    assert "<iframe" not in html
    assert "<img" not in html
    assert f'data-embed="{player.replace("&", "&amp;")}"' in html
    assert f'href="{address}"' in html
    assert " hidden>" in html  # the button appears with the script that makes it work


@pytest.mark.parametrize(
    "address", ["https://example.com/video", "https://youtube.com.evil.example/watch?v=abc", 'https://youtu.be/a"b']
)
def test_other_players_are_refused(address):
    with pytest.raises(ValidationError):
        blocks.VideoBlock().clean(blocks.VideoBlock().to_python({"address": address, "title": "x", "summary": ""}))


@pytest.mark.parametrize(
    ("page", "address"), [(None, ""), ("page", "/"), (None, "javascript:alert(1)"), (None, "//evil.example")]
)
def test_a_button_leads_to_one_safe_place(site_tree, page, address):
    value = {"text": "Đăng ký", "page": site_tree.vi.pk if page else None, "address": address, "lead": ""}
    with pytest.raises(ValidationError):
        blocks.ButtonBlock().clean(blocks.ButtonBlock().to_python(value))


def test_a_button_leads_to_a_page(site_tree):
    assert 'href="/en/"' in shown("button", {"text": "Go", "page": site_tree.en, "address": "", "lead": ""})


def test_documents_say_their_kind_and_size(site_tree):
    from django.core.files.base import ContentFile

    document = get_document_model().objects.create(
        title="Kế hoạch", file=ContentFile(b"x" * 250_000, name="ke-hoach.pdf")
    )
    html = shown(
        "documents", {"heading": "Tài liệu", "documents": [{"document": document, "title": "", "note": "Số 1"}]}
    )
    assert "Kế hoạch" in html
    assert "PDF" in html
    assert "250\N{NO-BREAK SPACE}kB" in html


def test_a_table_has_headings_for_columns_and_rows():
    html = shown("table", {"caption": "Giờ", "rows": "Ngày | Giờ\nThứ Hai | 8:00\nThứ Ba", "source": ""})
    assert '<th scope="col">Giờ</th>' in html
    assert '<th scope="row">Thứ Ba</th><td></td>' in html
    assert "<caption>Giờ</caption>" in html


def test_what_people_type_is_escaped():
    html = shown("quote", {"text": "<script>alert(1)</script>", "name": "<b>", "role": ""})
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_page_with_every_block_keeps_the_strict_policy(client, site_tree, image):
    body = [
        ("heading", {"text": "Mục", "level": "h2"}),
        ("text", RichText(f'<p>Xem <a linktype="page" id="{site_tree.vi.pk}">trang chủ</a></p>')),
        ("image", {"image": image, "alt": "Vịnh", "caption": "", "credit": ""}),
        ("video", {"address": "https://vimeo.com/1", "title": "Phim", "summary": ""}),
        ("notice", {"kind": "due", "title": "Chú ý", "text": RichText("<p>x</p>")}),
        ("faq", {"heading": "", "questions": [{"question": "Hỏi", "answer": RichText("<p>Đáp</p>")}]}),
        ("steps", {"heading": "", "steps": [{"title": "Một", "text": RichText("")}]}),
        (
            "people",
            {
                "heading": "",
                "people": [
                    {"name": "An", "role": "", "photo": image, "text": "", "email": "a@mau.example", "phone": ""}
                ],
            },
        ),
    ]
    page = StandardPage(title="Đủ khối", body=body, locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=page)
    response = client.get("/du-khoi/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "style=" not in html
    assert "<script>" not in html
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


def test_embed_script_is_on_story_pages(client, site_tree):
    ensure_pages(site_tree)
    assert "js/embed.js" in client.get("/cau-hoi-thuong-gap/").content.decode()
