"""Did this help? Resolve the ticket, send the answer that was chosen, or bring in a person."""

from dataclasses import replace

from handlers.answers import Answers
from handlers.domain.channels import Address
from handlers.domain.errors import NotAllowedError
from handlers.domain.events import (
    AnsweredInPart,
    Changed,
    Helped,
    PersonAsked,
    QuestionAnswered,
    SuggestionsDeclined,
)
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.domain.verdicts import Told, Verdict
from handlers.joined import goes_on_in
from handlers.parts import CHOSEN, parts_of, waiting
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.routing import Routing
from handlers.typed import Wish
from knowledge_base.values import dataclass

REQUESTER = "requester"
_SETTLED = frozenset({Status.MERGED, Status.SPAM})
_WAITS_FOR_NOBODY = frozenset({Status.ANSWERED, Status.RESOLVED, Status.WAITING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What the asker does with an answer.

    - A button carries only a wish; what it means is decided by the ticket's state, so one pressed
      twice, or after a restart, changes nothing twice.
    - "Helped" resolves an answered ticket.
    - "Did not help" and "a person, please" put it into its queue; "none of these" under offered
      questions is confirmed, though the ticket waits there already.
    - A chosen suggestion is sent only if that entry may answer today. A question nobody took yet
      is answered by it, unless others of its letter wait; one a consultant has stays theirs.
    """

    clock: Clock
    answers: Answers
    reactions: Reactions
    routing: Routing

    def press(self, uow: UnitOfWork, ticket: Ticket, wish: Wish, *, by: Address) -> Ticket:
        """Do what a pressed button asks for.

        Raises:
            NotAllowedError: the address is not the requester's.
        """
        if by not in uow.people.get(ticket.requester).addresses:
            raise NotAllowedError("ticket-not-yours", reference=ticket.reference)
        return self.fulfil(uow, goes_on_in(uow, ticket), wish)

    def fulfil(self, uow: UnitOfWork, ticket: Ticket, wish: Wish) -> Ticket:
        """Do what the requester wants; what is done already changes nothing."""
        if ticket.status in _SETTLED:
            return ticket
        if wish is Wish.HELPED:
            return self._helped(uow, ticket)
        if (option := wish.option) is not None:
            return self._choose(uow, ticket, option)
        return self._person(uow, ticket, wish)

    def _helped(self, uow: UnitOfWork, ticket: Ticket) -> Ticket:
        if ticket.status is not Status.ANSWERED:
            return ticket
        ticket = self._change(uow, ticket, Status.RESOLVED, event="helped")
        self.reactions.owe(uow, Helped(ticket=ticket))
        return ticket

    def _person(self, uow: UnitOfWork, ticket: Ticket, wish: Wish) -> Ticket:
        if ticket.status in _WAITS_FOR_NOBODY:
            status = Status.NEW if ticket.owner is None else Status.OPEN
            ticket = self._change(uow, ticket, status, event="person_asked", reasons=(wish.value,))
            self.reactions.owe(uow, PersonAsked(ticket=ticket))
        elif ticket.offered:
            ticket = self._change(uow, ticket, ticket.status, event="suggestions_declined")
            self.reactions.owe(uow, SuggestionsDeclined(ticket=ticket))
        return ticket

    def _choose(self, uow: UnitOfWork, ticket: Ticket, option: int) -> Ticket:
        entry = self.answers.chosen(uow, ticket, option)
        if entry is None or not self.reactions.askers.may_answer(uow, ticket):
            return ticket
        parts = parts_of(uow.tickets.events(ticket.id))
        left = waiting(part for part in parts if not part.may_mean(entry.id))
        settled = ticket.status is Status.NEW and not entry.behaviour.opens_ticket and not left
        status = Status.ANSWERED if settled else ticket.status
        ticket = self._change(uow, ticket, status, event=CHOSEN, reasons=(entry.id,))
        article = self.answers.write(uow, ticket, (entry,))
        if left:
            text = self.answers.text((entry,), ticket.channel, ticket.language)
            told = Told(question=entry.question, entry=entry, text=text)
            said = Verdict(sure=(told,), waiting=left)
            self.reactions.owe(uow, AnsweredInPart(ticket=ticket, said=said, article=article))
            return ticket
        self.reactions.owe(uow, QuestionAnswered(ticket=ticket, entries=(entry,), article=article))
        return ticket

    def _change(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        status: Status,
        *,
        event: str,
        reasons: tuple[str, ...] = (),
    ) -> Ticket:
        now = self.clock.now()
        ticket = uow.tickets.save(replace(ticket, status=status, offered=()), at=now)
        entry = TicketEvent(type=event, at=now, actor=REQUESTER, reasons=reasons)
        uow.tickets.record(ticket.id, entry)
        ticket = self.routing.place(uow, ticket)
        self.reactions.owe(uow, Changed(ticket=ticket))
        return ticket
