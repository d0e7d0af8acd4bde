"""Calendar entries written and read by the library for them."""

from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Component, Event, vCalAddress, vText

from handlers.domain.appointments import Attendance
from handlers.domain.outgoing import Values

_ANSWERS: Final = {
    "ACCEPTED": Attendance.ACCEPTED,
    "TENTATIVE": Attendance.TENTATIVE,
    "DECLINED": Attendance.DECLINED,
}
_ASKS: Final = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}


def write(
    values: Values, *, method: str, organizer: str, organisation: str, attendee: str, at: datetime
) -> bytes:
    """Write an invitation, a change of it, or its end."""
    is_over = method == "CANCEL"
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
    calendar.add("method", method)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def read(content: bytes, sender: str) -> tuple[str, int, Attendance] | None:
    """Return which invitation, and which version of it, the sender answers, and what."""
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None  # what a stranger wrote need not be a calendar
    if _text(calendar, "METHOD").upper() != "REPLY":
        return None
    for event in calendar.walk("VEVENT"):
        uid, answer = _text(event, "UID"), _answer_of(event, sender)
        if uid and answer is not None:
            return uid, _number(_text(event, "SEQUENCE")), answer
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
