"""What consultants ask for in a chat: who waits, what is theirs, how the week went."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from handlers.access import Access
from handlers.deadlines import OURS, Deadlines
from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import CARDS, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Priority, Status, Ticket
from handlers.ports import Clock, UnitOfWork
from handlers.staff_room import StaffRoom
from handlers.working_time import WorkingTime
from knowledge_base.values import dataclass

ROWS = 10
"""Tickets on one page of a list."""

_ASKED = frozenset({"follow_up", "person_asked"})
_WEEK = timedelta(days=7)
_ALL = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLists:
    """Collects what a chat may read.

    - A group reads of its own queues, never of a restricted one; one consultant's private chat of
      whatever that consultant may see.
    - A list has references, queues and ages, and no words of anybody; what is urgent stands first.
    - Late is what missed a deadline, whatever the asker was told.
    """

    clock: Clock
    access: Access
    deadlines: Deadlines
    room: StaffRoom

    @property
    def working_time(self) -> WorkingTime:
        """The hours of the desk."""
        return self.deadlines.working_time

    def queues_of(self, chat: str, who: Consultant) -> frozenset[str]:
        """Name the queues a chat may read of."""
        if chat == who.telegram:
            return who.queues & self.access.visible_queues(who)
        return self.queues_of_group(chat)

    def queues_of_group(self, chat: str) -> frozenset[str]:
        """Name the unrestricted queues of a staff chat."""
        known = [each for each in self.room.chats if each.chat == chat]
        open_ones = frozenset(q.id for q in self.access.queues.values() if not q.restricted)
        served = (each.queues or open_ones for each in known)
        return open_ones & frozenset().union(*served)

    def waiting(self, uow: UnitOfWork, queues: frozenset[str]) -> list[Ticket]:
        """List the tickets nobody took: the urgent first, then the one that waits longest."""
        rows = uow.tickets.rows(statuses=[Status.NEW], queues=queues, limit=_ALL)
        return sorted(rows, key=lambda row: (row.priority.rank, self.since(uow, row), row.id))

    def mine(self, uow: UnitOfWork, chat: str, who: Consultant) -> list[Ticket]:
        """List the open tickets of a consultant that a chat may read of, the urgent first."""
        rows = uow.tickets.rows(statuses=[Status.OPEN, Status.WAITING], limit=_ALL)
        private = chat == who.telegram
        own = [row for row in rows if row.owner == who.id and self.access.sees(who, row)]
        shown = [row for row in own if private or not self.access.is_restricted(row.queue)]
        return sorted(
            shown, key=lambda row: (row.status is Status.WAITING, row.priority.rank, row.id)
        )

    def overdue(self, uow: UnitOfWork, queues: frozenset[str]) -> list[Ticket]:
        """List the tickets that missed a deadline while the ball is with us."""
        rows = uow.tickets.rows(statuses=OURS, queues=queues, limit=_ALL)
        late = self.deadlines.late(uow, rows)
        return [row for row in rows if row.id in late]

    def since(self, uow: UnitOfWork, ticket: Ticket) -> datetime:
        """Return when the asker was heard last."""
        asked = [event.at for event in uow.tickets.events(ticket.id) if event.type in _ASKED]
        return max(asked, default=ticket.created_at)

    def page(self, uow: UnitOfWork, tickets: Sequence[Ticket], *, chat: str, number: int) -> Values:
        """Return one page of a list; what another page had more of is emptied."""
        pages = max(1, -(-len(tickets) // ROWS))
        number = min(max(number, 0), pages - 1)
        shown = tickets[number * ROWS : (number + 1) * ROWS]
        late = self.deadlines.late(uow, [row for row in shown if row.status in OURS])
        values: dict[str, str | int] = {
            "total": len(tickets),
            **turn(number, pages),
        }
        for place in range(ROWS):
            row = self._row(uow, shown[place], chat, late) if place < len(shown) else _NO_ROW
            values |= {f"row{place}_{name}": value for name, value in row.items()}
        return values

    def week(self, uow: UnitOfWork, queues: frozenset[str]) -> Values:
        """Count the last seven days of these queues."""
        now = self.clock.now()
        asked = [
            row
            for row in uow.tickets.created_between(now - _WEEK, now)
            if row.queue in queues and row.status not in {Status.SPAM, Status.MERGED}
        ]
        machine, waits = 0, []
        for ticket in asked:
            rows = uow.tickets.articles(ticket.id)
            reply = next((row for row in rows if row.kind is ArticleKind.REPLY), None)
            if reply is not None:
                waits.append(self.working_time.between(ticket.created_at, reply.at))
            machine += reply is None and any(row.kind is ArticleKind.SUGGESTED for row in rows)
        usual = median(wait.total_seconds() / 60 for wait in waits) if waits else 0
        return {
            "asked": len(asked),
            "automatic": machine,
            "answered": len(waits),
            "median": round(usual),
            "waiting": len(self.waiting(uow, queues)),
        }

    def _row(self, uow: UnitOfWork, ticket: Ticket, chat: str, late: frozenset[TicketId]) -> Values:
        queue = self.access.queues.get(ticket.queue)
        since = self.since(uow, ticket)
        restricted = self.access.is_restricted(ticket.queue)
        return {
            "reference": ticket.reference,
            "queue": queue.title if queue else ticket.queue,
            "municipality": "" if restricted else ticket.municipality or "",
            "minutes": int((self.clock.now() - since).total_seconds() // 60),
            "late": "1" if ticket.id in late else "",
            "priority": "" if ticket.priority is Priority.NORMAL else ticket.priority.value,
            "answered": "1" if ticket.status is Status.WAITING else "",
            "url": _link(uow, chat, ticket.id),
        }


def turn(page: int, pages: int) -> dict[str, str | int]:
    """Say which page of how many a list shows."""
    return {"page": page, "pages": pages, "now": page + 1, "many": "1" if pages > 1 else ""}


_NO_ROW: Values = dict.fromkeys(
    ("reference", "queue", "municipality", "minutes", "late", "priority", "answered", "url"), ""
)
_SUPERGROUP = "-100"


def _link(uow: UnitOfWork, chat: str, ticket: TicketId) -> str:
    """Return the address of a ticket's topic in a chat, else of its card."""
    if not chat.startswith(_SUPERGROUP):
        return ""
    place = uow.topics.find(chat=chat, ticket=ticket)
    if place is None:
        cards = [
            row.external_id
            for row in uow.outbox.of_ticket(ticket)
            if row.channel is Channel.TELEGRAM and row.to == chat and row.key in CARDS
        ]
        named = [name for name in cards if name]
        place = named[-1].rpartition(":")[2] if named else None
    return f"https://t.me/c/{chat.removeprefix(_SUPERGROUP)}/{place}" if place else ""
