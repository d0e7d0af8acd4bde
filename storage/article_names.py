"""Further ids of articles that came in several messages."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from storage.rows import article_names


def write_names(connection: sa.Connection, names: Sequence[str], *, article_id: int) -> None:
    """Remember under which other ids an article came."""
    if names:
        rows = [{"article_id": article_id, "external_id": name} for name in names]
        connection.execute(sa.insert(article_names), rows)


def articles_named(names: sa.BindParameter[Sequence[str]]) -> sa.Select[Any]:
    """Select the articles a part of which came under one of the ids."""
    row = article_names.c
    return sa.select(row.article_id).where(row.external_id.in_(names))
