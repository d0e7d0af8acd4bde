"""Further ids of articles that came in several messages."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Channel
from storage.rows import article_names, articles


def write_names(connection: sa.Connection, names: Sequence[str], *, article_id: int) -> None:
    """Remember under which other ids an article came."""
    if names:
        rows = [{"article_id": article_id, "external_id": name} for name in names]
        connection.execute(sa.insert(article_names), rows)


def article_named(
    connection: sa.Connection, channel: Channel, names: Sequence[str]
) -> sa.Select[Any] | None:
    """Return what selects the article a part of which came under one of the ids; None = none."""
    row, article = article_names.c, articles.c
    statement = (
        sa.select(article.id)
        .join_from(article_names, articles)
        .where(article.channel == channel, row.external_id.in_(names))
        .order_by(row.id)
        .limit(1)
    )
    number = connection.scalar(statement)
    return None if number is None else sa.select(articles).where(article.id == number)
