"""Messages for the restricted queues."""

import time
from typing import cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base import files
from knowledge_base.entries import Entry
from knowledge_base.evaluation import Question
from knowledge_base.queues import PRIVACY, SENSITIVE
from tests.unit.knowledge_base.conftest import DATA

LABELLED = cast(
    "dict[str, list[str]]",
    yaml.safe_load((DATA / "knowledge_base" / "special.yaml").read_text(encoding="utf-8")),
)
SPECIAL = files.shipped_special()


@pytest.mark.parametrize("queue", [PRIVACY, SENSITIVE])
def test_messages_for_named_persons_are_found(queue: str) -> None:
    assert [text for text in LABELLED[queue] if SPECIAL.find(text) != queue] == []


def test_ordinary_questions_that_sound_alike_are_left_alone() -> None:
    assert [text for text in LABELLED["none"] if SPECIAL.find(text)] == []


def test_the_examples_of_the_queues_are_caught() -> None:
    queues = [queue for queue in files.shipped_queues().values() if queue.restricted]

    found = {queue.id: {SPECIAL.find(example) for example in queue.examples} for queue in queues}

    assert found == {PRIVACY: {PRIVACY}, SENSITIVE: {SENSITIVE}}


def test_no_curated_or_labelled_question_is_taken_for_one(
    questions: tuple[Question, ...], evaluation_entries: tuple[Entry, ...]
) -> None:
    entries = (*evaluation_entries, *files.shipped_entries())
    texts = [question.text for question in questions]
    texts += [utterance for entry in entries for utterance in entry.utterances]

    assert [text for text in texts if SPECIAL.find(text)] == []


def test_the_decisive_sentence_may_stand_last_and_be_wrapped() -> None:
    asked = "Kaip gauti NVO žymą? " * 40
    letter = f"Laba diena,\n\n{asked}\nIr dar: prašau ištrinti\nmano duomenis.\n\nOna"

    assert SPECIAL.find(letter) == PRIVACY


@given(st.text(alphabet="mano prašau ištrinti duomenis,. \n", max_size=2_000))
def test_any_text_may_be_searched(text: str) -> None:
    assert SPECIAL.find(text) in {None, PRIVACY, SENSITIVE}


@pytest.mark.parametrize(
    "word", ["mano ", "prašau ", "duomenis apie ", "jūsų a, ", "smurtas projektas "]
)
def test_a_long_monotonous_text_takes_no_time(word: str) -> None:
    started = time.process_time()

    SPECIAL.find(word * (20_000 // len(word)))

    assert time.process_time() - started < 2
