"""What the asker says about a waiting question: what it is about, and where."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from handlers.commands import Particular, Specify
from handlers.domain.errors import NotAllowedError
from handlers.domain.events import Changed, Transferred
from handlers.domain.messages import Prepared
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.feedback import REQUESTER
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.routing import Routing
from handlers.which_place import WhichPlace
from knowledge_base.queues import Queue
from knowledge_base.values import dataclass

_WAITING = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
_ENDED = frozenset({Status.RESOLVED, Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Takes what only the asker knows.

    - A press counts while nobody took the question; pressing twice changes nothing twice.
    - A municipality may be said as long as the matter lives; it is remembered for the next one.
    - A topic moves the question to its queue, never out of a restricted one or into one. What a
      consultant moved since stays where they put it.
    - Knowing more, routes are asked anew: a place or a topic may be what one of them waited for.
    """

    clock: Clock
    queues: Mapping[str, Queue]
    reactions: Reactions
    routing: Routing

    def specify(self, uow: UnitOfWork, ticket: Ticket, said: Specify) -> Ticket:
        """Write down what was pressed.

        Raises:
            NotAllowedError: the address is not the requester's.
        """
        if said.by not in uow.people.get(ticket.requester).addresses:
            raise NotAllowedError("ticket-not-yours", reference=ticket.reference)
        match said.what:
            case Particular.TOPIC:
                return self.choose_topic(uow, ticket, said.value)
            case Particular.MUNICIPALITY:
                return self.choose_municipality(uow, ticket, said.value)
            case _:
                assert_never(said.what)

    def hear(self, uow: UnitOfWork, ticket: Ticket, message: Prepared) -> Ticket:
        """Take a follow-up that says which of two places of one name was meant."""
        official = WhichPlace(self.routing.places()).answered(uow, ticket, message)
        return self.choose_municipality(uow, ticket, official) if official else ticket

    def places_asked(self, uow: UnitOfWork, ticket: Ticket) -> tuple[str, ...]:
        """Return the municipalities between which the asker may choose by a button."""
        queue = self.queues.get(ticket.queue)
        if ticket.status not in _WAITING or queue is None or queue.restricted:
            return ()
        return WhichPlace(self.routing.places()).still_asked(uow, ticket)

    def choose_municipality(self, uow: UnitOfWork, ticket: Ticket, official: str) -> Ticket:
        """Write down where the asker is, and remember it for the next question."""
        if ticket.municipality == official or ticket.status in _ENDED:
            return ticket
        now = self.clock.now()
        uow.people.set_municipality(ticket.requester, official)
        ticket = uow.tickets.save(replace(ticket, municipality=official), at=now)
        line = TicketEvent(type="municipality_chosen", at=now, actor=REQUESTER, reasons=(official,))
        uow.tickets.record(ticket.id, line)
        placed = self.routing.place(uow, ticket)
        self.reactions.owe(uow, Changed(ticket=placed))
        if placed != ticket:
            self.reactions.owe(uow, Transferred(ticket=placed))
        return placed

    def choose_topic(self, uow: UnitOfWork, ticket: Ticket, queue: str) -> Ticket:
        """Move the question to the queue whose topic the asker named."""
        if ticket.queue == queue or not self.may_choose_topic(uow, ticket, queue):
            return ticket
        now = self.clock.now()
        ticket = uow.tickets.save(replace(ticket, queue=queue, topic=queue), at=now)
        line = TicketEvent(type="topic_chosen", at=now, actor=REQUESTER, reasons=(queue,))
        uow.tickets.record(ticket.id, line)
        ticket = self.routing.place(uow, ticket)
        self.reactions.owe(uow, Changed(ticket=ticket))
        self.reactions.owe(uow, Transferred(ticket=ticket))
        self.reactions.askers.restate(uow, ticket, {"topic": self.queues[queue].public_title})
        return ticket

    def may_choose_topic(self, uow: UnitOfWork, ticket: Ticket, queue: str) -> bool:
        """Tell whether the asker may still say what the question is about."""
        here, there = self.queues.get(ticket.queue), self.queues.get(queue)
        if here is None or here.restricted or there is None or there.restricted:
            return False
        if ticket.status is not Status.NEW or ticket.owner is not None:
            return False
        return all(event.type != "transferred" for event in uow.tickets.events(ticket.id))
