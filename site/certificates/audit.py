"""What must be true of all certificates."""

from people.checks import Check

CHECKS = [
    Check(
        "certificates.one_valid_for_a_reason",
        "No two valid certificates were issued for one reason.",
        "SELECT MIN(id) FROM certificates_certificate WHERE revoked_at IS NULL AND superseded_by_id IS NULL"
        " GROUP BY reason HAVING COUNT(*) > 1",
    ),
    Check(
        "certificates.revoked_has_reason",
        "A revoked certificate has a reason, and only a revoked one has.",
        "SELECT id FROM certificates_certificate WHERE (revoked_at IS NULL) <> (reason_revoked = '')",
    ),
    Check(
        "certificates.superseded_has_successor",
        "A certificate is superseded by the next edition for the same reason, always and by nothing else.",
        "SELECT old.id FROM certificates_certificate old"
        " LEFT JOIN certificates_certificate heir ON heir.id = old.superseded_by_id"
        " LEFT JOIN certificates_certificate later ON later.reason = old.reason AND later.edition = old.edition + 1"
        " WHERE (later.id IS NOT NULL AND (heir.id IS NULL OR heir.id <> later.id))"
        " OR (heir.id IS NOT NULL AND later.id IS NULL)",
    ),
    Check(
        "certificates.serials_without_gaps",
        "Under each prefix as many certificates exist as numbers were given out: nothing was deleted.",
        "SELECT counter.prefix FROM certificates_serialcounter counter WHERE counter.last <>"
        " (SELECT COUNT(*) FROM certificates_certificate paper"
        " WHERE RTRIM(paper.serial, '0123456789') = counter.prefix || '-')",
    ),
    Check(
        "certificates.well_formed",
        "A token has 26 characters, and a serial belongs to a counter.",
        "SELECT paper.id FROM certificates_certificate paper WHERE LENGTH(paper.token) <> 26 OR NOT EXISTS"
        " (SELECT 1 FROM certificates_serialcounter counter"
        " WHERE RTRIM(paper.serial, '0123456789') = counter.prefix || '-')",
    ),
]
