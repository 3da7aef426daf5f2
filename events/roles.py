"""What the roles may do with the forum. People at the gate see the gate's page and nothing else."""

ACCOUNTANTS = "Kế toán"

_EVERYTHING = ("add", "change", "delete", "view")

PERMISSIONS: dict[str, list[str]] = {
    "Ban tổ chức": [
        "wagtailadmin.access_admin",
        *(
            f"events.{verb}_{noun}"
            for noun in (
                "event",
                "tickettype",
                "quota",
                "question",
                "track",
                "room",
                "speaker",
                "session",
                "discount",
                "pricestep",
                "groupprice",
            )
            for verb in _EVERYTHING
        ),
        *(f"events.{verb}_delegation" for verb in ("add", "change", "view")),
        "events.view_registration",
        "events.change_registration",
        "events.check_in",
        "events.add_walk_in",
        "events.add_importrun",
        "events.change_lettertext",
        "events.add_massmail",
        "events.view_order",
        "events.view_confirmation",
    ],
    # Who keeps the books of the events; apart from the organisers, so that two people see money that goes back.
    ACCOUNTANTS: [
        "wagtailadmin.access_admin",
        "events.view_event",
        "events.view_order",
        "events.view_registration",
        "events.settle_payment",
        "events.approve_refund",
        "events.handle_bankline",
        "events.view_confirmation",
        *(f"events.{verb}_bankaccount" for verb in _EVERYTHING),
    ],
    "Cổng vào": ["wagtailadmin.access_admin", "events.check_in"],
    "Biên tập viên": ["events.view_event"],
    "Người duyệt": ["events.view_event"],
}
