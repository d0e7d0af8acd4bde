"""The entries in force: seed, import and approve them; every change is a new version."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from handlers.domain.errors import NotFoundError
from handlers.ports import Clock, UnitOfWork
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """Changes what the machine may say."""

    clock: Clock

    def seed(self, uow: UnitOfWork, entries: Callable[[], Sequence[Entry]]) -> int:
        """Put the shipped entries, read only then, in force where none are yet."""
        if uow.entries.stamp():
            return 0
        return uow.entries.put(entries(), at=self.clock.now(), by=SHIPPED)

    def take_in(self, uow: UnitOfWork, entries: Sequence[Entry], *, by: str) -> int:
        """Import entries; those of other ids stay. Return how many are new or changed."""
        return uow.entries.put(entries, at=self.clock.now(), by=by)

    def approve(self, uow: UnitOfWork, ids: Sequence[str] | None, *, by: str) -> list[Entry]:
        """Mark entries as approved by a person; None means all that wait.

        Raises:
            NotFoundError: an id is unknown; nothing is approved then.
        """
        known = {entry.id: entry for entry in uow.entries.rows()}
        wanted = list(known) if ids is None else list(ids)
        missing = [entry_id for entry_id in wanted if entry_id not in known]
        if missing:
            raise NotFoundError("no-such-entry", id=", ".join(missing))
        approved = [
            replace(known[entry_id], approved_by=by)
            for entry_id in wanted
            if known[entry_id].approved_by is None
        ]
        uow.entries.put(approved, at=self.clock.now(), by=by)
        return approved
