"""What is remembered, of words and of whole questions, changes no decision."""

import re
from collections.abc import Callable
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from knowledge_base import files
from knowledge_base.by_word import LONGEST, Beginnings, by_word
from knowledge_base.decide import KnowledgeBase
from knowledge_base.entries import Entry
from knowledge_base.evaluation import Question
from knowledge_base.lately import Lately
from knowledge_base.likeness import in_order, utterances
from knowledge_base.text import Line, as_written, fold, tokens

BASE = files.load_shipped()
WORDS = st.lists(st.sampled_from(["nvo", "taryb", "ar", "gali", "param", "§kas"]), max_size=6)


@given(st.text())
def test_any_question_is_understood_the_same_when_asked_again(text: str) -> None:
    first = BASE.understanding.of(text)

    assert first == BASE.understanding.of(text) == BASE.understanding.afresh(text)


def test_questions_are_understood_the_same_after_all_the_others(
    questions: tuple[Question, ...], evaluated: KnowledgeBase
) -> None:
    asked = [question.text for question in questions]
    first = [evaluated.understanding.of(text) for text in asked]

    assert [evaluated.understanding.afresh(text) for text in asked] == first
    assert [evaluated.understanding.of(text) for text in reversed(asked)] == first[::-1]


def test_only_the_latest_texts_are_remembered() -> None:
    worked_out: list[str] = []
    lately = Lately(_noted(worked_out), kept=2)

    assert [lately(text) for text in ("a", "b", "a", "c", "b")] == ["A", "B", "A", "C", "B"]
    assert worked_out == ["a", "b", "c", "b"]


@pytest.mark.parametrize("piece", ["a" * (LONGEST + 1), "ona@example.lt,"])
def test_what_is_longer_than_any_word_is_not_remembered_and_no_address(piece: str) -> None:
    worked_out: list[str] = []
    upper = by_word(_noted(worked_out))

    assert [upper(each) for each in ("nvo", "nvo", piece, piece)] == [
        *("NVO", "NVO"),
        *(piece.upper(), piece.upper()),
    ]
    assert worked_out == ["nvo", piece, piece]


def _noted(worked_out: list[str]) -> Callable[[str], str]:
    def upper(text: str) -> str:
        worked_out.append(text)
        return text.upper()

    return upper


@given(
    st.lists(st.tuples(st.text(alphabet="abc", max_size=3), st.integers(0, 3))),
    st.text(alphabet="abcd", max_size=5),
)
def test_a_word_stands_for_what_its_beginnings_do(known: list[tuple[str, int]], word: str) -> None:
    shortest_first = sorted(known, key=lambda pair: len(pair[0]))
    expected = dict.fromkeys(value for start, value in shortest_first if word.startswith(start))

    assert Beginnings(known).of(word) == tuple(expected)


LETTERS = st.lists(st.text("abcż§", min_size=1, max_size=4), max_size=70)


@given(
    st.one_of(WORDS, LETTERS),
    st.lists(st.lists(st.one_of(WORDS, LETTERS), min_size=1, max_size=3), max_size=4),
)
def test_likeness_is_that_of_rapidfuzz(asked: list[str], groups: list[list[list[str]]]) -> None:
    known = utterances([in_order(words) for words in group] for group in groups)

    for _ in ("first", "remembered"):
        found = known.likest(in_order(asked), np.arange(len(groups), dtype=np.int32)).tolist()

        assert found == [
            max(
                np.float32(fuzz.token_set_ratio(" ".join(asked), " ".join(words)))
                for words in group
            )
            for group in groups
        ]


def test_no_trigger_is_passed_over(questions: tuple[Question, ...]) -> None:
    topics = BASE.topics

    for text in (*(question.text for question in questions), *map(_everything, BASE.entries)):
        said = fold(text)
        words = re.findall(r"\w+", said)
        begun = set(chain.from_iterable(map(topics.beginnings.of, words)))
        found = {n for n, each in enumerate(topics.triggers) if each.pattern.search(said)}
        assert found <= begun


def _everything(entry: Entry) -> str:
    return f"{entry.question} {entry.answer}"


def test_everything_an_entry_names_is_looked_for() -> None:
    apart = files.shipped_apart()
    things = {*apart.named, *chain.from_iterable(apart.rivals), *(asks for asks, _ in apart.asked)}

    for entry in BASE.entries:
        words = tokens(_everything(entry))
        begun = set(chain.from_iterable(map(apart.beginnings.of, words)))
        assert {thing for thing in things if thing.says.search(" ".join(words))} <= begun


@given(st.text())
def test_a_line_is_the_text_with_its_folded_words(text: str) -> None:
    said = Line(text)

    assert (said.text, said.folded, list(said.words)) == (text, fold(text), tokens(text))


def test_words_are_quoted_as_they_are_written() -> None:
    assert as_written(["zyma", "nera"], "NVO ŽYMA, žyma?") == ("žyma", "nera")
