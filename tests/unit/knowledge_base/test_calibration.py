"""Fitting the confidence model."""

import random

from knowledge_base.calibration import Sample, calibrate, folds, promises
from knowledge_base.confidence import NEVER
from knowledge_base.scores import interval
from knowledge_base.signs import Signs


def some_samples(count: int) -> list[Sample]:
    """Return samples where a well covered question is usually right."""
    dealt = random.Random(7)  # noqa: S311 -- an example, not a key
    drawn = [(dealt.random(), dealt.random(), dealt.random()) for _ in range(count)]
    return [
        Sample(
            group=str(number),
            signs=Signs(chance=chance, words=(words := round(10 * cover)), held=words),
            right=(right := cover + chance + 0.2 * noise > 1.1),
            near=right or noise > 0.5,
        )
        for number, (chance, cover, noise) in enumerate(drawn)
    ]


def test_what_makes_an_answer_right_gets_weight() -> None:
    model = calibrate(some_samples(200))

    assert model.weights["told"] > 0
    assert model.weights["log_chance"] > 0


def test_a_stricter_promise_never_has_a_lower_threshold() -> None:
    model = calibrate(some_samples(200))

    thresholds = [model.sure(promise) for promise in (0.0, 0.01, 0.02, 0.05, 0.1, 0.5)]

    assert thresholds == sorted(thresholds, reverse=True)
    assert thresholds[0] == NEVER


def test_fitting_twice_gives_the_same_model() -> None:
    assert calibrate(some_samples(60)) == calibrate(some_samples(60))


def test_other_entries_teach_the_weights_but_keep_no_promise() -> None:
    own, others = some_samples(100), some_samples(300)

    model = calibrate(own, others)

    assert model.weights == calibrate([*own, *others]).weights
    assert promises(own, model, others)[-1].answered <= len(own)


def test_the_questions_of_one_letter_fall_into_one_fold() -> None:
    dealt = folds(["a", "b", "a", "c", "d"], 2, seed=1)

    assert sorted(dealt) == ["a", "b", "c", "d"]
    assert sorted(dealt.values()) == [0, 0, 1, 1]


def test_the_table_says_what_each_promise_costs() -> None:
    samples = some_samples(200)

    table = promises(samples, calibrate(samples))

    answered = [row.answered for row in table]
    assert answered == sorted(answered)
    assert all(row.low <= row.wrong / row.answered <= row.high for row in table if row.answered)


def test_an_interval_is_wide_where_little_is_known() -> None:
    assert interval(0, 0) == (0.0, 1.0)
    assert [round(bound, 3) for bound in interval(0, 10)] == [0.0, 0.278]
    assert [round(bound, 3) for bound in interval(1, 61)] == [0.003, 0.087]
