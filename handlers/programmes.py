"""Programmes and their calls: what may be applied for where, and until when."""

from collections.abc import Callable, Sequence
from datetime import date

from handlers.ports import Clock, UnitOfWork
from handlers.record_imports import Taken, refuse_older, take_in
from handlers.records import KnownCall
from handlers.working_time import local_day
from knowledge_base.local_answers import Told
from knowledge_base.municipalities import Place, Places
from knowledge_base.record_rows import Parsed
from knowledge_base.records import Call, Programme
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Keeps programmes and calls, and says what may be told of them.

    - A call belongs to a known programme and, where that names its municipalities, to one of them.
    - A call is told while it is open or ahead and its last check is at most `days` old.
    - What was checked earlier never replaces what was checked later.
    """

    clock: Clock
    places: Callable[[], Places]
    days: int

    @property
    def today(self) -> date:
        """The day in Lithuania."""
        return local_day(self.clock.now())

    def take_in_programmes(self, uow: UnitOfWork, parsed: Parsed[Programme], *, by: str) -> Taken:
        """Write the programmes of a file that are new or changed."""

        def write(programme: Programme) -> bool:
            known = uow.programmes.programme(programme.id)
            refuse_older(programme.seen.checked_on, known.seen.checked_on if known else None)
            return uow.programmes.put_programme(programme, at=self.clock.now(), by=by)

        return take_in(parsed, write)

    def take_in_calls(self, uow: UnitOfWork, parsed: Parsed[Call], *, by: str) -> Taken:
        """Write the calls of a file that are new or changed."""

        def write(call: Call) -> bool:
            programme = uow.programmes.programme(call.programme)
            if programme is None:
                raise ValueError(f"programme: there is no {call.programme}")
            if programme.municipalities and call.municipality not in programme.municipalities:
                raise ValueError(f"{call.municipality} does not take part in {call.programme}")
            history = uow.programmes.call_history(call.name)
            known = history[-1].call.seen.checked_on if history else None
            refuse_older(call.seen.checked_on, known)
            return uow.programmes.put_call(call, at=self.clock.now(), by=by)

        return take_in(parsed, write)

    def told(self, uow: UnitOfWork, place: Place, *, fresh: bool) -> Sequence[Told]:
        """Return the calls of a municipality with what they are told by; `fresh` = today."""
        calls = uow.programmes.calls(place.official)
        return [self._told(uow, each) for each in calls if not fresh or self.may_tell(each.call)]

    def may_tell(self, call: Call) -> bool:
        """Tell whether the call is current today."""
        return call.is_current(self.today, days=self.days)

    def _told(self, uow: UnitOfWork, known: KnownCall) -> Told:
        """Name the programme with its number in the year the call closes."""
        programme = uow.programmes.programme(known.call.programme)
        named = programme.name if programme else known.call.programme
        code = programme.code_in(known.call.closes_on.year) if programme else ""
        return Told(
            call=known.call, programme=f"{named}, {code}" if code else named, version=known.version
        )
