"""What must hold over all registrations.

Each query returns the rows that break the rule; it runs on SQLite and PostgreSQL.
"""

from people.checks import Check, minutes_ago

_HOLDING = (
    """(r.state = 'confirmed' OR (r.state IN ('pending', 'unpaid', 'offered') AND r.hold_until > CURRENT_TIMESTAMP))"""
)
# Every seat that is held, as a row: a person outside delegations, or each delegation with all its seats.
_SEATS = f"""
  SELECT r.ticket_type_id, 1 AS seats FROM events_registration r
  LEFT JOIN events_delegation d ON d.id = r.delegation_id
  WHERE {_HOLDING} AND (d.id IS NULL OR d.release_at <= CURRENT_TIMESTAMP)
  UNION ALL
  SELECT d.ticket_type_id, d.size FROM events_delegation d WHERE d.release_at > CURRENT_TIMESTAMP"""  # noqa: S608
_ABOUT = """SELECT l.id FROM letters_letter l JOIN django_content_type t ON t.id = l.about_type_id
  WHERE t.app_label = 'events' AND t.model = 'registration' AND l.about_id = CAST(r.id AS VARCHAR(64))"""

CHECKS = [
    Check(
        "events.quota_exceeded",
        "More seats are held than there are (what was given out before a quota was made smaller does not count).",
        f"""
        SELECT q.id, q.name, q.size, SUM(s.seats) AS taken
        FROM events_quota q
        JOIN events_quota_ticket_types x ON x.quota_id = q.id
        JOIN ({_SEATS}) s ON s.ticket_type_id = x.tickettype_id
        WHERE q.size IS NOT NULL
        GROUP BY q.id, q.name, q.size, q.kept HAVING SUM(s.seats) > q.size AND SUM(s.seats) > q.kept
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.one_live_registration",
        "One address that nobody shares has two live registrations for one event.",
        """
        SELECT event_id, LOWER(email) AS address, COUNT(*) AS number FROM events_registration
        WHERE state IN ('pending', 'unpaid', 'confirmed', 'waitlisted', 'offered') AND shares_mailbox = FALSE
        GROUP BY event_id, LOWER(email) HAVING COUNT(*) > 1
        """,
    ),
    Check(
        "events.delegation_exceeded",
        "A delegation has more people than seats.",
        f"""
        SELECT d.id, d.name FROM events_delegation d JOIN events_registration r ON r.delegation_id = d.id AND {_HOLDING}
        GROUP BY d.id, d.name, d.size HAVING COUNT(r.id) > d.size
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.delegation_elsewhere",
        "Somebody stands in a delegation of another event or with another kind of ticket.",
        """
        SELECT r.id FROM events_registration r JOIN events_delegation d ON d.id = r.delegation_id
        WHERE d.event_id <> r.event_id OR d.ticket_type_id <> r.ticket_type_id
        """,
    ),
    Check(
        "events.approved_by_nobody",
        "A registration that needed approval was confirmed without anybody's decision.",
        """
        SELECT c.id FROM events_registrationchange c
        WHERE c.was = 'pending' AND c.became IN ('confirmed', 'unpaid') AND c.by_id IS NULL
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
        "A confirmed registration has no letter (those of an imported list may take ten minutes).",
        f"""
        SELECT r.id FROM events_registration r
        WHERE r.state = 'confirmed' AND r.letters = TRUE AND NOT EXISTS ({_ABOUT} AND l.kind = 'registration_confirmed')
          AND NOT (r.source = 'import' AND r.created_at > {minutes_ago(10)})
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.ledger_balances",
        "What a payment says came and went back is not what the ledger says.",
        """
        SELECT p.id, p.received, p.refunded FROM events_payment p
        LEFT JOIN (SELECT payment_id, SUM(CASE WHEN kind = 'in' THEN amount ELSE 0 END) AS came,
                          SUM(CASE WHEN kind = 'refund' THEN -amount ELSE 0 END) AS went
                   FROM events_ledgerentry GROUP BY payment_id) l ON l.payment_id = p.id
        WHERE p.received <> COALESCE(l.came, 0) OR p.refunded <> COALESCE(l.went, 0)
        """,
    ),
    Check(
        "events.order_total",
        "The lines of an order do not make its total.",
        """
        SELECT o.id FROM events_order o
        LEFT JOIN (SELECT order_id, SUM(price - discounted) AS sum FROM events_orderline GROUP BY order_id) l
          ON l.order_id = o.id
        WHERE o.total <> COALESCE(l.sum, 0)
        """,
    ),
    Check(
        "events.paid_by_nothing",
        "An order counts as paid, but no money came for it; or money settled it, and it does not count as paid.",
        """
        SELECT o.id FROM events_order o LEFT JOIN events_payment p ON p.id = o.paid_by_id
        WHERE (o.state = 'paid' AND o.total > 0 AND (p.id IS NULL OR p.order_id <> o.id OR p.received = 0
                 OR p.state NOT IN ('paid', 'late', 'refunded', 'mismatch')))
           OR (o.state <> 'paid' AND o.paid_by_id IS NOT NULL)
        """,
    ),
    Check(
        "events.payment_settles_nothing",
        "A payment counts as paid, but its order was not settled by it.",
        """
        SELECT p.id FROM events_payment p JOIN events_order o ON o.id = p.order_id
        WHERE p.state IN ('paid', 'late') AND (o.paid_by_id IS NULL OR o.paid_by_id <> p.id)
        """,
    ),
    Check(
        "events.line_of_paid_order",
        "A line of a paid order is still open, or one of an unpaid order is not.",
        """
        SELECT l.id FROM events_orderline l JOIN events_order o ON o.id = l.order_id
        WHERE (o.state = 'paid' AND l.state = 'open') OR (o.state <> 'paid' AND l.state <> 'open')
        """,
    ),
    Check(
        "events.confirmed_without_payment",
        "A seat that had to be paid for was confirmed, and no order says so.",
        """
        SELECT c.id FROM events_registrationchange c WHERE c.was IN ('unpaid', 'expired') AND c.became = 'confirmed'
          AND NOT EXISTS (SELECT 1 FROM events_orderline l WHERE l.registration_id = c.registration_id
                          AND l.state IN ('confirmed', 'returned'))
        """,
    ),
    Check(
        "events.paid_seat_lost",
        "A line says that its seat is confirmed, but the seat was never given.",
        """
        SELECT l.id FROM events_orderline l JOIN events_registration r ON r.id = l.registration_id
        WHERE l.state = 'confirmed' AND r.confirmed_at IS NULL
        """,
    ),
    Check(
        "events.unpaid_without_order",
        "Somebody is asked to pay, and no order says how much.",
        """
        SELECT r.id FROM events_registration r WHERE r.state = 'unpaid' AND r.hold_until > CURRENT_TIMESTAMP
          AND NOT EXISTS (SELECT 1 FROM events_orderline l JOIN events_order o ON o.id = l.order_id
                          WHERE l.registration_id = r.id AND (o.state = 'open' OR l.state = 'late'))
        """,
    ),
    Check(
        "events.refund_booked",
        "A refund is said to be done, but the ledger knows nothing of it.",
        """
        SELECT f.id FROM events_refund f JOIN events_payment p ON p.id = f.payment_id WHERE f.state = 'done'
          AND NOT EXISTS (SELECT 1 FROM events_ledgerentry e WHERE e.kind = 'refund' AND e.payment_id = p.id
                          AND e.external_id = f.provider_id AND e.amount = -f.amount)
        """,
    ),
    Check(
        "events.payment_letter_owed",
        "An order was paid with money, and its payer has no letter about it.",
        """
        SELECT o.id FROM events_order o WHERE o.state = 'paid' AND o.total > 0 AND o.erased_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM letters_letter l JOIN django_content_type t ON t.id = l.about_type_id
            WHERE t.app_label = 'events' AND t.model = 'order' AND l.about_id = CAST(o.id AS VARCHAR(64))
              AND l.kind = 'payment_received')
        """,
    ),
    Check(
        "events.confirmation_owed",
        "Money came for an order, and no valid confirmation of payment says so.",
        """
        SELECT o.id FROM events_order o JOIN events_payment p ON p.id = o.paid_by_id
        WHERE o.state = 'paid' AND o.total > 0 AND p.state IN ('paid', 'late')
          AND NOT EXISTS (SELECT 1 FROM events_confirmation c
                          WHERE c.order_id = o.id AND c.kind = 'paid' AND c.cancelled_at IS NULL)
        """,
    ),
    Check(
        "events.confirmation_of_nothing",
        "A valid confirmation of payment stands for an order that is not paid, or whose money went back.",
        """
        SELECT c.id FROM events_confirmation c JOIN events_order o ON o.id = c.order_id
        LEFT JOIN events_payment p ON p.id = o.paid_by_id
        WHERE c.kind = 'paid' AND c.cancelled_at IS NULL
          AND (o.state <> 'paid' OR p.id IS NULL OR p.received <= p.refunded)
        """,
    ),
    Check(
        "events.confirmation_numbers",
        "In every year as many confirmations and cancellations exist as numbers were given out, without gaps but those"
        " that were left out after a restore.",
        """
        SELECT n.year FROM events_confirmationcounter n
        LEFT JOIN events_confirmation c ON c.year = n.year
        LEFT JOIN (SELECT year, SUM(last - first + 1) AS number, MAX(last) AS last FROM events_leftoutnumbers
                   GROUP BY year) o ON o.year = n.year
        GROUP BY n.year, n.last, o.number, o.last HAVING COUNT(c.id) + COALESCE(o.number, 0) <> n.last
           OR (COALESCE(MAX(c.number), 0) <> n.last AND COALESCE(o.last, 0) <> n.last)
        UNION ALL
        SELECT c.year FROM events_confirmation c JOIN events_leftoutnumbers o ON o.year = c.year
        WHERE c.number BETWEEN o.first AND o.last
        UNION ALL
        SELECT c.year FROM events_confirmation c
        WHERE NOT EXISTS (SELECT 1 FROM events_confirmationcounter n WHERE n.year = c.year)
        """,
    ),
    Check(
        "events.confirmation_cancelled_by_paper",
        "A confirmation is cancelled by a paper of its own, and by nothing else.",
        """
        SELECT c.id FROM events_confirmation c LEFT JOIN events_confirmation x ON x.cancels_id = c.id
        WHERE c.kind = 'paid' AND (c.cancelled_at IS NULL) <> (x.id IS NULL)
        """,
    ),
    Check(
        "events.transfer_counted_right",
        "A transfer that is counted stands in the ledger with its amount, for its order.",
        """
        SELECT b.id FROM events_bankline b JOIN events_ledgerentry e ON e.id = b.entry_id
        JOIN events_payment p ON p.id = e.payment_id
        WHERE e.amount <> b.amount OR e.provider <> 'bank' OR b.order_id IS NULL OR p.order_id <> b.order_id
        """,
    ),
    Check(
        "events.transfer_not_looked_at",
        "A transfer was written down, and nobody has looked for its order.",
        f"SELECT id FROM events_bankline WHERE state = 'new' AND created_at < {minutes_ago(30)}",  # noqa: S608
    ),
    Check(
        "events.statement_kept",
        "A bank statement that was handed in is kept longer than two days.",
        f"SELECT id FROM events_statement WHERE content IS NOT NULL AND at < {minutes_ago(3 * 24 * 60)}",  # noqa: S608
    ),
    Check(
        "events.list_kept",
        "A list that was handed in is kept longer than two days.",
        f"SELECT id FROM events_importrun WHERE content IS NOT NULL AND at < {minutes_ago(50 * 60)}",  # noqa: S608
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
        "events.change_letter_owed",
        "The letters about a change of an event are said to be written, but somebody has none.",
        # Not of a change that a later one cut short; not to who had gone by then, nor to a mailbox that came later.
        f"""
        SELECT c.id, r.id FROM events_eventchange c
        JOIN events_registration r ON r.event_id = c.event_id AND r.created_at < c.at AND r.letters = TRUE
          AND r.erased_at IS NULL
        WHERE c.letters = TRUE AND c.finished_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM events_eventchange d
            WHERE d.event_id = c.event_id AND d.number > c.number AND d.at <= c.finished_at
              AND (d.letters = TRUE OR (d.kind = 'called_off') <> (c.kind = 'called_off')))
          AND NOT EXISTS (SELECT 1 FROM events_registrationchange x WHERE x.registration_id = r.id
            AND (x.at <= c.finished_at AND x.became IN ('cancelled', 'rejected', 'expired')
              OR x.at > c.at AND x.corrected ->> 'email' IS NOT NULL))
          AND NOT EXISTS ({_ABOUT} AND l.kind IN ('event_changed', 'event_cancelled')
            AND CAST(l.data ->> 'change' AS INTEGER) = c.id)
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
        "events.erased_has_no_name",
        "A registration that was erased still says who it was, or would still be written to.",
        """
        SELECT r.id FROM events_registration r
        WHERE r.erased_at IS NOT NULL AND (
          r.full_name <> '(đã xóa)' OR r.email NOT LIKE '%@da-xoa.invalid' OR r.phone <> '' OR r.organisation <> ''
          OR r.position <> '' OR r.gate_note <> '' OR r.unit_id IS NOT NULL OR r.letters = TRUE
          OR EXISTS (SELECT 1 FROM events_answer a WHERE a.registration_id = r.id))
        """,
    ),
    Check(
        "events.erased_has_no_letter",
        "A letter about a registration that was erased more than two days ago still says whom it went to.",
        f"""
        SELECT r.id FROM events_registration r WHERE r.erased_at IS NOT NULL
          AND r.erased_at < {minutes_ago(2 * 24 * 60)} AND EXISTS ({_ABOUT} AND l."to" NOT LIKE '%@da-xoa.invalid')
        """,  # noqa: S608 - our own words only
    ),
    Check(
        "events.answer_elsewhere",
        "Somebody answered a question of another event, or a version of another question.",
        """
        SELECT a.id FROM events_answer a
        JOIN events_registration r ON r.id = a.registration_id
        JOIN events_question q ON q.id = a.question_id
        JOIN events_questionversion v ON v.id = a.version_id
        WHERE q.event_id <> r.event_id OR v.question_id <> q.id
        """,
    ),
    Check(
        "events.question_version",
        "People are asked other words than those of the newest version of a question.",
        """
        SELECT q.id FROM events_question q JOIN events_questionversion c ON c.id = q.current_id
        WHERE c.question_id <> q.id
           OR EXISTS (SELECT 1 FROM events_questionversion v WHERE v.question_id = q.id AND v.number > c.number)
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
