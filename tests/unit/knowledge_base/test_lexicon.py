"""Kinds of words, and where they stand in a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.lexicon import Spots, build_lexicon, read

KINDS = {
    "erase": "ištrin*, ištrinkit*, удали*",
    "mine": "mano, my",
    "mail": "el past*, emeil*",
    "keep": "ne(be)saugo*",
    "papers": "paraišk*",
}
LEXICON = build_lexicon(KINDS, strict={"papers"})


def found(text: str) -> dict[str, list[str]]:
    """Return the words of each kind in a text."""
    spots = LEXICON.spots(text)
    return {kind: [spots.words.said[at] for at in places] for kind, places in spots.places.items()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ištrinkite MANO", {"erase": ["istrinkite"], "mine": ["mano"]}),
        ("istrinti manoma", {"erase": ["istrinti"]}),
        ("удалите", {"erase": ["удалите"]}),
        ("mano el. paštą", {"mine": ["mano"], "mail": ["el"]}),
        ("mano el.", {"mine": ["mano"]}),
        ("nesaugokite, nebesaugokite", {"keep": ["nesaugokite", "nebesaugokite"]}),
        ("ištirnkite", {"erase": ["istirnkite"]}),
        ("paraiškos", {"papers": ["paraiskos"]}),
        ("paariškos", {}),
        ("", {}),
    ],
)
def test_words_are_found_by_kind(text: str, words: dict[str, list[str]]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ačiū už pagalbą. Dar klausimas", [0, 0, 0, 1, 1]),
        ("mano tel. nr", [0, 0, 0]),
        ("viskas gerai? ne", [0, 0, 1]),
        ("eilutė\nlaužta", [0, 0]),
        ("pastraipa\n\nkita", [0, 1]),
    ],
)
def test_words_know_their_sentence(text: str, sentences: list[int]) -> None:
    assert read(text).sentences == sentences


@pytest.mark.parametrize(("within", "sentences", "place"), [(3, 0, None), (2, 1, None), (3, 1, 3)])
def test_words_are_near_by_words_and_sentences(
    within: int, sentences: int, place: int | None
) -> None:
    spots: Spots = LEXICON.spots("Mano laiškas senas. Ištrinkite")

    assert spots.near(("erase",), 0, within=within, sentences=sentences) == place


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    words = read(text)

    assert len(words.said) == len(words.sentences)
    assert list(words.sentences) == sorted(words.sentences)
