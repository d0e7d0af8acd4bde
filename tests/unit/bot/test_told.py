"""Numbered values in words: for askers in their language, for consultants in Lithuanian."""

import pytest

from bot.email.parse import Note
from bot.texts import FEW_WORDS, LANGUAGES, load_texts
from bot.told import in_words
from handlers.domain.outgoing import Key
from handlers.domain.tickets import FORWARDED, UNREAD
from knowledge_base.shipped import shipped_queues

TEXTS = load_texts()
ANSWERS = {
    "question1": "Ar galima?",
    "answer1": "Taip.",
    "sources1": "Įstatymas (2013)",
    "checked1_on": "2026-11-01",
    "question2": "Kada?",
    "answer2": "Rytoj.",
    "sources2": "",
    "checked2_on": "",
}


def test_each_answer_stands_under_its_question() -> None:
    assert in_words(TEXTS, ANSWERS, "lt")["answers"] == (
        "„Ar galima?“\n\nTaip.\n\nŠaltinis: Įstatymas (2013).\n\n"
        "Informacija patikrinta 2026 m. lapkričio 1 d.\n\n„Kada?“\n\nRytoj."
    )


def test_consultants_read_what_became_of_each_question() -> None:
    values = {
        "part1": "Ar galima?",
        "part1_state": "answered",
        "part1_candidates": "a: Ar? (97 %)",
        "part2": "Kodėl?",
        "part2_state": "waits",
        "part2_candidates": "",
    }

    assert in_words(TEXTS, values, "lt")["parts"] == (
        "1. „Ar galima?“ – atsakyta automatiškai\na: Ar? (97 %)\n\n2. „Kodėl?“ – laukia konsultanto"
    )


def test_what_has_no_numbers_stays_as_it_is() -> None:
    assert in_words(TEXTS, {"text": "Taip."}, "lt") == {"text": "Taip."}


@pytest.mark.parametrize("language", [*LANGUAGES, *FEW_WORDS])
@pytest.mark.parametrize("channel", ["mail", "telegram"])
def test_the_fixed_sentence_and_the_lithuanian_text_are_there_in_each_language(
    language: str, channel: str
) -> None:
    values = {"reference": "NVO-7", "original1": "Taip.", "original1_question": "Ar galima?"}
    key = f"{channel}-{Key.UNTRANSLATED}"

    sentence, original = TEXTS.paragraphs(key, language, in_words(TEXTS, values, language))

    assert TEXTS.has(key, language)
    assert "NVO-7" in sentence
    assert original.endswith("\n\nTaip.")
    assert "Ar galima?" in original


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_name_for_its_button(language: str) -> None:
    named = {queue.id for queue in shipped_queues().values() if not queue.restricted}

    assert [queue for queue in named if not TEXTS.has(f"topic-{queue}", language)] == []


@pytest.mark.parametrize("language", ["lt", "en"])
def test_each_note_of_a_mail_is_a_sentence(language: str) -> None:
    notes = [*(note.value for note in Note), FORWARDED]
    values = {"notes": " ".join(notes), "asker": "ona@nvo.lt"}

    sentences = str(in_words(TEXTS, values, language)["notes"]).splitlines()

    assert (len(sentences), "ona@nvo.lt" in sentences[-1]) == (len(notes), True)


@pytest.mark.parametrize("language", ["lt", "en", "ru"])
def test_who_wrote_what_cannot_be_read_is_told_so(language: str) -> None:
    key, values = "mail-acknowledgement", {"reference": "NVO-1"}

    plain = TEXTS.paragraphs(key, language, values)

    for why in UNREAD:
        assert len(TEXTS.paragraphs(key, language, {**values, why: "1"})) == len(plain) + 1
