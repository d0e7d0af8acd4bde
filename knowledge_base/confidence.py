"""How sure a match is: a small logistic model whose numbers are data, fitted on labelled questions."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from knowledge_base.matcher import Signs

FEATURES: Final = tuple(field.name for field in fields(Signs))
NEVER: Final = 1.01
"""A threshold that no probability reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceModel:
    """The probability that the best entry is the one asked for.

    `risks` says, from the surest threshold down, which share of the answers at or above it was
    wrong on questions the model had not seen.
    """

    intercept: float
    weights: Mapping[str, float]
    risks: Sequence[tuple[float, float]]
    near: float

    def confidence(self, signs: Signs) -> float:
        """Return the probability, between 0 and 1."""
        return logistic(
            self.intercept + sum(weight * float(getattr(signs, name)) for name, weight in self.weights.items())
        )

    def sure(self, max_wrong: float) -> float:
        """Return the lowest confidence whose answers were wrong at most this often; 0 answers nothing."""
        if max_wrong <= 0:
            return NEVER
        return min((threshold for threshold, wrong in self.risks if wrong <= max_wrong), default=NEVER)


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value) without overflow."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))
