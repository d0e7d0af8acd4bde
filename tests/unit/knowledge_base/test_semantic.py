"""Nearness of meaning: vectors remembered, and a ranking that is better for them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import files
from knowledge_base.entries import Entry
from knowledge_base.evaluation import Question, evaluate
from knowledge_base.matcher import Ranker
from knowledge_base.semantic import (
    WIDTH,
    Meanings,
    MultilingualE5,
    Recent,
    Remembered,
    Vector,
    dump_vector,
    parse_vectors,
    vector_key,
)
from tests.unit.knowledge_base.examples import an_entry


class Counting:
    """A model whose vectors say how many it has made."""

    def __init__(self) -> None:
        self.made = 0

    def question(self, text: str) -> Vector:
        return np.ones(WIDTH, dtype=np.float32) * bool(text)

    def passage(self, text: str) -> Vector:
        self.made += bool(text)
        return np.full(WIDTH, self.made, dtype=np.float32)


def test_a_vector_is_made_once_for_the_same_texts() -> None:
    model = Counting()
    remembered = Remembered(model=model)
    entry = an_entry(variants=("Kaip gauti žymą?",))

    first = remembered.learn(entry)
    again = remembered.learn(an_entry(id="kita", variants=("Kaip gauti žymą?",)))

    assert model.made == 3
    assert first.tolist() == again.tolist() == [2.0] * WIDTH
    assert remembered.missing([entry, an_entry()]) == [an_entry()]


def test_a_file_of_vectors_is_read_back_without_its_torn_end() -> None:
    vector = np.linspace(-1, 1, WIDTH, dtype=np.float32)
    record = dump_vector(vector_key(an_entry()), vector)

    ((key, read),) = parse_vectors(record + record[:-1])

    assert key == vector_key(an_entry())
    assert np.allclose(read, vector, atol=1e-3)


def test_the_shipped_vectors_are_those_of_the_shipped_entries() -> None:
    """After a change of an entry: `python -m knowledge_base.shipped_vectors` writes them anew."""
    remembered = files.remembered(Counting())

    assert remembered is not None
    assert [entry.id for entry in remembered.missing(files.shipped_entries())] == []


@pytest.fixture(scope="module")
def meanings(evaluation_entries: tuple[Entry, ...]) -> Meanings:
    """Return the vectors of the evaluation entries, made by the real model."""
    return Remembered(model=MultilingualE5()).meanings(evaluation_entries)


@pytest.mark.soak
def test_meaning_and_words_together_find_more(
    evaluation_entries: tuple[Entry, ...],
    questions: tuple[Question, ...],
    meanings: Meanings,
    *,
    soak: bool,
) -> None:
    """Every third question in `make test`: a question costs the model 20 ms."""
    knowledge = files.build(evaluation_entries, meanings=meanings)

    scores, _ = evaluate(questions if soak else questions[::3], knowledge, fold_count=5)
    ranking, selective = scores["ranking"], scores["selective"]

    assert knowledge.matcher.ranker is Ranker.SEMANTIC
    assert isinstance(ranking, dict)
    assert isinstance(selective, dict)
    assert ranking["ALL"]["top1"] >= 0.84
    assert ranking["LT-SHORT"]["top1"] >= 0.83
    assert ranking["ALL"]["recall3"] >= 0.94
    assert ranking["ru"]["top1"] >= 0.9
    assert selective["precision"] >= 0.98
    assert selective["coverage_in_scope"] >= (0.27 if soak else 0.2)


class CountingQuestions(Counting):
    """The same for questions."""

    def question(self, text: str) -> Vector:
        self.made += 1
        return super().question(text)


def test_a_question_asked_lately_is_known() -> None:
    counting = CountingQuestions()
    model = Recent(counting, kept=2)

    for asked in ("katinas", "šuo", "katinas", "žuvis", "katinas", "šuo"):
        model.question(asked)

    assert counting.made == 4


MODEL = MultilingualE5()


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80))
def test_the_model_takes_any_text(text: str) -> None:
    assert MODEL.question(text).shape == (WIDTH,)
