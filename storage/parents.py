"""Messages that were answered before they came, by the ids their answers name them with."""

from collections.abc import Sequence

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import PersonId
from storage.rows import articles, awaited_parents


def await_parents(connection: sa.Connection, ids: Sequence[str], *, article_id: int) -> None:
    """Remember that an article answers messages nobody has seen."""
    if ids:
        rows = [{"article_id": article_id, "external_id": name} for name in ids]
        connection.execute(sa.insert(awaited_parents), rows)


def first_awaiting(
    channel: Channel, external_ids: Sequence[str], person: PersonId
) -> sa.Select[tuple[int]]:
    """Find the oldest article of this person that answers one of these messages."""
    row = articles.c
    return (
        sa.select(row.id)
        .join(awaited_parents, awaited_parents.c.article_id == row.id)
        .where(
            awaited_parents.c.external_id.in_(external_ids),
            row.channel == channel,
            row.person_id == person,
        )
        .order_by(row.id)
        .limit(1)
    )
