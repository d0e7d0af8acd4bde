"""Take back what rules did to a ticket: its queue and its owner, in one step."""

from dataclasses import replace

from handlers.access import STEERING
from handlers.desk import Desk
from handlers.domain.errors import NotFoundError, TakenError
from handlers.domain.events import Changed, Transferred
from handlers.domain.ids import TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.placements import UNROUTED, Placement, standing
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

_ENDED = frozenset({Status.RESOLVED, Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrouting:
    """Undoes the last placement.

    - The ticket is again in the queue, and whose, as before; nobody's where a rule found its owner.
    - What somebody moved since stays; what somebody else has taken meanwhile only they, or those
      who steer, give back.
    - No rule places that ticket again.
    """

    desk: Desk

    def undo(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Put the ticket back.

        Raises:
            NotFoundError: no placement stands.
            TakenError: somebody else has the ticket.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = uow.tickets.get(ticket_id)
        self.desk.access.require(who, ticket)
        placement = self.of(uow, ticket)
        if placement is None:
            raise NotFoundError("nothing-placed", reference=ticket.reference)
        self._require_free(uow, ticket, placement, who)
        back = uow.consultants.by_email(placement.owner) if placement.owner else None
        queue = placement.queue or ticket.queue
        is_waiting = ticket.status is Status.OPEN and back is None
        changed = replace(
            ticket,
            queue=queue,
            owner=back.id if back else None,
            status=Status.NEW if is_waiting else ticket.status,
        )
        now = self.desk.clock.now()
        ticket = uow.tickets.save(changed, at=now)
        reasons = (queue, back.email) if back else (queue,)
        line = TicketEvent(type=UNROUTED, at=now, actor=who.email, reasons=reasons)
        uow.tickets.record(ticket.id, line)
        self.desk.reactions.owe(uow, Changed(ticket=ticket))
        self.desk.reactions.owe(uow, Transferred(ticket=ticket))
        return ticket

    def of(self, uow: UnitOfWork, ticket: Ticket) -> Placement | None:
        """Return the placement that can be undone."""
        if ticket.status in _ENDED:
            return None
        return standing(uow.tickets.events(ticket.id))

    def _require_free(
        self, uow: UnitOfWork, ticket: Ticket, placement: Placement, who: Consultant
    ) -> None:
        if ticket.owner in {None, who.id} or who.role in STEERING:
            return
        owner = uow.consultants.get(ticket.owner)
        if owner.email != placement.given_to:
            raise TakenError("taken-by-other", name=owner.name)
