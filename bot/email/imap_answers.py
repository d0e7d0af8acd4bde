"""What an IMAP server's answers say: numbers, sizes and arrivals, and the bytes of mails."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.email.imap_wire import Response
from knowledge_base.values import dataclass

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_INTERNAL_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_QUOTED_BODY = re.compile(rb'\bBODY\[[^\]]*\](?:<\d+>)? "((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A mail before it is fetched."""

    uid: int
    size: int
    received_at: datetime | None


def numbers(answers: list[Response]) -> set[int]:
    """Return the numbers a search found."""
    found: set[int] = set()
    for answer in answers:
        name, *words = answer[0].split()
        if name.upper() == b"SEARCH":
            found.update(int(word) for word in words if word.isdigit())
    return found


def described(answer: Response) -> Described | None:
    """Return what is said of a mail, if anything is."""
    words = b" ".join(answer[::2])
    uid, size = _UID.search(words), _SIZE.search(words)
    if uid is None or size is None:
        return None
    arrived = _INTERNAL_DATE.search(words)
    return Described(
        uid=int(uid[1]), size=int(size[1]), received_at=_moment(arrived[1]) if arrived else None
    )


def _moment(written: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written.decode("ascii", "replace").replace("-", " ", 2))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def body_of(answer: Response) -> tuple[int, bytes] | None:
    """Return a mail's UID and what was fetched of it, if that is what the server tells."""
    words = b" ".join(answer[::2])
    named = _UID.search(words)
    if named is None or b"BODY[" not in words.upper():
        return None
    return int(named[1]), literal_or_quoted(answer)


def literal_or_quoted(answer: Response) -> bytes:
    """Return the bytes that were asked for, however the server wrote them."""
    if len(answer) > 1:
        return answer[1]
    body = _QUOTED_BODY.search(answer[0])
    return re.sub(rb"\\(.)", rb"\1", body[1]) if body else b""
