"""Who may see and do what at the desk: deny by default."""

from collections.abc import Mapping

from handlers.domain.errors import NotAllowedError
from handlers.domain.people import Consultant, Role
from handlers.domain.tickets import Ticket
from knowledge_base.queues import Queue
from knowledge_base.values import dataclass

STEERING = frozenset({Role.COORDINATOR, Role.ADMIN})
"""Those who see every unrestricted queue and care that none is forgotten."""


@dataclass(frozen=True, slots=True)
class Access:
    """Answers one question: may this consultant see this queue or ticket?

    - A restricted queue: only those named in it, whatever their role.
    - Any other queue: those who serve it, coordinators and administrators.
    - A ticket of an unrestricted queue: its owner as well.
    """

    queues: Mapping[str, Queue]

    def is_restricted(self, queue: str) -> bool:
        """Tell whether a queue is for named persons only; an unknown one is."""
        known = self.queues.get(queue)
        return known is None or known.restricted

    def sees_queue(self, who: Consultant, queue: str) -> bool:
        """Tell whether the consultant may read the tickets of a queue."""
        if not who.active:
            return False
        if queue in who.queues:
            return True
        return who.role in STEERING and not self.is_restricted(queue)

    def sees(self, who: Consultant, ticket: Ticket) -> bool:
        """Tell whether the consultant may read and work on a ticket."""
        if self.sees_queue(who, ticket.queue):
            return True
        return who.active and ticket.owner == who.id and not self.is_restricted(ticket.queue)

    def visible_queues(self, who: Consultant) -> frozenset[str]:
        """List the queues the consultant may read."""
        return frozenset(queue for queue in self.queues if self.sees_queue(who, queue))

    def require(self, who: Consultant, ticket: Ticket) -> None:
        """Refuse a consultant who may not work on the ticket.

        Raises:
            NotAllowedError: the ticket is not theirs to see.
        """
        if not self.sees(who, ticket):
            raise NotAllowedError("ticket-not-yours", reference=ticket.reference)
