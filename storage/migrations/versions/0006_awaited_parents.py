"""Remember which messages were answered before they came."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "awaited_parents",
        sa.Column("id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_awaited_parents_article_id_articles"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_awaited_parents"),
    )
    op.create_index("ix_awaited_parents_article_id", "awaited_parents", ["article_id"])
    op.create_index("ix_awaited_parents_external_id", "awaited_parents", ["external_id"])


def downgrade() -> None:
    op.drop_table("awaited_parents")
