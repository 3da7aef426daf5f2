"""What the roles may do with the forum. People at the gate see the gate's page and nothing else."""

_EVERYTHING = ("add", "change", "delete", "view")

PERMISSIONS: dict[str, list[str]] = {
    "Ban tổ chức": [
        "wagtailadmin.access_admin",
        *(
            f"events.{verb}_{noun}"
            for noun in ("event", "tickettype", "quota", "track", "room", "speaker", "session")
            for verb in _EVERYTHING
        ),
        "events.view_registration",
        "events.change_registration",
        "events.check_in",
    ],
    "Cổng vào": ["wagtailadmin.access_admin", "events.check_in"],
    "Biên tập viên": ["events.view_event"],
    "Người duyệt": ["events.view_event"],
}
