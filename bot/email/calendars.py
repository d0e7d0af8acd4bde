"""Invitations to a visit as calendars understand them, and their answers (RFC 5545, RFC 5546).

The library that writes and reads them is loaded with the first: few mails carry one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.email.parse import Attachment
from handlers.domain.appointments import Attendance
from handlers.domain.outgoing import Key, Values
from knowledge_base.values import dataclass

KEYS: Final = frozenset({Key.VISIT_INVITED, Key.VISIT_CHANGED, Key.VISIT_CANCELLED})
"""The mails that carry a calendar entry."""

_MOST: Final = 100_000
_TYPES: Final = frozenset({"text/calendar", "application/ics"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A calendar entry for a mail: what is to be done with it, and the entry."""

    method: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody's calendar says of an invitation of ours."""

    uid: str
    sequence: int
    answer: Attendance


def entry(
    values: Values, *, key: str, organizer: str, organisation: str, attendee: str, at: datetime
) -> Entry:
    """Write the entry of an invitation, of a change of it, or of its end."""
    from bot.email.ical import write  # noqa: PLC0415 -- as said above

    method = "CANCEL" if key == Key.VISIT_CANCELLED else "REQUEST"
    content = write(
        values,
        method=method,
        organizer=organizer,
        organisation=organisation,
        attendee=attendee,
        at=at,
    )
    return Entry(method=method, content=content)


def answer_in(files: Iterable[Attachment], *, sender: str) -> Answer | None:
    """Read the answer of a mail's sender to an invitation; None when the mail has none."""
    calendars = [
        file.content for file in files if file.content_type in _TYPES and len(file.content) <= _MOST
    ]
    if not calendars:
        return None
    from bot.email.ical import read  # noqa: PLC0415 -- as said above

    for content in calendars:
        if (found := read(content, sender)) is not None:
            uid, sequence, answer = found
            return Answer(uid=uid, sequence=sequence, answer=answer)
    return None
