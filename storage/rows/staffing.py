"""Who is away when, and who was given a question last."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, to, words

absences: Final = sa.Table(
    "absences",
    metadata,
    id_(),
    to("consultant_id", "consultants"),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    to("substitute_id", "consultants", null=True),
    moment("at"),
    words("by"),
    moment("ended_at", null=True),
    words("ended_by", null=True),
    sa.Index(None, "last"),
)

turns: Final = sa.Table(
    "turns",
    metadata,
    words("queue", key=True),
    to("consultant_id", "consultants", key=True),
    moment("at"),
)
