"""Telegram's HTML, read by the rules of TDLib's `parse_html`, quirks included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tests.telegram_emulator.links import LinkError, checked_link, linked_user
from tests.telegram_emulator.spans import Span

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_STYLES, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_SPACES = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*))")
_LONGEST_REFERENCE = 10
_LAST_CODE_POINT = 0x10FFFF


class HtmlError(Exception):
    """The markup is broken; the sentence is the one Telegram answers with."""


def parse_html(source: str) -> tuple[str, list[Span]]:
    """Return the text and its spans.

    Raises:
        HtmlError: a tag is unknown, unclosed, or closed by another.
    """
    parser = _Parser(source)
    parser.run()
    text = "".join(parser.text)
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise HtmlError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    spans = [replace(span, language=None) if span.type == "code" else span for span in parser.spans]
    return text, spans


@dataclass(slots=True)
class _Tag:
    name: str
    argument: str
    date: int
    offset: int  # in UTF-16 units
    start: int  # in characters of the text so far


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    offset: int = 0
    opened: list[_Tag] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def run(self) -> None:
        while not self.ended():
            if self.peek() == "<":
                self._tag()
                continue
            letter = self._letter()
            self.text.append(letter)
            self.offset += 2 if ord(letter) > 0xFFFF else 1
        if self.opened:
            name = self.opened[-1].name
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{name}"')

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else "\0"

    def ended(self) -> bool:
        return self.at >= len(self.source)

    def _letter(self) -> str:
        """Take one letter, decoding a reference; an unknown reference is just letters."""
        found = _REFERENCE.match(self.source, self.at)
        decoded = _decoded(found) if found else None
        if found is None or decoded is None:
            self.at += 1
            return self.source[self.at - 1]
        self.at = found.end()
        if self.peek() == ";":
            self.at += 1
        return decoded

    def _skip_spaces(self) -> None:
        while not self.ended() and self.peek() in _SPACES:
            self.at += 1

    def _until(self, stops: str) -> str:
        start = self.at
        while not self.ended() and self.peek() not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _tag(self) -> None:
        where = f"at byte offset {len(self.source[: self.at].encode())}"
        self.at += 1
        if self.peek() == "/":
            self.at += 1
            self._end_tag(where)
        else:
            self._start_tag(where)

    def _start_tag(self, where: str) -> None:
        name = self._until(_SPACES + ">").lower()
        if self.ended():
            raise HtmlError(f"Unclosed start tag {where}")
        if name not in _TAGS:
            raise HtmlError(f'Unsupported start tag "{name}" {where}')
        tag = _Tag(name, "", 0, self.offset, len(self.text))
        for attribute, value in self._attributes(name, where):
            _apply(tag, attribute, value)
        if name == "span" and tag.argument != "spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" {where}')
        self.opened.append(tag)

    def _attributes(self, tag: str, where: str) -> Iterator[tuple[str, str | None]]:
        while True:
            self._skip_spaces()
            if self.peek() == ">":
                self.at += 1
                return
            name = self._until(_SPACES + "=>/\"'")
            if not name:
                raise HtmlError(f'Empty attribute name in the tag "{tag}" {where}')
            self._skip_spaces()
            has_value = self.peek() == "="
            if has_value:
                self.at += 1
                self._skip_spaces()
            if self.ended():
                raise HtmlError(f'Unclosed start tag "{tag}" {where}')
            yield name, self._value() if has_value else None
            if self.ended():
                raise HtmlError(f"Unclosed start tag {where}")

    def _value(self) -> str:
        quote = self.peek()
        if quote not in "\"'":
            return self._name_token()
        self.at += 1
        value: list[str] = []
        while not self.ended() and self.peek() != quote:
            value.append(self._letter())
        self.at += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self.at
        while self.peek().isascii() and (self.peek().isalnum() or self.peek() in ".-"):
            self.at += 1
        if self.peek() not in _SPACES + ">":
            where = len(self.source[:begin].encode())
            raise HtmlError(f"Unexpected end of name token at byte offset {where}")
        return self.source[begin : self.at].lower()

    def _end_tag(self, where: str) -> None:
        if not self.opened:
            raise HtmlError(f"Unexpected end tag {where}")
        name = self._until(_SPACES + ">").lower()
        self._skip_spaces()
        if self.peek() != ">":
            raise HtmlError(f"Unclosed end tag {where}")
        self.at += 1
        tag = self.opened.pop()
        if name and name != tag.name:
            raise HtmlError(
                f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        offset, length = tag.offset, self.offset - tag.offset
        last = self.spans[-1] if self.spans else None
        same = last is not None and (last.offset, last.length) == (offset, length)
        if last and same and tag.name == "pre" and last.type == "code" and last.language:
            self.spans[-1] = replace(last, type="pre")
        elif last and same and tag.name == "code" and last.type == "pre" and tag.argument:
            self.spans[-1] = replace(last, language=tag.argument)
        else:
            span = _span(tag, length, "".join(self.text[tag.start :]))
            self.spans += [span] if span else []


def _decoded(found: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name)
    digits = hexadecimal if hexadecimal is not None else decimal
    code = int(digits or "0", 16 if hexadecimal is not None else 10)
    if not 0 < code < _LAST_CODE_POINT or len(found[0]) >= _LONGEST_REFERENCE:
        return None
    return chr(code)


def _apply(tag: _Tag, attribute: str, value: str | None) -> None:
    match tag.name, attribute, value:
        case "blockquote", "expandable", _:
            tag.argument = "1"
        case ("a", "href", str()) | ("tg-emoji", "emoji-id", str()) | ("tg-time", "format", str()):
            tag.argument = value or ""
        case "code", "class", str() if value.startswith("language-"):
            tag.argument = value.removeprefix("language-")
        case "span", "class", str() if value.startswith("tg-"):
            tag.argument = value.removeprefix("tg-")
        case "tg-time", "unix", str():
            tag.date = int(value) if value.isdecimal() else 0
        case _:
            pass  # Telegram overlooks attributes it does not know


def _span(tag: _Tag, length: int, content: str) -> Span | None:
    span = Span(type=_STYLES.get(tag.name, tag.name), offset=tag.offset, length=length)
    match tag.name:
        case "tg-emoji":
            if not tag.argument.isdecimal() or int(tag.argument) == 0:
                raise HtmlError("Invalid custom emoji identifier specified")
            return replace(span, type="custom_emoji", custom_emoji_id=tag.argument)
        case "tg-time":
            known = replace(span, type="date_time", unix_time=tag.date)
            return replace(known, date_time_format=tag.argument or None) if tag.date else None
        case "a":
            return _link(span, tag.argument or content)
        case "code":
            return replace(span, language=tag.argument or None)
        case "blockquote" if tag.argument:
            return replace(span, type="expandable_blockquote")
        case _:
            return span


def _link(span: Span, url: str) -> Span | None:
    user = linked_user(url)
    if user is not None:
        return replace(span, type="text_mention", user_id=user)
    try:
        return replace(span, type="text_link", url=checked_link(url))
    except LinkError:
        return None
