"""How many mails machines wrote lately, for the caps that hold them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import AUTOMATIC, ERROR_NOTICES
from handlers.work import AutomaticMails
from storage.rows import outbox, tickets

_row = outbox.c
_IS_AUTOMATIC: Final = (
    _row.channel == Channel.MAIL,
    sa.or_(_row.kind.in_(AUTOMATIC), _row.key.in_(ERROR_NOTICES)),
)
_COUNT: Final = sa.select(sa.func.count()).where(*_IS_AUTOMATIC)
_TO_ADDRESS: Final = _COUNT.where(
    _row.to == sa.bindparam("to"),
    _row.at >= sa.bindparam("address_since", type_=_row.at.type),
)


def _owed(which: sa.ColumnElement[bool], since: str) -> sa.ColumnElement[int]:
    recent = _row.at >= sa.bindparam(since, type_=_row.at.type)
    return sa.func.count(sa.case((sa.and_(which, recent), 1)))


_RECENTLY: Final = sa.select(
    _TO_ADDRESS.scalar_subquery().label("to_address"),
    _owed(_row.to.like(sa.bindparam("domain"), escape="\\"), "domain_since").label("to_domain"),
    _owed(sa.true(), "since").label("in_all"),
).where(*_IS_AUTOMATIC, _row.at >= sa.bindparam("earliest", type_=_row.at.type))
"""Made once: every mail asks it. Of the address an index knows; all else is of the last hour."""


def recently(
    connection: sa.Connection,
    to: str,
    *,
    address_since: datetime,
    domain_since: datetime,
    since: datetime,
) -> AutomaticMails:
    """Count what went to an address, to its domain and at all, at one look."""
    moments = {"address_since": address_since, "domain_since": domain_since, "since": since}
    which = {"to": to, "domain": _ends_with("@" + to.rpartition("@")[2])}
    found = connection.execute(
        _RECENTLY, {**which, **moments, "earliest": min(domain_since, since)}
    )
    row = found.one()
    return AutomaticMails(to_address=row.to_address, to_domain=row.to_domain, in_all=row.in_all)


def since(
    connection: sa.Connection, moment: datetime, *, to: str | None, ticket: TicketId | None
) -> int:
    """Count what went to an address or `@domain`, or about a ticket; to all without these."""
    statement = _COUNT.where(_row.at >= moment)
    if to is not None:
        whole_domain = _row.to.like(_ends_with(to), escape="\\")
        statement = statement.where(whole_domain if to.startswith("@") else _row.to == to)
    if ticket is not None:
        statement = statement.where(_row.ticket_id == ticket)
    return connection.scalar(statement) or 0


def subjects(connection: sa.Connection, moment: datetime, *, to: str) -> Sequence[str]:
    """List the subjects of the tickets an address was written to about."""
    statement = (
        sa.select(tickets.c.subject)
        .join_from(outbox, tickets)
        .where(
            _row.channel == Channel.MAIL,
            _row.kind.in_(AUTOMATIC),
            _row.at >= moment,
            _row.to == to,
        )
    )
    return connection.scalars(statement).all()


def _ends_with(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}"
