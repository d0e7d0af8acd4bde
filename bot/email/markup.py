"""The HTML form of an outgoing mail: the same paragraphs, escaped, with addresses to click on."""

import html
import re
from collections.abc import Iterable

_LINK = re.compile(r"https?://[^\s<>\"]{1,1000}[^\s<>\".,;:!?)\]]")
_MARK = re.compile(r"--- .{1,80} \[#[0-9a-f]{8}\] ---")
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"></head>\n'
    '<body style="font-family: sans-serif; line-height: 1.4">\n{body}\n</body>\n</html>\n'
)


def to_html(paragraphs: Iterable[str], *, language: str) -> str:
    """Write the paragraphs as a page; nothing in them is markup, whoever wrote them."""
    body = "\n".join(_block(paragraph) for paragraph in paragraphs)
    return _PAGE.format(language=html.escape(language), body=body)


def _block(paragraph: str) -> str:
    """Write a paragraph; the line to write above is there for programs, and pale."""
    pale = ' style="color: #999; font-size: small"' if _MARK.fullmatch(paragraph) else ""
    return f"<p{pale}>{_paragraph(paragraph)}</p>"


def _paragraph(text: str) -> str:
    written: list[str] = []
    position = 0
    for link in _LINK.finditer(text):
        address = html.escape(link[0])
        written += [_words(text[position : link.start()]), f'<a href="{address}">{address}</a>']
        position = link.end()
    return "".join([*written, _words(text[position:])])


def _words(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")
