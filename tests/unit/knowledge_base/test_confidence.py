"""From signs to a probability, and from a promise to a threshold."""

import math

import pytest

from knowledge_base.confidence import NEVER, ConfidenceModel, dump_model, logistic, parse_model
from knowledge_base.matcher import Signs

MODEL = ConfidenceModel(
    intercept=0.0,
    weights={"log_chance": 1.0, "cover": 2.0, "manner": 1.0},
    risks=((0.95, 0.0), (0.9, 0.01), (0.8, 0.05)),
    near=0.3,
)


def signs(*, chance: float = 0.5, cover: float = 0.5, manner: float = 0.5) -> Signs:
    return Signs(chance=chance, cover=cover, manner=manner)


def test_each_better_sign_makes_it_surer() -> None:
    middle = MODEL.confidence(signs())

    assert middle < MODEL.confidence(signs(chance=0.9))
    assert middle < MODEL.confidence(signs(cover=0.9))
    assert middle < MODEL.confidence(signs(manner=1.0))


def test_an_entry_that_speaks_of_nothing_asked_has_no_chance() -> None:
    assert MODEL.confidence(signs(chance=1.0, cover=0.0)) == 0.0


@pytest.mark.parametrize(
    ("max_wrong", "threshold"),
    [(0.0, NEVER), (-1.0, NEVER), (0.005, 0.95), (0.01, 0.9), (0.02, 0.9), (0.05, 0.8), (1.0, 0.8)],
)
def test_a_promise_becomes_the_lowest_threshold_that_keeps_it(
    max_wrong: float, threshold: float
) -> None:
    assert MODEL.sure(max_wrong) == threshold


@pytest.mark.parametrize("value", [-1e4, -1.0, 0.0, 1.0, 1e4])
def test_the_logistic_function_never_overflows(value: float) -> None:
    assert 0 <= logistic(value) <= 1
    assert math.isclose(logistic(value) + logistic(-value), 1)


def test_a_stored_model_is_read_back() -> None:
    assert parse_model(dump_model(MODEL)) == MODEL
