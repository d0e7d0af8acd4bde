"""The reply without the history: what was said in a mail, cut free of what it answers.

Works on plain text of Lithuanian, English and Russian mail programs, with or without diacritics,
in linear time. A forward keeps its content: it is the question. Answers under or between quoted
lines stay. When cutting would leave nothing, nothing is cut.
"""

import re
import unicodedata

from bot.email.html import SEPARATOR
from knowledge_base.values import dataclass

_MAX_LINE = 1000
_WINDOW = 3
"""Over how many lines an attribution may be wrapped."""

_MARKER = re.compile(
    r"rasykite virs sios eilutes|please (?:reply|type your reply) above this line"
    r"|пишите выше этой (?:строки|линии)|-{3} .{1,80}\[#[0-9a-f]{8}\] -{3}"
)
"""The last is how our own mark (`bot.email.letters`) begins and ends in any language."""

_FORWARD = re.compile(
    r"[-_=\s]*(?:begin forwarded message|forwarded message|persiustas (?:laiskas|pranesimas)"
    r"|persiusta zinute|persiunciam\w+ (?:laiskas|pranesimas|zinute)"
    r"|пересылаемое (?:сообщение|письмо)|пересланное (?:сообщение|письмо)"
    r"|начало пере(?:адресованного|сылаемого) сообщения)[-_=:\s]*"
)
_ORIGINAL = re.compile(
    r"[-_=\s]*(?:original(?:us|usis)? (?:message|appointment|laiskas|pranesimas)"
    r"|pradin(?:is|e) (?:laiskas|zinute|pranesimas)|исходное (?:сообщение|письмо)"
    r"|оригинальное (?:сообщение|письмо))[-_=:\s]*"
)
_VERB = re.compile(
    r"(?<!\w)(?:rase|parase|raso|wrote|writes|schrieb|написал|написала|написал\(а\)|пишет|писал"
    r"|писала)(?!\w)|>wrote"
)
_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")
_NAMED = re.compile(r"<[^\s@<>]{1,64}@[^\s@<>]{1,255}>:\s*\Z")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|(?:19|20)\d\d(?!\d))"
)
_KEY = re.compile(r"[*\s]*([a-zа-я-]{1,12})\s?:[*\s]*(.*)", re.DOTALL)
_KEYS = {
    **dict.fromkeys(("nuo", "from", "от", "siuntejas", "von", "de"), "from"),
    **dict.fromkeys(("issiusta", "siusta", "data", "sent", "date", "отправлено", "дата"), "date"),
    **dict.fromkeys(("kam", "iki", "skirta", "gavejas", "to", "кому"), "to"),
    **dict.fromkeys(("kopija", "cc", "копия", "bcc", "slapta"), "cc"),
    **dict.fromkeys(("tema", "subject", "тема"), "subject"),
    **dict.fromkeys(("reply-to", "atsakyti"), "reply-to"),
}
_DEVICE = re.compile(
    r"(?:sent from|sent with|sent via|issiusta is|siusta is|issiusta naudojant|отправлено (?:с|из)"
    r"|get outlook for|gaukite outlook|gauti outlook)\b[^,.!?;]{1,60}(?:\(https?://\S{1,200}\))?"
    r"|(?:get|gaukite|gauti) <?outlook.{1,120}"
)
_MARKING_WORDS = (
    "forward", "persiu", "пере", "origin", "pradin", "исходн", "оригинал",
    "virs sios eilutes", "above this line", "выше этой", "] ---",
)  # fmt: skip
"""One of them stands in whatever `_FORWARD`, `_ORIGINAL` or `_MARKER` finds."""

