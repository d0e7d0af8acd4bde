"""Find the answers to be sent first without reading all else that waits."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ANSWERS = sa.text("due_at IS NOT NULL AND kind IN ('answer', 'reply')")


def upgrade() -> None:
    op.create_index(
        op.f("ix_outbox_unfinished_answers"),
        "outbox",
        ["id"],
        sqlite_where=_ANSWERS,
        postgresql_where=_ANSWERS,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_unfinished_answers"), table_name="outbox")
