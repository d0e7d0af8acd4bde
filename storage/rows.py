"""The tables, as SQLAlchemy Core sees them; rows never leave this package.

States are plain text without CHECK: Alembic does not notice a new member of one (the domain's
`StrEnum`s guard them). Partial indexes name only columns, never a bound value: PostgreSQL cannot
match a bound value to an index. `sqlite_autoincrement`: a number given out once is never given
out again, as on PostgreSQL; people quote them.
"""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from storage.columns import Id, Moment, Words

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True)


def _words(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, Words, nullable=null, primary_key=key)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, Moment, nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _to(name: str, table: str, *, null: bool = False, key: bool = False) -> sa.Column[int]:
    target = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, Id, target, nullable=null, primary_key=key, autoincrement=False)


def _open_work(table: sa.Table, lane: str) -> None:
    """Index what is not finished; the finished rows, nearly all of them, cost nothing.

    The lane leads its index: were it the channel, a claim would read that index whole and sort it
    instead of taking the oldest few.
    """
    unfinished = table.c.due_at.is_not(None)
    for name, columns in {
        f"ix_{table.name}_unfinished": (table.c.id,),
        f"ix_{table.name}_lane": (table.c[lane], table.c.channel, table.c.id),
    }.items():
        sa.Index(name, *columns, sqlite_where=unfinished, postgresql_where=unfinished)


def _work() -> tuple[sa.Column[Any], ...]:
    """Return the columns of `storage.work`."""
    return (
        _moment("due_at", null=True),
        _moment("leased_until", null=True),
        _moment("claimed_at", null=True),
        _number("fence"),
        _number("attempts"),
        _words("error", null=True),
    )


people: Final = sa.Table(
    "people",
    metadata,
    _id(),
    _words("name"),
    _words("language", null=True),
    _words("municipality", null=True),
    _moment("created_at"),
    _words("chosen_language", null=True),
    sqlite_autoincrement=True,
)

addresses: Final = sa.Table(
    "addresses",
    metadata,
    _id(),
    _to("person_id", "people"),
    _words("channel"),
    _words("value"),
    _moment("bounced_at", null=True),
    sa.UniqueConstraint("channel", "value"),
    sa.Index(None, "person_id"),
)

consultants: Final = sa.Table(
    "consultants",
    metadata,
    _id(),
    _words("name"),
    sa.Column("email", Words, nullable=False, unique=True),
    sa.Column("telegram", Words, unique=True),
    _words("role"),
    _words("signature"),
    sa.Column("active", sa.Boolean, nullable=False),
    _moment("created_at"),
    sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)

consultant_queues: Final = sa.Table(
    "consultant_queues",
    metadata,
    _to("consultant_id", "consultants", key=True),
    _words("queue", key=True),
    sa.Index(None, "queue"),
)

tickets: Final = sa.Table(
    "tickets",
    metadata,
    _id(),
    _number("version"),
    _words("status"),
    _words("queue"),
    _to("owner", "consultants", null=True),
    _to("requester", "people"),
    _words("channel"),
    _words("language"),
    _words("municipality", null=True),
    _words("topic", null=True),
    _words("programme", null=True),
    _words("subject"),
    sa.Column("offered", sa.JSON, nullable=False),
    sa.Column("practice", sa.Boolean, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    sa.Index(None, "requester"),
    sa.Index(None, "status", "updated_at"),
    sa.Index(None, "queue", "id"),
    sqlite_autoincrement=True,
)

articles: Final = sa.Table(
    "articles",
    metadata,
    _id(),
    _to("ticket_id", "tickets"),
    _words("kind"),
    _words("channel"),
    _words("author"),
    _words("text"),
    _words("full_text", null=True),
    _moment("at"),
    _to("person_id", "people", null=True),
    _to("consultant_id", "consultants", null=True),
    _words("external_id", null=True),
    _words("entry", null=True),
    _number("entry_version", null=True),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "person_id"),
    sa.Index(None, "channel", "external_id"),
    sqlite_autoincrement=True,
)

article_names: Final = sa.Table(
    "article_names",
    metadata,
    _id(),
    _to("article_id", "articles"),
    _words("external_id"),
    sa.Index(None, "article_id"),
    sa.Index(None, "external_id"),
)

call_wishes: Final = sa.Table(
    "call_wishes",
    metadata,
    _id(),
    _to("ticket_id", "tickets"),
    _to("person_id", "people"),
    _words("state"),
    _words("phone", null=True),
    _words("note"),
    _moment("starts_at", null=True),
    _moment("ends_at", null=True),
    _moment("at"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "person_id"),
)

awaited_parents: Final = sa.Table(
    "awaited_parents",
    metadata,
    _id(),
    _to("article_id", "articles"),
    _words("external_id"),
    sa.Index(None, "article_id"),
    sa.Index(None, "external_id"),
)

