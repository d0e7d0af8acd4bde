"""The ways of comparing a question with the entries, by name: reasons speak of them."""

from enum import StrEnum


class Way(StrEnum):
    """A way of comparing a question with the entries."""

    STEMS = "stems"
    LETTERS = "letters"
    SAME_WORDS = "same_words"
    MEANING = "meaning"
