"""Invitations to a visit as calendars understand them, and their answers (RFC 5545, RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Component, Event, vCalAddress, vText

from bot.email.parse import Attachment
from handlers.domain.appointments import Attendance
from handlers.domain.outgoing import Key, Values

KEYS: Final = frozenset({Key.VISIT_INVITED, Key.VISIT_CHANGED, Key.VISIT_CANCELLED})
"""The mails that carry a calendar entry."""

_MOST: Final = 100_000
_ANSWERS: Final = {
    "ACCEPTED": Attendance.ACCEPTED,
    "TENTATIVE": Attendance.TENTATIVE,
    "DECLINED": Attendance.DECLINED,
}


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
    is_over = key == Key.VISIT_CANCELLED
    event = Event()
    event.add("uid", str(values["uid"]))
    event.add("sequence", int(values["sequence"]))
    event.add("dtstamp", at.astimezone(UTC))
    for name in ("starts", "ends"):
        moment = datetime.fromisoformat(str(values[name])).astimezone(UTC)
        event.add("dtstart" if name == "starts" else "dtend", moment)
    event.add("summary", f"{values['about']} [{values['reference']}]")
    event.add("location", str(values["place"]))
    event.add("status", "CANCELLED" if is_over else "CONFIRMED")
    event.add("organizer", _person(organizer, CN=organisation), encode=False)
    asks = {"ROLE": "REQ-PARTICIPANT"} if is_over else _ASKS
    event.add("attendee", _person(attendee, **asks), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//NVO helpdesk//visits//LT")
    calendar.add("version", "2.0")
    method = "CANCEL" if is_over else "REQUEST"
    calendar.add("method", method)
    calendar.add_component(event)
    return Entry(method=method, content=calendar.to_ical())


_ASKS: Final = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}


def answer_in(files: Iterable[Attachment], *, sender: str) -> Answer | None:
    """Read the answer of a mail's sender to an invitation; None when the mail has none."""
    for file in files:
        if file.content_type in _TYPES and len(file.content) <= _MOST:
            found = _read(file.content, sender)
            if found is not None:
                return found
    return None


_TYPES: Final = frozenset({"text/calendar", "application/ics"})


def _read(content: bytes, sender: str) -> Answer | None:
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None  # what a stranger wrote need not be a calendar
    if _text(calendar, "METHOD").upper() != "REPLY":
        return None
    for event in calendar.walk("VEVENT"):
        uid, answer = _text(event, "UID"), _answer_of(event, sender)
        if uid and answer is not None:
            return Answer(uid=uid, sequence=_number(_text(event, "SEQUENCE")), answer=answer)
    return None


def _answer_of(event: Component, sender: str) -> Attendance | None:
    """Return what the sender says; of several who answer in one mail only the sender counts."""
    found = event.get("ATTENDEE", [])
    for attendee in found if isinstance(found, list) else [found]:
        address = str(attendee).lower().removeprefix("mailto:")
        if address == sender and isinstance(attendee, vCalAddress):
            return _ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    return None


def _person(address: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        person.params[name] = vText(value)
    return person


def _text(component: Component, name: str) -> str:
    return str(component.get(name, ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- no calendar counts further
