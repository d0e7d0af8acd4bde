"""How numbers, days and counts are written in each language; a test compares them with Babel's.

Babel knows seven hundred languages; for five of them this process would hold five megabytes.
"""

from datetime import date
from typing import Final

_SPACE: Final = "\N{NO-BREAK SPACE}"
_MARKS: Final = {
    "lt": (_SPACE, ","),
    "en": (",", "."),
    "ru": (_SPACE, ","),
    "uk": (_SPACE, ","),
    "pl": (_SPACE, ","),
}
"""What stands between thousands, and before a part."""

_MONTHS: Final = {
    "lt": "sausio vasario kovo balandžio gegužės birželio "
    "liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": "stycznia lutego marca kwietnia maja czerwca "
    "lipca sierpnia września października listopada grudnia",
}
_DAYS: Final = {
    "lt": "{year} m. {month} {day} d.",
    "en": "{month} {day}, {year}",
    "ru": "{day} {month} {year}\N{NARROW NO-BREAK SPACE}г.",
    "uk": "{day} {month} {year}\N{NARROW NO-BREAK SPACE}р.",
    "pl": "{day} {month} {year}",
}


def day_in_words(day: date, language: str) -> str:
    """Write a day as in a letter."""
    month = _MONTHS[language].split()[day.month - 1]
    return _DAYS[language].format(year=day.year, month=month, day=day.day)


def whole(number: int, language: str) -> str:
    """Write a number with its thousands apart."""
    return f"{number:,}".replace(",", _MARKS[language][0])


def with_part(number: float, language: str) -> str:
    """Write a number with at most two digits of a part."""
    digits, _, part = f"{number:.2f}".partition(".")
    part = part.rstrip("0")
    return whole(int(digits), language) + (_MARKS[language][1] + part if part else "")


def plural(number: int, language: str) -> str:
    """Return the name of the form that a noun takes after the number: one, few, many or other."""
    number = abs(number)
    tens, last = number % 100, number % 10
    match language:
        case "lt":
            if tens in range(11, 20) or last == 0:
                return "other"
            return "one" if last == 1 else "few"
        case "ru" | "uk" | "pl":
            if number == 1 if language == "pl" else last == 1 and tens != 11:  # noqa: PLR2004 -- eleven is the exception
                return "one"
            return "few" if last in {2, 3, 4} and tens not in {12, 13, 14} else "many"
        case _:
            return "one" if number == 1 else "other"
