"""Training managers see who learns what and correct mistakes; tutors mark work; editors also write questions."""

BANK = [f"courses.{verb}_{noun}" for verb in ("add", "change", "view") for noun in ("quizitem", "quiz")]

PERMISSIONS: dict[str, list[str]] = {
    "Quản lý đào tạo": [
        "wagtailadmin.access_admin",
        "courses.view_course",
        "courses.view_enrolment",
        "courses.correct_enrolment",
        "courses.view_submission",
        "courses.mark_submission",
        "courses.change_plannednumber",
        "courses.enrol_people",
        "courses.view_enquiry",
        "courses.moderate_enquiry",
        *BANK,
    ],
    # Enrolment.visible_to() limits them to the units of people.UnitManager.
    "Quản lý đào tạo đơn vị": ["wagtailadmin.access_admin", "courses.view_enrolment", "courses.enrol_people"],
    "Người hướng dẫn": [
        "wagtailadmin.access_admin",
        "courses.view_submission",
        "courses.mark_submission",
        "courses.view_enquiry",
        "courses.moderate_enquiry",
    ],
    "Biên tập viên": BANK,
    "Người duyệt": BANK,
}
