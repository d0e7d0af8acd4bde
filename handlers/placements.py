"""Placements as a ticket's history tells them: where a rule put a question, and from where."""

from collections.abc import Sequence

from handlers.domain.tickets import TicketEvent
from knowledge_base.values import dataclass

ROUTED, ASSIGNED, UNASSIGNED = "routed", "assigned", "unassigned"
SUBSTITUTED, UNROUTED = "substituted", "unrouted"

PLACED = frozenset({ROUTED, ASSIGNED, SUBSTITUTED})
"""What a rule did to a ticket; the first reason names what there was before, or who has it now."""

_MOVED = frozenset({"released", "transferred", UNROUTED})
_TOUCHED = _MOVED | {"taken", "replied", "replied_outside"}
_TOLD = PLACED | {UNASSIGNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The last thing rules did to a ticket: `queue` and `owner` are what taking it back restores.

    `given_to` is the address of who has it by that.
    """

    queue: str | None = None
    owner: str | None = None
    given_to: str | None = None


def standing(events: Sequence[TicketEvent]) -> Placement | None:
    """Return the last placement, if nobody has moved the ticket since."""
    for number, event in reversed(tuple(enumerate(events))):
        if event.type in _MOVED:
            return None
        # Erasing a person's data leaves the lines, but nothing in them.
        if event.type in PLACED and event.reasons:
            return _read([each for each in events[: number + 1] if each.at == event.at])
    return None


def is_touched(events: Sequence[TicketEvent]) -> bool:
    """Tell whether a consultant, or a timer, has done something that rules must not undo."""
    return any(event.type in _TOUCHED for event in events)


def placed_why(events: Sequence[TicketEvent]) -> tuple[str, ...]:
    """Return in words why a ticket is where it is."""
    return tuple(why for event in events if event.type in _TOLD for why in event.reasons[1:])


def _read(lines: Sequence[TicketEvent]) -> Placement:
    queue = owner = given_to = None
    for line in lines:
        first = next(iter(line.reasons), None)
        match line.type:
            case "routed":
                queue = first
            case "assigned":
                given_to = first
            case "substituted":
                owner, given_to = first, next(iter(line.reasons[1:]), None)
            case _:
                pass
    return Placement(queue=queue, owner=owner, given_to=given_to)
