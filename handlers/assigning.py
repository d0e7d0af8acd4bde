"""Whose a question is to be: a named owner's, the next in turn's, or nobody's, with the reason."""

from datetime import date

from handlers.access import Access
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from handlers.ports import Clock, UnitOfWork
from handlers.staffing import Mode, QueueRule, Remit
from handlers.substitutes import Substitutes
from handlers.working_time import local_day
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who gets a question, None where its queue does, and why."""

    owner: Consultant | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """Chooses an owner.

    - Somebody who is away is stood in for. Who may not see the ticket, or has no room for another,
      gets none: then it is the queue's, and everybody who serves it is told.
    - A queue with turns gives each question to whoever has waited longest for one among those who
      serve it, are there, speak the asker's language, serve the municipality and have room.
    """

    clock: Clock
    access: Access

    @property
    def today(self) -> date:
        """The day in Lithuania."""
        return local_day(self.clock.now())

    def named(self, uow: UnitOfWork, queue: str, who: Consultant) -> Choice:
        """Give a question of a queue to somebody, or to who stands in for them."""
        there = self.present(uow, who)
        if there is None or not self.access.sees_queue(there, queue):
            return Choice(owner=None, why=f"{who.name} nedirba, o pavaduoti nėra kam.")
        if not self._remit(uow, there).has_room(uow.staffing.loads().get(there.id, 0)):
            return Choice(owner=None, why=f"{there.name} turi tiek kreipinių, kiek gali.")
        if there.id == who.id:
            return Choice(owner=there, why=f"Atsako {there.name}.")
        return Choice(owner=there, why=f"{who.name} nedirba, pavaduoja {there.name}.")

    def in_turn(self, uow: UnitOfWork, ticket: Ticket) -> Choice | None:
        """Give a ticket to the next in turn; None where the queue has no turns."""
        if not self.has_turns(uow, ticket.queue):
            return None
        now, turns = self.clock.now(), uow.staffing.take_turns(ticket.queue)
        fitting = self.fitting(
            uow, ticket.queue, language=ticket.language, municipality=ticket.municipality
        )
        if not fitting:
            return Choice(owner=None, why="Iš eilės priskirti nėra kam: laisvo ar tinkamo nėra.")
        waiting = [who for who in fitting if who.id not in turns]
        chosen = min(waiting or fitting, key=lambda who: (turns.get(who.id, now), who.id))
        uow.staffing.had_turn(ticket.queue, chosen.id, at=now)
        return Choice(owner=chosen, why=f"Priskirta paeiliui: {chosen.name}.")

    def fitting(
        self, uow: UnitOfWork, queue: str, *, language: str, municipality: str | None
    ) -> list[Consultant]:
        """List those of a queue whom a question may be given to now."""
        remits, loads = uow.staffing.remits(), uow.staffing.loads()
        away, today = self.substitutes(uow), self.today
        found = []
        for who in uow.consultants.serving(queue):
            remit = remits.get(who.id, Remit(consultant=who.id))
            covers = remit.covers(language=language, municipality=municipality)
            if covers and remit.has_room(loads.get(who.id, 0)) and not away.is_away(who.id, today):
                found.append(who)
        return found

    def present(self, uow: UnitOfWork, who: Consultant) -> Consultant | None:
        """Return who is there for somebody today and works here; None = nobody."""
        number = self.substitutes(uow).present(who.id, self.today)
        found = None if number is None else uow.consultants.get(number)
        return found if found is not None and found.active else None

    def substitutes(self, uow: UnitOfWork) -> Substitutes:
        """Read who is away from today on."""
        return Substitutes(uow.staffing.absences(self.today))

    def has_turns(self, uow: UnitOfWork, queue: str) -> bool:
        """Tell whether the questions of a queue are given out one after another."""
        rule: QueueRule | None = uow.staffing.rules().get(queue)
        return rule is not None and rule.mode is Mode.ROUND_ROBIN

    def _remit(self, uow: UnitOfWork, who: Consultant) -> Remit:
        return uow.staffing.remits().get(who.id, Remit(consultant=who.id))
