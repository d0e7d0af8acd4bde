"""Find what one address was sent lately without reading what all others were."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_outbox_to_at"), "outbox", ["to", "at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_to_at"), table_name="outbox")
