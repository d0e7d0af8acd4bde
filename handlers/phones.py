"""Phone numbers as people write them, and as one dials them from anywhere (E.164)."""

import re
from typing import Final

_LITHUANIA: Final = "370"
_NATIONAL: Final = re.compile(r"[3-9]\d{7}")
_INTERNATIONAL: Final = re.compile(r"[1-9]\d{7,14}")
_MOBILE: Final = re.compile(r"6\d{7}")
_WRITTEN: Final = re.compile(r"(?<![\w+])\(?(?:\+|\b)\d[\d ()./\u00a0\u2011\u2013-]{5,22}\d(?!\w)")
_BETWEEN: Final = re.compile(r"[ ()./\u00a0\u2011\u2013-]")
_TRUNK: Final = 9
_LETTERS: Final = 3
_DIGITS: Final = 5


def parse_phone(text: str) -> str | None:
    """Return a number as `+37061234567`; None when nobody could be called on it.

    A number without a country is Lithuanian: behind the trunk prefix `8` or `0`, or a mobile
    number alone.
    """
    signs = _BETWEEN.sub("", text.strip().replace("(0)", ""))
    if not re.fullmatch(r"\+?\d+", signs, re.ASCII):
        return None
    if signs.startswith(("+", "00")):
        return _abroad(signs.removeprefix("+").removeprefix("00"))
    if len(signs) == _TRUNK and signs[0] in "80" and _NATIONAL.fullmatch(signs[1:]):
        return f"+{_LITHUANIA}{signs[1:]}"
    if _MOBILE.fullmatch(signs):
        return f"+{_LITHUANIA}{signs}"
    return _abroad(signs) if signs.startswith(_LITHUANIA) else None


def find_phone(text: str) -> str | None:
    """Return the first number that stands among other words."""
    numbers = (parse_phone(found[0]) for found in _WRITTEN.finditer(text))
    return parse_phone(text) or next((number for number in numbers if number), None)


def find_phones(text: str) -> tuple[str, ...]:
    """List the different numbers that stand among other words."""
    found = (parse_phone(each[0]) for each in _WRITTEN.finditer(text))
    return tuple(dict.fromkeys(number for number in found if number))


def looks_like_phone(text: str) -> bool:
    """Tell whether a number was meant, be it wrong: digits and hardly a letter."""
    letters = sum(sign.isalpha() for sign in text)
    return letters <= _LETTERS and sum(sign.isdigit() for sign in text) >= _DIGITS


def _abroad(digits: str) -> str | None:
    if digits.startswith(_LITHUANIA):
        rest = digits.removeprefix(_LITHUANIA)
        return f"+{digits}" if _NATIONAL.fullmatch(rest) else None
    return f"+{digits}" if _INTERNATIONAL.fullmatch(digits) else None
