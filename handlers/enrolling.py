"""Somebody registers for a training, waits for a seat, or gives it up."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from handlers.askers import Askers
from handlers.domain.channels import Channel
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.people import Person
from handlers.domain.tickets import (
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.domain.trainings import STANDING, Enrolment, NewEnrolment, Seat, Training
from handlers.feedback import REQUESTER
from handlers.ports import UnitOfWork
from handlers.trainings import QUEUE, TrainingCalendar, told_of
from handlers.working_time import local_day
from knowledge_base.values import dataclass

BEFORE: Final = timedelta(days=3)
"""How long before a training those who have a seat are reminded."""

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A wish to take part, with the message that said so."""

    training: str
    person: Person
    channel: Channel
    language: str
    text: str
    name: str = ""
    organisation: str = ""
    municipality: str | None = None
    message: Prepared | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolling:
    """Gives out seats.

    - An enrolment is a conversation of its own, settled from the beginning: nobody waits for a
      consultant, and whatever else is written there brings one.
    - A person has one enrolment for a training; registering again corrects name and organisation.
    - Without a free seat one waits; who gives a seat up gives it to the first who waits.
    """

    calendar: TrainingCalendar
    askers: Askers

    def enrol(self, uow: UnitOfWork, wanted: Wanted) -> "Enrolled":
        """Give a seat, or a place on the waiting list, and say so.

        Raises:
            NotFoundError: there is no such training.
        """
        uow.trainings.hold(wanted.training)
        training = self.calendar.require(uow, wanted.training).training
        known = next(
            (e for e in uow.trainings.of_person(wanted.person.id) if e.training == training.id),
            None,
        )
        ticket = uow.tickets.get(known.ticket) if known else self._open(uow, wanted, training)
        self.write(uow, ticket, wanted)
        if not training.is_open(self.calendar.clock.now()):
            self._tell(uow, ticket, Key.TRAINING_CLOSED, training)
            return Enrolled(ticket=ticket, enrolment=known)
        enrolment = self._seat(uow, ticket, wanted, training, known)
        self._confirm(uow, ticket, training, enrolment)
        return Enrolled(ticket=ticket, enrolment=enrolment)

    def leave(self, uow: UnitOfWork, enrolment: Enrolment) -> None:
        """Give a seat up, and give it to the first who waits; once."""
        if enrolment.seat not in STANDING:
            return
        uow.trainings.hold(enrolment.training)
        training = self.calendar.require(uow, enrolment.training).training
        uow.trainings.save(replace(enrolment, seat=Seat.LEFT))
        ticket = uow.tickets.get(enrolment.ticket)
        self._record(uow, ticket, "training_left", training)
        self._tell(uow, ticket, Key.TRAINING_LEFT, training)
        self.promote(uow, training)

    def promote(self, uow: UnitOfWork, training: Training) -> int:
        """Give free seats to those who wait, in their order; return how many."""
        if not training.is_open(self.calendar.clock.now()):
            return 0
        uow.trainings.hold(training.id)
        found = uow.trainings.enrolments(training.id)
        waiting = [each for each in found if each.seat is Seat.WAITING]
        free = training.seats - sum(each.seat is Seat.TAKEN for each in found)
        lucky = waiting[: max(0, free)]
        for each in lucky:
            seated = replace(
                each,
                seat=Seat.TAKEN,
                told=training.as_told,
                reminded_for=self._reminded(training),
            )
            uow.trainings.save(seated)
            ticket = uow.tickets.get(each.ticket)
            self._record(uow, ticket, "training_seat", training)
            self._tell(uow, ticket, Key.TRAINING_SEAT, training)
        return len(lucky)

    # Seats --------------------------------------------------------------------------------------

    def _open(self, uow: UnitOfWork, wanted: Wanted, training: Training) -> Ticket:
        return uow.tickets.add(
            NewTicket(
                status=Status.RESOLVED,
                queue=QUEUE,
                requester=wanted.person.id,
                channel=wanted.channel,
                language=wanted.language,
                subject=training.title,
                at=self.calendar.clock.now(),
                municipality=wanted.municipality or wanted.person.municipality,
                topic=QUEUE,
                programme=training.programme or None,
                asker_type=wanted.person.asker_type,
                organisation=wanted.person.organisation,
            )
        )

    def _seat(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        wanted: Wanted,
        training: Training,
        known: Enrolment | None,
    ) -> Enrolment:
        """Write the enrolment; who stands keeps what they have, who left comes last."""
        now = self.calendar.clock.now()
        name = (wanted.name or wanted.person.name)[:LONGEST_NAME]
        place = wanted.municipality or wanted.person.municipality
        if known is not None and known.seat in STANDING:
            same = replace(
                known,
                name=name or known.name,
                organisation=wanted.organisation or known.organisation,
                municipality=place or known.municipality,
            )
            uow.trainings.save(same)
            return same
        free = self.calendar.offer(uow, self.calendar.require(uow, training.id)).free
        new = NewEnrolment(
            training=training.id,
            ticket=ticket.id,
            person=wanted.person.id,
            name=name,
            organisation=wanted.organisation or _organisation(uow, wanted.person),
            municipality=place,
            seat=Seat.TAKEN if free else Seat.WAITING,
            at=now,
            told=training.as_told,
            reminded_for=self._reminded(training),
        )
        self._record(uow, ticket, "training_seat" if free else "training_waiting", training)
        if known is None:
            return uow.trainings.enrol(new)
        again = replace(
            known,
            name=name or known.name,
            organisation=new.organisation or known.organisation,
            municipality=place,
            seat=new.seat,
            at=now,
            told=new.told,
            reminded_for=new.reminded_for,
        )
        uow.trainings.save(again)
        return again

    def _reminded(self, training: Training) -> date | None:
        """Return the day that needs no reminder: who registers so late knows."""
        today = local_day(self.calendar.clock.now())
        return training.first_on if training.first_on - BEFORE <= today else None

    def _confirm(
        self, uow: UnitOfWork, ticket: Ticket, training: Training, enrolment: Enrolment
    ) -> None:
        if enrolment.seat is Seat.TAKEN:
            self._tell(uow, ticket, Key.TRAINING_SEATED, training)
            return
        waiting = [
            each.id for each in uow.trainings.enrolments(training.id) if each.seat is Seat.WAITING
        ]
        number = {"number": str(waiting.index(enrolment.id) + 1)}
        values = {**self._told(ticket, training), **number}
        self.askers.tell(uow, ticket, Kind.NOTICE, Key.TRAINING_WAITING, values)

    # Small things -------------------------------------------------------------------------------

    def write(self, uow: UnitOfWork, ticket: Ticket, wanted: Wanted) -> None:
        """Keep the words in the conversation of the enrolment."""
        message = wanted.message
        uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.INBOUND,
                channel=wanted.channel,
                author=wanted.name or wanted.person.name,
                text=wanted.text,
                at=message.received_at if message else self.calendar.clock.now(),
                person=wanted.person.id,
                external_id=message.external_id if message else None,
                attachments=message.attachments if message else (),
                notes=message.notes if message else (),
                also=message.also if message else (),
            )
        )

    def _tell(self, uow: UnitOfWork, ticket: Ticket, key: Key, training: Training) -> None:
        self.askers.tell(uow, ticket, Kind.NOTICE, key, self._told(ticket, training))

    def _told(self, ticket: Ticket, training: Training) -> Values:
        return {**told_of(training), "page": self.askers.page_of(ticket)}

    def _record(self, uow: UnitOfWork, ticket: Ticket, event: str, training: Training) -> None:
        at = self.calendar.clock.now()
        line = TicketEvent(type=event, at=at, actor=REQUESTER, reasons=(training.id,))
        uow.tickets.record(ticket.id, line)


def _organisation(uow: UnitOfWork, person: Person) -> str:
    """Name whom the person asks for, where nothing else was said."""
    return uow.organisations.get(person.organisation).name if person.organisation else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What came of a wish; without an enrolment it came too late."""

    ticket: Ticket
    enrolment: Enrolment | None
