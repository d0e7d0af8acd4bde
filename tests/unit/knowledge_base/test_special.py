"""Messages for the restricted queues."""

import time
from importlib import resources
from typing import cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base import files
from knowledge_base.entries import Entry
from knowledge_base.evaluation import Question
from knowledge_base.queues import PRIVACY, SENSITIVE
from knowledge_base.special import SpecialRecords
from tests.unit.knowledge_base.conftest import DATA

LABELLED = cast(
    "dict[str, list[str]]",
    yaml.safe_load((DATA / "knowledge_base" / "special.yaml").read_text(encoding="utf-8")),
)
SPECIAL = files.shipped_special()


def queue_of(text: str) -> str | None:
    """Return the restricted queue of a message."""
    found = SPECIAL.find(text)
    return found.queue if found else None


@pytest.mark.parametrize("queue", [PRIVACY, SENSITIVE])
def test_messages_for_named_persons_are_found(queue: str) -> None:
    assert [text for text in LABELLED[queue] if queue_of(text) != queue] == []


def test_ordinary_questions_that_sound_alike_are_left_alone() -> None:
    assert [text for text in LABELLED["none"] if SPECIAL.find(text)] == []


def test_the_examples_of_the_queues_are_caught() -> None:
    queues = [queue for queue in files.shipped_queues().values() if queue.restricted]

    found = {queue.id: {queue_of(example) for example in queue.examples} for queue in queues}

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

    assert queue_of(letter) == PRIVACY


@given(st.text(alphabet="mano prašau ištrinti duomenis,. \n", max_size=2_000))
def test_any_text_may_be_searched(text: str) -> None:
    assert queue_of(text) in {None, PRIVACY, SENSITIVE}


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        (
            "Prašau ištrinti mano telefono numerį.",
            "prašoma ištrinti duomenis",
            ("istrinti", "mano", "telefono"),
        ),
        ("vyras musa vaikus", "smurtas prieš žmogų", ("musa", "vaikus")),
    ],
)
def test_what_was_seen_in_a_message_is_told(text: str, reason: str, words: tuple[str, ...]) -> None:
    found = SPECIAL.find(text)

    assert found is not None
    assert (found.reason, found.words) == (reason, words)


@pytest.mark.parametrize(
    "word",
    [
        "mano ",
        "prašau ",
        "duomenis apie ",
        "ištrinkit mano duomenis paraiška ",
        "\n",
        "pinigus sau ",
    ],
)
def test_a_long_monotonous_text_takes_little_time(word: str) -> None:
    """Measured: 100 kB take 1 to 55 ms; the limit allows for a busy machine."""
    started = time.process_time()

    SPECIAL.find(word * (100_000 // len(word)))

    assert time.process_time() - started < 0.25


def test_every_kind_of_words_is_listed_and_serves_some_sign() -> None:
    records = cast(
        "SpecialRecords",
        yaml.safe_load(
            (resources.files("knowledge_base.content") / "special.yaml").read_text("utf-8")
        ),
    )

    used = {
        kind
        for signs in records["queues"].values()
        for sign in signs
        for kinds in (*sign["all"], *sign.get("unless", ()))
        for kind in kinds.split("|")
    }

    assert used == set(records["words"])
