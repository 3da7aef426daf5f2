"""What the lesson page says of its quiz: what is asked, what this person did so far, and what they may do now."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from courses.models.quiz import Quiz, QuizAttempt

if TYPE_CHECKING:
    from courses.models.enrolment import Enrolment
    from courses.study import Step


@dataclass
class QuizCard:
    quiz: Quiz
    attempts: list[QuizAttempt] = field(default_factory=list)  # of this lesson in its edition, the newest first
    more: int = 0  # attempts granted on top

    @classmethod
    def of(cls, quiz: Quiz, enrolment: "Enrolment | None", step: "Step | None") -> "QuizCard":
        """Two queries for what is asked; one for the attempts, and one more where they are used up."""
        if enrolment is None or step is None:
            return cls(quiz)
        mine = enrolment.attempts.filter(quiz=quiz, lesson_key=step.key, edition=step.item.edition)
        attempts = list(mine.order_by("-number"))
        if attempts and attempts[0].is_over(timezone.now()):
            attempts[0] = attempts[0].close_if_over()
        card = cls(quiz, attempts)
        if quiz.attempts_limit is not None and len(attempts) >= quiz.attempts_limit:
            card.more = quiz.granted(enrolment)[0]
        return card

    @property
    def open(self) -> QuizAttempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @property
    def best(self) -> QuizAttempt | None:
        closed = [attempt for attempt in self.attempts if not attempt.is_open]
        return max(closed, key=lambda one: (one.passed, one.score), default=None)

    @property
    def passed(self) -> bool:
        return any(attempt.passed for attempt in self.attempts)

    @property
    def left(self) -> int | None:
        """How many attempts may still be begun; None where there is no limit."""
        limit = self.quiz.attempts_limit
        return None if limit is None else max(limit + self.more - len(self.attempts), 0)

    @property
    def shows_key(self) -> bool:
        """May the right answers be seen?"""
        if self.quiz.shows == Quiz.Shows.PASSED:
            return self.passed or (self.left == 0 and self.open is None)
        return self.quiz.shows == Quiz.Shows.ALWAYS