_SIGNATURE_LINES = 15
_MARKS = str.maketrans("", "", "„“”\"'«»*_")


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said. `is_cut`: history was left out. `is_sure`: a person need not look again."""

    text: str
    is_cut: bool
    is_sure: bool


def cut(text: str, *, forwarded: bool = False) -> Reply:
    """Cut the history off; `forwarded` says that the subject calls the mail a forward."""
    lines = text.splitlines()
    folded = _Folded.of(lines)
    split = _Split(len(lines), len(lines)) if forwarded else _split(folded)
    before = len(lines) if not forwarded else 0
    before = min(before, split.forward)
    answers = _answers(lines[: min(before, split.history)], folded)
    passed_on = lines[before : split.history]
    said = _squeezed(answers + passed_on if passed_on else _without_tail(answers))
    if not said:
        return Reply(text=text.strip(), is_cut=False, is_sure=False)
    is_cut = split.history < len(lines) or len(answers) < min(before, split.history)
    return Reply(text=said, is_cut=is_cut, is_sure=split.is_sure)


def first_writer(text: str, *, forwarded: bool = False) -> str:
    """Return the address of who wrote what was passed on, or nothing where that is unclear.

    The copied headers say so, and prove nothing: it is for people to look at.
    """
    if "@" not in text:
        return ""
    lines = text.splitlines()
    start = 0 if forwarded else _split(_Folded.of(lines)).forward
    for written in lines[start:]:
        line = written.lstrip("> ")
        address = _ADDRESS.search(line[:_MAX_LINE]) if "@" in line else None
        key = _KEY.fullmatch(_fold(line)) if address else None
        if address and key and _KEYS.get(key[1]) == "from":
            return address[0].strip("[]():;,")
    return ""


def is_forward(subject: str) -> bool:
    """Tell whether the subject says that the mail was passed on."""
    return bool(re.match(r"\s*(?:fwd?|fw|pt|pers|persiusta|пересл)\s*:", _fold(subject)))


def _fold(line: str) -> str:
    return _fold_all(line[:_MAX_LINE])


def _fold_all(text: str) -> str:
    """Lower case without diacritics; Cyrillic keeps its letters."""
    short = text.replace("\xa0", " ").lower()
    plain = short
    for letter, base in _LITHUANIAN:
        plain = plain.replace(letter, base)
    if not _STRANGE.search(plain):
        return plain
    split = unicodedata.normalize("NFD", short)
    return unicodedata.normalize("NFC", _LATIN_MARK.sub("", split))


_LITHUANIAN = tuple(zip("ąčęėįšųūž", "aceeisuuz", strict=True))
_STRANGE = re.compile("[^\x00-\x7f\xa1-\xbf\u0430-\u045f\u2010-\u2027\u20ac]")
"""What may be a Latin letter with a mark, or a mark by itself."""

_LATIN_MARK = re.compile("(?<=[a-z])[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class _Folded:
    """The folded lines of a text, and the numbers of those that may be a mark of a quote.

    Most lines are words that somebody wrote, and need not be held against any pattern.
    """

    lines: list[str]
    telling: list[int]

    @classmethod
    def of(cls, lines: list[str]) -> "_Folded":
        """Fold the lines, all at once: no mark goes with what stands in another line."""
        whole = _fold_all("\n".join(line[:_MAX_LINE] for line in lines))
        folded = whole.split("\n") if lines else []
        if any(word in whole for word in _MARKING_WORDS):
            return cls(folded, list(range(len(folded))))
        return cls(folded, [number for number, line in enumerate(folded) if _may_mark(line)])


def _may_mark(line: str) -> bool:
    """Tell whether it may be quoted, a header, an attribution or a drawn line."""
    return ":" in line or ">" in line or _is_drawn(line.strip())


def _is_drawn(line: str) -> bool:
    return len(line) >= 10 and not line.strip("_-=")  # noqa: PLR2004 -- shorter is decoration


@dataclass(frozen=True, slots=True)
class _Split:
    """Line numbers: where a passed-on mail begins, where the history that ends the mail begins."""

    forward: int
    history: int
    is_sure: bool = True


def _split(text: _Folded) -> _Split:
    folded, size = text.lines, len(text.lines)
    said = next((number for number, line in enumerate(folded) if _says_something(line)), size)
    in_history = False
    for number in text.telling:
        line = folded[number]
        if line.lstrip().startswith(">"):
            if not in_history and _FORWARD.fullmatch(line.lstrip("> ")):
                return _Split(number, size)
            in_history = True
            continue
        if _FORWARD.fullmatch(line):
            return _Split(number, size)
        if _MARKER.search(line) or _is_separator(folded, number):
            # With nothing above it, the "history" is all there is: a forward without a comment.
            first = _introduction(folded, number) if _MARKER.search(line) else number
            is_answer = said < number and any(folded[:first])
            return _Split(size, first) if is_answer else _Split(number, size)
        attribution = _attribution(folded, number)
        if attribution and _is_quoted_below(folded, number):
            in_history = True
        elif attribution and attribution.is_strong:
            if said < number:
                is_sure = attribution.is_sure or _is_marked_below(folded, number)
                return _Split(size, attribution.first, is_sure=is_sure)
            return _Split(number, size, is_sure=False)
    return _Split(size, size)


def _says_something(line: str) -> bool:
    return bool(line.strip(" -_=*")) and not line.lstrip().startswith(">")


def _is_separator(folded: list[str], number: int) -> bool:
    """Tell whether the history begins here: with a drawn line or a block of copied headers."""
    line = folded[number].strip()
    if not line or _ORIGINAL.fullmatch(line):
        return bool(line)
    if not _is_drawn(line):
        return _has_headers(folded, number, any_language=False)
    below = _next_text(folded, number)
    return below is not None and _has_headers(folded, below, any_language=line == SEPARATOR)


def _next_text(folded: list[str], number: int) -> int | None:
    near = range(number + 1, min(number + 4, len(folded)))
    return next((each for each in near if folded[each].strip()), None)


def _has_headers(folded: list[str], start: int, *, any_language: bool) -> bool:
    """Tell whether copied headers begin here: three, or From with an address and another."""
    first = _KEY.fullmatch(folded[start])
    if first is None or not (any_language or first[1] in _KEYS):
        return False
    keys: set[str] = set()
    from_address = False
    unknown = 0
    for line in folded[start : start + 10]:
        key = _KEY.fullmatch(line)
        name = _KEYS.get(key[1]) if key else None
        if key and (name or any_language):
            keys.add(name or key[1])
            from_address |= name == "from" and bool(_ADDRESS.search(key[2]))
        elif line.strip():
            unknown += 1
        if unknown > 1:
            break
    if any_language:
        return len(keys) >= 3  # noqa: PLR2004
    return "from" in keys and (len(keys) >= 3 or (from_address and len(keys) >= 2))  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Attribution:
    """A line like "on that day this person wrote:", perhaps wrapped, from `first` on."""

    first: int
    is_strong: bool
    is_sure: bool


def _attribution(folded: list[str], number: int) -> _Attribution | None:
    """Find the attribution whose last line is this one. A verb alone proves nothing."""
    last = folded[number].rstrip("*_ ")
    if not last.endswith(":") or not ("@" in last or _VERB.search(last)):
        return None
    found = None
    for first in range(number, max(-1, number - _WINDOW), -1):
        line = folded[first].strip()
        ends_above = first < number and line.endswith((".", "!", "?", ":"))
        if not line or line.startswith(">") or ends_above:
            break
        joined = " ".join(folded[first : number + 1])[-_MAX_LINE:]
        verb, address = bool(_VERB.search(joined)), bool(_ADDRESS.search(joined))
        date, clock = bool(_DATE.search(joined)), bool(_CLOCK.search(joined))
        if (verb or address) and clock and (date or address):
            named = bool(date and _NAMED.search(joined))
            return _Attribution(first, verb or named, address and verb)
        if verb and (address or date):
            found = _Attribution(first, verb, address)
    return found


def _introduction(folded: list[str], mark: int) -> int:
    """Return where the history begins that a mark of ours ends up in.

    Above it stands who wrote when, in whatever language: a line with a colon at its end, and in it
    or in the one before a date, a time or an address.
    """
    last = next((n for n in range(mark - 1, max(-1, mark - 4), -1) if folded[n].strip()), None)
    if last is None or not folded[last].rstrip("*_ ").endswith(":"):
        return mark
    found = mark
    for first in range(last, max(-1, last - _WINDOW), -1):
        line = folded[first].strip()
        if not line or (first < last and line.endswith((".", "!", "?", ":"))):
            break
        if _ADDRESS.search(line) or _DATE.search(line) or _CLOCK.search(line):
            found = first
    return found


def _is_marked_below(folded: list[str], number: int) -> bool:
    below = _next_text(folded, number)
    return below is not None and bool(_MARKER.search(folded[below]))


def _is_quoted_below(folded: list[str], number: int) -> bool:
    below = _next_text(folded, number)
    return below is not None and folded[below].lstrip().startswith(">")


def _answers(lines: list[str], text: _Folded) -> list[str]:
    """Leave out quoted lines and the attributions above them."""
    folded = text.lines
    drop: set[int] = set()
    for number in text.telling:
        if number >= len(lines):
            break
        if folded[number].lstrip().startswith(">"):
            drop.add(number)
        elif _is_quoted_below(folded, number):
            attribution = _attribution(folded, number)
            if attribution is not None:
                drop.update(range(attribution.first, number + 1))
            elif _is_marked_below(folded, number):
                drop.update(range(_introduction(folded, number + 1), number + 1))
    return [line for number, line in enumerate(lines) if number not in drop]


def _without_tail(lines: list[str]) -> list[str]:
    """Leave out the standard signature and what a telephone adds."""
    kept = list(lines)
    for number in range(max(0, len(kept) - _SIGNATURE_LINES), len(kept)):
        if kept[number].rstrip("\xa0 ") == "--":
            kept = kept[:number]
            break
    while kept:
        last = _fold(kept[-1]).translate(_MARKS).strip()
        if last.strip("-_= ") and not _DEVICE.fullmatch(last):
            break
        kept.pop()
    return kept


def _squeezed(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
