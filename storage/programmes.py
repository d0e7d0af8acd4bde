"""Programmes and their calls, with their versions."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from pydantic import TypeAdapter

from handlers.records import KnownCall
from knowledge_base.records import Call, Programme
from knowledge_base.values import dataclass
from storage.records import Version, Versions


@dataclass(frozen=True, slots=True)
class SqlProgrammes:
    """The port `Programmes`."""

    connection: sa.Connection

    def programme(self, programme: str) -> Programme | None:
        versions = self._programmes.of(programme)
        return versions[-1].record if versions else None

    def programmes(self) -> Sequence[Programme]:
        return [version.record for version in self._programmes.newest()]

    def put_programme(self, programme: Programme, *, at: datetime, by: str) -> bool:
        return self._programmes.put(programme.id, programme, at=at, by=by)

    def calls(self, municipality: str | None = None) -> Sequence[KnownCall]:
        known = [_known(version) for version in self._calls.newest()]
        wanted = [each for each in known if municipality in {None, each.call.municipality}]
        return sorted(wanted, key=lambda each: (each.call.closes_on, each.call.name))

    def call_history(self, name: str) -> Sequence[KnownCall]:
        return [_known(version) for version in self._calls.of(name)]

    def put_call(self, call: Call, *, at: datetime, by: str) -> bool:
        return self._calls.put(call.name, call, at=at, by=by)

    @property
    def _programmes(self) -> Versions[Programme]:
        return Versions(self.connection, "programme", _programme_shape())

    @property
    def _calls(self) -> Versions[Call]:
        return Versions(self.connection, "call", _call_shape())


def _known(version: Version[Call]) -> KnownCall:
    return KnownCall(call=version.record, version=version.number, at=version.at, by=version.by)


@cache
def _programme_shape() -> TypeAdapter[Programme]:
    return TypeAdapter(Programme)


@cache
def _call_shape() -> TypeAdapter[Call]:
    return TypeAdapter(Call)
