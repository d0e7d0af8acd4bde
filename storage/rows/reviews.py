"""Documents under review: their versions and what was recommended."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, number, to, words

reviews: Final = sa.Table(
    "reviews",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    words("title"),
    sa.Column("due_on", sa.Date, nullable=False),
    moment("opened_at"),
    words("opened_by"),
    moment("closed_at", null=True),
    sa.Column("reminded_for", sa.Date, nullable=True),
    sa.UniqueConstraint("ticket_id"),
)

review_rounds: Final = sa.Table(
    "review_rounds",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    number("number"),
    to("article_id", "articles"),
    words("sha256"),
    words("file"),
    words("note"),
    moment("at"),
    words("by"),
    sa.UniqueConstraint("ticket_id", "number"),
    sa.Index(None, "article_id"),
)

recommendations: Final = sa.Table(
    "recommendations",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    number("number"),
    number("round"),
    words("text"),
    words("place"),
    moment("at"),
    words("by"),
    words("verdict"),
    words("reason"),
    moment("settled_at", null=True),
    words("settled_by", null=True),
    sa.UniqueConstraint("ticket_id", "number"),
)
