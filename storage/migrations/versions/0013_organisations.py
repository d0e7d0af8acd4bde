"""Keep organisations, for whom each person and ticket asks, and how addresses were verified."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}
"""SQLite does not tell the name of a key that was added with its column."""


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "organisations",
        sa.Column("id", number, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("umbrella", number, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["umbrella"],
            ["organisations.id"],
            name=op.f("fk_organisations_umbrella_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisations_umbrella"), "organisations", ["umbrella"])
    op.create_table(
        "changes",
        sa.Column("id", number, nullable=False),
        sa.Column("person_id", number, nullable=True),
        sa.Column("organisation_id", number, nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_changes_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_changes_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_person_id"), "changes", ["person_id"])
    op.create_index(op.f("ix_changes_organisation_id"), "changes", ["organisation_id"])
    for table in ("people", "tickets"):
        _add_organisation(table)
        op.add_column(table, sa.Column("asker_type", sa.Text(), nullable=True))
    op.add_column("addresses", sa.Column("verified_by", sa.Text(), nullable=True))
    op.add_column("addresses", sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("addresses") as table:
        table.drop_column("verified_at")
        table.drop_column("verified_by")
    for name in ("tickets", "people"):
        op.drop_index(op.f(f"ix_{name}_organisation"), name)
        with op.batch_alter_table(name, naming_convention=_NAMES) as table:
            table.drop_constraint(f"fk_{name}_organisation_organisations", type_="foreignkey")
            table.drop_column("asker_type")
            table.drop_column("organisation")
    op.drop_table("changes")
    op.drop_table("organisations")


def _add_organisation(table: str) -> None:
    """Add the column with its key at once, which SQLite can do without building the table anew."""
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN organisation {number} "
        f"CONSTRAINT fk_{table}_organisation_organisations REFERENCES organisations (id)"
    )
    op.create_index(op.f(f"ix_{table}_organisation"), table, ["organisation"])
