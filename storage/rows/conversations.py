"""Tickets, what was said in them, and what happened to them."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Words
from storage.rows.columns import id_, metadata, moment, number, to, words

tickets: Final = sa.Table(
    "tickets",
    metadata,
    id_(),
    number("version"),
    words("status"),
    words("queue"),
    to("owner", "consultants", null=True),
    to("requester", "people"),
    words("channel"),
    words("language"),
    words("municipality", null=True),
    words("topic", null=True),
    words("programme", null=True),
    words("asker_type", null=True),
    to("organisation", "organisations", null=True),
    words("subject"),
    sa.Column("offered", sa.JSON, nullable=False),
    sa.Column("practice", sa.Boolean, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    sa.Column("priority", Words, nullable=False, server_default=sa.text("'normal'")),
    sa.Index(None, "requester"),
    sa.Index(None, "organisation"),
    sa.Index(None, "status", "updated_at"),
    sa.Index(None, "queue", "id"),
    sqlite_autoincrement=True,
)

articles: Final = sa.Table(
    "articles",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    words("kind"),
    words("channel"),
    words("author"),
    words("text"),
    words("full_text", null=True),
    moment("at"),
    to("person_id", "people", null=True),
    to("consultant_id", "consultants", null=True),
    words("external_id", null=True),
    words("entry", null=True),
    number("entry_version", null=True),
    sa.Column("notes", Words, nullable=False, server_default=sa.text("''")),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "person_id"),
    sa.Index(None, "channel", "external_id"),
    sqlite_autoincrement=True,
)

article_names: Final = sa.Table(
    "article_names",
    metadata,
    id_(),
    to("article_id", "articles"),
    words("external_id"),
    sa.Index(None, "article_id"),
    sa.Index(None, "external_id"),
)

awaited_parents: Final = sa.Table(
    "awaited_parents",
    metadata,
    id_(),
    to("article_id", "articles"),
    words("external_id"),
    sa.Index(None, "article_id"),
    sa.Index(None, "external_id"),
)

copies: Final = sa.Table(
    "copies",
    metadata,
    id_(),
    to("article_id", "articles"),
    words("address"),
    sa.Index(None, "article_id"),
    sa.Index(None, "address"),
)

attachments: Final = sa.Table(
    "attachments",
    metadata,
    id_(),
    to("article_id", "articles", null=True),
    to("outbox_id", "outbox", null=True),
    words("sha256"),
    words("name"),
    words("content_type"),
    number("size"),
    sa.Index(None, "article_id"),
    sa.Index(None, "outbox_id"),
    sa.Index(None, "sha256"),
)

ticket_events: Final = sa.Table(
    "ticket_events",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    words("type"),
    moment("at"),
    words("actor"),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Index(None, "ticket_id"),
)

topics: Final = sa.Table(
    "topics",
    metadata,
    words("chat", key=True),
    to("ticket_id", "tickets", key=True),
    words("thread"),
    sa.UniqueConstraint("chat", "thread"),
    sa.Index(None, "ticket_id"),
)

call_wishes: Final = sa.Table(
    "call_wishes",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    to("person_id", "people"),
    words("state"),
    words("phone", null=True),
    words("note"),
    moment("starts_at", null=True),
    moment("ends_at", null=True),
    moment("at"),
    sa.Column("missed", sa.Integer, nullable=False, server_default="0"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "person_id"),
)

call_reminders: Final = sa.Table(
    "call_reminders",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    words("call"),
    moment("asked_at"),
    moment("ended_at", null=True),
    sa.Column("told_for", sa.Date, nullable=True),
    sa.UniqueConstraint("ticket_id", "call"),
)

stays: Final = sa.Table(
    "stays",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    words("status"),
    moment("until"),
    sa.Index(None, "ticket_id"),
)
"""The states a ticket has left, oldest first, and when; the first began when it was opened."""
