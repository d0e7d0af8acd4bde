"""Which conversation a raw mail belongs to, read before anything is parsed."""

import hashlib
import re

_SCANNED = 256 * 1024
_END = re.compile(rb"\n\r?\n|\r\r")
_FIELD = re.compile(
    rb"^(references|in-reply-to|message-id)[ \t]{0,20}:"
    rb"([^\r\n]{0,4000}(?:\r?\n[ \t][^\r\n]{0,4000}){0,50})",
    re.IGNORECASE | re.MULTILINE,
)
_ID = re.compile(rb"<([^<>\s]{1,990})>")


def lane_of(raw: bytes) -> str | None:
    """Return the lane: the hash of the first id in References, else In-Reply-To, else Message-ID.

    Reads a bounded piece of the header and cannot fail; None where no id is found.
    """
    head = raw[:_SCANNED]
    end = _END.search(head)
    found: dict[bytes, bytes] = {}
    for match in _FIELD.finditer(head, 0, end.start() + 1 if end else len(head)):
        identifier = _ID.search(match[2])
        if identifier:
            found.setdefault(match[1].lower(), identifier[1])
    for name in (b"references", b"in-reply-to", b"message-id"):
        if name in found:
            return hashlib.sha256(found[name]).hexdigest()[:32]
    return None
