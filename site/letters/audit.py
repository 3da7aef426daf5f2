"""What must be true of the outbox."""

from people.checks import Check, minutes_ago

CHECKS = [
    Check(
        "letters.sent_has_time",
        "A sent letter has the time it was sent, and nothing else has one.",
        "SELECT id FROM letters_letter"
        " WHERE (state = 'sent' AND sent_at IS NULL) OR (state <> 'sent' AND sent_at IS NOT NULL)",
    ),
    Check(
        "letters.waiting_has_next_try",
        "A waiting letter says when it is tried next; one being sent says since when.",
        "SELECT id FROM letters_letter WHERE (state = 'queued' AND next_try_at IS NULL)"
        " OR (state = 'sending' AND claimed_at IS NULL)",
    ),
    Check(
        "letters.not_stuck",
        "No letter waits or is being sent half an hour after it was due.",
        f"SELECT id FROM letters_letter WHERE (state = 'queued' AND next_try_at < {minutes_ago(30)})"  # noqa: S608
        f" OR (state = 'sending' AND claimed_at < {minutes_ago(30)})",
    ),
    Check(
        "letters.failed_was_tried",
        "A letter is given up only after it was tried.",
        "SELECT id FROM letters_letter WHERE state = 'failed' AND attempts = 0",
    ),
]
