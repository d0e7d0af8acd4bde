"""By which ids the messages of a batch are known already: most by none, and need no look-up."""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.tickets import ArticleKind, NewArticle
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
_Of: TypeAlias = tuple[Channel, str, str]
"""An id of a channel, as that of an article of a kind."""

_on: Final = sa.bindparam("on", type_=articles.c.channel.type)
_these: Final[sa.BindParameter[Any]] = sa.bindparam("names", expanding=True)


_NO_TICKET: Final = sa.cast(sa.null(), sa.Integer)
_NO_KIND: Final[sa.ColumnElement[str]] = sa.cast(sa.null(), sa.String)


def _found(
    where: Heard,
    name: sa.Column[Any],
    ticket: sa.ColumnElement[Any] = _NO_TICKET,
    kind: sa.ColumnElement[str] = _NO_KIND,
) -> sa.Select[Any]:
    what: sa.Label[str] = sa.literal_column(f"'{where.value}'").label("heard")
    number: sa.Column[int] = name.table.c.id
    return sa.select(
        what, number, name.label("name"), ticket.label("ticket"), kind.label("kind")
    ).where(name.in_(_these))


_FOUND: Final = sa.union_all(
    _found(Heard.CAME, articles.c.external_id, articles.c.ticket_id, articles.c.kind).where(
        articles.c.channel == _on
    ),
    _found(Heard.CAME, article_names.c.external_id),
    _found(Heard.AWAITED, awaited_parents.c.external_id),
    _found(Heard.SENT, outbox.c.external_id, outbox.c.ticket_id).where(outbox.c.channel == _on),
).subquery()
_KNOWN: Final = prepared(sa.select(_FOUND).order_by(_FOUND.c.id))


@dataclass(frozen=True, slots=True)
class Names:
    """Remembers of ids that nobody has heard of them, so that nobody looks for them again.

    Of those by which articles came it remembers the tickets: a reply asks for no more.
    """

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
        came = [row for row in rows if row.heard == Heard.CAME]
        for row in came:
            if row.ticket is not None:
                self._tickets.setdefault((channel, row.name, row.kind), TicketId(row.ticket))
        besides = {row.name for row in came if row.ticket is None}
        self._told.update(
            (channel, name) for name in names if storable(name) == name not in besides
        )
        return {TicketId(row.ticket) for row in rows if row.ticket is not None}

    def worth_asking(self, where: Heard, channel: Channel, names: Iterable[str]) -> list[str]:
        """Leave out the ids that are surely unknown there."""
        unheard = self._unheard(where)
        return [name for name in names if (channel, name) not in unheard]

    def tells_ticket(self, channel: Channel, names: Sequence[str]) -> bool:
        """Say whether all is known of articles that came by these ids, and by no others."""
        return self._told.issuperset((channel, name) for name in names)

    def ticket(
        self, channel: Channel, names: Sequence[str], *, kind: ArticleKind
    ) -> TicketId | None:
        """Return the ticket of the article that the first known of the ids names."""
        known = self._tickets
        found = (known[channel, name, kind] for name in names if (channel, name, kind) in known)
        return next(found, None)

    def came(self, article: NewArticle) -> None:
        """Know by which ids an article came, and which it awaits; whoever came first keeps its."""
        own = (article.channel, article.external_id or "")
        besides = [(article.channel, name) for name in article.also]
        self._unheard(Heard.CAME).difference_update((own, *besides))
        awaited = ((article.channel, name) for name in article.awaits)
        self._unheard(Heard.AWAITED).difference_update(awaited)
        self._told.difference_update(besides)
        if article.external_id is not None:
            self._tickets.setdefault((*own, article.kind), article.ticket)

    @property
    def _told(self) -> set[tuple[Channel, str]]:
        kind = set[tuple[Channel, str]]
        return self.memory.recall(("told",), _READ[Heard.CAME], kind)

    @property
    def _tickets(self) -> dict[_Of, TicketId]:
        return self.memory.recall(("came",), _READ[Heard.CAME], dict[_Of, TicketId])

    def _unheard(self, where: Heard) -> set[tuple[Channel, str]]:
        return self.memory.recall(("unheard", where), _READ[where], set[tuple[Channel, str]])
