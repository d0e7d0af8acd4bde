"""The calendar of trainings as others' calendars read it (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Final

from icalendar import Calendar, Event

from handlers.domain.trainings import KnownTraining

_LOOK_AGAIN: Final = timedelta(hours=1)


def feed(known: Iterable[KnownTraining], *, base: str, organisation: str) -> bytes:
    """Write an event for each day of each training; one called off is cancelled, not left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//NVO helpdesk//trainings//LT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", organisation)
    calendar.add("x-wr-calname", organisation)
    calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for each in known:
        for event in _events(each, base=base):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(known: KnownTraining, *, base: str) -> Iterable[Event]:
    training = known.training
    host = base.partition("://")[2] or base
    for number, (begins, ends) in enumerate(training.sittings, 1):
        event = Event()
        # The id stays when a day moves, so that calendars move it instead of showing it twice.
        event.add("uid", f"{training.id}-{number}@{host}")
        event.add("sequence", known.version - 1)
        event.add("dtstamp", known.at.astimezone(UTC))
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", ends.astimezone(UTC))
        event.add("summary", training.title)
        event.add("location", f"{training.place}, {training.municipality}")
        event.add("url", f"{base}/mokymai/{training.id}")
        event.add("status", "CANCELLED" if training.called_off else "CONFIRMED")
        if training.about:
            event.add("description", training.about)
        yield event
