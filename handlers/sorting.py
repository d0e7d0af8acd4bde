"""Keep tickets in order: links, tags, priority, and who wants to be told."""

import re
from dataclasses import replace
from typing import Final

from handlers.access import Access
from handlers.domain.errors import InvalidError
from handlers.domain.events import Changed
from handlers.domain.ids import TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import Priority, Ticket, TicketEvent
from handlers.joined import require_unmerged
from handlers.merging import require_no_leak
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from knowledge_base.values import dataclass

_TAG: Final = re.compile(r"[\w-]{1,40}")
_MOST_TAGS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """Marks tickets for consultants; no asker is told anything.

    - Every act is refused to who may not see the ticket; a link, to who may not see both.
    - What is in a restricted queue is linked only within that queue.
    - Doing a thing twice does it once, without a second line in the history.
    """

    clock: Clock
    access: Access
    reactions: Reactions

    def link(self, uow: UnitOfWork, one: TicketId, other: TicketId, who: Consultant) -> None:
        """Say that two tickets have to do with each other."""
        self._tie(uow, one, other, who, wanted=True)

    def unlink(self, uow: UnitOfWork, one: TicketId, other: TicketId, who: Consultant) -> None:
        """Say that they have not."""
        self._tie(uow, one, other, who, wanted=False)

    def tag(self, uow: UnitOfWork, ticket_id: TicketId, tag: str, who: Consultant) -> None:
        """Put a word on a ticket to find it by.

        Raises:
            InvalidError: it is no word, or there are too many.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket, word = self._ticket(uow, ticket_id, who), read_tag(tag)
        if len(uow.marks.tags([ticket.id]).get(ticket.id, ())) >= _MOST_TAGS:
            raise InvalidError("too-many-tags", field="tag", most=str(_MOST_TAGS))
        if uow.marks.tag(ticket.id, word):
            self._record(uow, ticket, who, "tagged", word)

    def untag(self, uow: UnitOfWork, ticket_id: TicketId, tag: str, who: Consultant) -> None:
        """Take a word away."""
        ticket, word = self._ticket(uow, ticket_id, who), read_tag(tag)
        if uow.marks.untag(ticket.id, word):
            self._record(uow, ticket, who, "untagged", word)

    def prioritise(
        self, uow: UnitOfWork, ticket_id: TicketId, priority: Priority, who: Consultant
    ) -> Ticket:
        """Say how urgent a ticket is."""
        ticket = self._ticket(uow, ticket_id, who)
        require_unmerged(uow, self.access, who, ticket)
        if ticket.priority is priority:
            return ticket
        ticket = uow.tickets.save(replace(ticket, priority=priority), at=self.clock.now())
        self._record(uow, ticket, who, "prioritised", priority.value)
        self.reactions.owe(uow, Changed(ticket=ticket))
        return ticket

    def watch(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> None:
        """Let the consultant be told of every new article."""
        ticket = self._ticket(uow, ticket_id, who)
        if uow.marks.watch(ticket.id, who.id):
            self._record(uow, ticket, who, "watched")

    def unwatch(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> None:
        """Tell the consultant no more."""
        ticket = self._ticket(uow, ticket_id, who)
        if uow.marks.unwatch(ticket.id, who.id):
            self._record(uow, ticket, who, "unwatched")

    def _tie(
        self, uow: UnitOfWork, one: TicketId, other: TicketId, who: Consultant, *, wanted: bool
    ) -> None:
        ticket, related = (self._ticket(uow, each, who) for each in (one, other))
        if ticket.id == related.id:
            raise InvalidError("same-ticket", field="reference", reference=ticket.reference)
        if wanted:
            require_no_leak(self.access, ticket, related)
            done = uow.ties.link(one, other, at=self.clock.now())
        else:
            done = uow.ties.unlink(one, other)
        if done:
            event = "linked" if wanted else "unlinked"
            self._record(uow, ticket, who, event, related.reference)
            self._record(uow, related, who, event, ticket.reference)

    def _ticket(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        ticket = uow.tickets.get(ticket_id)
        self.access.require(who, ticket)
        return ticket

    def _record(
        self, uow: UnitOfWork, ticket: Ticket, who: Consultant, event: str, *reasons: str
    ) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=who.email, reasons=reasons)
        uow.tickets.record(ticket.id, line)


def read_tag(text: str) -> str:
    """Write a tag the one way it is kept: small letters, no spaces, no `#`.

    Raises:
        InvalidError: it is no word.
    """
    word = "-".join(text.strip().lstrip("#").lower().split())
    if not _TAG.fullmatch(word):
        raise InvalidError("bad-tag", field="tag", tag=text.strip())
    return word
