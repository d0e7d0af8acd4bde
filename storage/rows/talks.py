"""What was said outside of messages."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Id
from storage.rows.columns import id_, metadata, number, words

talks: Final = sa.Table(
    "talks",
    metadata,
    id_(),
    sa.Column("article_id", Id, sa.ForeignKey("articles.id"), nullable=False, unique=True),
    number("minutes", null=True),
    number("participants", null=True),
    words("place"),
    words("organisation"),
)
