"""Ports of the records: councils with their statutes, programmes with their calls."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from knowledge_base.records import Call, Council, CouncilKind, Programme, Statute
from knowledge_base.values import dataclass


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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCall:
    """A call as it was written down at a moment; the newest version is in force."""

    call: Call
    version: int
    at: datetime
    by: str


class Programmes(Protocol):
    """Port of the programmes and their calls; a version is never changed."""

    def programme(self, programme: str) -> Programme | None:
        """Return the version in force."""
        ...

    def programmes(self) -> Sequence[Programme]:
        """List the version in force of each."""
        ...

    def put_programme(self, programme: Programme, *, at: datetime, by: str) -> bool:
        """Write a programme that differs from its newest version; tell whether it did."""
        ...

    def calls(self, municipality: str | None = None) -> Sequence[KnownCall]:
        """List the version in force of each call, the first to close first."""
        ...

    def call_history(self, name: str) -> Sequence[KnownCall]:
        """List every version of a call, the oldest first."""
        ...

    def put_call(self, call: Call, *, at: datetime, by: str) -> bool:
        """Write a call that differs from its newest version; tell whether it did."""
        ...
