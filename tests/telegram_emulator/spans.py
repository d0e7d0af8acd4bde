"""Styled stretches of a text: how Telegram orders and joins them before it shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aiogram.types import MessageEntity, User

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_CODE = ("code", "pre")
# Outer entities come before inner ones over the same letters.
_ORDER = ("blockquote", "expandable_blockquote", *STYLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An entity on its way from markup to a message; offsets are in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user_id: int | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def covers(self, other: "Span") -> bool:
        return self.offset <= other.offset and other.end <= self.end

    def entity(self, user: User | None) -> MessageEntity:
        return MessageEntity(
            type=self.type,
            offset=self.offset,
            length=self.length,
            url=self.url,
            user=user,
            language=self.language,
            custom_emoji_id=self.custom_emoji_id,
            unix_time=self.unix_time,
            date_time_format=self.date_time_format,
        )


def span_of(entity: MessageEntity) -> Span:
    """Read an entity a bot sent as JSON."""
    return Span(
        type=entity.type,
        offset=entity.offset,
        length=entity.length,
        url=entity.url,
        user_id=entity.user.id if entity.user else None,
        language=entity.language,
        custom_emoji_id=entity.custom_emoji_id,
        unix_time=entity.unix_time,
        date_time_format=entity.date_time_format,
    )


def utf16(text: str) -> int:
    """Return the length of a text as entities count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def ordered(spans: Iterable[Span]) -> list[Span]:
    """Sort as TDLib does: by beginning, longer first, outer kinds first."""

    def key(span: Span) -> tuple[int, int, int]:
        rank = _ORDER.index(span.type) if span.type in _ORDER else len(_ORDER)
        return span.offset, -span.length, rank

    return sorted(spans, key=key)


def tidied(spans: Iterable[Span], length: int) -> list[Span]:
    """Join what overlaps, clip to the text, and let nothing live inside code."""
    clipped = [
        replace(span, length=min(span.end, length) - span.offset)
        for span in spans
        if 0 <= span.offset < length and span.length > 0
    ]
    code = [span for span in clipped if span.type in _CODE]
    kept = [
        span for span in clipped if span in code or not any(block.covers(span) for block in code)
    ]
    others = [span for span in kept if span.type not in STYLES]
    joined = [part for style in STYLES for part in _joined(s for s in kept if s.type == style)]
    return ordered({*others, *joined})


def _joined(spans: Iterable[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans, key=lambda each: each.offset):
        if result and span.offset <= result[-1].end:
            end = max(span.end, result[-1].end)
            result[-1] = replace(result[-1], length=end - result[-1].offset)
        else:
            result.append(span)
    return result
