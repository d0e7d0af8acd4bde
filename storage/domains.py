"""Mail domains of municipalities, with their versions."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from pydantic import TypeAdapter

from knowledge_base.records import MailDomain
from knowledge_base.values import dataclass
from storage.records import Versions


@dataclass(frozen=True, slots=True)
class SqlDomains:
    """The port `Domains`."""

    connection: sa.Connection

    def rows(self) -> Sequence[MailDomain]:
        return [version.record for version in self._versions.newest()]

    def put(self, domain: MailDomain, *, at: datetime, by: str) -> bool:
        return self._versions.put(domain.domain, domain, at=at, by=by)

    @property
    def _versions(self) -> Versions[MailDomain]:
        return Versions(self.connection, "domain", _shape())


@cache
def _shape() -> TypeAdapter[MailDomain]:
    return TypeAdapter(MailDomain)
