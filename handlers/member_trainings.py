"""What a member does about trainings in their private chat: lists them, registers, gives up."""

from handlers.commands import Ask, Request
from handlers.domain.outgoing import Key, Values
from handlers.domain.trainings import STANDING
from handlers.enrolling import Enrolling, Wanted
from handlers.notices import notice
from handlers.ports import UnitOfWork
from handlers.trainings import told_of
from knowledge_base.values import dataclass

LISTED = 8
"""How many trainings one list shows; the page has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTrainings:
    """Serves the buttons; pressing twice registers once."""

    enrolling: Enrolling

    def carry_out(self, uow: UnitOfWork, ask: Ask) -> None:
        """Do what is asked; a training that is gone is answered with those there are."""
        known = uow.trainings.known(ask.argument) if ask.argument else None
        if ask.what is Request.ENROL and known is not None:
            self._enrol(uow, ask)
        elif ask.what is Request.LEAVE and known is not None:
            self._leave(uow, ask)
        else:
            self._list(uow, ask)

    def _enrol(self, uow: UnitOfWork, ask: Ask) -> None:
        now = self.enrolling.calendar.clock.now()
        person = uow.people.find(ask.by) or uow.people.add(
            name=ask.name, language=ask.language, address=ask.by, at=now
        )
        wanted = Wanted(
            training=ask.argument,
            person=person,
            channel=ask.by.channel,
            language=ask.language,
            text=f"registruotis {ask.argument}",
            name=person.name or ask.name,
        )
        self.enrolling.enrol(uow, wanted)

    def _leave(self, uow: UnitOfWork, ask: Ask) -> None:
        person = uow.people.find(ask.by)
        for each in uow.trainings.of_person(person.id) if person else ():
            if each.training == ask.argument:
                self.enrolling.leave(uow, each)

    def _list(self, uow: UnitOfWork, ask: Ask) -> None:
        person = uow.people.find(ask.by)
        own = {
            each.training: each.seat.value
            for each in (uow.trainings.of_person(person.id) if person else ())
            if each.seat in STANDING
        }
        values: dict[str, str | int] = {}
        for number, offer in enumerate(self.enrolling.calendar.ahead(uow)[:LISTED], 1):
            told = {**told_of(offer.training), "free": offer.free}
            told["seat"] = own.get(offer.training.id, "")
            values |= {f"training{number}_{name}": value for name, value in told.items()}
        key = Key.MEMBER_TRAININGS if values else Key.MEMBER_NO_TRAININGS
        self._tell(uow, ask, key, values)

    def _tell(self, uow: UnitOfWork, ask: Ask, key: Key, values: Values) -> None:
        at = self.enrolling.calendar.clock.now()
        uow.outbox.owe(notice(ask, key, values, at=at))
