"""Short messages about trainings: „registruotis m1“, „atsisakau“."""

from handlers.askers import LANGUAGES
from handlers.domain.messages import Prepared
from handlers.domain.people import Person
from handlers.domain.tickets import Ticket
from handlers.domain.trainings import STANDING, Enrolment
from handlers.enrolling import LONGEST_NAME, Enrolling, Wanted
from handlers.ports import UnitOfWork
from handlers.typed import Enrol, Leave, enrolling
from knowledge_base.text import Line, tokens
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentWishes:
    """Heeds the words wherever they come from; whatever is not surely meant is for a person.

    „atsisakau“ alone is about a training only where no other conversation is meant.
    """

    enrolling: Enrolling

    def heed(self, uow: UnitOfWork, message: Prepared, about: Ticket | None) -> Ticket | None:
        """Do what a typed wish asks for; None when it is none, or a person must read it.

        `about` is the conversation the message belongs to or names.
        """
        said = enrolling(message.said) or enrolling(Line(message.subject))
        if said is None or message.silent or message.is_authentic is False:
            return None
        if isinstance(said, Leave):
            return self._leave(uow, message, said, about)
        named = [
            known.training.id
            for known in uow.trainings.rows()
            if tokens(known.training.id) == tokens(said.code)
        ]
        if message.sender is None or not named or _names_another(uow, said, named[0]):
            return None
        return self.enrolling.enrol(uow, self._wanted(uow, message, said, named[0])).ticket

    def _wanted(self, uow: UnitOfWork, message: Prepared, said: Enrol, training: str) -> Wanted:
        language = message.decision.language.value
        person = uow.people.find(message.sender) if message.sender else None
        person = person or uow.people.add(
            name=message.sender_name,
            language=language if language in LANGUAGES else None,
            address=message.sender,
            at=message.received_at,
        )
        return Wanted(
            training=training,
            person=person,
            channel=message.channel,
            language=language,
            text=message.text,
            name=message.sender_name,
            organisation=said.besides[:LONGEST_NAME],
            municipality=message.decision.municipality,
            message=message,
        )

    def _leave(
        self, uow: UnitOfWork, message: Prepared, said: Leave, about: Ticket | None
    ) -> Ticket | None:
        person = uow.people.find(message.sender) if message.sender else None
        if person is None:
            return None
        meant = self._meant(uow, person, said, about)
        if meant is None:
            return None
        ticket = uow.tickets.get(meant.ticket)
        wanted = Wanted(
            training=meant.training,
            person=person,
            channel=message.channel,
            language=ticket.language,
            text=message.text,
            message=message,
        )
        self.enrolling.write(uow, ticket, wanted)
        self.enrolling.leave(uow, meant)
        return ticket

    def _meant(
        self, uow: UnitOfWork, person: Person, said: Leave, about: Ticket | None
    ) -> Enrolment | None:
        """Find the enrolment somebody gives up; where that is not sure, none."""
        now = self.enrolling.calendar.clock.now()
        standing = [
            each
            for each in uow.trainings.of_person(person.id)
            if each.seat in STANDING
            and self.enrolling.calendar.require(uow, each.training).training.is_ahead(now)
        ]
        if said.code:
            meant = [each for each in standing if tokens(each.training) == tokens(said.code)]
        elif about is not None:
            meant = [each for each in standing if each.ticket == about.id]
        else:
            meant = standing
        return meant[0] if len(meant) == 1 else None


def _names_another(uow: UnitOfWork, said: Enrol, training: str) -> bool:
    """Tell whether a second training stands behind the first: one would be forgotten."""
    besides = f" {' '.join(tokens(said.besides))} "
    others = (known.training.id for known in uow.trainings.rows())
    return any(f" {' '.join(tokens(name))} " in besides for name in others if name != training)
