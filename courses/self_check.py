"""Questions to think about without answering them: in the copy that a browser keeps, and on paper."""

from typing import Any

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def questions_of(page) -> list[dict[str, Any]]:
    """The questions with lettered answers, never which is right; none where seeing them early would be an advantage."""
    from courses.quizzing import sheet

    if page.quiz is None:
        return []
    return [
        {
            "number": question.position,
            "question": question.text,
            "options": list(zip(LETTERS, (one.text for one in [*question.choices, *question.others]), strict=False)),
        }
        for question in sheet.to_read(page.quiz)
    ]
