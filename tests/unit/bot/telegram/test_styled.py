"""Cutting text into messages loses nothing and tears nothing apart."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.styled import (
    LIMIT,
    MOST_SPANS,
    Span,
    Style,
    Styled,
    entities,
    joined,
    split,
    styled,
    utf16,
)

_LETTERS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from("ąčęėįšųūž \n\n.!? "),
        st.sampled_from(["\u200d", "\ufe0f", "\u0301", "👩", "🏽", "🇱", "🇹", "𝕬"]),
    ),
    max_size=300,
)
_WORDS = st.lists(_LETTERS, max_size=6).map("".join)
_PIECES = ("žąsis 🦢", "👩\u200d🚀 skrenda", "ilgas sakinys. " * 9, "e\u0301", "🇱🇹")
_LIMITS = st.integers(min_value=70, max_value=200)


def _bare(text: str) -> str:
    """Return the text without what a cut may take and what shows nothing."""
    hidden = {"Zs", "Zl", "Zp", "Cc", "Cf"}
    return "".join(sign for sign in text if unicodedata.category(sign) not in hidden)


@given(_WORDS, _LIMITS)
def test_the_parts_together_are_the_text(text: str, limit: int) -> None:
    parts = split(styled(text), limit)

    assert _bare("".join(part.text for part in parts)) == _bare(text)


@given(_WORDS, _LIMITS)
def test_every_part_fits_and_shows_something(text: str, limit: int) -> None:
    for part in split(styled(text), limit):
        assert 0 < utf16(part.text) <= limit
        assert part.text == part.text.strip()
        assert _bare(part.text)


@given(_WORDS, _LIMITS)
def test_styles_stay_on_their_words(text: str, limit: int) -> None:
    whole = joined([styled(text, Style.QUOTE), styled("pabaiga", Style.BOLD)])

    for part in split(whole, limit):
        for span in part.spans:
            assert 0 <= span.start < span.end <= len(part.text)
        for mark in entities(part):
            units = part.text.encode("utf-16-le")
            offset, length = mark["offset"], mark["length"]
            assert isinstance(offset, int)
            assert isinstance(length, int)
            assert units[offset * 2 : (offset + length) * 2].decode("utf-16-le")


@pytest.mark.parametrize(
    "cluster", ["👩\u200d👩\u200d👧", "👍🏽", "🇱🇹", "e\u0301", "❤\ufe0f", "👨\u200d🚀"]
)
def test_no_cluster_is_torn(cluster: str) -> None:
    for before in range(80, 100):
        text = "a" * before + cluster * 40

        parts = split(styled(text), 100)

        assert "".join(part.text for part in parts) == text
        for part in parts:
            assert not part.text.lstrip("a").replace(cluster, "")


def test_a_cut_prefers_a_blank_line_then_a_line_then_a_sentence_then_a_space() -> None:
    text = "Vienas du. Trys\nketuri penki\n\nšeši septyni"

    assert [part.text for part in split(styled(text), 40)] == [
        "Vienas du. Trys\nketuri penki",
        "šeši septyni",
    ]
    assert [part.text for part in split(styled(text), 25)] == [
        "Vienas du. Trys",
        "keturi penki",
        "šeši septyni",
    ]
    assert split(styled("Vienas du. Trys"), 14)[0].text == "Vienas du."
    assert split(styled("Vienas du trys"), 12)[0].text == "Vienas du"


def test_half_a_sign_and_zero_bytes_are_replaced() -> None:
    assert styled("a\ud83d b\x00c\r\nd").text == "a\ufffd bc\nd"


def test_forty_thousand_signs_arrive_in_parts() -> None:
    text = "Žodis 😀 " * 5000

    parts = split(styled(text))

    assert all(utf16(part.text) <= LIMIT for part in parts)
    assert "".join(part.text for part in parts).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.sampled_from(_PIECES), min_size=300, max_size=300))
@settings(max_examples=5)
def test_three_hundred_styled_pieces_arrive_whole(texts: list[str]) -> None:
    whole = joined([styled(text, Style.QUOTE) for text in texts], gap="\n")

    parts = split(whole)

    assert _bare("".join(part.text for part in parts)) == _bare(whole.text)
    for part in parts:
        assert 0 < utf16(part.text) <= LIMIT
        assert all(mark["length"] for mark in entities(part))
        assert len(part.spans) <= MOST_SPANS


def test_entities_count_utf_16_units() -> None:
    whole = Styled("😀 a", (Span(2, 3, Style.BOLD),))

    assert entities(whole) == [{"type": "bold", "offset": 3, "length": 1}]
