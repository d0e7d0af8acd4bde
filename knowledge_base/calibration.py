"""Fits the confidence model on labelled questions, and measures how often it is wrong."""

import math
import random
from collections.abc import Sequence
from typing import Final

from knowledge_base.confidence import FEATURES, NEVER, ConfidenceModel, features, logistic
from knowledge_base.scores import interval
from knowledge_base.signs import Signs
from knowledge_base.values import dataclass

_RIDGE: Final = 1.0
"""Keeps the weights small: a few hundred questions must not be learnt by heart."""

_PROMISES: Final = (0.01, 0.02, 0.05, 0.1)
_HIGHEST: Final = 0.25
"""Nobody accepts more than this share of wrong answers, so the curve need not say it."""

_STEPS: Final = 30
_FOLDS: Final = 5
_ROUNDS: Final = 8
_USEFUL: Final = 0.5
"""Three suggestions are worth showing when they hold the right entry at least this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The best match of one question: its signs, and whether it (or the first three) is right.

    Samples of one `group` (the questions of one letter) are never parted by a fold.
    """

    group: str
    signs: Signs
    right: bool
    near: bool


_Judged = tuple[float, Sample]


def calibrate(samples: Sequence[Sample], others: Sequence[Sample] = ()) -> ConfidenceModel:
    """Return the model fitted on all samples, its risks measured by cross-validation.

    `others` are of other entries: what they teach of the weights is learnt, but a promise is not
    measured on them.
    """
    intercept, weights = _fit([*samples, *others])
    rounds = [_cross_validated(samples, others, seed) for seed in range(_ROUNDS)]
    return ConfidenceModel(
        intercept=intercept,
        weights=weights,
        risks=_risks(rounds),
        near=_near([_cross_validated([*samples, *others], (), seed=0)]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What keeping a promise costs: how many questions are answered, how often wrongly.

    `low` and `high` bound the share of wrong answers with 95 % confidence.
    """

    max_wrong: float
    threshold: float
    answered: int
    wrong: int
    low: float
    high: float


def promises(
    samples: Sequence[Sample], model: ConfidenceModel, others: Sequence[Sample] = ()
) -> tuple[Promise, ...]:
    """Return the risk-coverage table, counted on questions the judging model had not seen."""
    judged = _cross_validated(samples, others, seed=0)
    return tuple(_promise(judged, max_wrong, model.sure(max_wrong)) for max_wrong in _PROMISES)


def _promise(judged: Sequence[_Judged], max_wrong: float, threshold: float) -> Promise:
    answered = [sample for confidence, sample in judged if confidence >= threshold]
    wrong = sum(not sample.right for sample in answered)
    low, high = interval(wrong, len(answered))
    return Promise(
        max_wrong=max_wrong,
        threshold=threshold,
        answered=len(answered),
        wrong=wrong,
        low=low,
        high=high,
    )


def folds(groups: Sequence[str], count: int, seed: int) -> dict[str, int]:
    """Deal the groups into folds, the same way for the same seed."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)  # noqa: S311 -- dealing cards, not keys
    return {name: number % count for number, name in enumerate(names)}


def _cross_validated(
    samples: Sequence[Sample], others: Sequence[Sample], seed: int
) -> list[_Judged]:
    fold_of = folds([sample.group for sample in samples], _FOLDS, seed)
    judged: list[_Judged] = []
    for fold in range(_FOLDS):
        seen = [sample for sample in samples if fold_of[sample.group] != fold]
        intercept, weights = _fit([*seen, *others])
        model = ConfidenceModel(intercept=intercept, weights=weights, risks=(), near=NEVER)
        judged += ((model.confidence(s.signs), s) for s in samples if fold_of[s.group] == fold)
    return judged


def _risks(rounds: Sequence[Sequence[_Judged]]) -> tuple[tuple[float, float], ...]:
    """Return (threshold, share wrong at or above it), the share falling as the threshold rises.

    A threshold stands for the lowest one that does not answer wrongly more often: what a chance
    error among the surest answers costs is not asked of the others.
    """
    wrong = 0
    curve: list[tuple[float, float]] = []
    for answered, (confidence, sample) in enumerate(_surest(rounds), start=1):
        wrong += not sample.right
        curve.append((round(confidence, 4), round(wrong / answered, 4)))
    steps: list[tuple[float, float]] = []
    for threshold, risk in reversed(curve):
        if risk < (steps[-1][1] if steps else _HIGHEST):
            steps.append((threshold, risk))
    return tuple(reversed(steps))


def _surest(rounds: Sequence[Sequence[_Judged]]) -> list[_Judged]:
    return sorted((pair for part in rounds for pair in part), key=lambda pair: -pair[0])


def _near(rounds: Sequence[Sequence[_Judged]]) -> float:
    """Return the lowest confidence at which suggestions still hold the right entry often enough."""
    judged = _surest(rounds)
    lowest = NEVER
    window = max(len(judged) // 10, 1)
    for start in range(0, len(judged) - window + 1, window):
        part = judged[start : start + window]
        if sum(sample.near for _, sample in part) / window < _USEFUL:
            break
        lowest = part[-1][0]
    return round(lowest, 4)


def _fit(samples: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """Fit a ridge logistic regression by Newton's method on standardised features."""
    rows = [features(sample.signs) for sample in samples]
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(rows)) or 1.0
        for column, mean in zip(zip(*rows, strict=True), means, strict=True)
    ]
    table = [
        [
            1.0,
            *(
                (value - mean) / spread
                for value, mean, spread in zip(row, means, spreads, strict=True)
            ),
        ]
        for row in rows
    ]
    weights = _newton(table, [float(sample.right) for sample in samples])
    slopes = [weight / spread for weight, spread in zip(weights[1:], spreads, strict=True)]
    intercept = weights[0] - sum(slope * mean for slope, mean in zip(slopes, means, strict=True))
    return intercept, dict(zip(FEATURES, slopes, strict=True))


def _newton(table: Sequence[Sequence[float]], labels: Sequence[float]) -> list[float]:
    size = len(table[0])
    weights = [0.0] * size
    for _ in range(_STEPS):
        chances = [logistic(_dot(row, weights)) for row in table]
        slope = [
            sum(
                (label - chance) * row[i]
                for row, label, chance in zip(table, labels, chances, strict=True)
            )
            - (_RIDGE * weights[i] if i else 0.0)
            for i in range(size)
        ]
        curve = [
            [
                sum(
                    chance * (1 - chance) * row[i] * row[j]
                    for row, chance in zip(table, chances, strict=True)
                )
                + (_RIDGE if i == j and i else 1e-9 * (i == j))
                for j in range(size)
            ]
            for i in range(size)
        ]
        step = _solve(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-7:  # noqa: PLR2004 -- smaller than any figure we print
            break
    return weights


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def _solve(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Solve a small linear system by elimination with pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    solved = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * solved[j] for j in range(i + 1, size))
        solved[i] = (rows[i][size] - known) / rows[i][i]
    return solved
