"""How a table speaks of a person; the registry of all of them is in `storage.personal`."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Final

import sqlalchemy as sa

from handlers.domain.ids import PersonId
from knowledge_base.values import dataclass
from storage.rows import tickets

ERASED: Final = "***"
"""What stands where words were: a thread keeps its length and its dates for the statistics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a table speaks of a person.

    `about` finds the rows; all of them are exported. Erasing writes `blank` over what says
    something about the person and leaves `kept`; with neither, the rows are deleted. `repeats`
    finds rows about somebody else that repeat the person's words: erased, but not exported.
    """

    table: sa.Table
    about: Callable[[PersonId], sa.ColumnElement[bool]]
    repeats: Callable[[PersonId], sa.ColumnElement[bool]] | None = None
    blank: Mapping[str, object] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def erased(self, person: PersonId) -> sa.ColumnElement[bool]:
        """Find the rows that erasing touches."""
        about = self.about(person)
        return about if self.repeats is None else sa.or_(about, self.repeats(person))

    @property
    def deletes(self) -> bool:
        """Whether nothing of the rows stays."""
        return not self.blank


def tickets_of(person: PersonId) -> sa.Select[tuple[int]]:
    """Find the tickets a person opened."""
    return sa.select(tickets.c.id).where(tickets.c.requester == person)
