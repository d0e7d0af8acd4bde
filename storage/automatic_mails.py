"""How many mails machines wrote lately, for the caps that hold them back."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import AUTOMATIC, ERROR_NOTICES, Owed
from handlers.work import AutomaticMails
from knowledge_base.values import dataclass
from storage.columns import storable
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import outbox, tickets
from storage.sql import unindexed

_row = outbox.c
_SAYS_MACHINE: Final = sa.or_(_row.kind.in_(AUTOMATIC), _row.key.in_(ERROR_NOTICES))
_IS_AUTOMATIC: Final = (_row.channel == Channel.MAIL, _SAYS_MACHINE)
_TO_ADDRESSES: Final = prepared(
    sa.select(_row.to, sa.func.count().label("mails"))
    .where(
        unindexed(_row.channel) == Channel.MAIL,
        _SAYS_MACHINE,
        _row.to.in_(sa.bindparam("to", expanding=True)),
        _row.at >= sa.bindparam("since", type_=_row.at.type),
    )
    .group_by(_row.to)
)
_SINCE: Final = sa.select(sa.func.count()).where(
    *_IS_AUTOMATIC, _row.at >= sa.bindparam("since", type_=_row.at.type)
)
_OF_TICKET: Final = prepared(_SINCE.where(_row.ticket_id == sa.bindparam("ticket")))
_TO_DOMAIN: Final = _SINCE.where(_row.to.like(sa.bindparam("domain"), escape="\\"))
_SUBJECTS: Final = prepared(
    sa.select(tickets.c.subject)
    .join_from(outbox, tickets)
    .where(
        _row.channel == Channel.MAIL,
        _row.kind.in_(AUTOMATIC),
        _row.at >= sa.bindparam("since", type_=_row.at.type),
        _row.to == sa.bindparam("to"),
    )
)


def _owed(since: str) -> sa.ColumnElement[int]:
    recent = _row.at >= sa.bindparam(since, type_=_row.at.type)
    return sa.func.count(sa.case((recent, 1)))


_LATELY: Final = prepared(
    sa.select(_row.to, _owed("domain_since"), _owed("since"))
    .where(*_IS_AUTOMATIC, _row.at >= sa.bindparam("earliest", type_=_row.at.type))
    .group_by(_row.to)
)


@dataclass(slots=True, kw_only=True)
class _Lately:
    """How many automatic mails were owed since two moments, to each domain and at all."""

    domain_since: datetime
    since: datetime
    to_domain: Counter[str] = field(default_factory=Counter)
    in_all: int = 0

    def add(self, debt: Owed) -> None:
        """Count along what is owed now, if a machine says it by mail."""
        if _is_automatic(debt):
            self.to_domain[_domain_of(debt.to)] += debt.at >= self.domain_since
            self.in_all += debt.at >= self.since


@dataclass(frozen=True, slots=True)
class AutomaticTally:
    """Counts once in a transaction what every message asks, and counts along what is owed in it.

    The rows of the last hour are the same whoever is written to: they are read once.
    """

    connection: sa.Connection
    memory: Memory

    def shown_by(self, debt: Owed) -> tuple[Hashable, ...]:
        """Name what else a debt changes that may be known of the outbox."""
        return ("owed", debt.ticket), ("to", debt.to), ("subjects",)

    def add(self, debt: Owed) -> None:
        """Count along what was written down."""
        for counted in self._lately.values():
            counted.add(debt)

    def expect(self, found: Iterable[str]) -> None:
        """Know who is likely to be written to: they are counted together."""
        self._expected.update(found)

    def recently(
        self, to: str, *, address_since: datetime, domain_since: datetime, since: datetime
    ) -> AutomaticMails:
        """Count what went to an address, to its domain and at all."""
        if address_since not in self._to(to):
            self._count_to({to, *self._expected}, since=address_since)
        moments, known = (domain_since, since), self._lately
        if moments not in known:
            known[moments] = _lately(self.connection, domain_since=domain_since, since=since)
        return AutomaticMails(
            to_address=self._to(to)[address_since],
            to_domain=known[moments].to_domain[_domain_of(to)],
            in_all=known[moments].in_all,
        )

    def subjects(self, moment: datetime, *, to: str) -> Sequence[str]:
        """List the subjects of the tickets an address was written to about."""
        read = (outbox, tickets)
        kind = dict[tuple[str, datetime], Sequence[str]]
        known = self.memory.recall(("subjects",), read, kind)
        if (to, moment) not in known:
            which = {"since": moment, "to": to}
            known[to, moment] = self.connection.scalars(_SUBJECTS, which).all()
        return known[to, moment]

    def _count_to(self, found: Collection[str], *, since: datetime) -> None:
        self._expected.clear()
        for address, count in _to_addresses(self.connection, found, since=since).items():
            self._to(address)[since] = count

    def _to(self, address: str) -> dict[datetime, int]:
        return self.memory.recall(("to", address), (outbox,), dict[datetime, int])

    @property
    def _expected(self) -> set[str]:
        return self.memory.recall(("writers",), (), set[str])

    @property
    def _lately(self) -> dict[tuple[datetime, datetime], _Lately]:
        kind = dict[tuple[datetime, datetime], _Lately]
        return self.memory.recall(("lately",), (outbox,), kind)


def since(
    connection: sa.Connection, moment: datetime, *, to: str | None, ticket: TicketId | None
) -> int:
    """Count what went to an address or `@domain`, or about a ticket; to all without these."""
    if to is not None and not to.startswith("@"):
        return _to_addresses(connection, {to}, since=moment)[to]
    if to is not None:
        which = {"since": moment, "domain": _ends_with(to)}
        return connection.scalar(_TO_DOMAIN, which) or 0
    if ticket is not None:
        return connection.scalar(_OF_TICKET, {"since": moment, "ticket": ticket}) or 0
    return connection.scalar(_SINCE, {"since": moment}) or 0


def _lately(connection: sa.Connection, *, domain_since: datetime, since: datetime) -> _Lately:
    counted = _Lately(domain_since=domain_since, since=since)
    moments = {"domain_since": domain_since, "since": since, "earliest": min(domain_since, since)}
    for to, of_domain, in_all in connection.execute(_LATELY, moments):
        counted.to_domain[_domain_of(to)] += of_domain
        counted.in_all += in_all
    return counted


def _to_addresses(
    connection: sa.Connection, found: Collection[str], *, since: datetime
) -> Mapping[str, int]:
    rows = connection.execute(_TO_ADDRESSES, {"to": sorted(found), "since": since})
    counts = {row.to: row.mails for row in rows}
    return {address: counts.get(storable(address), 0) for address in found}


def _is_automatic(debt: Owed) -> bool:
    says_machine = debt.kind in AUTOMATIC or debt.key in ERROR_NOTICES
    return debt.channel is Channel.MAIL and says_machine


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _ends_with(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}"
