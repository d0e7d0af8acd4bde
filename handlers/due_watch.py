"""Reminds of what was promised for a day: reviews of documents."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from handlers.domain.outgoing import Key
from handlers.domain.reviews import Review
from handlers.domain.tickets import Status
from handlers.ports import UnitOfWork
from handlers.staff_notices import StaffNotices
from handlers.working_time import VILNIUS, WorkingTime

BEFORE: Final = timedelta(days=3)
"""How long before its day one is reminded of a review."""

_GONE: Final = frozenset({Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWatch:
    """Tells people in working hours; each day of a thing once, whoever runs the timers.

    A review: its ticket's owner, else those who serve the queue. A day moved is told anew.
    """

    working_time: WorkingTime
    notices: StaffNotices

    def look(self, uow: UnitOfWork) -> int:
        """Owe whatever is due to be told; return how much was."""
        now = self.notices.clock.now()
        if not self.working_time.is_open(now):
            return 0
        today = now.astimezone(VILNIUS).date()
        near = [row for row in uow.reviews.rows(closed=False) if row.due_on - BEFORE <= today]
        return sum(self._review(uow, review, today) for review in near)

    def _review(self, uow: UnitOfWork, review: Review, today: date) -> bool:
        ticket = uow.tickets.get(review.ticket)
        if ticket.status in _GONE or not uow.reviews.reminded(ticket.id, due_on=review.due_on):
            return False
        values = {
            "title": review.title,
            "due_on": review.due_on.isoformat(),
            "late": "yes" if review.is_late(today) else "no",
        }
        once = f"review:{ticket.id}:{review.due_on}"
        room = self.notices.room
        room.tell(uow, ticket, Key.STAFF_REVIEW_DUE, once=once, more=values)
        return True
