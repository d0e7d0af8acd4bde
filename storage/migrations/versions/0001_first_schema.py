"""The first schema: people, tickets, the two kinds of durable work, the knowledge base."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_people_and_consultants()
    _create_tickets()
    _create_work()
    _create_rest()


def downgrade() -> None:
    for table in (
        "leases",
        "mail_cursors",
        "entries",
        "attachments",
        "outbox",
        "inbox",
        "topics",
        "ticket_events",
        "articles",
        "tickets",
        "sessions",
        "one_time_codes",
        "consultant_queues",
        "consultants",
        "addresses",
        "people",
    ):
        op.drop_table(table)


def _create_people_and_consultants() -> None:
    op.create_table(
        "people",
        sa.Column("id", _ID, nullable=False),
        _text("name"),
        _text("language", null=True),
        _text("municipality", null=True),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "addresses",
        sa.Column("id", _ID, nullable=False),
        _number_of("person_id"),
        _text("channel"),
        _text("value"),
        _refers("addresses", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        _unique("addresses", "channel", "value"),
    )
    _index("addresses", "person_id")
    op.create_table(
        "consultants",
        sa.Column("id", _ID, nullable=False),
        _text("name"),
        _text("email"),
        _text("telegram", null=True),
        _text("role"),
        _text("signature"),
        sa.Column("active", sa.Boolean(), nullable=False),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultants")),
        _unique("consultants", "email"),
        _unique("consultants", "telegram"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consultant_queues",
        _number_of("consultant_id"),
        _text("queue"),
        _refers("consultant_queues", "consultant_id", "consultants"),
        sa.PrimaryKeyConstraint("consultant_id", "queue", name=op.f("pk_consultant_queues")),
    )
    _index("consultant_queues", "queue")
    op.create_table(
        "one_time_codes",
        _text("purpose"),
        _text("digest"),
        _text("subject"),
        _moment("expires_at"),
        sa.PrimaryKeyConstraint("purpose", "digest", name=op.f("pk_one_time_codes")),
    )
    op.create_table(
        "sessions",
        _text("digest"),
        _number_of("consultant_id"),
        _moment("expires_at"),
        _refers("sessions", "consultant_id", "consultants"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    _index("sessions", "consultant_id")


def _create_tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", _ID, nullable=False),
        _number("version"),
        _text("status"),
        _text("queue"),
        _number_of("owner", null=True),
        _number_of("requester"),
        _text("channel"),
        _text("language"),
        _text("municipality", null=True),
        _text("topic", null=True),
        _text("subject"),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        _refers("tickets", "owner", "consultants"),
        _refers("tickets", "requester", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sqlite_autoincrement=True,
    )
    _index("tickets", "queue", "id")
    _index("tickets", "requester")
    _index("tickets", "status", "updated_at")
    op.create_table(
        "articles",
        sa.Column("id", _ID, nullable=False),
        _number_of("ticket_id"),
        _text("kind"),
        _text("channel"),
        _text("author"),
        _text("text"),
        _text("full_text", null=True),
        _moment("at"),
        _number_of("person_id", null=True),
        _number_of("consultant_id", null=True),
        _text("external_id", null=True),
        _text("entry", null=True),
        _number("entry_version", null=True),
        _refers("articles", "consultant_id", "consultants"),
        _refers("articles", "person_id", "people"),
        _refers("articles", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sqlite_autoincrement=True,
    )
    _index("articles", "channel", "external_id")
    _index("articles", "person_id")
    _index("articles", "ticket_id")
    op.create_table(
        "ticket_events",
        sa.Column("id", _ID, nullable=False),
        _number_of("ticket_id"),
        _text("type"),
        _moment("at"),
        _text("actor"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _refers("ticket_events", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_events")),
    )
    _index("ticket_events", "ticket_id")
    op.create_table(
        "topics",
        _text("chat"),
        _number_of("ticket_id"),
        _text("thread"),
        _refers("topics", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("chat", "ticket_id", name=op.f("pk_topics")),
        _unique("topics", "chat", "thread"),
    )
    _index("topics", "ticket_id")


def _create_work() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _ID, nullable=False),
        _text("channel"),
        _text("source"),
        _text("external_id"),
        _text("digest", null=True),
        _text("lane", null=True),
        sa.Column("history", sa.Boolean(), nullable=False),
        _text("state"),
        _text("outcome", null=True),
        _text("reason", null=True),
        _number_of("ticket_id", null=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        _text("raw_sha256", null=True),
        _number("size"),
        _moment("received_at"),
        _moment("due_at", null=True),
        _moment("leased_until", null=True),
        _moment("claimed_at", null=True),
        _number("fence"),
        _number("attempts"),
        _text("error", null=True),
        _refers("inbox", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        _unique("inbox", "channel", "source", "digest"),
        _unique("inbox", "channel", "source", "external_id"),
        sqlite_autoincrement=True,
    )
    _index("inbox", "channel", "received_at")
    _index("inbox", "digest")
    _index_unfinished("inbox", "lane", "channel", "id", name="lane")
    _index("inbox", "raw_sha256")
    _index("inbox", "state")
    _index("inbox", "ticket_id")
    _index_unfinished("inbox", "id", name="unfinished")
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        _text("kind"),
        _text("channel"),
        _text("to"),
        _text("key"),
        sa.Column("values", sa.JSON(), nullable=False),
        _text("language"),
        _moment("at"),
        _number_of("ticket_id", null=True),
        _number_of("article_id", null=True),
        _text("once", null=True),
        _text("state"),
        sa.Column("rendered", sa.LargeBinary(), nullable=True),
        _text("rendered_sha256", null=True),
        _text("external_id", null=True),
        _number("doubts"),
        _number_of("edits", null=True),
        _moment("due_at", null=True),
        _moment("leased_until", null=True),
        _moment("claimed_at", null=True),
        _number("fence"),
        _number("attempts"),
        _text("error", null=True),
        _refers("outbox", "article_id", "articles"),
        _refers("outbox", "edits", "outbox"),
        _refers("outbox", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        _unique("outbox", "once"),
        sqlite_autoincrement=True,
    )
    _index("outbox", "channel", "at")
    _index("outbox", "channel", "external_id")
    _index("outbox", "edits")
    _index_unfinished("outbox", "to", "channel", "id", name="lane")
    _index("outbox", "rendered_sha256")
    _index("outbox", "state")
    _index("outbox", "ticket_id")
    _index_unfinished("outbox", "id", name="unfinished")
    op.create_table(
        "attachments",
        sa.Column("id", _ID, nullable=False),
        _number_of("article_id", null=True),
        _number_of("outbox_id", null=True),
        _text("sha256"),
        _text("name"),
        _text("content_type"),
        _number("size"),
        _refers("attachments", "article_id", "articles"),
        _refers("attachments", "outbox_id", "outbox"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    _index("attachments", "article_id")
    _index("attachments", "outbox_id")
    _index("attachments", "sha256")


def _create_rest() -> None:
    op.create_table(
        "entries",
        sa.Column("id", _ID, nullable=False),
        _text("entry"),
        _number("version"),
        sa.Column("body", sa.JSON(), nullable=False),
        _moment("at"),
        _text("by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        _unique("entries", "entry", "version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "mail_cursors",
        _text("mailbox"),
        _text("folder"),
        _number_of("uid_validity"),
        sa.Column("first_uid", _ID, nullable=False),
        sa.Column("last_uid", _ID, nullable=False),
        _moment("since"),
        sa.PrimaryKeyConstraint("mailbox", "folder", "uid_validity", name=op.f("pk_mail_cursors")),
    )
    op.create_table(
        "leases",
        _text("name"),
        _text("holder"),
        _moment("until"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _number_of(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, _ID, autoincrement=False, nullable=null)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def _index_unfinished(table: str, *columns: str, name: str) -> None:
    where = sa.text("due_at IS NOT NULL")
    name = op.f(f"ix_{table}_{name}")
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
