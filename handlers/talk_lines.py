"""One line about a call or a visit, as a consultant in a hurry writes it, read leniently."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from handlers.domain.channels import Address, Channel
from handlers.domain.ids import TicketId
from handlers.domain.talks import Particulars, Told
from handlers.domain.tickets import ArticleKind, parse_reference
from handlers.phones import find_phone, parse_phone
from handlers.working_time import VILNIUS
from knowledge_base.municipalities import Place, Places
from knowledge_base.values import dataclass

MOST_MINUTES: Final = 24 * 60
_LONGEST_AS_HOURS: Final = 10
_LONGEST_NAME: Final = 3
_LONGEST_PLACE_NAME: Final = 4

_COLON: Final = re.compile(r":(?=\s|$)")
_QUOTED: Final = re.compile(
    r"(?:(?:iš|is|from)\s+)?(?P<form>(?:VšĮ|MB|asociacij\w*|bendruomen\w*|draugij\w*|fond\w*|klub\w*)\s+)?"
    r"[„“\"«](?P<name>[^„“”\"«»]{2,200})[“”\"»]",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"(?:^|(?<=\s))(?:iš|from)\s+(?P<name>[^,;(]{2,200})", re.IGNORECASE)
_MAIL: Final = re.compile(
    r"(?:el\.\s*p\w*\.?\s*)?([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    r"(?:\b(?:tel|mob)\w*\.?\s*)?(\(?\+?\d[\d ()/\u00a0-]{6,18}\d)", re.IGNORECASE
)
_CAME: Final = re.compile(
    r"\b(\d{1,4})\s*(?:dalyv\w*|dal\.|žmon\w*|žm\.|asmen\w*|asm\.)", re.IGNORECASE
)
_DECIMAL: Final = re.compile(r"\b(\d)[.,](\d{1,2})\s*(?:val\w*\b\.?|h\b)", re.IGNORECASE)
_HOURS: Final = re.compile(
    r"\b(\d{1,2})\s*(?:val\w*\b\.?|h\b)\s*(?:(?:ir\s+)?(\d{1,2})\s*min\w*\b\.?)?", re.IGNORECASE
)
_MINUTES: Final = re.compile(r"\b(\d{1,4})\s*(?:min\w*\b\.?|m\b(?!\.)|['′])", re.IGNORECASE)
_IN_WORDS: Final = (
    (re.compile(r"\bpusantros\s+valandos\b", re.IGNORECASE), 90),
    (re.compile(r"\bpusvaland\w*", re.IGNORECASE), 30),
    (re.compile(r"\bvalandą\b", re.IGNORECASE), 60),
)
_DAYS: Final = {"užvakar": 2, "vakar": 1, "šiandien": 0}
_DAY: Final = re.compile(r"\b(užvakar|vakar|šiandien|\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s,;()]+")
_STREET: Final = re.compile(r"\s+(?:g|pr|al|a|pl|k|sen)\.")
_BARE: Final = re.compile(r"[^\w]+|iš|ir")


_NAMED: Final = re.compile(r"(?<!\w)(NVO-\d{1,18})(?!\w)", re.IGNORECASE | re.ASCII)


def split_reference(line: str) -> tuple[TicketId | None, str]:
    """Return the ticket a line begins with or names before its colon, and the line without it."""
    colon = _COLON.search(line)
    found = _NAMED.search(line, 0, colon.start() if colon else len(line))
    if found is None:
        return None, line
    return parse_reference(found[1]), f"{line[: found.start()]} {line[found.end() :]}".strip()


@dataclass(slots=True)
class _Line:
    """What is left of the line; whatever is understood is taken out of it."""

    left: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.left)
        if found is not None:
            self.cut(found.start(), found.end())
        return found

    def cut(self, start: int, end: int) -> None:
        self.left = f"{self.left[:start]} , {self.left[end:]}"


def read_talk(line: str, kind: ArticleKind, *, places: Places, today: date) -> Told:
    """Read a line like `Anykščių r. 15 min Jonas iš „Bendruomenė X“: patarta dėl žymos`.

    Before the first colon stand the particulars, in any order; after it what was advised. Nothing
    that was written is lost: what is not understood stays with the advice, or, of a visit, is the
    place.
    """
    colon = _COLON.search(line)
    line_head, advice = (line[: colon.start()], line[colon.end() :]) if colon else (line, "")
    head = _Line(line_head)
    quoted = head.take(_QUOTED)
    address = _address(head)
    participants, minutes = _participants(head), _minutes(head)
    held_at = _held_at(head, today)
    organisation = _name_of(quoted) if quoted else _from(head, places) if colon else ""
    found = _municipality(head, places)
    name = _person(head)
    rest = " ".join(word for word in _WORD.findall(head.left) if not _BARE.fullmatch(word))
    place = rest if colon and kind is ArticleKind.VISIT else ""
    return Told(
        advice="\n".join(filter(None, ("" if place else rest, advice.strip()))),
        name=name,
        address=address,
        municipalities=tuple(each.official for each in found),
        about=Particulars(
            minutes=minutes, participants=participants, place=place, organisation=organisation
        ),
        held_at=held_at,
    )


def _address(head: _Line) -> Address | None:
    if mail := head.take(_MAIL):
        return Address(Channel.MAIL, mail[1].lower())
    for found in _NUMBER.finditer(head.left):
        if number := parse_phone(found[1]) or find_phone(found[1]):
            head.cut(found.start(), found.end())
            return Address(Channel.PHONE, number)
    return None


def _participants(head: _Line) -> int | None:
    found = head.take(_CAME)
    return int(found[1]) if found else None


def _minutes(head: _Line) -> int | None:
    """Read how long it took; an hour of the clock is none of its hours."""
    readings: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
        (_DECIMAL, lambda found: round(60 * float(f"{found[1]}.{found[2]}"))),
        (_HOURS, lambda found: 60 * int(found[1]) + int(found[2] or 0)),
        (_MINUTES, lambda found: int(found[1])),
        *((words, lambda _, worth=worth: worth) for words, worth in _IN_WORDS),
    )
    for pattern, reckon in readings:
        found = pattern.search(head.left)
        if found is None or (pattern is _HOURS and int(found[1]) > _LONGEST_AS_HOURS):
            continue
        if 0 < (minutes := reckon(found)) <= MOST_MINUTES:
            head.cut(found.start(), found.end())
            return minutes
    return None


def _held_at(head: _Line, today: date) -> datetime | None:
    """Read the day, if it is past; nobody writes down what is yet to be."""
    found = _DAY.search(head.left)
    if found is None:
        return None
    word = found[1].lower()
    try:
        day = date.fromisoformat(word) if word[0].isdigit() else today - timedelta(_DAYS[word])
    except ValueError:
        return None
    if day > today:
        return None
    head.cut(found.start(), found.end())
    return None if day == today else datetime.combine(day, time(12), VILNIUS)


def _municipality(head: _Line, places: Places) -> tuple[Place, ...]:
    words = list(_WORD.finditer(head.left))
    for size in range(_LONGEST_PLACE_NAME, 0, -1):
        for first, last in _windows(words, size):
            text = head.left[first.start() : last.end()]
            if text[0].isupper() and (found := places.named(text)):
                head.cut(first.start(), last.end())
                return found
    return ()


def _windows(
    words: list[re.Match[str]], size: int
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    for start in range(len(words) - size + 1):
        yield words[start], words[start + size - 1]


def _name_of(quoted: re.Match[str]) -> str:
    return f"{quoted['form'] or ''}„{quoted['name'].strip()}“"


def _from(head: _Line, places: Places) -> str:
    """Read whom somebody is from; a municipality is a place, not an organisation."""
    found = _FROM.search(head.left)
    if found is None or places.named(found["name"].strip()):
        return ""
    head.cut(found.start(), found.end())
    return found["name"].strip()


def _person(head: _Line) -> str:
    """Take the first words with a capital that stand side by side."""
    taken: list[re.Match[str]] = []
    for word in _WORD.finditer(head.left):
        is_apart = taken and head.left[taken[-1].end() : word.start()].strip()
        is_name = word[0][0].isupper() and not _STREET.match(head.left, word.end())
        if is_name and not is_apart and len(taken) < _LONGEST_NAME:
            taken.append(word)
        elif taken:
            break
    if not taken:
        return ""
    name = head.left[taken[0].start() : taken[-1].end()]
    head.cut(taken[0].start(), taken[-1].end())
    return name
