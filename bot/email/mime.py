"""Header fields and parts of a mail, split iteratively and within limits.

The standard parser reads a header block that is out of order (policy compat32: it keeps what it is
given). It does not split the body: it recurses with every nested part and keeps each line as an
object.
"""

import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from email.parser import BytesHeaderParser
from email.policy import compat32
from types import MappingProxyType

from bot.email.charsets import clean, decode, header_text, lenient_base64
from knowledge_base.values import dataclass

MAX_HEADER_BLOCK = 256 * 1024
MAX_HEADER = 16 * 1024
MAX_FIELDS = 2000
MAX_PARTS = 500
MAX_DEPTH = 30
MAX_PARAMETERS = 100

_BLANK_LINE = re.compile(rb"\n\r?\n|\r\r")
_DELIMITER_END = re.compile(rb"(--)?[ \t]*(?=[\r\n]|\Z)")
_UNIX_FROM = re.compile(rb">?From [^\r\n]*(?:\r\n|\n|\r)")
_PLAIN_FIELD = re.compile(r"([!-9;-~]+):[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)\n")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SOFT_BREAK = re.compile(rb"=[ \t]*\r(?!\n)")
_SEGMENT = re.compile(r"([^*]+)\*(\d{1,3})?(\*?)")
_NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})


class HeaderBlockTooLargeError(ValueError):
    """The header block is longer than any mail needs."""


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields of a mail or part, in order, each value decoded when first asked for.

    They are asked for by their names in small letters.
    """

    fields: tuple[tuple[str, str], ...]
    _decoded: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)
    _written: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Order the values by name: forty questions are asked of every mail."""
        for name, value in self.fields:
            self._written.setdefault(name, []).append(value)

    def all(self, name: str) -> Sequence[str]:
        """Return every value of the field as one clean line of text each."""
        written = self._written.get(name)
        if written is None:
            return ()
        if name not in self._decoded:
            self._decoded[name] = [header_text(value) for value in written]
        return self._decoded[name]

    def first(self, name: str) -> str:
        """Return the first value of the field, or an empty text."""
        return self.all(name)[0] if name in self._written else ""

    def raw(self, name: str) -> Sequence[str]:
        """Return every value as it was written; 8-bit bytes are surrogates."""
        return self._written.get(name, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the tree of parts. Leaves that share `alternative` say the same thing."""

    headers: Headers
    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    filename: str
    encoded: bytes = field(repr=False)
    alternative: int

    def content(self, limit: int | None = None) -> bytes:
        """Undo the transfer encoding; `limit` bounds what is looked at, not exactly what comes."""
        encoded = self.encoded if limit is None else self.encoded[: 2 * limit]
        content = _transfer_decoded(encoded, self.headers.first("content-transfer-encoding"))
        return content if limit is None else content[:limit]

    def text(self, limit: int) -> str:
        return decode(self.content(limit), self.parameters.get("charset"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The leaves of a mail in order, and whether a limit cut the tree short."""

    leaves: tuple[Part, ...]
    cut_short: bool


def split_headers(raw: bytes) -> tuple[Headers, bytes]:
    """Return the header fields and the body.

    Raises:
        HeaderBlockTooLargeError: no blank line within the limit.
    """
    raw = raw.lstrip(b"\r\n")
    start = _UNIX_FROM.match(raw)
    begin = start.end() if start else 0
    blank = _BLANK_LINE.search(raw, begin, begin + MAX_HEADER_BLOCK)
    if blank is None and len(raw) - begin > MAX_HEADER_BLOCK:
        raise HeaderBlockTooLargeError
    if raw[begin : begin + 1] in b"\r\n":
        return Headers(()), raw[begin:].lstrip(b"\r\n")
    block = raw[begin : blank.start() + 1] if blank else raw[begin:]
    body = raw[blank.end() :] if blank else b""
    fields = _plain_fields(block.decode("ascii", "surrogateescape"))
    if fields is not None:
        return Headers(fields[:MAX_FIELDS]), body
    message = BytesHeaderParser(policy=compat32).parsebytes(block)
    fields = tuple((name.lower(), str(value)[:MAX_HEADER]) for name, value in message.raw_items())
    # Where the blank line is missing, the parser stops at the first line that is no header.
    # Without an encoding it gives the very bytes; with one it would decode, and may raise.
    del message["content-transfer-encoding"]
    text_of_no_header = message.get_payload(decode=True)
    if isinstance(text_of_no_header, bytes) and text_of_no_header:
        body = text_of_no_header + b"\n" + body
    return Headers(fields[:MAX_FIELDS]), body


def _plain_fields(block: str) -> tuple[tuple[str, str], ...] | None:
    """Read a block in which every line is in order, as nearly all are; else None.

    The standard parser reads the same from it, and takes four times as long.
    """
    if block.count("\r") != block.count("\r\n"):
        return None
    fields: list[tuple[str, str]] = []
    end = 0
    while found := _PLAIN_FIELD.match(block, end):
        fields.append((found[1].lower(), found[2].rstrip("\r\n")[:MAX_HEADER]))
        end = found.end()
    return tuple(fields) if end == len(block) else None


def parts_of(headers: Headers, body: bytes) -> Parts:
    """Split the body into its leaves. What lies beyond a limit stays inside the last leaf."""
    leaves: list[Part] = []
    waiting = [_Node(headers, body, depth=0, default="text/plain", alternative=0)]
    seen = 0
    cut_short = False
    while waiting and len(leaves) < MAX_PARTS:
        node = waiting.pop()
        seen += 1
        part = _part(node, number=seen)
        boundary = part.parameters.get("boundary", "")
        if not part.content_type.startswith("multipart/") or not boundary:
            leaves.append(part)
        elif node.depth >= MAX_DEPTH or seen > 2 * MAX_PARTS:
            cut_short = True
            leaves.append(part)
        else:
            children = list(_children(node, part, boundary, number=seen))
            waiting.extend(reversed(children[:MAX_PARTS]))
            cut_short = cut_short or len(children) > MAX_PARTS
    return Parts(leaves=tuple(leaves), cut_short=cut_short or bool(waiting))


def parameters_of(value: str) -> tuple[str, Mapping[str, str]]:
    """Split a header value such as Content-Type into its first word and its parameters."""
    if ";" not in value:
        return value.strip().lower(), _NO_PARAMETERS
    plain: dict[str, str] = {}
    segments: dict[str, dict[int, tuple[str, bool]]] = {}
    for count, match in enumerate(_PARAMETER.finditer(value)):
        if count >= MAX_PARAMETERS:
            break
        name, content = match[1].lower(), match[2].strip()
        if content.startswith('"'):
            content = _ESCAPED.sub(r"\1", content.strip('"'))
        segment = _SEGMENT.fullmatch(name)
        if segment is None:
            plain.setdefault(name, content)
        else:
            encoded = not segment[2] or bool(segment[3])
            segments.setdefault(segment[1], {})[int(segment[2] or 0)] = (content, encoded)
    for name, numbered in segments.items():
        plain[name] = _joined([numbered[number] for number in sorted(numbered)])
    decoded = {name: header_text(content) for name, content in plain.items()}
    return value.partition(";")[0].strip().lower(), MappingProxyType(decoded)


@dataclass(frozen=True, slots=True)
class _Node:
    headers: Headers
    body: bytes
    depth: int
    default: str
    alternative: int


def _part(node: _Node, *, number: int) -> Part:
    written, parameters = parameters_of(_unfolded(node.headers, "content-type"))
    disposition, extra = parameters_of(_unfolded(node.headers, "content-disposition"))
    return Part(
        headers=node.headers,
        content_type=written if _TYPE.fullmatch(written) else node.default,
        parameters=parameters,
        disposition=clean(disposition)[:60],
        filename=extra.get("filename") or parameters.get("name", ""),
        encoded=node.body,
        alternative=node.alternative or number,
    )


def _unfolded(headers: Headers, name: str) -> str:
    return next(iter(headers.raw(name)), "")


def _children(node: _Node, part: Part, boundary: str, *, number: int) -> Iterator[_Node]:
    alternative = node.alternative
    if part.content_type == "multipart/alternative" and not alternative:
        alternative = number
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for content in _between(node.body, boundary):
        headers, body = _child_headers(content)
        yield _Node(headers, body, node.depth + 1, default, alternative)


def _child_headers(content: bytes) -> tuple[Headers, bytes]:
    if content.startswith((b"\n", b"\r")):
        return Headers(()), content[_after_line_end(content, 0) :]
    try:
        return split_headers(content)
    except HeaderBlockTooLargeError:
        return Headers(()), content


def _between(body: bytes, boundary: str) -> Iterator[bytes]:
    """Yield what stands between the delimiter lines; all of it where there are none."""
    begin = -1
    delimiters = _delimiters(body, b"--" + boundary.encode("utf-8", "replace"))
    for count, (start, end, is_last) in enumerate(delimiters):
        if begin >= 0:
            yield body[begin:start]
        if is_last or count > MAX_PARTS:
            return
        begin = _after_line_end(body, end)
    yield body[begin:] if begin >= 0 else b"\n" + body


def _delimiters(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield where each delimiter line begins and ends, and whether it is the closing one.

    The line end above belongs to it. A plain search: a pattern with a choice of line ends takes as
    long for a file as all else that is done with it.
    """
    found = body.find(mark)
    while found >= 0:
        if found == 0 or body[found - 1] in b"\r\n":
            end = _DELIMITER_END.match(body, found + len(mark))
            above = 2 if body.endswith(b"\r\n", 0, found) else 1
            if end:
                yield max(0, found - above), end.end(), bool(end[1])
        found = body.find(mark, found + 1)


def _after_line_end(content: bytes, position: int) -> int:
    """Return where the line begins that follows the end of a line at this position."""
    return position + (2 if content.startswith(b"\r\n", position) else 1)


def _joined(segments: list[tuple[str, bool]]) -> str:
    """Put the segments of an RFC 2231 parameter together; the first names the charset."""
    charset = None
    joined = bytearray()
    for number, (content, encoded) in enumerate(segments):
        text = content
        if encoded and number == 0 and text.count("'") >= 2:  # noqa: PLR2004 -- charset'language'text
            charset, _, text = text.split("'", 2)
        written = text.encode("utf-8", "surrogateescape")
        joined += _percent_decoded(written) if encoded else written
    return decode(bytes(joined), charset)


def _percent_decoded(content: bytes) -> bytes:
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), content)


def _transfer_decoded(content: bytes, encoding: str) -> bytes:
    match encoding.partition(";")[0].strip().lower():
        case "base64":
            return lenient_base64(content)
        case "quoted-printable":
            # At "=" and a bare carriage return the library drops all up to the next line feed.
            return binascii.a2b_qp(_SOFT_BREAK.sub(b"=\n", content))
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _uu_decoded(content)
        case _:
            return content


def _uu_decoded(content: bytes) -> bytes:
    decoded = bytearray()
    for line in content.splitlines():
        if line[:1].islower() or not line.strip():  # "begin 644 name", "end"
            continue
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return bytes(decoded)
