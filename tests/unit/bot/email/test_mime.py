"""Header fields and parts: our short ways find what the standard library and a pattern find."""

import re
from email.parser import BytesHeaderParser

from hypothesis import given
from hypothesis import strategies as st

from bot.email.mime import Headers, parts_of, split_headers

_NAMES = st.sampled_from(["From", "Subject", "X-A", "content-type"])
_WORDS = st.text("aš=?: \t<>@;", max_size=20).map(lambda words: words.encode())
_LINE_END = st.sampled_from([b"\r\n", b"\n"])
_PIECES = st.sampled_from([b"\r\n", b"\n", b"\r", b"--", b"--b", b"--b--", b"b", b" ", b"\t", b"x"])


@given(st.lists(st.tuples(_NAMES, _WORDS, _LINE_END, _WORDS, _LINE_END), min_size=1))
def test_a_block_in_order_is_read_as_the_standard_parser_reads_it(
    fields: list[tuple[str, bytes, bytes, bytes, bytes]],
) -> None:
    block = b"".join(
        name.encode() + b": a" + words + end + (b" c" + folded + last if folded else b"")
        for name, words, end, folded, last in fields
    )

    headers, body = split_headers(block + b"\r\nbody")

    standard = BytesHeaderParser().parsebytes(block).raw_items()
    assert headers.fields == tuple((name.lower(), value) for name, value in standard)
    assert body == b"body"


@given(st.lists(_PIECES, max_size=30).map(b"".join))
def test_parts_are_divided_where_a_delimiter_fills_a_line(body: bytes) -> None:
    headers = Headers((("content-type", "multipart/mixed; boundary=b"),))
    delimiter = re.compile(rb"(?:\A|\r\n|\n|\r)--b(--)?[ \t]*(?=\r|\n|\Z)")

    leaves = parts_of(headers, body).leaves

    found = list(delimiter.finditer(body))
    closing = next((n for n, each in enumerate(found) if each[1]), len(found) - 1)
    opened = [each for each in found[: closing + 1] if not each[1]]
    assert len(leaves) == (len(opened) or (0 if found else 1))
