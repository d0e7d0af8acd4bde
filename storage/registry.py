"""The municipal registry: councils with their versions, statutes with theirs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from pydantic import TypeAdapter

from handlers.records import KnownCouncil
from knowledge_base.records import FORGOTTEN, Council, CouncilKind, Statute
from knowledge_base.text import fold
from knowledge_base.values import dataclass
from storage.records import Version, Versions
from storage.rows import statutes

_row = statutes.c


@dataclass(frozen=True, slots=True)
class SqlRegistry:
    """The port `Registry`."""

    connection: sa.Connection

    def council(self, municipality: str, kind: CouncilKind) -> KnownCouncil | None:
        return next(reversed(self.history(municipality, kind)), None)

    def councils(self) -> Sequence[KnownCouncil]:
        return [_known(version) for version in self._versions.newest()]

    def history(self, municipality: str, kind: CouncilKind) -> Sequence[KnownCouncil]:
        return [_known(version) for version in self._versions.of(f"{kind}/{municipality}")]

    def put(self, council: Council, *, at: datetime, by: str) -> bool:
        return self._versions.put(council.name, council, at=at, by=by)

    def statutes(self, municipality: str, kind: CouncilKind) -> Sequence[Statute]:
        own = sa.and_(_row.municipality == municipality, _row.council == kind)
        statement = sa.select(statutes).where(own).order_by(_row.version)
        return [
            Statute(
                municipality=row.municipality,
                kind=CouncilKind(row.council),
                title=row.title,
                adopted_on=row.adopted_on,
                url=row.url,
                sha256=row.sha256,
                file=row.file,
                version=row.version,
            )
            for row in self.connection.execute(statement)
        ]

    def add_statute(self, statute: Statute, *, at: datetime, by: str) -> Statute:
        known = self.statutes(statute.municipality, statute.kind)
        added = replace(statute, version=known[-1].version + 1 if known else 1)
        self.connection.execute(
            sa.insert(statutes).values(
                municipality=added.municipality,
                council=added.kind,
                version=added.version,
                title=added.title,
                adopted_on=added.adopted_on,
                url=added.url,
                sha256=added.sha256,
                file=added.file,
                at=at,
                by=by,
            )
        )
        return added

    def forget(self, name: str) -> int:
        changed = [
            (record, version.number, forgotten)
            for record in self._versions.names()
            for version in self._versions.of(record)
            if (forgotten := _without(version.record, name)) != version.record
        ]
        self._versions.rewrite(changed)
        return len(changed)

    @property
    def _versions(self) -> Versions[Council]:
        return Versions(self.connection, "council", _shape())


def _known(version: Version[Council]) -> KnownCouncil:
    return KnownCouncil(
        council=version.record, version=version.number, at=version.at, by=version.by
    )


def _without(council: Council, name: str) -> Council:
    return replace(
        council,
        members=tuple(
            replace(member, name=FORGOTTEN) if fold(member.name) == fold(name) else member
            for member in council.members
        ),
    )


@cache
def _shape() -> TypeAdapter[Council]:
    return TypeAdapter(Council)
