"""Tells those who registered what they must know: the day is near, moved, or called off."""

from dataclasses import replace
from typing import Final

from handlers.answers import MACHINE
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import TicketEvent
from handlers.domain.trainings import STANDING, Enrolment, Seat, Training
from handlers.enrolling import BEFORE, Enrolling
from handlers.ports import UnitOfWork
from handlers.trainings import told_of
from handlers.working_time import VILNIUS, local_day
from knowledge_base.values import dataclass

_MORNING: Final = 9
"""Nobody is written to by night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingWatch:
    """Looks at every training that is ahead; run by the timers, each thing is told once.

    - Seats that became free, or were added, go to those who wait.
    - Another day, hour or place is told to everybody who stands, and reminded of anew.
    - Called off: everybody is told and nobody stands.
    - Who has a seat is reminded from three days before; who came to the list later is not.
    """

    enrolling: Enrolling

    def look(self, uow: UnitOfWork) -> int:
        """Tell whatever is to be told; return how much was."""
        now = self.enrolling.calendar.clock.now()
        if now.astimezone(VILNIUS).hour < _MORNING:
            return 0
        ahead = [known.training for known in uow.trainings.rows() if known.training.is_ahead(now)]
        return sum(self._look_at(uow, training) for training in ahead)

    def _look_at(self, uow: UnitOfWork, training: Training) -> int:
        promoted = self.enrolling.promote(uow, training)
        standing = [e for e in uow.trainings.enrolments(training.id) if e.seat in STANDING]
        return promoted + sum(self._tell(uow, training, each) for each in standing)

    def _tell(self, uow: UnitOfWork, training: Training, enrolment: Enrolment) -> int:
        if training.called_off:
            key, now = Key.TRAINING_CALLED_OFF, replace(enrolment, seat=Seat.LEFT)
        elif enrolment.told != training.as_told:
            told = training.as_told
            key, now = Key.TRAINING_MOVED, replace(enrolment, told=told, reminded_for=None)
        elif self._is_near(training, enrolment):
            key, now = Key.TRAINING_REMINDER, replace(enrolment, reminded_for=training.first_on)
        else:
            return 0
        uow.trainings.save(now)
        ticket = uow.tickets.get(enrolment.ticket)
        clock = self.enrolling.calendar.clock
        event = key.value.replace("-", "_")
        line = TicketEvent(type=event, at=clock.now(), actor=MACHINE, reasons=(training.id,))
        uow.tickets.record(ticket.id, line)
        self.enrolling.askers.tell(uow, ticket, Kind.NOTICE, key, told_of(training))
        return 1

    def _is_near(self, training: Training, enrolment: Enrolment) -> bool:
        today = local_day(self.enrolling.calendar.clock.now())
        near = training.first_on - BEFORE <= today
        is_new = enrolment.reminded_for != training.first_on
        return enrolment.seat is Seat.TAKEN and near and is_new
