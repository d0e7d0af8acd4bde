"""Arrange who takes what on: remits, absences with substitutes, how queues are shared out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.access import STEERING
from handlers.domain.errors import InvalidError, NotAllowedError, NotFoundError
from handlers.domain.people import Consultant
from handlers.ports import Clock, UnitOfWork
from handlers.staffing import Absence, Mode, NewAbsence, QueueRule, Remit
from handlers.substitutes import Substitutes
from handlers.working_time import local_day
from knowledge_base.language import Language
from knowledge_base.municipalities import Places
from knowledge_base.queues import Queue
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """Writes down what consultants and queues do, each change with its moment and by whom.

    - What is not said stays as it was; an empty list takes a limit away.
    - Nobody is away twice on a day, and substitutes never go round in a circle.
    """

    clock: Clock
    queues: Mapping[str, Queue]
    places: Callable[[], Places]

    def set_remit(
        self,
        uow: UnitOfWork,
        who: Consultant,
        *,
        by: str,
        languages: Collection[str] | None = None,
        municipalities: Collection[str] | None = None,
        capacity: int | None = None,
        is_unlimited: bool = False,
    ) -> Remit:
        """Say what a consultant is given.

        Raises:
            InvalidError: no such language or municipality, or a capacity below nothing.
        """
        remit = uow.staffing.remits().get(who.id, Remit(consultant=who.id))
        if languages is not None:
            remit = replace(remit, languages=tuple(map(_language, languages)))
        if municipalities is not None:
            remit = replace(remit, municipalities=tuple(map(self._place, municipalities)))
        if capacity is not None and capacity < 0:
            raise InvalidError("below-nothing", field="capacity")
        if capacity is not None or is_unlimited:
            remit = replace(remit, capacity=capacity)
        uow.staffing.put_remit(remit, at=self.clock.now(), by=by)
        return remit

    def send_away(
        self,
        uow: UnitOfWork,
        who: Consultant,
        *,
        first: date,
        last: date,
        substitute: Consultant | None,
        by: str,
    ) -> Absence:
        """Write an absence down.

        Raises:
            InvalidError: it contradicts itself or others (`Substitutes.require`).
        """
        new = NewAbsence(
            consultant=who.id,
            first=first,
            last=last,
            substitute=substitute.id if substitute else None,
        )
        Substitutes(uow.staffing.absences(first)).require(new)
        return uow.staffing.add_absence(new, at=self.clock.now(), by=by)

    def call_back(self, uow: UnitOfWork, who: Consultant, *, by: str) -> Sequence[Absence]:
        """End the absences of somebody that last or lie ahead.

        Raises:
            NotFoundError: there are none.
        """
        now = self.clock.now()
        today = local_day(now)
        ended = [each for each in uow.staffing.absences(today) if each.consultant == who.id]
        if not ended:
            raise NotFoundError("not-away", email=who.email)
        for absence in ended:
            uow.staffing.end_absence(absence.id, at=now, by=by)
        return ended

    def set_rule(
        self,
        uow: UnitOfWork,
        queue: str,
        *,
        by: str,
        mode: Mode | None = None,
        release_hours: float | None = None,
        is_usual: bool = False,
    ) -> QueueRule:
        """Say how a queue works; `is_usual`: tickets go back to it as to the others.

        Raises:
            InvalidError: no such queue, or hours below nothing.
        """
        if queue not in self.queues:
            raise InvalidError("no-such-queue", field="queue", queue=queue)
        if release_hours is not None and release_hours < 0:
            raise InvalidError("below-nothing", field="release-hours")
        rule = uow.staffing.rules().get(queue, QueueRule(queue=queue))
        if mode is not None:
            rule = replace(rule, mode=mode)
        if release_hours is not None or is_usual:
            rule = replace(rule, release_hours=release_hours)
        uow.staffing.put_rule(rule, at=self.clock.now(), by=by)
        return rule

    def _place(self, said: str) -> str:
        named = self.places().named(said)
        if not named:
            raise InvalidError("no-such-municipality", field="municipality", municipality=said)
        if len(named) > 1:
            either = ", ".join(place.official for place in named)
            raise InvalidError("which-municipality", field="municipality", either=either)
        return named[0].official


def require_may_arrange(by: Consultant, who: Consultant) -> None:
    """Let everybody arrange their own days, and those who steer everybody's.

    Raises:
        NotAllowedError: the days are somebody else's.
    """
    if by.id != who.id and by.role not in STEERING:
        raise NotAllowedError("days-not-yours", name=who.name)


def _language(said: str) -> str:
    if said not in set(Language):
        raise InvalidError("no-such-language", field="language", language=said)
    return said
