"""How a question did: how hard it is, whether it tells those who know from those who do not, and what misleads.

First attempts only: later ones have seen the explanations.
"""

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import Any

from courses.models.quiz import QuizResponse
from courses.models.quiz_bank import ItemVersion
from courses.quizzing.kinds import Kind

FEW = 10  # answers; with fewer the figures say little
READ = 5_000  # the newest answers


@dataclass
class Figures:
    """Of one wording of a question."""

    version: ItemVersion
    answers: int = 0
    right: int = 0
    discrimination: float | None = None  # from -1 to 1: how being right goes with the rest of the attempt
    mislead: str = ""  # the wrong answer chosen most
    misled: int = 0

    @property
    def difficulty(self) -> int | None:
        """Percent who got it right."""
        return 100 * self.right // self.answers if self.answers else None

    @property
    def few(self) -> bool:
        return self.answers < FEW

    @property
    def misled_percent(self) -> int:
        return 100 * self.misled // self.answers if self.answers else 0


def of_versions(versions: list[ItemVersion]) -> list[Figures]:
    """One query for all of them."""
    found = {version.pk: Figures(version) for version in versions}
    samples: dict[int, list[tuple[int, float]]] = {}
    wrong: dict[int, Counter[str]] = {}
    rows = (
        QuizResponse.objects.filter(version__in=versions, attempt__number=1, attempt__submitted_at__isnull=False)
        .order_by("-attempt__submitted_at")
        .values_list("version", "points", "answer", "attempt__points", "attempt__max_points", "version__points")[:READ]
    )
    for key, points, answer, total, most, weight in rows:
        figures, is_right = found[key], bool(points)
        figures.answers += 1
        figures.right += is_right
        if most > weight:
            share = ((total or 0) - (points or 0)) / (most - weight)
            samples.setdefault(key, []).append((int(is_right), share))
        if not is_right:
            wrong.setdefault(key, Counter()).update(chosen(figures.version, answer))
    for key, figures in found.items():
        figures.discrimination = correlation(samples.get(key, []))
        if top := wrong.get(key, Counter()).most_common(1):
            figures.mislead, figures.misled = top[0]
    return list(found.values())


def chosen(version: ItemVersion, answer: Any) -> list[str]:
    """What of a wrong answer was wrong, in words; for typed answers what was typed."""
    kind = Kind(version.kind)
    if not answer:
        return []
    if kind.is_typed:
        return [str(answer)]
    if kind.has_options:
        words = {one["id"]: one["vi"] for one in version.asked["options"]}
        return [words.get(one, one) for one in answer if one not in version.key["right"]]
    if kind is Kind.MATCHING:
        left = {one["id"]: one["vi"] for one in version.asked["left"]}
        right = {one["id"]: one["vi"] for one in version.asked["right"]}
        pairs = version.key["pairs"]
        return [f"{left.get(a, a)} → {right.get(b, b)}" for a, b in answer.items() if pairs.get(a) != b]
    words = {one["id"]: one["vi"] for one in version.asked["options"]}
    order = version.key["order"]
    return [f"{place}. {words.get(one, one)}" for one, place in answer.items() if order.index(one) + 1 != int(place)]


def correlation(pairs: list[tuple[int, float]]) -> float | None:
    """Pearson's, between 0 or 1 and a share; None where one of the two never varies."""
    number = len(pairs)
    if number < 2:
        return None
    mean_x, mean_y = sum(x for x, _y in pairs) / number, sum(y for _x, y in pairs) / number
    across = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sqrt(sum((x - mean_x) ** 2 for x, _y in pairs) * sum((y - mean_y) ** 2 for _x, y in pairs))
    return round(across / spread, 2) if spread > 1e-9 else None
