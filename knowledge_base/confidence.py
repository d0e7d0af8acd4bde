"""How sure a match is: a small logistic model whose numbers are data, fitted by `calibration`."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict, cast

from knowledge_base.matcher import Match, Signs

FEATURES: Final = ("log_chance", "cover", "manner")
NEVER: Final = 1.01
"""A threshold that no probability reaches."""

_LEAST_CHANCE: Final = 0.01


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
        """Return the probability; an entry that speaks of nothing in the question has none."""
        if not signs.cover:
            return 0.0
        return logistic(
            self.intercept
            + sum(
                self.weights.get(name, 0.0) * value
                for name, value in zip(FEATURES, features(signs), strict=True)
            )
        )

    def judge(self, matches: Sequence[Match]) -> list[tuple[Match, float]]:
        """Return each match with its probability, the likeliest first."""
        judged = [(match, self.confidence(match.signs)) for match in matches]
        return sorted(judged, key=lambda pair: -pair[1])

    def sure(self, max_wrong: float) -> float:
        """Return the least confidence whose answers were wrong at most this often; 0 = none."""
        if max_wrong <= 0:
            return NEVER
        return min(
            (threshold for threshold, wrong in self.risks if wrong <= max_wrong), default=NEVER
        )


def dump_model(model: ConfidenceModel) -> str:
    """Return the model as the JSON text it is stored in."""
    record = {
        "intercept": round(model.intercept, 4),
        "weights": {name: round(weight, 4) for name, weight in model.weights.items()},
        "near": model.near,
        "risks": [list(step) for step in model.risks],
    }
    return f"{json.dumps(record, indent=1)}\n"


def parse_model(text: str) -> ConfidenceModel:
    """Return the model that `dump_model` stored."""
    record = cast("_Record", json.loads(text))
    return ConfidenceModel(
        intercept=record["intercept"],
        weights=record["weights"],
        near=record["near"],
        risks=tuple((threshold, wrong) for threshold, wrong in record["risks"]),
    )


class _Record(TypedDict):
    intercept: float
    weights: dict[str, float]
    near: float
    risks: list[list[float]]


def features(signs: Signs) -> tuple[float, float, float]:
    """Return the signs as the model weighs them, in the order of FEATURES."""
    return (math.log(signs.chance + _LEAST_CHANCE), signs.cover, signs.manner)


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value) without overflow."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))
