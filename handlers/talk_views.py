"""A call or a visit as screens, the command line and the API show it."""

from typing import TypedDict

from handlers.domain.talks import Talk
from handlers.domain.tickets import reference_of
from handlers.ports import UnitOfWork
from handlers.working_time import local_day


class TalkView(TypedDict):
    """A talk with what its ticket says of it; `number` is that of its article."""

    number: int
    reference: str
    kind: str
    held_on: str
    name: str
    organisation: str
    municipality: str
    queue: str
    minutes: int | None
    participants: int | None
    place: str
    consultant: str
    advice: str


def talk_view(uow: UnitOfWork, talk: Talk) -> TalkView:
    """Show a talk to who may read its ticket."""
    ticket = uow.tickets.get(talk.ticket)
    return {
        "number": talk.article,
        "reference": reference_of(talk.ticket),
        "kind": talk.kind.value,
        "held_on": local_day(talk.held_at).isoformat(),
        "name": uow.people.get(ticket.requester).name,
        "organisation": talk.about.organisation,
        "municipality": ticket.municipality or "",
        "queue": ticket.queue,
        "minutes": talk.about.minutes,
        "participants": talk.about.participants,
        "place": talk.about.place,
        "consultant": uow.consultants.get(talk.consultant).email,
        "advice": talk.advice,
    }
