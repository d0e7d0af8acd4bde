"""Which tickets somebody asked, known within a unit of work that adds some."""

from collections.abc import Callable, Hashable, Sequence
from typing import cast

from handlers.domain.ids import PersonId, TicketId
from handlers.domain.tickets import Ticket
from knowledge_base.values import dataclass
from storage.memory import Memory
from storage.rows import tickets

_Found = tuple[TicketId, ...]


@dataclass(frozen=True, slots=True)
class Requesters:
    """Remembers each requester's tickets as of the first look, the newest first.

    Of a batch of first letters nobody's tickets are looked for: there are those it adds, and to
    look would have it write each of them before the next.
    """

    memory: Memory

    def recall(self, person: PersonId, look_up: Callable[[], Sequence[Ticket]]) -> _Found:
        """Return the person's tickets, looking them up if nothing is known."""
        return self.memory.recall(
            _key(person), (tickets,), lambda: tuple(each.id for each in look_up())
        )

    def begin(self, person: PersonId) -> None:
        """Know that somebody new has asked nothing."""
        self._keep(person, ())

    def add(self, ticket: Ticket) -> None:
        """Know of one more ticket; its number may have been given out before that of another."""
        before = self.memory.known(_key(ticket.requester))
        if before is not None:
            found = sorted((*cast("_Found", before), ticket.id), reverse=True)
            self._keep(ticket.requester, tuple(found))

    def _keep(self, person: PersonId, found: _Found) -> None:
        self.memory.keep(_key(person), (tickets,), found)


def moved(before: Ticket, after: Ticket) -> Sequence[Hashable]:
    """Return what is to be forgotten when a ticket is saved."""
    if after.requester == before.requester:
        return ()
    return (_key(before.requester), _key(after.requester))


def _key(person: PersonId) -> Hashable:
    return ("asked by", person)
