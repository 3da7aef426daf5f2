"""What must be true of courses, enrolments and progress."""

from people.checks import Check, minutes_ago

CHECKS = [
    Check(
        "courses.done_within_total",
        "Nobody has done more than there is.",
        "SELECT id FROM courses_enrolment WHERE done > total OR lessons_done > lessons_total",
    ),
    Check(
        "courses.total_is_the_outline",
        "The total of an enrolment is the weight of the lessons required now.",
        "SELECT e.id FROM courses_enrolment e WHERE e.total <>"
        " (SELECT COALESCE(SUM(o.weight), 0) FROM courses_outlineitem o"
        " WHERE o.course_id = e.course_id AND o.until IS NULL AND o.required)",
    ),
    Check(
        "courses.all_done_is_complete",
        "Who has done everything that is required now is complete.",
        "SELECT id FROM courses_enrolment WHERE total > 0 AND done = total AND completed_at IS NULL",
    ),
    Check(
        "courses.one_open_row_a_lesson",
        "A lesson has at most one open row in the outline.",
        "SELECT lesson_key FROM courses_outlineitem WHERE until IS NULL"
        " GROUP BY lesson_key, course_id HAVING COUNT(*) > 1",
    ),
    Check(
        "courses.event_not_from_the_future",
        "No event is dated after it was received.",
        "SELECT id FROM courses_learningevent WHERE at > received_at",
    ),
    Check(
        "courses.completion_was_awarded",
        "Within ten minutes a completion has its certificate and letter; a certificate waits for its owner's name.",
        "SELECT e.id FROM courses_enrolment e JOIN courses_course c ON c.key = e.course_id"  # noqa: S608
        " JOIN people_user p ON p.id = e.person_id AND NOT (c.gives_certificate AND p.full_name = '')"
        f" WHERE e.awarded_at IS NULL AND e.completed_at < {minutes_ago(10)} AND c.projected_at < {minutes_ago(10)}",
    ),
    Check(
        "courses.passed_attempt_counts",
        "Every attempt stands behind an event of its enrolment.",
        "SELECT a.id FROM courses_quizattempt a WHERE NOT EXISTS (SELECT 1 FROM courses_learningevent v"
        " WHERE v.enrolment_id = a.enrolment_id AND v.lesson_key = a.lesson_key AND v.verb IN ('passed', 'failed'))",
    ),
]


def recompute_differences() -> list[str]:
    """Everything worked out again from outline and events; empty when all that is kept is right."""
    from courses.checking import differences

    return [str(difference) for difference in differences(with_pages=False)]
