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
        "The total of an enrolment is the weight of the lessons required of it now.",
        "SELECT e.id FROM courses_enrolment e WHERE e.total <>"
        " (SELECT COALESCE(SUM(o.weight), 0) FROM courses_outlineitem o"
        " WHERE o.course_id = e.course_id AND o.until IS NULL AND o.required"
        " AND (o.new_from IS NULL OR o.new_from <= e.started_at))",
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
        "courses.passed_work_counts",
        "Practical work counts exactly when a tutor passed it.",
        "SELECT s.id FROM courses_submission s WHERE (s.state = 'passed') <> EXISTS ("
        "SELECT 1 FROM courses_learningevent v WHERE v.enrolment_id = s.enrolment_id AND v.lesson_key = s.lesson_key"
        " AND v.edition = s.edition AND v.verb = 'passed' AND v.block_id = s.block_id AND v.at = s.handed_in_at)",
    ),
    Check(
        "courses.answered_question_has_an_answer",
        "A question that counts as answered has an answer by a tutor.",
        "SELECT e.id FROM courses_enquiry e WHERE e.answered_at IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM courses_reply r WHERE r.enquiry_id = e.id AND r.by_tutor)",
    ),
    Check(
        "courses.path_done_within_total",
        "Nobody has done more of a learning path than it asks for, and who has done all of it is complete.",
        "SELECT id FROM courses_pathenrolment WHERE done > total"
        " OR (total > 0 AND done = total AND completed_at IS NULL)",
    ),
    Check(
        "courses.path_course_once",
        "A course stands in a learning path at most once at a time.",
        "SELECT course_id FROM courses_pathitem WHERE until IS NULL GROUP BY path_id, course_id HAVING COUNT(*) > 1",
    ),
    Check(
        "courses.path_was_awarded",
        "Within ten minutes a completed path has its certificate and letter; a certificate waits for its owner's name.",
        "SELECT e.id FROM courses_pathenrolment e JOIN courses_path c ON c.key = e.path_id"  # noqa: S608
        " JOIN people_user p ON p.id = e.person_id AND NOT (c.gives_certificate AND p.full_name = '')"
        f" WHERE e.awarded_at IS NULL AND e.completed_at < {minutes_ago(10)} AND c.projected_at < {minutes_ago(10)}"
        f" AND e.started_at < {minutes_ago(10)}",
    ),
    Check(
        "courses.evaluated_once",
        "A course has no more marks of an evaluation than answers; two accounts that became one share a mark.",
        "SELECT c.key FROM courses_course c WHERE (SELECT COUNT(*) FROM courses_evaluation v WHERE v.course_id = c.key)"
        " < (SELECT COUNT(*) FROM courses_evaluationmark m JOIN courses_enrolment e ON e.id = m.enrolment_id"
        " WHERE e.course_id = c.key)",
    ),
    Check(
        "courses.passed_attempt_counts",
        "Every attempt that was handed in stands behind an event of its enrolment, and a passed one behind a pass.",
        "SELECT a.id FROM courses_quizattempt a WHERE a.submitted_at IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM courses_learningevent v WHERE v.enrolment_id = a.enrolment_id AND v.lesson_key = a.lesson_key"
        " AND v.edition = a.edition AND (v.verb = 'passed' OR (v.verb IN ('failed', 'answered') AND NOT a.passed)))",
    ),
    Check(
        "courses.attempt_points_are_its_answers",
        "The points of an attempt are those of its answers.",
        "SELECT a.id FROM courses_quizattempt a JOIN courses_quizresponse r ON r.attempt_id = a.id"
        " WHERE a.submitted_at IS NOT NULL GROUP BY a.id, a.points HAVING SUM(r.points) <> a.points",
    ),
    Check(
        "courses.attempt_closes_in_time",
        "Ten minutes after its deadline no attempt is still open.",
        "SELECT id FROM courses_quizattempt"  # noqa: S608
        f" WHERE submitted_at IS NULL AND deadline_at < {minutes_ago(10)}",
    ),
    Check(
        "courses.question_has_its_newest_wording",
        "A question of the bank stands in its newest version.",
        "SELECT i.id FROM courses_quizitem i LEFT JOIN courses_itemversion v ON v.id = i.current_id"
        " WHERE v.id IS NULL OR v.item_id <> i.id"
        " OR EXISTS (SELECT 1 FROM courses_itemversion w WHERE w.item_id = i.id AND w.number > v.number)",
    ),
]


def recompute_differences() -> list[str]:
    """Everything worked out again from outline and events; empty when all that is kept is right."""
    from courses.checking import differences

    return [str(difference) for difference in differences(with_pages=False)]
