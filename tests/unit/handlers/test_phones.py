"""Numbers as people write them become numbers one can dial from anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.phones import find_phone, looks_like_phone, parse_phone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+370 612 34567", "+37061234567"),
        ("8 612 34567", "+37061234567"),
        ("0 612 34567", "+37061234567"),
        ("612-34567", "+37061234567"),
        ("370 612 34567", "+37061234567"),
        ("(8 5) 212 3456", "+37052123456"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0048 22 123 45 67", "+48221234567"),
        ("+49 (0)30 123456", "+4930123456"),
        ("12345", None),
        ("+370 112", None),
        ("+370 012 34567", None),
        ("2026-11-24", None),
        ("nuo 10 iki 12", None),
        ("", None),
    ],
)
def test_a_written_number_is_read(written: str, number: str | None) -> None:
    assert parse_phone(written) == number


def test_a_number_is_found_among_words() -> None:
    assert find_phone("Skambinkite 8 612 34567 po 15 val.") == "+37061234567"
    assert find_phone("Po 15 val., kabinete 12") is None


def test_a_wrong_number_is_told_from_words() -> None:
    assert looks_like_phone("tel. 12345")
    assert not looks_like_phone("Kada bus 2026 m. kvietimas?")


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    number = find_phone(text)

    assert number is None or (number[0] == "+" and number[1:].isascii() and number[1:].isdigit())
