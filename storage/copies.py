"""Who else got an article, by their mail addresses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from storage.later import Later
from storage.prepared import prepared
from storage.rows import copies

_READ: Final = prepared(
    sa.select(copies.c.article_id, copies.c.address)
    .where(copies.c.article_id.in_(sa.bindparam("articles", expanding=True)))
    .order_by(copies.c.id)
)


def write_copies(later: Later, addresses: Sequence[str], *, article_id: int) -> None:
    """Name the addresses in the mail's order."""
    later.add(copies, [{"article_id": article_id, "address": each} for each in addresses])


def copies_of(connection: sa.Connection, numbers: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the addresses by article; what nobody else got is absent."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, address in connection.execute(_READ, {"articles": list(numbers)}):
        found[number].append(address)
    return {number: tuple(addresses) for number, addresses in found.items()}
