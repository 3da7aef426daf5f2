"""What must be true of people and their offices."""

from people.checks import Check

CHECKS = [
    Check(
        "people.one_unit_a_day",
        "Nobody belongs to two units on the same day.",
        "SELECT a.id FROM people_unitmembership a"
        " JOIN people_unitmembership b ON a.person_id = b.person_id AND a.id < b.id"
        " WHERE (b.until IS NULL OR a.since <= b.until) AND (a.until IS NULL OR b.since <= a.until)",
    ),
    Check(
        "people.address_in_lower_case",
        "Addresses are kept in lower case, so that one mailbox is one person.",
        "SELECT id FROM people_user WHERE email <> lower(email)",
    ),
    Check(
        "people.first_address_is_theirs",
        "The address somebody signs in with is the one on their record.",
        "SELECT e.id FROM account_emailaddress e JOIN people_user u ON u.id = e.user_id"
        ' WHERE e."primary" AND e.verified AND lower(e.email) <> u.email',
    ),
]
