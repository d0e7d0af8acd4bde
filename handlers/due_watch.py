"""Reminds of what was promised for a day: reviews of documents, deliverables of municipalities."""

from datetime import date, timedelta
from typing import Final

from handlers.domain.deliverables import OVER, Deliverable
from handlers.domain.outgoing import Key
from handlers.domain.reviews import Review
from handlers.domain.tickets import Status
from handlers.ports import UnitOfWork
from handlers.staff_notices import StaffNotices
from handlers.staff_readers import steering
from handlers.working_time import WorkingTime, local_day
from knowledge_base.values import dataclass

BEFORE: Final = timedelta(days=3)
"""How long before its day one is reminded of a review."""

DELIVERABLE_BEFORE: Final = timedelta(days=14)
"""How long before its day one is reminded of a deliverable: it takes longer to make."""

_GONE: Final = frozenset({Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWatch:
    """Tells people in working hours; each day of a thing once, whoever runs the timers.

    - A review: its ticket's owner, else those who serve the queue.
    - A deliverable: who is responsible, before its day; those who steer as well, when it has passed
      or nobody else is there.
    - A day moved is told anew.
    """

    working_time: WorkingTime
    notices: StaffNotices

    def look(self, uow: UnitOfWork) -> int:
        """Owe whatever is due to be told; return how much was."""
        now = self.notices.clock.now()
        if not self.working_time.is_open(now):
            return 0
        today = local_day(now)
        near = [row for row in uow.reviews.rows(closed=False) if row.due_on - BEFORE <= today]
        reviews = sum(self._review(uow, review, today) for review in near)
        return reviews + sum(
            self._deliverable(uow, row, today)
            for row in uow.deliverables.rows()
            if row.progress not in OVER and row.due_on - DELIVERABLE_BEFORE <= today
        )

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

    def _deliverable(self, uow: UnitOfWork, deliverable: Deliverable, today: date) -> int:
        late = deliverable.is_late(today)
        responsible = uow.consultants.get(deliverable.responsible)
        people = [responsible] if responsible.active else []
        if late or not people:
            people += [one for one in steering(uow) if one.id != responsible.id]
        values = {
            "kind": deliverable.kind.value,
            "municipality": deliverable.municipality,
            "period": deliverable.period,
            "due_on": deliverable.due_on.isoformat(),
            "owner": responsible.name,
            "late": "yes" if late else "no",
        }
        when = "late" if late else "near"
        once = f"deliverable:{deliverable.id}:{deliverable.due_on}:{when}"
        return self.notices.tell(uow, people, Key.STAFF_DELIVERABLE_DUE, values, once=once)
