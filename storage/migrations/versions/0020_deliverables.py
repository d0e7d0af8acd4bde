"""Keep what municipalities are to be given, and applications to take part in programmes."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "deliverables",
        sa.Column("id", number, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("responsible", number, nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["responsible"],
            ["consultants.id"],
            name=op.f("fk_deliverables_responsible_consultants"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverables")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_deliverables_number_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deliverables_sha256"), "deliverables", ["sha256"])
    op.create_table(
        "applications",
        sa.Column("id", number, nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("organisation_id", number, nullable=True),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("ticket_id", number, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_applications_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_applications_ticket_id_tickets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_applications_programme"), "applications", ["programme"])
    op.create_index(op.f("ix_applications_organisation_id"), "applications", ["organisation_id"])
    op.create_index(op.f("ix_applications_ticket_id"), "applications", ["ticket_id"])
    op.create_table(
        "application_decisions",
        sa.Column("id", number, nullable=False),
        sa.Column("application_id", number, nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_decisions_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_decisions")),
    )
    op.create_index(
        op.f("ix_application_decisions_application_id"), "application_decisions", ["application_id"]
    )


def downgrade() -> None:
    op.drop_table("application_decisions")
    op.drop_table("applications")
    op.drop_table("deliverables")
