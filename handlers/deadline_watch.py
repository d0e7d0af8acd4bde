"""Who is told of a deadline: those who are to keep it before it passes, those who steer after."""

from datetime import timedelta

from handlers.answers import MACHINE
from handlers.deadlines import ESCALATED, OURS, REMINDED, Deadline, Deadlines
from handlers.domain.outgoing import Key, Values
from handlers.domain.tickets import Ticket, TicketEvent
from handlers.ports import Clock, UnitOfWork
from handlers.staff_room import StaffRoom
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

_ALL = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWatch:
    """Tells people of deadlines, once each.

    - The owner, else the queue, is reminded `before` a deadline, or in the middle of a short one.
    - Those who steer are told when it has passed, without a word of the asker's, so that a
      restricted matter may be told of as well.
    - Nobody is told out of working hours. After a stop whatever fell due meanwhile is told, so that
      an owner always hears of a deadline before, or together with, those who steer.
    """

    clock: Clock
    deadlines: Deadlines
    room: StaffRoom
    before: timedelta

    def look(self, uow: UnitOfWork) -> int:
        """Tell whatever is due to be told; return how much was."""
        if not self.deadlines.working_time.is_open(self.clock.now()):
            return 0
        tickets = uow.tickets.rows(statuses=OURS, limit=_ALL)
        found = self.deadlines.of(uow, tickets)
        return sum(
            self._look_at(uow, ticket, deadline)
            for ticket in reversed(tickets)
            for deadline in found[ticket.id]
        )

    def _look_at(self, uow: UnitOfWork, ticket: Ticket, deadline: Deadline) -> int:
        told = 0
        is_near = deadline.left <= min(self.before, deadline.target / 2)
        if is_near and REMINDED not in deadline.told:
            self._remind(uow, ticket, deadline)
            told += 1
        if deadline.is_late and ESCALATED not in deadline.told:
            self._escalate(uow, ticket, deadline)
            told += 1
        return told

    def _remind(self, uow: UnitOfWork, ticket: Ticket, deadline: Deadline) -> None:
        once = _once("due", ticket, deadline)
        self.room.tell(uow, ticket, Key.STAFF_DUE, once=once, more=_values(deadline))
        self._record(uow, ticket, deadline, REMINDED)

    def _escalate(self, uow: UnitOfWork, ticket: Ticket, deadline: Deadline) -> None:
        queue = self.room.access.queues.get(ticket.queue)
        owner = uow.consultants.get(ticket.owner).name if ticket.owner is not None else ""
        values: Values = {
            **_values(deadline),
            "queue": queue.title if queue else ticket.queue,
            "owner": owner,
        }
        once = _once("late", ticket, deadline)
        readers = self.room.readers.steering(uow, ticket)
        self.room.write(uow, ticket, readers, Key.STAFF_LATE, values, once=once)
        self._record(uow, ticket, deadline, ESCALATED)

    def _record(self, uow: UnitOfWork, ticket: Ticket, deadline: Deadline, event: str) -> None:
        reasons = (deadline.aim.value,)
        line = TicketEvent(type=event, at=self.clock.now(), actor=MACHINE, reasons=reasons)
        uow.tickets.record(ticket.id, line)


def _once(what: str, ticket: Ticket, deadline: Deadline) -> str:
    return f"{what}:{ticket.id}:{deadline.aim}:{deadline.since.isoformat()}"


def _values(deadline: Deadline) -> Values:
    hours, minutes = divmod(int(deadline.worked.total_seconds()) // 60, 60)
    due = deadline.due.astimezone(VILNIUS) if deadline.due else None
    return {
        "aim": deadline.aim.value,
        "late": "yes" if deadline.is_late else "no",
        "due_on": due.date().isoformat() if due else "",
        "due_at": f"{due:%H:%M}" if due else "",
        "hours": hours,
        "minutes": minutes,
    }
