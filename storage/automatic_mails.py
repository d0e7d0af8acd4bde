"""How many mails machines wrote lately, for the caps that hold them back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import AUTOMATIC, ERROR_NOTICES, Owed
from handlers.domain.tickets import Ticket
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
_TO_EACH: Final = prepared(
    sa.select(_row.to, sa.func.count().label("mails"))
    .where(*_IS_AUTOMATIC, _row.at >= sa.bindparam("since", type_=_row.at.type))
    .group_by(_row.to)
)
_SUBJECTS: Final = prepared(
    sa.select(_row.to, tickets.c.subject)
    .join_from(outbox, tickets)
    .where(
        unindexed(_row.channel) == Channel.MAIL,
        _row.kind.in_(AUTOMATIC),
        _row.to.in_(sa.bindparam("to", expanding=True)),
        _row.at >= sa.bindparam("since", type_=_row.at.type),
    )
)


def _owed(since: str) -> sa.ColumnElement[Any]:
    recent = _row.at >= sa.bindparam(since, type_=_row.at.type)
    return sa.func.count(sa.case((recent, 1)))


_LATELY: Final = prepared(
    sa.select(_owed("domain_since"), _owed("since")).where(
        *_IS_AUTOMATIC, _row.at >= sa.bindparam("earliest", type_=_row.at.type)
    )
)


@dataclass(slots=True, kw_only=True)
class _Lately:
    """How many automatic mails were owed since two moments."""

    domain_since: datetime
    since: datetime
    to_any_domain: int
    in_all: int

    def add(self, moment: datetime) -> None:
        """Count one more, owed at a moment."""
        self.to_any_domain += moment >= self.domain_since
        self.in_all += moment >= self.since


@dataclass(frozen=True, slots=True)
class AutomaticTally:
    """Counts once in a transaction what every message asks, and counts along what is owed in it.

    The rows of the last hour are the same whoever is written to: they are counted once.
    """

    connection: sa.Connection
    memory: Memory

    def add(self, debt: Owed) -> None:
        """Count along what was written down, if a machine says it by mail."""
        if not _is_automatic(debt):
            return
        for lately in self._lately.values():
            lately.add(debt.at)
        for moment, mails in self._domains.items():
            mails[_domain_of(debt.to)] += debt.at >= moment
        for moment, mails in self._to.items():
            if debt.to in mails:
                mails[debt.to] += debt.at >= moment
        for moment, known in self._subjects.items():
            if debt.to in known and debt.kind in AUTOMATIC and debt.at >= moment:
                self._add_subject(known, debt)

    def expect(self, found: Iterable[str]) -> None:
        """Know who is likely to be written to: they are counted together."""
        self._expected.update(found)

    def recently(
        self, to: str, *, address_since: datetime, domain_since: datetime, since: datetime
    ) -> AutomaticMails:
        """Count what went to an address, and to all."""
        counted = self._to.setdefault(address_since, Counter())
        if to not in counted:
            asked = {to, *self._expected} - counted.keys()
            counted.update(_to_addresses(self.connection, asked, since=address_since))
        moments, known = (domain_since, since), self._lately
        if moments not in known:
            known[moments] = _lately(self.connection, domain_since=domain_since, since=since)
        return AutomaticMails(
            to_address=counted[to],
            to_any_domain=known[moments].to_any_domain,
            in_all=known[moments].in_all,
        )

    def to_domain(self, domain: str, moment: datetime) -> int:
        """Count what went to a domain."""
        known = self._domains
        if moment not in known:
            known[moment] = Counter()
            for to, mails in self.connection.execute(_TO_EACH, {"since": moment}):
                known[moment][_domain_of(to)] += mails
        return known[moment][_domain_of(domain)]

    def subjects(self, moment: datetime, *, to: str) -> Sequence[str]:
        """List the subjects of the tickets an address was written to about."""
        known = self._subjects.setdefault(moment, {})
        if to not in known:
            asked = {to, *self._expected} - known.keys()
            found: defaultdict[str, list[str]] = defaultdict(list)
            which = {"since": moment, "to": sorted(asked)}
            for name, subject in self.connection.execute(_SUBJECTS, which):
                found[name].append(subject)
            known.update({address: [*found[storable(address)]] for address in asked})
        return known[to]

    def _add_subject(self, known: dict[str, list[str]], debt: Owed) -> None:
        about = self.memory.known(("ticket", debt.ticket))
        if isinstance(about, Ticket):
            known[debt.to].append(about.subject)
        elif debt.ticket is not None:
            del known[debt.to]

    @property
    def _expected(self) -> set[str]:
        return self.memory.recall(("writers",), (), set[str])

    @property
    def _to(self) -> dict[datetime, Counter[str]]:
        return self.memory.recall(("to",), (outbox,), dict[datetime, Counter[str]])

    @property
    def _subjects(self) -> dict[datetime, dict[str, list[str]]]:
        kind = dict[datetime, dict[str, list[str]]]
        return self.memory.recall(("subjects",), (outbox, tickets), kind)

    @property
    def _lately(self) -> dict[tuple[datetime, datetime], _Lately]:
        kind = dict[tuple[datetime, datetime], _Lately]
        return self.memory.recall(("lately",), (outbox,), kind)

    @property
    def _domains(self) -> dict[datetime, Counter[str]]:
        kind = dict[datetime, Counter[str]]
        return self.memory.recall(("domains",), (outbox,), kind)


def since(
    connection: sa.Connection, moment: datetime, *, to: str | None, ticket: TicketId | None
) -> int:
    """Count what went to an address, or about a ticket; to all without these."""
    if to is not None:
        return _to_addresses(connection, {to}, since=moment)[to]
    if ticket is not None:
        return connection.scalar(_OF_TICKET, {"since": moment, "ticket": ticket}) or 0
    return connection.scalar(_SINCE, {"since": moment}) or 0


def _lately(connection: sa.Connection, *, domain_since: datetime, since: datetime) -> _Lately:
    moments = {"domain_since": domain_since, "since": since}
    earliest = min(moments.values())
    to_any_domain, in_all = connection.execute(_LATELY, {**moments, "earliest": earliest}).one()
    return _Lately(**moments, to_any_domain=to_any_domain, in_all=in_all)


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
