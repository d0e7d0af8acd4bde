"""Gather bursts into one question, keep a chosen language, and wishes to be called back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "inbox", sa.Column("gathers", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("people", sa.Column("chosen_language", sa.Text(), nullable=True))
    op.create_table(
        "article_names",
        sa.Column("id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_names_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_names")),
    )
    op.create_index(op.f("ix_article_names_article_id"), "article_names", ["article_id"])
    op.create_index(op.f("ix_article_names_external_id"), "article_names", ["external_id"])
    op.create_table(
        "call_wishes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ticket_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_call_wishes_ticket_id_tickets")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_call_wishes_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_wishes")),
    )
    op.create_index(op.f("ix_call_wishes_ticket_id"), "call_wishes", ["ticket_id"])
    op.create_index(op.f("ix_call_wishes_person_id"), "call_wishes", ["person_id"])


def downgrade() -> None:
    op.drop_table("call_wishes")
    op.drop_table("article_names")
    op.drop_column("people", "chosen_language")
    op.drop_column("inbox", "gathers")
