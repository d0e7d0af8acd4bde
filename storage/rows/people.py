"""Those who ask and those who answer, and how they prove who they are."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Words
from storage.rows.columns import id_, metadata, moment, number, to, words

people: Final = sa.Table(
    "people",
    metadata,
    id_(),
    words("name"),
    words("language", null=True),
    words("municipality", null=True),
    moment("created_at"),
    words("chosen_language", null=True),
    words("asker_type", null=True),
    to("organisation", "organisations", null=True),
    sa.Index(None, "organisation"),
    sqlite_autoincrement=True,
)

addresses: Final = sa.Table(
    "addresses",
    metadata,
    id_(),
    to("person_id", "people"),
    words("channel"),
    words("value"),
    moment("bounced_at", null=True),
    words("verified_by", null=True),
    moment("verified_at", null=True),
    sa.UniqueConstraint("channel", "value"),
    sa.Index(None, "person_id"),
)

link_requests: Final = sa.Table(
    "link_requests",
    metadata,
    id_(),
    words("chat"),
    words("address"),
    words("digest"),
    to("ticket_id", "tickets", null=True),
    number("tries"),
    moment("at"),
    moment("expires_at"),
    sa.Index(None, "chat"),
    sa.Index(None, "address"),
    sa.Index(None, "ticket_id"),
)

consultants: Final = sa.Table(
    "consultants",
    metadata,
    id_(),
    words("name"),
    sa.Column("email", Words, nullable=False, unique=True),
    sa.Column("telegram", Words, unique=True),
    words("role"),
    words("signature"),
    sa.Column("active", sa.Boolean, nullable=False),
    moment("created_at"),
    sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)

consultant_queues: Final = sa.Table(
    "consultant_queues",
    metadata,
    to("consultant_id", "consultants", key=True),
    words("queue", key=True),
    sa.Index(None, "queue"),
)

one_time_codes: Final = sa.Table(
    "one_time_codes",
    metadata,
    words("purpose", key=True),
    words("digest", key=True),
    words("subject"),
    moment("expires_at"),
)

sessions: Final = sa.Table(
    "sessions",
    metadata,
    words("digest", key=True),
    to("consultant_id", "consultants"),
    moment("expires_at"),
    sa.Index(None, "consultant_id"),
)
