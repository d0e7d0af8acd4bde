"""Ports of the records: councils of the municipalities and their statutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from knowledge_base.records import Council, CouncilKind, Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCouncil:
    """A council as it was written down at a moment; the newest version is in force."""

    council: Council
    version: int
    at: datetime
    by: str


class Registry(Protocol):
    """Port of the registry; a version is never changed, but a name may be taken out of all."""

    def council(self, municipality: str, kind: CouncilKind) -> KnownCouncil | None:
        """Return the version in force."""
        ...

    def councils(self) -> Sequence[KnownCouncil]:
        """List the version in force of each council."""
        ...

    def history(self, municipality: str, kind: CouncilKind) -> Sequence[KnownCouncil]:
        """List every version of a council, the oldest first."""
        ...

    def put(self, council: Council, *, at: datetime, by: str) -> bool:
        """Write a council that differs from its newest version; tell whether it did."""
        ...

    def statutes(self, municipality: str, kind: CouncilKind) -> Sequence[Statute]:
        """List the versions of a council's statute, the oldest first."""
        ...

    def add_statute(self, statute: Statute, *, at: datetime, by: str) -> Statute:
        """Add a version of a statute and return it with its number."""
        ...

    def forget(self, name: str) -> int:
        """Take a member's name out of every version; return of how many."""
        ...
