"""What must hold over all registrations.

Each query returns the rows that break the rule; it runs on SQLite and PostgreSQL.
"""

from people.checks import Check

_HOLDING = """(r.state = 'confirmed' OR (
  r.state IN ('pending', 'offered') AND (r.hold_until IS NULL OR r.hold_until > CURRENT_TIMESTAMP)))"""
_ABOUT = """SELECT l.id FROM letters_letter l JOIN django_content_type t ON t.id = l.about_type_id
  WHERE t.app_label = 'events' AND t.model = 'registration' AND l.about_id = CAST(r.id AS VARCHAR(64))"""

CHECKS = [
    Check(
        "events.quota_exceeded",
        "More seats are held than there are (what was given out before a quota was made smaller does not count).",
        f"""
        SELECT q.id, q.name, q.size, COUNT(r.id) AS taken
        FROM events_quota q
        JOIN events_quota_ticket_types x ON x.quota_id = q.id
        JOIN events_registration r ON r.ticket_type_id = x.tickettype_id AND {_HOLDING}
        WHERE q.size IS NOT NULL
        GROUP BY q.id, q.name, q.size, q.kept HAVING COUNT(r.id) > q.size AND COUNT(r.id) > q.kept
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.one_live_registration",
        "One address has two live registrations for one event.",
        """
        SELECT event_id, LOWER(email) AS address, COUNT(*) AS number FROM events_registration
        WHERE state IN ('pending', 'confirmed', 'waitlisted', 'offered')
        GROUP BY event_id, LOWER(email) HAVING COUNT(*) > 1
        """,
    ),
    Check(
        "events.tokens",
        "A registration lacks one of its three tokens, or its code is not the beginning of the check-in token.",
        """
        SELECT id FROM events_registration
        WHERE LENGTH(manage_token) <> 26 OR LENGTH(checkin_token) <> 26 OR LENGTH(public_token) <> 26
           OR manage_token = checkin_token OR manage_token = public_token OR checkin_token = public_token
           OR code <> SUBSTR(checkin_token, 1, 8)
        """,
    ),
    Check(
        "events.letter_owed",
        "A confirmed registration has no letter.",
        f"""
        SELECT r.id FROM events_registration r
        WHERE r.state = 'confirmed' AND r.letters = TRUE AND NOT EXISTS ({_ABOUT} AND l.kind = 'registration_confirmed')
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.cancel_letter_owed",
        "A cancelled registration has no letter about it.",
        f"""
        SELECT r.id FROM events_registration r
        WHERE r.state = 'cancelled' AND r.letters = TRUE AND NOT EXISTS ({_ABOUT} AND l.kind = 'registration_cancelled')
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.history",
        "The last entry in the history of a registration is not its state.",
        """
        SELECT r.id FROM events_registration r
        WHERE NOT EXISTS (
          SELECT 1 FROM events_registrationchange c WHERE c.registration_id = r.id AND c.became = r.state
            AND NOT EXISTS (SELECT 1 FROM events_registrationchange d WHERE d.registration_id = r.id AND d.id > c.id))
        """,
    ),
    Check(
        "events.ticket_of_another_event",
        "A registration has a ticket type of another event, or a quota holds one.",
        """
        SELECT r.id FROM events_registration r JOIN events_tickettype t ON t.id = r.ticket_type_id
        WHERE t.event_id <> r.event_id
        UNION ALL
        SELECT q.id FROM events_quota q JOIN events_quota_ticket_types x ON x.quota_id = q.id
        JOIN events_tickettype t ON t.id = x.tickettype_id WHERE t.event_id <> q.event_id
        """,
    ),
    Check(
        "events.inside_without_seat",
        "Somebody is inside on a registration that is not confirmed.",
        """
        SELECT s.id FROM events_scan s JOIN events_registration r ON r.id = s.registration_id
        WHERE s.result = 'accepted' AND s.undone_at IS NULL AND r.state <> 'confirmed'
        """,
    ),
    Check(
        "events.inside_twice",
        "One registration was let in twice.",
        """
        SELECT registration_id FROM events_scan WHERE result = 'accepted' AND undone_at IS NULL
        GROUP BY registration_id HAVING COUNT(*) > 1
        """,
    ),
    Check(
        "events.certificate_without_entry",
        "A certificate of attendance was made for somebody who was not let in.",
        """
        SELECT r.id FROM events_registration r WHERE r.certificate_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM events_scan s WHERE s.registration_id = r.id AND s.result = 'accepted' AND s.undone_at IS NULL)
        """,
    ),
    Check(
        "events.session_elsewhere",
        "A session stands in a room or track, or has a speaker, of another event.",
        """
        SELECT s.id FROM events_session s JOIN events_room m ON m.id = s.room_id WHERE m.event_id <> s.event_id
        UNION ALL
        SELECT s.id FROM events_session s JOIN events_track t ON t.id = s.track_id WHERE t.event_id <> s.event_id
        UNION ALL
        SELECT s.id FROM events_session s JOIN events_sessionspeaker x ON x.session_id = s.id
        JOIN events_speaker p ON p.id = x.speaker_id WHERE p.event_id <> s.event_id
        """,
    ),
]
