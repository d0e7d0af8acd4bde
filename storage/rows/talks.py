"""What was said outside of messages."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Id, Words
from storage.rows.columns import id_, metadata, moment, number, to, words

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

appointments: Final = sa.Table(
    "appointments",
    metadata,
    id_(),
    sa.Column("uid", Words, nullable=False, unique=True),
    to("ticket_id", "tickets"),
    to("consultant_id", "consultants"),
    words("attendee"),
    moment("starts_at"),
    moment("ends_at"),
    words("place"),
    words("about"),
    number("sequence"),
    words("state"),
    moment("at"),
    moment("answered_at", null=True),
    sa.Index(None, "ticket_id"),
)

referrals: Final = sa.Table(
    "referrals",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    to("consultant_id", "consultants"),
    words("body"),
    words("contact"),
    words("words"),
    words("state"),
    words("consent"),
    sa.Column("follow_up_on", sa.Date, nullable=False),
    moment("at"),
    moment("reminded_at", null=True),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "state", "follow_up_on"),
)
