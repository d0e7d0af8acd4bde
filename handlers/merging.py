"""Make two tickets one, and two again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from handlers.access import Access
from handlers.domain.errors import InvalidError
from handlers.domain.events import Changed, Merged, Unmerged
from handlers.domain.ids import TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Status, Ticket, TicketEvent
from handlers.joined import require_unmerged
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.ties import Merge
from knowledge_base.values import dataclass

_OURS = frozenset({Status.NEW, Status.OPEN})
_CLOSED = frozenset({Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """Joins tickets.

    - Whoever merges sees both. What is in a restricted queue merges only within that queue, so that
      nobody comes to read it by a merge.
    - A merged ticket keeps its articles and its asker: the thread of the other shows them, what its
      asker writes brings the other back to us, and an answer goes to the askers of both.
    - An unanswered question stays unanswered: the other waits for us, if it did not.
    - Parting restores both as they were; what was done with the other since stays done, and what
      its own asker wrote since goes along.
    - The asker of two tickets is told, if they wait; each of two askers goes on as before.
    """

    clock: Clock
    access: Access
    reactions: Reactions

    def merge(
        self, uow: UnitOfWork, ticket_id: TicketId, into_id: TicketId, who: Consultant
    ) -> Ticket:
        """Let a ticket go on in another, and return that.

        Raises:
            InvalidError: these two cannot be made one.
            NotAllowedError: one of them is not theirs to see.
        """
        ticket, into = uow.tickets.get(ticket_id), uow.tickets.get(into_id)
        for each in (ticket, into):
            self.access.require(who, each)
            require_unmerged(uow, self.access, who, each)
        self._require_fit(ticket, into)
        merged, into = self.join(uow, ticket, into, actor=who.email)
        self.reactions.owe(uow, Merged(ticket=merged, into=into, before=ticket.status))
        return into

    def join(
        self, uow: UnitOfWork, ticket: Ticket, into: Ticket, *, actor: str
    ) -> tuple[Ticket, Ticket]:
        """Join two tickets, whoever wants it; return both as they are then.

        Raises:
            ConflictError: one of them changed meanwhile.
        """
        now, before = self.clock.now(), into.status
        if ticket.status in _OURS and into.status not in _OURS:
            into = replace(into, status=_ours(into))
        into = uow.tickets.save(into, at=now)
        merged = uow.tickets.save(replace(ticket, status=Status.MERGED), at=now)
        uow.ties.merge(
            Merge(
                ticket=ticket.id,
                into=into.id,
                status=ticket.status,
                into_status=before,
                into_version=into.version,
                at=now,
            )
        )
        self._record(uow, merged, "merged", actor, into)
        self._record(uow, into, "merged_in", actor, merged)
        self._changed(uow, merged, into)
        return merged, into

    def unmerge(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Part a ticket from the one it goes on in, and return it.

        Raises:
            InvalidError: it was not merged.
            NotAllowedError: one of them is not theirs to see.
        """
        ticket = uow.tickets.get(ticket_id)
        self.access.require(who, ticket)
        merge = uow.ties.merged(ticket.id)
        if merge is None:
            raise InvalidError("not-merged", field="reference", reference=ticket.reference)
        into, now = uow.tickets.get(merge.into), self.clock.now()
        self.access.require(who, into)
        untouched = into.version == merge.into_version
        restored = merge.into_status if untouched else into.status
        status = _ours(ticket) if self._waits(uow, ticket, merge) else merge.status
        uow.ties.unmerge(ticket.id)
        parted = uow.tickets.save(replace(ticket, status=status), at=now)
        into = uow.tickets.save(replace(into, status=restored), at=now)
        self._record(uow, parted, "unmerged", who.email, into)
        self._record(uow, into, "parted", who.email, parted)
        self._changed(uow, parted, into)
        self.reactions.owe(uow, Unmerged(ticket=parted, into=into, before=merge.status))
        return parted

    def _require_fit(self, ticket: Ticket, into: Ticket) -> None:
        if ticket.id == into.id:
            raise InvalidError("same-ticket", field="into", reference=ticket.reference)
        for each in (ticket, into):
            if each.status in _CLOSED:
                raise InvalidError("merge-closed", field="into", reference=each.reference)
        require_no_leak(self.access, ticket, into)
        if ticket.practice or into.practice:
            raise InvalidError("practice-apart", field="into", reference=into.reference)

    def _waits(self, uow: UnitOfWork, ticket: Ticket, merge: Merge) -> bool:
        """Tell whether a parted ticket waits for us: as before, or since its asker wrote."""
        if merge.status in _OURS:
            return True
        heard = list(_since(uow, ticket.id, ArticleKind.INBOUND, merge.at))
        answered = _since(uow, merge.into, ArticleKind.REPLY, merge.at)
        return bool(heard) and max(answered, default=merge.at) <= max(heard)

    def _changed(self, uow: UnitOfWork, *tickets: Ticket) -> None:
        for ticket in tickets:
            self.reactions.owe(uow, Changed(ticket=ticket))

    def _record(
        self, uow: UnitOfWork, ticket: Ticket, event: str, actor: str, other: Ticket
    ) -> None:
        reasons = (other.reference,)
        line = TicketEvent(type=event, at=self.clock.now(), actor=actor, reasons=reasons)
        uow.tickets.record(ticket.id, line)


def require_no_leak(access: Access, one: Ticket, other: Ticket) -> None:
    """Refuse to tie what only named people see to what others read.

    Raises:
        InvalidError: one of the queues is restricted, and the other ticket is not in it.
    """
    if is_leak(access, one, other):
        raise InvalidError("restricted-apart", field="reference", reference=other.reference)


def is_leak(access: Access, one: Ticket, other: Ticket) -> bool:
    """Tell whether tying two tickets would show more people what only named ones see."""
    apart = one.queue != other.queue
    return apart and (access.is_restricted(one.queue) or access.is_restricted(other.queue))


def _ours(ticket: Ticket) -> Status:
    return Status.NEW if ticket.owner is None else Status.OPEN


def _since(
    uow: UnitOfWork, ticket: TicketId, kind: ArticleKind, moment: datetime
) -> Iterator[datetime]:
    rows = uow.tickets.articles(ticket)
    return (row.at for row in rows if row.kind is kind and row.at > moment)
