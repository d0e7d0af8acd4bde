"""By which ids the messages of a batch are known already: most by none, and need no look-up."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from knowledge_base.values import dataclass
from storage.columns import storable
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import article_names, articles, awaited_parents, outbox


class Heard(StrEnum):
    """Where an id may be found: an article came by it, one answers it unseen, or we sent it."""

    CAME = "came"
    AWAITED = "awaited"
    SENT = "sent"


_READ: Final = {
    Heard.CAME: (articles, article_names),
    Heard.AWAITED: (awaited_parents,),
    Heard.SENT: (outbox,),
}
_on: Final = sa.bindparam("on", type_=articles.c.channel.type)
_these: Final[sa.BindParameter[Any]] = sa.bindparam("names", expanding=True)


def _found(where: Heard, name: sa.Column[Any], ticket: sa.ColumnElement[Any]) -> sa.Select[Any]:
    what: sa.Label[str] = sa.literal_column(f"'{where.value}'").label("heard")
    return sa.select(what, name.label("name"), ticket.label("ticket")).where(name.in_(_these))


_NO_TICKET: Final = sa.cast(sa.null(), sa.Integer)
_FOUND: Final = sa.union_all(
    _found(Heard.CAME, articles.c.external_id, articles.c.ticket_id).where(
        articles.c.channel == _on
    ),
    _found(Heard.CAME, article_names.c.external_id, _NO_TICKET),
    _found(Heard.AWAITED, awaited_parents.c.external_id, _NO_TICKET),
    _found(Heard.SENT, outbox.c.external_id, outbox.c.ticket_id).where(outbox.c.channel == _on),
)
_KNOWN: Final = prepared(sa.select(_FOUND.subquery()))


@dataclass(frozen=True, slots=True)
class Names:
    """Remembers of ids that nobody has heard of them, so that nobody looks for them again."""

    memory: Memory

    def look_up(
        self, connection: sa.Connection, channel: Channel, names: Collection[str]
    ) -> set[TicketId]:
        """Look for all these ids at once; return the tickets they belong to."""
        rows = connection.execute(_KNOWN, {"on": channel, "names": sorted(names)}).all()
        for where in Heard:
            found = {row.name for row in rows if row.heard == where}
            unheard = (name for name in names if storable(name) not in found)
            self._unheard(where).update((channel, name) for name in unheard)
        return {TicketId(row.ticket) for row in rows if row.ticket is not None}

    def worth_asking(self, where: Heard, channel: Channel, names: Iterable[str]) -> list[str]:
        """Leave out the ids that are surely unknown there."""
        unheard = self._unheard(where)
        return [name for name in names if (channel, name) not in unheard]

    def hear(self, where: Heard, channel: Channel, names: Sequence[str]) -> None:
        """Know of ids now."""
        self._unheard(where).difference_update((channel, name) for name in names)

    def _unheard(self, where: Heard) -> set[tuple[Channel, str]]:
        return self.memory.recall(("unheard", where), _READ[where], set[tuple[Channel, str]])
