"""Somebody holds a paper and wants to know whether it is real."""

from urllib.parse import unquote

import pytest

from people.limits import allow
from people.models import RateLimit


@pytest.fixture(autouse=True)
def pages(site_tree):
    """The pages around: menu and footer come from the site."""


def test_the_address_in_the_qr_code_says_what_is_on_the_paper(client, issue):
    certificate = issue()
    page = client.get(f"/C/{certificate.token}")
    said = page.content.decode()
    assert page.status_code == 200
    assert "Giấy này hợp lệ" in said
    assert "This certificate is valid" in said
    for words in ("Nguyễn Thị Thanh Huyền", "QN7-000001", "Diễn đàn Khởi nghiệp sáng tạo Quốc gia", "12/9/2025"):
        assert words in said


def test_it_is_spoken_in_english_too(client, issue):
    page = client.get(f"/en/C/{issue().token}").content.decode()
    assert "<h1>This certificate is valid</h1>" in page
    assert "Giấy này hợp lệ" in page
    assert "Issued by Organising Committee of the Forum" in page


def test_a_sample_says_that_it_is_one(client, issue):
    assert "Dữ liệu mẫu" in client.get(issue(sample=True).get_absolute_url()).content.decode()


def test_a_revoked_paper_says_so_and_names_nobody(client, issue):
    certificate = issue()
    certificate.revoke("Cấp nhầm người")
    page = client.get(certificate.get_absolute_url()).content.decode()
    assert "Giấy này đã bị thu hồi" in page
    assert "This certificate was revoked" in page
    assert "Huyền" not in page
    assert "Cấp nhầm người" not in page
    assert client.get(certificate.get_pdf_url()).status_code == 410


def test_a_replaced_paper_says_so_without_leading_to_the_new_one(client, issue):
    old = issue()
    new = old.supersede({"name": "Nguyễn Thị Thanh Huyên"})
    page = client.get(old.get_absolute_url()).content.decode()
    assert "Giấy này đã có bản mới thay" in page
    assert new.token not in page
    assert "Huyên" not in page
    assert client.get(old.get_pdf_url()).status_code == 410
    assert "Huyên" in client.get(new.get_absolute_url()).content.decode()


def test_search_engines_and_caches_are_kept_away(client, issue):
    check = "/giay-chung-nhan/"
    for address in (issue().get_absolute_url(), f"/C/{'A' * 26}", check, f"{check}?so=QN7-000001"):
        page = client.get(address)
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in page.content.decode()
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_name_stays_out_of_title_and_previews(client, issue):
    page = client.get(issue().get_absolute_url()).content.decode()
    assert "Huyền" not in page.split("</head>")[0]


@pytest.mark.parametrize("address", [f"/C/{'A' * 26}", "/C/x", f"/C/{'A' * 26}/pdf", "/C/%00", "/C/Đ"])
def test_an_unknown_code_is_told_in_plain_words(client, db, address):
    page = client.get(address)
    assert page.status_code == 404
    assert "Không có giấy nào mang mã này" in page.content.decode()


def test_small_letters_and_a_slash_lead_to_the_same_page(client, issue):
    certificate = issue()
    for address in (f"/c/{certificate.token.lower()}", f"/c/{certificate.token.lower()}/", f"/C/{certificate.token}/"):
        assert client.get(address).headers["Location"] == f"/C/{certificate.token}"
    assert client.get(f"/C/{certificate.token.lower()}").status_code == 200


def test_by_number_alone_only_the_status_is_told(client, issue):
    certificate = issue()
    page = client.get("/giay-chung-nhan/", {"so": " qn7-000001 "}).content.decode()
    assert "Giấy này hợp lệ" in page
    assert "Huyền" not in page
    assert certificate.token not in page
    certificate.revoke("Cấp nhầm người")
    assert "Giấy này đã bị thu hồi" in client.get("/giay-chung-nhan/", {"so": "QN7-000001"}).content.decode()


@pytest.mark.parametrize("asked", ["QN7-999999", "<script>", "' OR 1=1 --", "\x00", "Đ" * 500])
def test_a_number_never_given_out_is_told_so(client, issue, asked):
    issue()
    page = client.get("/giay-chung-nhan/", {"so": asked})
    assert page.status_code == 200
    assert "Giấy này hợp lệ" not in page.content.decode()
    assert "<script>" not in page.content.decode().split("<main")[1]


def test_somebody_who_guesses_all_day_is_slowed_down(client, db):
    while allow("certificates.check", "127.0.0.1", 120, 60):
        pass
    page = client.get("/giay-chung-nhan/", {"so": "QN7-000001"})
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "60"
    assert "127.0.0.1" not in "".join(RateLimit.objects.values_list("key", flat=True))


def test_the_paper_is_downloaded_under_a_vietnamese_name(client, issue):
    certificate = issue()
    response = client.get(certificate.get_pdf_url())
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF")
    assert "Giấy chứng nhận QN7-000001.pdf" in unquote(response.headers["Content-Disposition"])
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_a_browser_that_has_the_paper_is_not_sent_it_again(client, issue):
    certificate = issue()
    mark = client.get(certificate.get_pdf_url()).headers["ETag"]
    assert client.get(certificate.get_pdf_url(), headers={"If-None-Match": mark}).status_code == 304
    certificate.revoke("Cấp nhầm người")
    assert client.get(certificate.get_pdf_url(), headers={"If-None-Match": mark}).status_code == 410


def test_a_machine_without_pango_says_so_kindly(client, issue, monkeypatch):
    from certificates import pdf

    def missing(self):
        raise pdf.PangoMissing

    monkeypatch.setattr("certificates.models.Certificate.pdf", missing)
    page = client.get(issue().get_pdf_url())
    assert page.status_code == 503
    assert "Hiện chưa tạo được bản PDF" in page.content.decode()


def test_a_page_asks_the_database_little(client, issue, django_assert_max_num_queries):
    certificate = issue()
    client.get(certificate.get_absolute_url())
    with django_assert_max_num_queries(16):
        client.get(certificate.get_absolute_url())


def test_only_looking_is_possible(client, issue):
    certificate = issue()
    assert client.post(certificate.get_absolute_url()).status_code == 405
    assert client.post(certificate.get_pdf_url()).status_code == 405