copies: Final = sa.Table(
    "copies",
    metadata,
    _id(),
    _to("article_id", "articles"),
    _words("address"),
    sa.Index(None, "article_id"),
    sa.Index(None, "address"),
)

ticket_events: Final = sa.Table(
    "ticket_events",
    metadata,
    _id(),
    _to("ticket_id", "tickets"),
    _words("type"),
    _moment("at"),
    _words("actor"),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Index(None, "ticket_id"),
)

inbox: Final = sa.Table(
    "inbox",
    metadata,
    _id(),
    _words("channel"),
    _words("source"),
    _words("external_id"),
    _words("digest", null=True),
    _words("lane", null=True),
    sa.Column("history", sa.Boolean, nullable=False),
    _words("state"),
    _words("outcome", null=True),
    _words("reason", null=True),
    _to("ticket_id", "tickets", null=True),
    sa.Column("raw", sa.LargeBinary),
    _words("raw_sha256", null=True),
    _number("size"),
    _moment("received_at"),
    sa.Column("gathers", sa.Boolean, nullable=False, server_default=sa.false()),
    *_work(),
    sa.UniqueConstraint("channel", "source", "external_id"),
    sa.UniqueConstraint("channel", "source", "digest"),
    sa.Index(None, "state"),
    sa.Index(None, "digest"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "raw_sha256"),
    sa.Index(None, "channel", "received_at"),
    sqlite_autoincrement=True,
)
_open_work(inbox, "lane")

outbox: Final = sa.Table(
    "outbox",
    metadata,
    _id(),
    _words("kind"),
    _words("channel"),
    _words("to"),
    _words("key"),
    sa.Column("values", sa.JSON, nullable=False),
    _words("language"),
    _moment("at"),
    _to("ticket_id", "tickets", null=True),
    _to("article_id", "articles", null=True),
    sa.Column("once", Words, unique=True),
    _words("state"),
    sa.Column("rendered", sa.LargeBinary),
    _words("rendered_sha256", null=True),
    _words("external_id", null=True),
    _number("doubts"),
    _to("edits", "outbox", null=True),
    *_work(),
    sa.Index(None, "state"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "edits"),
    sa.Index(None, "channel", "external_id"),
    sa.Index(None, "channel", "at"),
    sa.Index(None, "rendered_sha256"),
    sqlite_autoincrement=True,
)
_open_work(outbox, "to")

attachments: Final = sa.Table(
    "attachments",
    metadata,
    _id(),
    _to("article_id", "articles", null=True),
    _to("outbox_id", "outbox", null=True),
    _words("sha256"),
    _words("name"),
    _words("content_type"),
    _number("size"),
    sa.Index(None, "article_id"),
    sa.Index(None, "outbox_id"),
    sa.Index(None, "sha256"),
)

topics: Final = sa.Table(
    "topics",
    metadata,
    _words("chat", key=True),
    _to("ticket_id", "tickets", key=True),
    _words("thread"),
    sa.UniqueConstraint("chat", "thread"),
    sa.Index(None, "ticket_id"),
)

one_time_codes: Final = sa.Table(
    "one_time_codes",
    metadata,
    _words("purpose", key=True),
    _words("digest", key=True),
    _words("subject"),
    _moment("expires_at"),
)

sessions: Final = sa.Table(
    "sessions",
    metadata,
    _words("digest", key=True),
    _to("consultant_id", "consultants"),
    _moment("expires_at"),
    sa.Index(None, "consultant_id"),
)

entries: Final = sa.Table(
    "entries",
    metadata,
    _id(),
    _words("entry"),
    _number("version"),
    sa.Column("body", sa.JSON, nullable=False),
    _moment("at"),
    _words("by"),
    sa.UniqueConstraint("entry", "version"),
    sqlite_autoincrement=True,
)

mail_cursors: Final = sa.Table(
    "mail_cursors",
    metadata,
    _words("mailbox", key=True),
    _words("folder", key=True),
    sa.Column("uid_validity", Id, primary_key=True, autoincrement=False),
    sa.Column("first_uid", Id, nullable=False),
    sa.Column("last_uid", Id, nullable=False),
    _moment("since"),
)

leases: Final = sa.Table(
    "leases",
    metadata,
    _words("name", key=True),
    _words("holder"),
    _moment("until"),
)
link_requests: Final = sa.Table(
    "link_requests",
    metadata,
    _id(),
    _words("chat"),
    _words("address"),
    _words("digest"),
    _to("ticket_id", "tickets", null=True),
    _number("tries"),
    _moment("at"),
    _moment("expires_at"),
    sa.Index(None, "chat"),
    sa.Index(None, "address"),
    sa.Index(None, "ticket_id"),
)

troubles: Final = sa.Table(
    "troubles",
    metadata,
    _words("name", key=True),
    _moment("since", null=True),
    _moment("told_at", null=True),
)

reconciliations: Final = sa.Table(
    "reconciliations",
    metadata,
    _words("source", key=True),
    _number("seen"),
    _number("missing"),
    _moment("at"),
)
