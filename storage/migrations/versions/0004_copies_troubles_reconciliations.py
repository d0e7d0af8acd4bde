"""Keep who got a copy, a ticket's programme, standing troubles, and what the last audit found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("programme", sa.Text(), nullable=True))
    op.create_table(
        "copies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_copies_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_article_id"), "copies", ["article_id"])
    op.create_index(op.f("ix_copies_address"), "copies", ["address"])
    op.create_table(
        "troubles",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_troubles")),
    )
    op.create_table(
        "reconciliations",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_reconciliations")),
    )


def downgrade() -> None:
    op.drop_table("reconciliations")
    op.drop_table("troubles")
    op.drop_table("copies")
    op.drop_column("tickets", "programme")
