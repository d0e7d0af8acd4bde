"""From signs to a probability, and from a promise to a threshold."""

import math
from dataclasses import replace

import pytest

from knowledge_base.confidence import NEVER, ConfidenceModel, dump_models, logistic, parse_models
from knowledge_base.matcher import Ranker
from knowledge_base.signs import Signs

MODEL = ConfidenceModel(
    intercept=0.0,
    weights={"log_chance": 1.0, "told": 2.0, "strangeness": -1.0},
    risks=((0.95, 0.0), (0.9, 0.01), (0.8, 0.05)),
    near=0.3,
)


def signs(
    *,
    chance: float = 0.5,
    words: int = 4,
    held: int = 2,
    strange: tuple[str, ...] = (),
    aside: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Signs:
    return Signs(
        chance=chance, words=words, held=held, strange=strange, aside=aside, missing=missing
    )


def test_each_better_sign_makes_it_surer() -> None:
    middle = MODEL.confidence(signs())

    assert middle < MODEL.confidence(signs(chance=0.9))
    assert middle < MODEL.confidence(signs(words=8))


def test_each_strange_word_makes_it_less_sure() -> None:
    known, aside, strange, both = (
        MODEL.confidence(signs()),
        MODEL.confidence(signs(aside=("valdyba",))),
        MODEL.confidence(signs(strange=("valdyba",))),
        MODEL.confidence(signs(strange=("valdyba", "atostogos"))),
    )

    assert known > aside > strange > both


def test_an_entry_that_speaks_of_nothing_asked_has_no_chance() -> None:
    assert MODEL.confidence(signs(chance=1.0, held=0)) == 0.0


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
    assert MODEL.confidence(signs(chance=1.0, words=10)) > 0.8
    assert MODEL.confidence(signs(chance=1.0, words=10, missing=("2027",))) == 0.5


def test_an_entry_with_likelier_rivals_is_at_most_an_even_guess() -> None:
    assert MODEL.confidence(signs(chance=0.49, words=1000)) == 0.5


def test_stored_models_are_read_back() -> None:
    models = {Ranker.LEXICAL: MODEL, Ranker.SEMANTIC: replace(MODEL, near=0.2)}

    assert parse_models(dump_models(models)) == models


@pytest.mark.parametrize("text", ["[]", "7", '{"lexical": {}}', '{"lexical": 7}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a confidence model"):
        parse_models(text)
