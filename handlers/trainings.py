"""The calendar of trainings: what is planned, how many seats are left, who came."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Values
from handlers.domain.tickets import parse_reference
from handlers.domain.trainings import Enrolment, KnownTraining, Seat, Training
from handlers.ports import Clock, UnitOfWork
from handlers.record_imports import Taken, take_in
from handlers.training_rows import as_row, parse_training
from knowledge_base.municipalities import Places
from knowledge_base.record_rows import Parsed, Row
from knowledge_base.values import dataclass

QUEUE: Final = "mokymai"
"""The queue of questions about trainings."""

_GIVEN: Final = re.compile(r"m([1-9]\d{0,8})", re.ASCII)
"""The ids we give ourselves; a file may have any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A training with what is left of its seats; `came` counts those who were there on any day."""

    known: KnownTraining
    taken: int
    waiting: int
    came: int

    @property
    def training(self) -> Training:
        """The training as it is now."""
        return self.known.training

    @property
    def free(self) -> int:
        """How many may still register; nobody passes those who wait."""
        return max(0, self.training.seats - self.taken - self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCalendar:
    """Keeps the trainings; a change of one is a version of it.

    - The calendar begins empty: no event comes with the program.
    - One may register until the training begins or is called off; then the waiting list.
    - Fewer seats than were given out send nobody away.
    """

    clock: Clock
    places: Callable[[], Places]

    def take_in(self, uow: UnitOfWork, parsed: Parsed[Training], *, by: str) -> Taken:
        """Write the trainings of a file that are new or changed."""
        return take_in(parsed, lambda each: uow.trainings.put(each, at=self.clock.now(), by=by))

    def add(self, uow: UnitOfWork, values: Mapping[str, str], *, by: str) -> Training:
        """Write down a new training; without an id it is given the next one.

        Raises:
            InvalidError: a value cannot be used, or there is such a training.
        """
        name = values.get("id") or _next(each.training.id for each in uow.trainings.rows())
        if uow.trainings.known(name) is not None:
            raise InvalidError("training-exists", field="id", id=name)
        return self._write(uow, {**values, "id": name}, by=by)

    def change(
        self, uow: UnitOfWork, training: str, values: Mapping[str, str], *, by: str
    ) -> Training:
        """Change some values of a training; those who registered are told by the timers.

        Raises:
            NotFoundError: there is none.
            InvalidError: a value cannot be used.
        """
        known = as_row(self.require(uow, training).training)
        return self._write(uow, {**known, **values}, by=by)

    def require(self, uow: UnitOfWork, training: str) -> KnownTraining:
        """Return a training.

        Raises:
            NotFoundError: there is none.
        """
        known = uow.trainings.known(training)
        if known is None:
            raise NotFoundError("no-such-training", id=training)
        return known

    def offer(self, uow: UnitOfWork, known: KnownTraining) -> Offer:
        """Say what is left of a training's seats."""
        enrolments = uow.trainings.enrolments(known.training.id)
        seats = [each.seat for each in enrolments]
        return Offer(
            known=known,
            taken=seats.count(Seat.TAKEN),
            waiting=seats.count(Seat.WAITING),
            came=sum(bool(each.attended) for each in enrolments),
        )

    def ahead(self, uow: UnitOfWork) -> list[Offer]:
        """List what one may register for, the first to begin first."""
        now = self.clock.now()
        return [
            self.offer(uow, known) for known in uow.trainings.rows() if known.training.is_open(now)
        ]

    def all(self, uow: UnitOfWork, *, over: bool) -> list[Offer]:
        """List what is planned, called off or not, the first to begin first; `over` = past, too."""
        now = self.clock.now()
        found = [each for each in uow.trainings.rows() if over or each.training.lasts(now)]
        return [self.offer(uow, known) for known in found]

    def attend(
        self,
        uow: UnitOfWork,
        training: str,
        who: Sequence[str],
        *,
        days: Sequence[date],
        came: bool,
    ) -> list[Enrolment]:
        """Note who came on which days, all of them if none is named; or that they did not.

        `who` are references of enrolments. Somebody from the waiting list who came had a seat.

        Raises:
            NotFoundError: there is no such training, or nobody registered under a reference.
            InvalidError: it is not held on one of the days.
        """
        known = self.require(uow, training).training
        wrong = [day.isoformat() for day in days if day not in known.days]
        if wrong:
            raise InvalidError("not-a-day-of-training", field="day", given=wrong[0])
        by_ticket = {each.ticket: each for each in uow.trainings.enrolments(training)}
        found = [_registered(by_ticket, reference) for reference in who]
        noted = [_attended(each, days or known.days, came=came) for each in found]
        for each in noted:
            uow.trainings.save(each)
        return noted

    def _write(self, uow: UnitOfWork, values: Mapping[str, str], *, by: str) -> Training:
        try:
            training = parse_training(Row(line=1, values=values), self.places())
        except ValueError as wrong:
            raise InvalidError("bad-training", field="training", why=str(wrong)) from wrong
        uow.trainings.put(training, at=self.clock.now(), by=by)
        return training


def told_of(training: Training) -> Values:
    """Return what every message about a training may say."""
    return {
        "code": training.id,
        "title": training.title,
        "days": len(training.days),
        "first_on": training.days[0].isoformat(),
        "second_on": training.days[-1].isoformat() if len(training.days) > 1 else "",
        "hours": training.hours,
        "place": training.place,
        "municipality": training.municipality,
    }


def _next(names: Iterable[str]) -> str:
    numbers = [int(found[1]) for name in names if (found := _GIVEN.fullmatch(name))]
    return f"m{max(numbers, default=0) + 1}"


def _registered(by_ticket: Mapping[TicketId, Enrolment], reference: str) -> Enrolment:
    ticket = parse_reference(reference)
    found = by_ticket.get(ticket) if ticket is not None else None
    if found is None:
        raise NotFoundError("nobody-registered", reference=reference)
    return found


def _attended(enrolment: Enrolment, days: Sequence[date], *, came: bool) -> Enrolment:
    if not came:
        left = tuple(day for day in enrolment.attended if day not in days)
        return replace(enrolment, attended=left)
    return replace(enrolment, seat=Seat.TAKEN, attended=tuple(sorted({*enrolment.attended, *days})))
