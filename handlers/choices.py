"""What a member chooses by a button under a question: its place, its being apart, its end."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.commands import Ask, Particular, Request, Specify
from handlers.domain.errors import NotAllowedError
from handlers.domain.events import Changed
from handlers.domain.outgoing import Key, Values
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.feedback import REQUESTER
from handlers.notices import notice
from handlers.ownership import own_ticket
from handlers.particulars import Particulars
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.which_place import numbered
from knowledge_base.values import dataclass

_LIVE = frozenset({Status.NEW, Status.OPEN, Status.WAITING, Status.ANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Adds to a question, or ends it; nothing here is needed for a person to read it.

    - A municipality is chosen by its number in `places`, the official names. Where several may be
      meant, the member is asked which; nobody guesses between a city and its district.
    - A cancelled question is settled; who has it sees so. Writing again opens it.
    """

    clock: Clock
    places: Callable[[], Sequence[str]]
    particulars: Particulars
    reactions: Reactions

    def carry_out(self, uow: UnitOfWork, ask: Ask) -> None:
        """Do what was pressed or typed.

        Raises:
            NotAllowedError: the ticket is somebody else's.
        """
        number, *chosen = ask.argument.split("-")
        ticket = own_ticket(uow, ask, number)
        match ask.what:
            case Request.PLACES:
                self._tell(uow, ask, Key.MEMBER_PLACES, {}, ticket)
            case Request.PLACE:
                self._place(uow, ask, ticket, [int(each) for each in chosen])
            case Request.CANCEL:
                self._cancel(uow, ask, ticket)
            case _:
                self.reactions.askers.set_apart(uow, ticket)

    def _place(self, uow: UnitOfWork, ask: Ask, ticket: Ticket, chosen: Sequence[int]) -> None:
        known = self.places()
        if not chosen or max(chosen) >= len(known):
            raise NotAllowedError("no-such-place")
        if len(chosen) > 1:
            named = numbered([known[place] for place in chosen], known)
            self._tell(uow, ask, Key.MEMBER_WHICH_PLACE, named, ticket)
            return
        official = known[chosen[0]]
        said = Specify(ticket=ticket.id, what=Particular.MUNICIPALITY, value=official, by=ask.by)
        if self.particulars.specify(uow, ticket, said).version != ticket.version:
            self._tell(uow, ask, Key.MEMBER_PLACE_SET, {"municipality": official}, ticket)

    def _cancel(self, uow: UnitOfWork, ask: Ask, ticket: Ticket) -> None:
        if ticket.status not in _LIVE:
            return
        now = self.clock.now()
        ticket = uow.tickets.save(replace(ticket, status=Status.RESOLVED, offered=()), at=now)
        uow.tickets.record(ticket.id, TicketEvent(type="cancelled", at=now, actor=REQUESTER))
        self.reactions.owe(uow, Changed(ticket=ticket))
        self._tell(uow, ask, Key.MEMBER_CANCELLED, {}, ticket)

    def _tell(self, uow: UnitOfWork, ask: Ask, key: Key, values: Values, ticket: Ticket) -> None:
        known = {"reference": ticket.reference, **values}
        uow.outbox.owe(notice(ask, key, known, at=self.clock.now(), ticket=ticket.id))
