"""People and units are the administrators' own work; the other roles only get through the back office's door here."""

PERMISSIONS: dict[str, list[str]] = {
    "Biên tập viên": ["wagtailadmin.access_admin"],
    "Người duyệt": ["wagtailadmin.access_admin"],
    "Ban tổ chức": ["wagtailadmin.access_admin"],
    "Quản lý đào tạo": ["wagtailadmin.access_admin"],
}
