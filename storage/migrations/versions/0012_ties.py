"""Keep what ties tickets together: merges, links, tags, watchers; and how urgent each is."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "tickets",
        sa.Column("priority", sa.Text(), nullable=False, server_default=sa.text("'normal'")),
    )
    op.create_table(
        "merges",
        sa.Column("id", _number, nullable=False),
        sa.Column("ticket_id", _number, nullable=False),
        sa.Column("into_id", _number, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("into_status", sa.Text(), nullable=False),
        sa.Column("into_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_merges_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["tickets.id"], name=op.f("fk_merges_into_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_merges_ticket_id")),
    )
    op.create_index(op.f("ix_merges_into_id"), "merges", ["into_id"])
    op.create_table(
        "ticket_links",
        sa.Column("ticket_id", _number, autoincrement=False, nullable=False),
        sa.Column("other_id", _number, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_links_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["tickets.id"], name=op.f("fk_ticket_links_other_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "other_id", name=op.f("pk_ticket_links")),
    )
    op.create_index(op.f("ix_ticket_links_other_id"), "ticket_links", ["other_id"])
    op.create_table(
        "ticket_tags",
        sa.Column("ticket_id", _number, autoincrement=False, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_tags_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "tag", name=op.f("pk_ticket_tags")),
    )
    op.create_index(op.f("ix_ticket_tags_tag"), "ticket_tags", ["tag"])
    op.create_table(
        "watchers",
        sa.Column("ticket_id", _number, autoincrement=False, nullable=False),
        sa.Column("consultant_id", _number, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_watchers_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["consultant_id"],
            ["consultants.id"],
            name=op.f("fk_watchers_consultant_id_consultants"),
        ),
        sa.PrimaryKeyConstraint("ticket_id", "consultant_id", name=op.f("pk_watchers")),
    )
    op.create_index(op.f("ix_watchers_consultant_id"), "watchers", ["consultant_id"])


def downgrade() -> None:
    for table in ("watchers", "ticket_tags", "ticket_links", "merges"):
        op.drop_table(table)
    op.drop_column("tickets", "priority")
