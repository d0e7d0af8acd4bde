"""Consultants: take, release, reply, note, transfer, resolve, reopen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.access import Access
from handlers.conversations import in_copy
from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, InvalidError, NotFoundError, TakenError
from handlers.domain.events import Changed, Noted, Replied, ReplySettled, Resolved, Transferred
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from handlers.domain.outgoing import STAFF_KINDS, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewArticle,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.joined import goes_on_in, merged_into, require_unmerged
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.reactions import Reactions
from handlers.routing import Routing
from handlers.seen import Seen, require_fresh
from handlers.words import Words, require_known, require_words
from knowledge_base.queues import Queue
from knowledge_base.values import dataclass

__all__ = ["Desk", "Words"]

_ONE_MESSAGE = 3000  # so many letters surely are one message of a chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What consultants do with a ticket.

    - Every act is refused to who may not see the ticket.
    - Taking what somebody else has taken is refused, unless they have left; replying to it is
      not: help is welcome.
    - A reply takes a ticket nobody owns and leaves it waiting for the requester.
    - Only `reply` ever reaches the asker; a note stays inside.
    - A merged ticket is worked on where it goes on, and goes where that goes.
    """

    clock: Clock
    access: Access
    queues: Mapping[str, Queue]
    organisation: str
    reactions: Reactions
    routing: Routing

    def take(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Make the consultant the ticket's owner.

        Raises:
            TakenError: another consultant has it.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        if ticket.owner == who.id and ticket.status is not Status.NEW:
            return ticket
        if ticket.owner is not None and ticket.owner != who.id:
            owner = uow.consultants.get(ticket.owner)
            if owner.active:
                raise TakenError("taken-by-other", name=owner.name)
        status = Status.OPEN if ticket.status in {Status.NEW, Status.ANSWERED} else ticket.status
        return self._change(uow, replace(ticket, owner=who.id, status=status), who, "taken")

    def release(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Give the ticket back to its queue."""
        ticket = self._ticket(uow, ticket_id, who)
        if ticket.owner is None:
            return ticket
        status = Status.NEW if ticket.status is Status.OPEN else ticket.status
        return self._change(uow, replace(ticket, owner=None, status=status), who, "released")

    def reply(
        self,
        uow: UnitOfWork,
        ticket_id: TicketId,
        who: Consultant,
        words: Words,
        *,
        seen_version: int | None = None,
        seen: Seen | None = None,
        delay: timedelta = timedelta(),
    ) -> Article:
        """Answer the asker; within `delay` the answer can be taken back.

        Raises:
            ConflictError: the ticket changed since `seen_version` was read.
            StaleError: others did something to it since it was `seen`.
            InvalidError: there are no words, or a copy is for somebody who got none before.
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: there is no way to reach the asker.
        """
        ticket = self._ticket(uow, ticket_id, who)
        if seen_version is not None and seen_version != ticket.version:
            raise ConflictError("ticket-changed", reference=ticket.reference)
        if seen is not None:
            require_fresh(uow, ticket, seen, who)
        require_words(words)
        require_known(words, in_copy(uow, ticket))
        if not self.reactions.askers.can_reach(uow, ticket):
            raise NotFoundError("asker-unreachable", reference=ticket.reference)
        owner = who.id if ticket.owner is None else ticket.owner
        changed = replace(ticket, owner=owner, status=Status.WAITING, offered=())
        # Whoever loses a race is refused here, before a word is written that would not be sent.
        ticket = self._change(uow, changed, who, "replied")
        article = self._write(uow, ticket, who, words, ArticleKind.REPLY)
        leaves = self.clock.now() + delay if delay else None
        event = Replied(ticket=ticket, article=article, by=who, not_before=leaves, left=words.left)
        self.reactions.owe(uow, event)
        return article

    def take_back(
        self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant, article: ArticleId
    ) -> Ticket:
        """Take an answer back that has not left: it stays in the thread as a note.

        Raises:
            InvalidError: it has left.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        owed = self._owed(uow, ticket, article)
        if not owed or not all(uow.outbox.withdraw(row.id) for row in owed):
            raise InvalidError("already-sent", field="article", reference=ticket.reference)
        uow.tickets.withdraw(article)
        self.reactions.owe(uow, ReplySettled(ticket=ticket, article=article, state="withdrawn"))
        status = Status.OPEN if ticket.status is Status.WAITING else ticket.status
        return self._change(uow, replace(ticket, status=status), who, "reply_taken_back")

    def correct(
        self, uow: UnitOfWork, article: Article, who: Consultant, words: Words
    ) -> Article | None:
        """Say better what was answered; both versions stay in the thread.

        In a chat the message itself changes; what was mailed, or is long, is followed by another.
        """
        ticket = self._ticket(uow, article.ticket, who)
        require_words(words)
        if words.text.strip() == article.text:
            return None
        self._record(uow, ticket, who, "corrected")
        corrected = self._write(uow, ticket, who, words, ArticleKind.REPLY)
        owed = self._owed(uow, ticket, article.id)
        is_short = max(len(article.text), len(corrected.text)) <= _ONE_MESSAGE
        if owed and is_short and all(row.channel is Channel.TELEGRAM for row in owed):
            for row in owed:
                uow.outbox.restate(row.id, {"text": corrected.text}, at=self.clock.now())
        else:
            self.reactions.owe(uow, Replied(ticket=ticket, article=corrected, by=who))
        return corrected

    def send_again(
        self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant, message: OutboxId
    ) -> Ticket:
        """Try a message to the asker once more that did not arrive.

        Raises:
            NotFoundError: no such message, or nothing is wrong with it.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        rows = [row for row in uow.outbox.of_ticket(ticket.id) if row.kind not in STAFF_KINDS]
        if message not in {row.id for row in rows}:
            raise NotFoundError("no-such-parked-message", id=str(message))
        uow.outbox.retry(message, now=self.clock.now())
        self._record(uow, ticket, who, "sent_again")
        return ticket

    def note(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant, words: Words) -> Article:
        """Write something only consultants read.

        Raises:
            InvalidError: there are no words.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = uow.tickets.get(ticket_id)
        self.access.require(who, ticket)
        require_words(words)
        article = self._write(uow, ticket, who, words, ArticleKind.NOTE)
        self.reactions.owe(uow, Noted(ticket=goes_on_in(uow, ticket), article=article))
        return article

    def transfer(
        self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant, *, queue: str
    ) -> Ticket:
        """Move the ticket to another queue; there it is nobody's, or whose turn it is.

        Raises:
            InvalidError: no such queue.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        if queue not in self.queues:
            raise InvalidError("no-such-queue", field="queue", queue=queue)
        if queue == ticket.queue:
            return ticket
        changed = replace(ticket, queue=queue, owner=None, status=Status.NEW)
        ticket = self._change(uow, changed, who, "transferred", reasons=(queue,))
        for each in merged_into(uow, ticket):
            along = replace(each, queue=queue, owner=None)
            self._change(uow, along, who, "transferred", reasons=(queue,))
        given = self.routing.give(uow, ticket)
        if given != ticket:
            self.reactions.owe(uow, Changed(ticket=given))
        self.reactions.owe(uow, Transferred(ticket=given))
        return given

    def resolve(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Settle the matter; the asker's next word within the window reopens it."""
        ticket = self._ticket(uow, ticket_id, who)
        if ticket.status is Status.RESOLVED:
            return ticket
        changed = replace(ticket, status=Status.RESOLVED, offered=())
        resolved = self._change(uow, changed, who, "resolved")
        self.reactions.owe(uow, Resolved(ticket=resolved))
        return resolved

    def spam(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Put the ticket away: nothing more is sent about it."""
        ticket = self._ticket(uow, ticket_id, who)
        return self._change(uow, replace(ticket, status=Status.SPAM), who, "spam")

    def reopen(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        """Bring a settled ticket back to its owner, or to its queue."""
        ticket = self._ticket(uow, ticket_id, who)
        status = Status.NEW if ticket.owner is None else Status.OPEN
        if ticket.status is status:
            return ticket
        return self._change(uow, replace(ticket, status=status), who, "reopened")

    def _owed(self, uow: UnitOfWork, ticket: Ticket, article: ArticleId) -> list[OutboxEntry]:
        """Find the message that carries an answer to each asker; the newest counts."""
        found = {
            row.ticket: row
            for each in (ticket, *merged_into(uow, ticket))
            for row in uow.outbox.of_ticket(each.id)
            if (row.kind, row.article) == (Kind.REPLY, article)
        }
        return list(found.values())

    def _ticket(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        ticket = uow.tickets.get(ticket_id)
        self.access.require(who, ticket)
        require_unmerged(uow, self.access, who, ticket)
        return ticket

    def _write(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        who: Consultant,
        words: Words,
        kind: ArticleKind,
    ) -> Article:
        shown = (who.signature or self.organisation) if kind is ArticleKind.REPLY else who.name
        return uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=kind,
                channel=words.channel,
                author=shown,
                text=words.text.strip(),
                at=self.clock.now(),
                consultant=who.id,
                external_id=words.external_id,
                entry=words.entry.id if words.entry else None,
                entry_version=words.entry.version if words.entry else None,
                attachments=words.attachments,
                copies=words.copies if kind is ArticleKind.REPLY else (),
            )
        )

    def _change(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        who: Consultant,
        event: str,
        *,
        reasons: tuple[str, ...] = (),
    ) -> Ticket:
        saved = uow.tickets.save(ticket, at=self.clock.now())
        self._record(uow, ticket, who, event, reasons=reasons)
        self.reactions.owe(uow, Changed(ticket=saved))
        return saved

    def _record(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        who: Consultant,
        event: str,
        *,
        reasons: tuple[str, ...] = (),
    ) -> None:
        at = self.clock.now()
        entry = TicketEvent(type=event, at=at, actor=who.email, reasons=reasons)
        uow.tickets.record(ticket.id, entry)
