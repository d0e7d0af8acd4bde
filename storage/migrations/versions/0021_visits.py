"""Keep appointments for visits with their answers, and referrals to other bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = sa.DateTime(timezone=True)
    for table, columns in {
        "appointments": (
            sa.Column("uid", sa.Text(), nullable=False),
            sa.Column("ticket_id", number, nullable=False),
            sa.Column("consultant_id", number, nullable=False),
            sa.Column("attendee", sa.Text(), nullable=False),
            sa.Column("starts_at", moment, nullable=False),
            sa.Column("ends_at", moment, nullable=False),
            sa.Column("place", sa.Text(), nullable=False),
            sa.Column("about", sa.Text(), nullable=False),
            sa.Column("sequence", sa.Integer(), nullable=False),
            sa.Column("state", sa.Text(), nullable=False),
            sa.Column("at", moment, nullable=False),
            sa.Column("answered_at", moment, nullable=True),
            sa.UniqueConstraint("uid", name=op.f("uq_appointments_uid")),
        ),
        "referrals": (
            sa.Column("ticket_id", number, nullable=False),
            sa.Column("consultant_id", number, nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
            sa.Column("contact", sa.Text(), nullable=False),
            sa.Column("words", sa.Text(), nullable=False),
            sa.Column("state", sa.Text(), nullable=False),
            sa.Column("consent", sa.Text(), nullable=False),
            sa.Column("follow_up_on", sa.Date(), nullable=False),
            sa.Column("at", moment, nullable=False),
            sa.Column("reminded_at", moment, nullable=True),
        ),
    }.items():
        op.create_table(
            table,
            sa.Column("id", number, nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["ticket_id"], ["tickets.id"], name=op.f(f"fk_{table}_ticket_id_tickets")
            ),
            sa.ForeignKeyConstraint(
                ["consultant_id"],
                ["consultants.id"],
                name=op.f(f"fk_{table}_consultant_id_consultants"),
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_ticket_id"), table, ["ticket_id"])
    op.create_index(op.f("ix_referrals_state_follow_up_on"), "referrals", ["state", "follow_up_on"])


def downgrade() -> None:
    op.drop_table("referrals")
    op.drop_table("appointments")
