"""The municipal registry: who sits on the councils of the sixty municipalities, and since when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.ports import Clock, UnitOfWork
from handlers.record_imports import Taken, refuse_older, take_in
from handlers.working_time import local_day
from knowledge_base.municipalities import Place, Places
from knowledge_base.record_rows import Parsed, is_words
from knowledge_base.records import Council, CouncilKind, Statute
from knowledge_base.values import dataclass


class Standing(StrEnum):
    """What is known of a council today."""

    CURRENT = "current"
    STALE = "stale"
    ENDED = "ended"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Where one municipality stands with one of its councils."""

    municipality: str
    kind: CouncilKind
    standing: Standing
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalRegistry:
    """Keeps the councils and says what may be told of them.

    - It begins empty: nobody's name comes with the program.
    - A council is told while its last check is at most `days` old and somebody's term runs.
    - What was checked earlier never replaces what was checked later.
    """

    clock: Clock
    places: Callable[[], Places]
    days: int

    @property
    def today(self) -> date:
        """The day in Lithuania."""
        return local_day(self.clock.now())

    def take_in(self, uow: UnitOfWork, parsed: Parsed[Council], *, by: str) -> Taken:
        """Write the councils of a file that are new, and refuse what is older than known."""

        def write(council: Council) -> bool:
            known = uow.registry.council(council.municipality, council.kind)
            refuse_older(council.seen.checked_on, known.council.seen.checked_on if known else None)
            return uow.registry.put(council, at=self.clock.now(), by=by)

        return take_in(parsed, write)

    def may_tell(self, council: Council) -> bool:
        """Tell whether the council is current today."""
        return council.is_current(self.today, days=self.days)

    def standing(self, council: Council | None) -> Standing:
        """Say what is known of a council today."""
        if council is None:
            return Standing.SILENT
        if self.may_tell(council):
            return Standing.CURRENT
        is_fresh = council.seen.is_fresh(self.today, days=self.days)
        return Standing.ENDED if is_fresh else Standing.STALE

    def coverage(self, uow: UnitOfWork) -> Sequence[Coverage]:
        """Say of each municipality and council what is known, the silent ones too."""
        known = {
            (each.council.municipality, each.council.kind): each.council
            for each in uow.registry.councils()
        }
        return [
            self._coverage(known, place.official, kind)
            for place in self.places().all
            for kind in CouncilKind
        ]

    def add_statute(self, uow: UnitOfWork, statute: Statute, *, by: str) -> Statute:
        """Keep a version of a statute; the newest is named under the council.

        Raises:
            InvalidError: it has no title, or one that cannot be told as it stands.
        """
        for field, value in (("title", statute.title), ("url", statute.url or "-")):
            if not is_words(value):
                raise InvalidError("not-text", field=field)
        return uow.registry.add_statute(statute, at=self.clock.now(), by=by)

    def place(self, said: str) -> Place:
        """Return the one municipality of this name.

        Raises:
            NotFoundError: there is none.
            InvalidError: a city and a district have this name.
        """
        named = self.places().named(said)
        if not named:
            raise NotFoundError("no-such-municipality", municipality=said)
        if len(named) > 1:
            either = ", ".join(place.official for place in named)
            raise InvalidError("which-municipality", field="municipality", either=either)
        return named[0]

    def _coverage(
        self,
        known: Mapping[tuple[str, CouncilKind], Council],
        municipality: str,
        kind: CouncilKind,
    ) -> Coverage:
        council = known.get((municipality, kind))
        return Coverage(
            municipality=municipality,
            kind=kind,
            standing=self.standing(council),
            checked_on=council.seen.checked_on if council else None,
        )
