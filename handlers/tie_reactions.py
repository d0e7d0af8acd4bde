"""What is owed when tickets become one, or more: askers learn where their matter goes on."""

from handlers.askers import Askers
from handlers.domain.events import Merged, Split, Unmerged
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import ArticleKind, Status, Ticket
from handlers.ports import UnitOfWork
from handlers.staff_room import StaffRoom
from knowledge_base.values import dataclass

_AWAITED = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TieReactions:
    """Tells of merged, parted and split tickets.

    - Who asked both of two tickets is told under which number the answer comes. Who asked one of
      them keeps its number, and hears nothing of the other.
    - The staff chats that show the other ticket are shown the words that came to it.
    """

    askers: Askers
    staff_room: StaffRoom

    def owe(self, uow: UnitOfWork, event: Merged | Unmerged | Split) -> None:
        """Write down what the event makes us owe."""
        match event:
            case Merged(ticket=ticket, into=into):
                self._show(uow, ticket, into)
                self._tell(uow, event, Key.MERGED)
            case Unmerged():
                self._tell(uow, event, Key.UNMERGED)
            case Split(ticket=ticket):
                self.staff_room.tell(uow, ticket, Key.STAFF_NEW, once=None)
                self.askers.tell(uow, ticket, Kind.NOTICE, Key.SPLIT_OFF, {})

    def _show(self, uow: UnitOfWork, ticket: Ticket, into: Ticket) -> None:
        rows = uow.tickets.articles(ticket.id)
        for article in [row for row in rows if row.kind is ArticleKind.INBOUND][-_SHOWN:]:
            values = self.staff_room.values(uow, into, article)
            known = {**values, "reference": into.reference}
            self.staff_room.show(uow, into, Key.STAFF_FOLLOW_UP, known)

    def _tell(self, uow: UnitOfWork, event: Merged | Unmerged, key: Key) -> None:
        ticket, into = event.ticket, event.into
        if ticket.requester == into.requester and event.before in _AWAITED:
            values = {"into": into.reference}
            self.askers.tell(uow, ticket, Kind.NOTICE, key, values)
