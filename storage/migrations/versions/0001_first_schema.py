"""The first schema: people, tickets, the two kinds of durable work, the knowledge base."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_NUMBERED = {"sqlite_autoincrement": True}
_UNFINISHED = sa.text("due_at IS NOT NULL")


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
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        **_NUMBERED,
    )
    op.create_table(
        "addresses",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_addresses_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("channel", "value", name=op.f("uq_addresses_channel_value")),
    )
    op.create_index(op.f("ix_addresses_person_id"), "addresses", ["person_id"], unique=False)
    op.create_table(
        "consultants",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("telegram", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultants")),
        sa.UniqueConstraint("email", name=op.f("uq_consultants_email")),
        sa.UniqueConstraint("telegram", name=op.f("uq_consultants_telegram")),
        **_NUMBERED,
    )
    op.create_table(
        "consultant_queues",
        sa.Column("consultant_id", _ID, autoincrement=False, nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultant_id"],
            ["consultants.id"],
            name=op.f("fk_consultant_queues_consultant_id_consultants"),
        ),
        sa.PrimaryKeyConstraint("consultant_id", "queue", name=op.f("pk_consultant_queues")),
    )
    op.create_index(
        op.f("ix_consultant_queues_queue"), "consultant_queues", ["queue"], unique=False
    )
    op.create_table(
        "one_time_codes",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("purpose", "digest", name=op.f("pk_one_time_codes")),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("consultant_id", _ID, autoincrement=False, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultant_id"],
            ["consultants.id"],
            name=op.f("fk_sessions_consultant_id_consultants"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_consultant_id"), "sessions", ["consultant_id"], unique=False)


def _create_tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("owner", _ID, autoincrement=False, nullable=True),
        sa.Column("requester", _ID, autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"], ["consultants.id"], name=op.f("fk_tickets_owner_consultants")
        ),
        sa.ForeignKeyConstraint(
            ["requester"], ["people.id"], name=op.f("fk_tickets_requester_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        **_NUMBERED,
    )
    op.create_index(op.f("ix_tickets_queue_id"), "tickets", ["queue", "id"], unique=False)
    op.create_index(op.f("ix_tickets_requester"), "tickets", ["requester"], unique=False)
    op.create_index(
        op.f("ix_tickets_status_updated_at"), "tickets", ["status", "updated_at"], unique=False
    )
    op.create_table(
        "articles",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("full_text", sa.Text(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person_id", _ID, autoincrement=False, nullable=True),
        sa.Column("consultant_id", _ID, autoincrement=False, nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("entry_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultant_id"],
            ["consultants.id"],
            name=op.f("fk_articles_consultant_id_consultants"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_articles_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_articles_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        **_NUMBERED,
    )
    op.create_index(
        op.f("ix_articles_channel_external_id"),
        "articles",
        ["channel", "external_id"],
        unique=False,
    )
    op.create_index(op.f("ix_articles_person_id"), "articles", ["person_id"], unique=False)
    op.create_index(op.f("ix_articles_ticket_id"), "articles", ["ticket_id"], unique=False)
    op.create_table(
        "ticket_events",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_events_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_events")),
    )
    op.create_index(
        op.f("ix_ticket_events_ticket_id"), "ticket_events", ["ticket_id"], unique=False
    )
    op.create_table(
        "topics",
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_topics_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("chat", "ticket_id", name=op.f("pk_topics")),
        sa.UniqueConstraint("chat", "thread", name=op.f("uq_topics_chat_thread")),
    )
    op.create_index(op.f("ix_topics_ticket_id"), "topics", ["ticket_id"], unique=False)


def _create_work() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("raw_sha256", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("leased_until", _MOMENT, nullable=True),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_inbox_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "channel", "source", "digest", name=op.f("uq_inbox_channel_source_digest")
        ),
        sa.UniqueConstraint(
            "channel", "source", "external_id", name=op.f("uq_inbox_channel_source_external_id")
        ),
        **_NUMBERED,
    )
    op.create_index(op.f("ix_inbox_digest"), "inbox", ["digest"], unique=False)
    op.create_index(
        "ix_inbox_lane",
        "inbox",
        ["channel", "lane", "id"],
        unique=False,
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.create_index(op.f("ix_inbox_raw_sha256"), "inbox", ["raw_sha256"], unique=False)
    op.create_index(op.f("ix_inbox_state"), "inbox", ["state"], unique=False)
    op.create_index(op.f("ix_inbox_ticket_id"), "inbox", ["ticket_id"], unique=False)
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=True),
        sa.Column("article_id", _ID, autoincrement=False, nullable=True),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rendered", sa.LargeBinary(), nullable=True),
        sa.Column("rendered_sha256", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("leased_until", _MOMENT, nullable=True),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_outbox_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_outbox_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_once")),
        **_NUMBERED,
    )
    op.create_index(op.f("ix_outbox_channel_at"), "outbox", ["channel", "at"], unique=False)
    op.create_index(
        op.f("ix_outbox_channel_external_id"), "outbox", ["channel", "external_id"], unique=False
    )
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["channel", "to", "id"],
        unique=False,
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.create_index(op.f("ix_outbox_rendered_sha256"), "outbox", ["rendered_sha256"], unique=False)
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"], unique=False)
    op.create_index(op.f("ix_outbox_ticket_id"), "outbox", ["ticket_id"], unique=False)
    op.create_index(
        "ix_outbox_unfinished",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.create_table(
        "attachments",
        sa.Column("id", _ID, nullable=False),
        sa.Column("article_id", _ID, autoincrement=False, nullable=True),
        sa.Column("outbox_id", _ID, autoincrement=False, nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_attachments_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_attachments_outbox_id_outbox")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_article_id"), "attachments", ["article_id"], unique=False)
    op.create_index(op.f("ix_attachments_outbox_id"), "attachments", ["outbox_id"], unique=False)
    op.create_index(op.f("ix_attachments_sha256"), "attachments", ["sha256"], unique=False)


def _create_rest() -> None:
    op.create_table(
        "entries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("entry", "version", name=op.f("uq_entries_entry_version")),
        **_NUMBERED,
    )
    op.create_table(
        "mail_cursors",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uid_validity", _ID, autoincrement=False, nullable=False),
        sa.Column("first_uid", _ID, nullable=False),
        sa.Column("last_uid", _ID, nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "folder", "uid_validity", name=op.f("pk_mail_cursors")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
