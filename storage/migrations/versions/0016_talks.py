"""Keep what is counted of calls and visits, and how often somebody was called in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column(
        "call_wishes", sa.Column("missed", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "talks",
        sa.Column("id", number, nullable=False),
        sa.Column("article_id", number, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_talks_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
        sa.UniqueConstraint("article_id", name=op.f("uq_talks_article_id")),
    )


def downgrade() -> None:
    op.drop_table("talks")
    with op.batch_alter_table("call_wishes") as table:
        table.drop_column("missed")
