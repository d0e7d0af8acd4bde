"""Keep how long a ticket stayed in each state, of which deadlines are reckoned."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "stays",
        sa.Column("id", number, nullable=False),
        sa.Column("ticket_id", number, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_stays_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
    )
    op.create_index(op.f("ix_stays_ticket_id"), "stays", ["ticket_id"])
    # Where older tickets have been nobody knows: their clocks start with their last change, so
    # that an upgrade finds no hundred of them late at once.
    op.execute(
        "INSERT INTO stays (ticket_id, status, until) "
        "SELECT id, 'answered', updated_at FROM tickets WHERE status IN ('new', 'open', 'waiting')"
    )


def downgrade() -> None:
    op.drop_table("stays")
