"""People and units are the administrators' own work; the other roles only get through the back office's door here."""

PERMISSIONS: dict[str, list[str]] = {
    "Biên tập viên": ["wagtailadmin.access_admin"],
    "Người duyệt": ["wagtailadmin.access_admin"],
    "Ban tổ chức": ["wagtailadmin.access_admin"],
    "Quản lý đào tạo": [
        "wagtailadmin.access_admin",
        "people.manage_every_unit",
        "people.add_unitmanager",
        "people.change_unitmanager",
        "people.delete_unitmanager",
        "people.view_unitmanager",
        "people.add_signinslip",
        "people.unite_people",
    ],
    # Comes with a row of UnitManager: their own units, and nothing else.
    "Quản lý đào tạo đơn vị": ["wagtailadmin.access_admin", "people.add_signinslip"],
}
