"""Keep the names of all messages that a debt was sent as."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("beside", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "beside")
