"""Organisers see which letters went out and can send one again."""

PERMISSIONS: dict[str, list[str]] = {
    "Ban tổ chức": ["letters.view_letter", "letters.resend_letter"],
}
