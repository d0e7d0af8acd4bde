"""Messages that were answered before they came, by the ids their answers name them with."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from storage.later import Later
from storage.rows import articles, awaited_parents


def await_parents(later: Later, ids: Sequence[str], *, article_id: int) -> None:
    """Remember that an article answers messages nobody has seen."""
    later.add(awaited_parents, [{"article_id": article_id, "external_id": each} for each in ids])


def first_who_awaits() -> sa.Select[Any]:
    """Select the oldest article of `said_by` on a channel that answers one of `external_ids`."""
    row = articles.c
    return (
        sa.select(row.id)
        .join(awaited_parents, awaited_parents.c.article_id == row.id)
        .where(
            awaited_parents.c.external_id.in_(sa.bindparam("external_ids", expanding=True)),
            row.channel == sa.bindparam("on"),
            row.person_id == sa.bindparam("said_by"),
        )
        .order_by(row.id)
        .limit(1)
    )
