"""How sure a match is: a small logistic model whose numbers are data, fitted by `calibration`."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from operator import mul
from typing import Final, TypedDict, cast

from knowledge_base.matcher import Match, Ranker
from knowledge_base.signs import Signs
from knowledge_base.values import dataclass

FEATURES: Final = ("log_chance", "told", "strangeness")
NEVER: Final = 1.01
"""A threshold that no probability reaches."""

_LEAST_CHANCE: Final = 0.01
_EVEN: Final = 0.5
"""More is not said of an entry that lacks what the question names, or has such rivals."""


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
    _slopes: Sequence[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the weights in the order of the features."""
        object.__setattr__(self, "_slopes", [self.weights.get(name, 0.0) for name in FEATURES])

    def confidence(self, signs: Signs) -> float:
        """Return the probability that the entry is the one asked for.

        One that is less likely than its rivals together is never more than an even guess.
        """
        return _bounded(self._likelihood(signs), signs)

    def judge(self, matches: Sequence[Match]) -> list[tuple[Match, float]]:
        """Return each match with its probability, the likeliest first."""
        judged = [(match, self._likelihood(match.signs)) for match in matches]
        judged.sort(key=lambda pair: -pair[1])
        return [(match, _bounded(likelihood, match.signs)) for match, likelihood in judged]

    def _likelihood(self, signs: Signs) -> float:
        """Weigh the signs.

        An entry that speaks of nothing in the question has no chance; one that lacks what the
        question names has no more than an even one.
        """
        if not signs.held:
            return 0.0
        likelihood = logistic(self.intercept + sum(map(mul, self._slopes, features(signs))))
        return min(likelihood, _EVEN) if signs.missing else likelihood

    def sure(self, max_wrong: float) -> float:
        """Return the least confidence whose answers were wrong at most this often; 0 = none."""
        if max_wrong <= 0:
            return NEVER
        return min(
            (threshold for threshold, wrong in self.risks if wrong <= max_wrong), default=NEVER
        )


def dump_models(models: Mapping[Ranker, ConfidenceModel]) -> str:
    """Return the models, one for each ranker, as the JSON text they are stored in."""
    written = ",\n".join(f'"{ranker}": {_dumped(model)}' for ranker, model in models.items())
    return f"{{\n{written}\n}}\n"


def _dumped(model: ConfidenceModel) -> str:
    record: _Record = {
        "intercept": round(model.intercept, 4),
        "weights": {name: round(weight, 4) for name, weight in model.weights.items()},
        "near": model.near,
        "risks": [list(step) for step in model.risks],
    }
    return json.dumps(record)


def parse_models(text: str) -> Mapping[Ranker, ConfidenceModel]:
    """Return the models that `dump_models` stored.

    Raises:
        ValueError: the text holds no such models.
    """
    try:
        records = cast("dict[str, _Record]", json.loads(text))
        return {Ranker(ranker): _model(record) for ranker, record in records.items()}
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"not a confidence model: {wrong!r}") from wrong


def _model(record: "_Record") -> ConfidenceModel:
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
    """Return the signs as the model weighs them, in the order of FEATURES.

    The first word that is strange to an entry tells more against it than any other one.
    """
    return (
        math.log(signs.chance + _LEAST_CHANCE),
        signs.told,
        math.sqrt(signs.strangeness),
    )


def is_outweighed(signs: Signs) -> bool:
    """Tell whether the other entries together are likelier."""
    return signs.chance < _EVEN


def _bounded(likelihood: float, signs: Signs) -> float:
    return min(likelihood, _EVEN) if is_outweighed(signs) else likelihood


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value) without overflow."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    return math.exp(value) / (1 + math.exp(value))
