"""Text with styles, cut into messages: no markup, so nobody's words are ever taken for it.

Positions are those of Python; Telegram counts in UTF-16 units, which appear only in `entities`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from knowledge_base.values import dataclass

LIMIT = 4096
"""Telegram counts code points after its own parsing; UTF-16 units are never fewer."""

MOST_SPANS = 100
"""Telegram ignores more in one message."""

_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
_ZWJ = "\u200d"
_CLUSTER = 64
_SHORTEST = 4  # a part is at least a quarter of what fits, or the next kind of gap is tried
_GAPS = tuple(
    re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"(?<=[.!?…])[\"“”»)\]]*\s", r"\s")
)


class Style(StrEnum):
    """How a stretch of text looks; the values are Telegram's entity types."""

    BOLD = "bold"
    QUOTE = "blockquote"
    LONG_QUOTE = "expandable_blockquote"
    LINK = "text_link"


QUOTES = frozenset({Style.QUOTE, Style.LONG_QUOTE})


@dataclass(frozen=True, slots=True)
class Span:
    """A style from `start` up to `end`; a link leads to `url`."""

    start: int
    end: int
    style: Style
    url: str = ""


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and its styles."""

    text: str
    spans: tuple[Span, ...] = ()

    def slice(self, start: int, end: int) -> "Styled":
        """Return a stretch, without the white space around it, its styles clipped."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        clipped = (
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in self.spans
        )
        return Styled(self.text[start:end], tuple(s for s in clipped if s.start < s.end))


def styled(text: str, style: Style | None = None) -> Styled:
    """Return the text in one style; what no UTF-8 can carry is replaced."""
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    clean = clean.replace("\x00", "").replace("\r\n", "\n")
    return Styled(clean, (Span(0, len(clean), style),) if style and clean else ())


def link(text: str, url: str) -> Styled:
    """Return the text as a link; without an address, as it is."""
    plain = styled(text)
    if not url or not plain.text:
        return plain
    return Styled(plain.text, (Span(0, len(plain.text), Style.LINK, url),))


def joined(pieces: Iterable[Styled], gap: str = "\n\n") -> Styled:
    """Put pieces below one another."""
    text, spans = "", []
    for piece in pieces:
        if not piece.text:
            continue
        start = len(text) + len(gap) if text else 0
        text = f"{text}{gap}{piece.text}" if text else piece.text
        spans += [replace(s, start=s.start + start, end=s.end + start) for s in piece.spans]
    return Styled(text, tuple(spans))


def lines(texts: Sequence[str]) -> Styled:
    """Return plain lines below one another."""
    return joined((styled(text) for text in texts), gap="\n")


def split(whole: Styled, limit: int = LIMIT) -> list[Styled]:
    """Cut at blank lines, lines, sentences, spaces, in this order of preference.

    Nothing but the white space at a cut is lost; a part that shows nothing is left out, since
    Telegram refuses it.
    """
    parts, start = [], 0
    while start < len(whole.text):
        end = min(_reach(whole.text, start, limit), _last_style(whole, start))
        if end < len(whole.text):
            end = _cut(whole.text, start, end)
        parts.append(whole.slice(start, end))
        start = end
    return [part for part in parts if any(_is_visible(sign) for sign in part.text)]


def entities(part: Styled) -> list[dict[str, object]]:
    """Return the styles as Telegram wants them."""
    return [
        {
            "type": span.style.value,
            "offset": utf16(part.text[: span.start]),
            "length": utf16(part.text[span.start : span.end]),
            **({"url": span.url} if span.url else {}),
        }
        for span in part.spans
    ]


def utf16(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _last_style(whole: Styled, start: int) -> int:
    """Return where the styles that Telegram would ignore begin."""
    ahead = [span.start for span in whole.spans if span.end > start]
    beyond = [at for at in sorted(ahead)[MOST_SPANS:] if at > start]
    return beyond[0] if beyond else len(whole.text)


def _reach(text: str, start: int, limit: int) -> int:
    """Return how far a part that begins here can go."""
    end = min(start + limit, len(text))
    while utf16(text[start:end]) > limit:
        end -= (utf16(text[start:end]) - limit + 1) // 2
    return end


def _cut(text: str, start: int, end: int) -> int:
    least = start + (end - start) // _SHORTEST
    for gap in _GAPS:
        cuts = [found.end() for found in gap.finditer(text, start, end + 1) if found.end() > least]
        # A gap that ends one past the limit is white space, which falls away.
        if cuts:
            return min(cuts[-1], end + 1)
    return _between_signs(text, start, end)


def _between_signs(text: str, start: int, end: int) -> int:
    """Step back to where no emoji, flag or accented letter is torn apart."""
    for cut in range(end, max(start, end - _CLUSTER), -1):
        if not _belongs_together(text, cut):
            return cut
    return end


def _belongs_together(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if _ZWJ in {before, after} or unicodedata.category(after).startswith("M"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag(before) and _is_flag(after) and _flags_before(text[:cut]) % 2 == 1


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flags_before(text: str) -> int:
    return len(text) - len(text.rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in _INVISIBLE
