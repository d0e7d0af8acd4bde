"""Further ids of articles that came in several messages."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from storage.later import Later
from storage.rows import article_names


def write_names(later: Later, names: Sequence[str], *, article_id: int) -> None:
    """Remember under which other ids an article came."""
    later.add(article_names, [{"article_id": article_id, "external_id": each} for each in names])


def articles_named(names: sa.BindParameter[Sequence[str]]) -> sa.Select[Any]:
    """Select the articles a part of which came under one of the ids."""
    row = article_names.c
    return sa.select(row.article_id).where(row.external_id.in_(names))
