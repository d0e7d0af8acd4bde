"""HTML to plain text, with the quote marks of mail programs turned into the marks of plain text.

A quoted block becomes lines with "> ", a separator that a program draws above the history becomes
a line of underscores. So one cutter (`bot.email.quotes`) serves both forms. The scan is linear and
keeps no tree: 100,000 nested elements cost what 100,000 letters cost.
"""

import html
import re
from dataclasses import field

from knowledge_base.values import dataclass

SEPARATOR = "_" * 32
"""What stands for the line a mail program draws between the reply and the history."""

_OPENING = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})|[!?])")
_ATTRIBUTE = re.compile(
    r"""(?:^|[\s"'])(class|id|type|style)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]{2,}|[\t\r\n\f\xa0\u200b\ufeff]")
_SILENT = frozenset({"script", "style", "title", "head", "template", "noscript"})
_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "dl", "dt", "div",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"})
_NESTING = frozenset({"div", "blockquote"})
_QUOTED = "> "
_EMPTY = frozenset({"", _QUOTED})

_QUOTE_CLASSES = frozenset({"yahoo_quoted", "protonmail_quote", "moz-signature-quote"})
_HISTORY_IDS = frozenset(
    {
        "appendonsend",
        "divrplyfwdmsg",
        "x_divrplyfwdmsg",
        "mail-editor-reference-message-container",
        "zwchr",
    }
)
_OUTLOOK_BORDER = re.compile(
    r"border(?:-top)?:\s?(?:none;border-top:)?\s?solid\s#[0-9a-f]{6}\s1\.0pt;\s?padding:\s?3\.0pt\s0"
)


def to_text(markup: str) -> str:
    """Return what a reader sees, one line for each block, quoted history marked with "> ".

    Comments and silent elements are left out, and all after a tag without an end.
    """
    writer = _Writer()
    position = 0
    while found := _OPENING.search(markup, position):
        opening = found.start()
        if opening > position:
            writer.words(markup[position:opening])
        if found[2] is None:
            position = _after_comment(markup, opening)
            continue
        position = _after_tag(markup, opening)
        tag, name, closes = markup[opening:position], found[2].lower(), bool(found[1])
        if position > len(markup):
            return writer.text()
        writer.tag(tag, name, closes=closes)
        if name in _SILENT and not closes and tag[-2] != "/":
            position = _after_element(markup, name, position)
    if position < len(markup):
        writer.words(markup[position:])
    return writer.text()


def _after_tag(markup: str, opening: int) -> int:
    """Return where the tag ends, a ">" inside quotes not counting; past the end if nowhere."""
    closing = markup.find(">", opening)
    if closing < 0:
        return len(markup) + 1
    if markup.count('"', opening, closing) % 2:
        quoted = markup.find('">', closing, closing + 1000)
        closing = quoted + 1 if quoted >= 0 else closing
    return closing + 1


def _after_comment(markup: str, opening: int) -> int:
    """Return where reading goes on after `<!--...-->`, `<!...>` or `<?...>`."""
    mark = "-->" if markup.startswith("<!--", opening) else ">"
    end = markup.find(mark, opening)
    return len(markup) if end < 0 else end + len(mark)


def _after_element(markup: str, name: str, position: int) -> int:
    end = re.compile(rf"</{re.escape(name)}\b|<body\b", re.IGNORECASE).search(markup, position)
    return end.start() if end else len(markup)


@dataclass(slots=True)
class _Writer:
    """Collects lines; knows only whether it stands inside a quoted block."""

    _lines: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _open: dict[str, list[bool]] = field(default_factory=lambda: {name: [] for name in _NESTING})
    _quotes: int = 0
    _preformatted: int = 0
    _separated: bool = False

    def words(self, text: str) -> None:
        readable = html.unescape(_LONG_NUMBER.sub("", text)) if "&" in text else text
        if not self._preformatted:
            self._words.append(readable)
            return
        first, *others = readable.split("\n")
        self._words.append(first)
        for line in others:
            self._end_line(even_empty=True)
            self._words.append(line)

    def tag(self, tag: str, name: str, *, closes: bool) -> None:
        if name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if closes else 1))
        if name == "br":
            self._end_line(even_empty=True)
        elif name in _BLOCK:
            self._end_line(even_empty=False)
            if name in _SPACED:
                self._lines.append(self._prefix())
        elif name == "td" and closes:
            self._words.append(" ")
        if name in _NESTING or name in {"hr", "body"}:
            self._nest(name, tag, closes=closes)
        if name == "li" and not closes:
            self._words.append("- ")

    def text(self) -> str:
        self._end_line(even_empty=False)
        kept: list[str] = []
        for line in self._lines:
            if line not in _EMPTY or (kept and kept[-1] not in _EMPTY):
                kept.append(line)
        return "\n".join(kept).strip()

    def _nest(self, name: str, tag: str, *, closes: bool) -> None:
        if closes:
            quoted = self._open[name].pop() if self._open.get(name) else False
            self._quotes -= quoted
            return
        marks = {
            match[1].lower(): (match[2] or match[3] or match[4] or "").lower()
            for match in _ATTRIBUTE.finditer(tag[:2000])
        }
        quoted = _is_quote(name, marks)
        if name in self._open:
            self._open[name].append(quoted)
        self._quotes += quoted
        if _is_separator(marks) and not self._separated and not self._quotes:
            self._separated = True
            self._lines.append(SEPARATOR)

    def _prefix(self) -> str:
        return _QUOTED if self._quotes else ""

    def _end_line(self, *, even_empty: bool) -> None:
        line = _SPACES.sub(" ", "".join(self._words)).strip(" ")
        self._words.clear()
        if line or even_empty:
            self._lines.append(self._prefix() + line)


def _is_quote(name: str, marks: dict[str, str]) -> bool:
    classes = set(marks.get("class", "").split())
    if name == "blockquote":
        is_cited = marks.get("type") == "cite" or any("quote" in each for each in classes)
        return is_cited or "border-left" in marks.get("style", "")
    return name == "div" and bool(classes & _QUOTE_CLASSES)


def _is_separator(marks: dict[str, str]) -> bool:
    return marks.get("id", "") in _HISTORY_IDS or bool(
        _OUTLOOK_BORDER.search(marks.get("style", "")[:1000])
    )
