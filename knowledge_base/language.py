"""The language of a short text: Lithuanian, English, Russian or another."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from knowledge_base.text import fold, tokens


class Language(StrEnum):
    """The languages we can tell apart."""

    LT = "lt"
    EN = "en"
    RU = "ru"
    OTHER = "other"


_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_UKRAINIAN: Final = re.compile(r"[іїєґ]", re.IGNORECASE)
_BELARUSIAN: Final = re.compile(r"ў", re.IGNORECASE)
_LITHUANIAN: Final = re.compile(r"[ėįųūąęčšž]", re.IGNORECASE)
_LITHUANIAN_TEXT: Final = frozenset("ėįųūąęčšžĖĮŲŪĄĘČŠŽ„“”’–—…\u00a0")
"""Nothing beyond these tells of another language, and few letters have anything beyond them."""
_POLISH: Final = re.compile(r"[łżźćńśó]", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]")
_ASCII_LETTER: Final = re.compile(r"[A-Za-z]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_CYRILLIC_ENOUGH: Final = 3

_LITHUANIAN_WORDS: Final = frozenset(
    tokens(
        "ar ir kaip kas ka kada kur kiek kokia koks kokie kokius kokios kodel kam kuri kuris del "
        "yra mes mums musu jusu galima gali galime reikia nuo iki su be uz prie pagal apie kad jei "
        "jeigu bet arba mano turi turime buti bus per tai labas laba sveiki aciu prasau noriu "
        "norime norim"
    )
)
_ENGLISH_WORDS: Final = frozenset(
    tokens(
        "the is are what how who when where which do does can we our an of to for in and or if my "
        "your you it must should have need please hello thank thanks there from with not will "
        "would i us be"
    )
)
_POLISH_WORDS: Final = frozenset(
    tokens(
        "jak jest czy nie się dla oraz który która które gdzie kiedy ile dzień dobry witam proszę "
        "dziękuję pozdrawiam chcę chcemy chciałbym mogę możemy można może nasz nasza nasze naszej "
        "jesteśmy mamy państwo państwa przez przy tylko żeby także potrzebuję potrzebujemy trzeba"
    )
)
_UKRAINIAN_WORDS: Final = frozenset(
    tokens(
        "як що чи це ви чому коли треба можемо хочемо можете ласка дякую дякуємо отримати подати "
        "вступити зробити"
    )
)
_RUSSIAN_ONLY: Final = re.compile(r"[ыэъё]", re.IGNORECASE)


def detect(text: str) -> Language:
    """Tell the language by its letters, then by its small words, else by a trained model."""
    by_letters = _by_letters(text)
    if by_letters is not None:
        return by_letters
    words = tokens(text)
    lithuanian = sum(word in _LITHUANIAN_WORDS for word in words)
    english = sum(word in _ENGLISH_WORDS for word in words)
    if _polish_words(words) > max(lithuanian, english):
        return Language.OTHER
    if lithuanian != english:
        return Language.LT if lithuanian > english else Language.EN
    return _by_model(fold(text))


def tongue(text: str) -> str | None:
    """Name a language that is none of the three, where letters or small words tell: `uk`, `pl`."""
    if detect(text) is not Language.OTHER:
        return None
    if _is_ukrainian(text) and not _BELARUSIAN.search(text):
        return "uk"
    return "pl" if _POLISH.search(text) or _polish_words(tokens(text)) else None


def _is_ukrainian(text: str) -> bool:
    """Whether its own letters, or its small words without any letter of Russian alone, tell so."""
    if _UKRAINIAN.search(text):
        return True
    return not _RUSSIAN_ONLY.search(text) and not _UKRAINIAN_WORDS.isdisjoint(tokens(text))


def _polish_words(words: Iterable[str]) -> int:
    return sum(word in _POLISH_WORDS for word in words)


def _by_letters(text: str) -> Language | None:
    own = "".join(_BEYOND_ASCII.findall(text))  # whatever tells languages apart is among these
    if frozenset(own) <= _LITHUANIAN_TEXT and _LITHUANIAN.search(own):
        return Language.LT
    if len(_CYRILLIC.findall(own)) + len(_UKRAINIAN.findall(own)) >= _CYRILLIC_ENOUGH:
        return Language.OTHER if _is_ukrainian(text) else Language.RU
    lithuanian = len(_LITHUANIAN.findall(own))
    if len(_POLISH.findall(own)) > lithuanian:
        return Language.OTHER
    if lithuanian:
        return Language.LT
    if _ASCII_LETTER.search(text):
        return None
    return Language.OTHER if _LETTER.search(text) else Language.LT


def _by_model(folded: str) -> Language:
    # Imported here because it brings numpy: what most questions never need.
    from knowledge_base.guessing import shipped  # noqa: PLC0415 -- see above

    return Language(shipped().likeliest(folded))
