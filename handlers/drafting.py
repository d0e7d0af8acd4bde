"""An answer prepared and not sent: shown on the card, sent by whoever presses first."""

from datetime import timedelta

from handlers.desk import Desk, Words
from handlers.domain.drafts import Draft, NewDraft
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.events import Changed, Drafted
from handlers.domain.ids import DraftId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Ticket, TicketEvent
from handlers.joined import require_unmerged
from handlers.ports import Clock, UnitOfWork
from handlers.seen import Seen, require_fresh
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """Prepares answers.

    - A ticket has one draft. Whoever sees the ticket may change it, send it or throw it away;
      what is sent is the sender's answer.
    - Other words are another draft: a press meant for the earlier ones counts no more.
    - A colleague's draft that is replaced stays in the thread as a note.
    - A draft has no files: they would be sent with words nobody saw them under.
    """

    clock: Clock
    desk: Desk

    def prepare(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant, words: Words) -> Draft:
        """Keep the words as the ticket's draft.

        Raises:
            InvalidError: there are no words, or files.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        if words.attachments:
            raise InvalidError("draft-has-files", field="text")
        if not words.text.strip():
            raise InvalidError("no-words", field="text")
        earlier = uow.drafts.of(ticket.id)
        if earlier is not None and earlier.consultant != who.id:
            author = uow.consultants.get(earlier.consultant)
            self.desk.note(uow, ticket.id, author, Words(text=earlier.text, channel=words.channel))
        draft = uow.drafts.put(
            NewDraft(
                ticket=ticket.id,
                consultant=who.id,
                text=words.text.strip(),
                at=self.clock.now(),
                external_id=words.external_id,
            )
        )
        self._record(uow, ticket, who, "drafted")
        self.desk.reactions.owe(uow, Drafted(ticket=ticket, draft=draft))
        return draft

    def send(
        self,
        uow: UnitOfWork,
        ticket_id: TicketId,
        who: Consultant,
        draft_id: DraftId,
        *,
        words: Words,
        seen: Seen | None = None,
        delay: timedelta = timedelta(),
    ) -> Article:
        """Answer with the draft; `words` say how the press came.

        Raises:
            StaleError: others did something to the ticket since it was `seen`.
            NotFoundError: it is not the draft any more, or there is no way to reach the asker.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        if seen is not None:
            require_fresh(uow, ticket, seen, who)
        draft = self._take(uow, ticket, draft_id)
        sent = Words(text=draft.text, channel=words.channel, external_id=words.external_id)
        return self.desk.reply(uow, ticket.id, who, sent, delay=delay)

    def discard(
        self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant, draft_id: DraftId
    ) -> None:
        """Throw the draft away.

        Raises:
            NotFoundError: it is not the draft any more.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = self._ticket(uow, ticket_id, who)
        self._take(uow, ticket, draft_id)
        self._record(uow, ticket, who, "draft_discarded")
        self.desk.reactions.owe(uow, Changed(ticket=ticket))

    def _ticket(self, uow: UnitOfWork, ticket_id: TicketId, who: Consultant) -> Ticket:
        ticket = uow.tickets.get(ticket_id)
        self.desk.access.require(who, ticket)
        require_unmerged(uow, self.desk.access, who, ticket)
        return ticket

    def _take(self, uow: UnitOfWork, ticket: Ticket, draft_id: DraftId) -> Draft:
        draft = uow.drafts.take(ticket.id, draft_id)
        if draft is None:
            raise NotFoundError("draft-gone", reference=ticket.reference)
        return draft

    def _record(self, uow: UnitOfWork, ticket: Ticket, who: Consultant, event: str) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=who.email)
        uow.tickets.record(ticket.id, line)
