"""Training managers see who learns what, and may waive a lesson or correct a mistake."""

PERMISSIONS: dict[str, list[str]] = {
    "Quản lý đào tạo": [
        "wagtailadmin.access_admin",
        "courses.view_course",
        "courses.view_enrolment",
        "courses.correct_enrolment",
    ],
}
