"""For whom a ticket is asked, written by a consultant in its topic by one line."""

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.organisations import AskerType
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from handlers.organisations import named
from handlers.people import AsksFor, PersonCards
from handlers.ports import UnitOfWork
from knowledge_base.text import fold
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class StaffAskers:
    """Takes `type`, `organisation`, or `type organisation`; what is not said stays as it was."""

    cards: PersonCards

    def say(self, uow: UnitOfWork, ticket: Ticket, line: str, who: Consultant) -> Ticket:
        """Write it down for the ticket and for its requester's next ones.

        Raises:
            InvalidError: the line says nothing.
            NotFoundError: there is no such organisation.
            NotAllowedError: the ticket is not theirs to see.
        """
        self.cards.access.require(who, ticket)
        said = read_asker(uow, line)
        whole = AsksFor(
            asker_type=said.asker_type or ticket.asker_type,
            organisation=said.organisation or ticket.organisation,
        )
        return self.cards.say_in_ticket(uow, ticket, whole, who, only_here=False)


def read_asker(uow: UnitOfWork, line: str) -> AsksFor:
    """Read for whom somebody asks; of a known organisation the type need not be said.

    Raises:
        InvalidError: nothing is said.
        NotFoundError: there is no such organisation.
    """
    first, _, rest = line.strip().partition(" ")
    if not first:
        raise InvalidError("asker-how", field="text")
    kinds = {kind.value: kind for kind in AskerType}
    kind = kinds.get(fold(first))
    words = (rest if kind else line).strip()
    known = named(uow, words) if words else None
    if words and known is None:
        raise NotFoundError("no-such-organisation", id=words)
    return AsksFor(
        asker_type=kind or (known.kind if known else None),
        organisation=known.id if known else None,
    )
