"""What becomes of the text a bot or a person sends: markup, trimming, limits, found entities."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aiogram.client.default import Default
from aiogram.types import MessageEntity, User

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import ApiError, Refusal
from tests.telegram_emulator.html import HtmlError, parse_html
from tests.telegram_emulator.spans import Span, ordered, span_of, tidied, utf16

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_RAW_LIMIT = 1 << 15
_CONTROLS = {code: " " for code in range(32) if chr(code) not in "\n\r"}
_INVISIBLE = " \n\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff\ufffc"
# A coarse reading of TDLib's `find_entities`: enough for what our bot and its people write.
_FOUND = {
    "url": re.compile(r"https?://[^\s<>\"„“”]+[^\s<>\"„“”.,;:!?)]"),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    "bot_command": re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])", re.ASCII),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w+"),
}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and what is marked in it."""

    text: str
    spans: tuple[Span, ...] = ()

    def entities(self, person: Callable[[int], User | None]) -> list[MessageEntity]:
        """Return the entities as messages carry them; unknown people are not mentioned."""
        pairs = [(span, person(span.user_id) if span.user_id else None) for span in self.spans]
        return [span.entity(user) for span, user in pairs if user or not span.user_id]


def read_markup(
    text: str,
    parse_mode: str | Default | None,
    entities: Sequence[MessageEntity] | None,
) -> Formatted:
    """Read what a bot sent; with a parse mode its entities are not looked at."""
    if len(text.encode()) > _RAW_LIMIT:
        raise ApiError(errors.TEXT_OVER_32K)
    mode = parse_mode.lower() if isinstance(parse_mode, str) else "none"
    if not text or mode in {"", "none"}:
        return Formatted(text, tuple(span_of(entity) for entity in entities or ()))
    if mode in {"markdown", "markdownv2"}:
        raise ApiError(errors.NOT_MODELLED, method=f"parse_mode {mode}")
    if mode != "html":
        raise ApiError(errors.PARSE_MODE)
    try:
        parsed, spans = parse_html(text)
    except HtmlError as broken:
        raise ApiError(errors.CANNOT_PARSE, reason=broken) from broken
    return Formatted(parsed, tuple(spans))


def fixed(formatted: Formatted) -> Formatted:
    """Clean and trim as TDLib's `fix_formatted_text`, and mark addresses and commands."""
    clean = _without_returns(formatted)
    kept = clean.text.translate(_CONTROLS).rstrip(" \n")
    leading = len(kept) - len(kept.lstrip(" \n"))
    cut = min([leading, *(span.offset for span in clean.spans)])
    text = kept[cut:]
    moved = [replace(span, offset=span.offset - cut) for span in clean.spans]
    spans = tidied(moved, utf16(text))
    if not text.strip(_INVISIBLE):
        return Formatted("")
    return Formatted(text, tuple(ordered([*spans, *_found(text, spans)])))


def limited(formatted: Formatted, limit: int, refusal: Refusal) -> Formatted:
    """Refuse what has more code points than the limit."""
    if len(formatted.text) > limit:
        raise ApiError(refusal)
    return formatted


def _without_returns(formatted: Formatted) -> Formatted:
    """Drop carriage returns; what is marked after one moves one place back."""
    text, spans = formatted.text, formatted.spans
    while (at := text.find("\r")) >= 0:
        place = utf16(text[:at])
        text = text[:at] + text[at + 1 :]
        spans = tuple(
            replace(
                span,
                offset=span.offset - (span.offset > place),
                length=span.length - (span.offset <= place < span.end),
            )
            for span in spans
        )
    return Formatted(text, spans)


def _found(text: str, taken: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            span = Span(type=kind, offset=utf16(text[: match.start()]), length=utf16(match[0]))
            if not any(_overlap(span, other) for other in [*found, *_solid(taken)]):
                found.append(span)
    return found


def _solid(spans: Sequence[Span]) -> list[Span]:
    return [s for s in spans if s.type in {*_FOUND, "code", "pre", "text_link", "text_mention"}]


def _overlap(one: Span, other: Span) -> bool:
    return one.offset < other.end and other.offset < one.end
