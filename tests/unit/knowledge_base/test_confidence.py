"""From signs to a probability, and from a promise to a threshold."""

import math
from dataclasses import replace

import pytest

from knowledge_base.confidence import NEVER, ConfidenceModel, dump_models, logistic, parse_models
from knowledge_base.matcher import Ranker, Signs

MODEL = ConfidenceModel(
    intercept=0.0,
    weights={"log_chance": 1.0, "cover": 2.0},
    risks=((0.95, 0.0), (0.9, 0.01), (0.8, 0.05)),
    near=0.3,
)


def signs(*, chance: float = 0.5, cover: float = 0.5, missing: tuple[str, ...] = ()) -> Signs:
    return Signs(chance=chance, cover=cover, missing=missing)


def test_each_better_sign_makes_it_surer() -> None:
    middle = MODEL.confidence(signs())

    assert middle < MODEL.confidence(signs(chance=0.9))
    assert middle < MODEL.confidence(signs(cover=0.9))


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


def test_an_entry_that_lacks_what_is_asked_is_at_most_an_even_guess() -> None:
    assert MODEL.confidence(signs(chance=1.0, cover=1.0)) > 0.8
    assert MODEL.confidence(signs(chance=1.0, cover=1.0, missing=("2027",))) == 0.5


def test_an_entry_with_likelier_rivals_is_at_most_an_even_guess() -> None:
    assert MODEL.confidence(signs(chance=0.49, cover=1.0)) == 0.5


def test_stored_models_are_read_back() -> None:
    models = {Ranker.LEXICAL: MODEL, Ranker.SEMANTIC: replace(MODEL, near=0.2)}

    assert parse_models(dump_models(models)) == models


@pytest.mark.parametrize("text", ["[]", "7", '{"lexical": {}}', '{"lexical": 7}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a confidence model"):
        parse_models(text)
