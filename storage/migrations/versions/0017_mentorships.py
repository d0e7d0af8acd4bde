"""Keep mentorships with plans, time and results, requests for one, and projects with checklists."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TABLES = (
    "project_checks",
    "project_stages",
    "projects",
    "mentor_requests",
    "mentor_results",
    "mentor_contacts",
    "mentor_plans",
    "mentorships",
)


def upgrade() -> None:
    _table(
        "mentorships",
        _to("organisation"),
        _to("mentor"),
        _words("programme"),
        _words("phase"),
        _day("starts_on"),
        _day("ends_on", null=True),
        _words("source"),
        _day("reminded_for", null=True),
        *_by(),
        keys={"organisation": "organisations", "mentor": "consultants"},
    )
    of_mentorship = {"mentorship": "mentorships"}
    _table(
        "mentor_plans",
        _to("mentorship"),
        _words("need"),
        _words("complexity"),
        sa.Column("modes", sa.JSON(), nullable=False),
        _number("minutes_a_month"),
        _number("every_days"),
        _day("from_on"),
        *_by(),
        keys=of_mentorship,
    )
    _table(
        "mentor_contacts",
        _to("mentorship"),
        _day("on"),
        _number("minutes"),
        _words("mode"),
        *_by(),
        keys=of_mentorship,
    )
    _table(
        "mentor_results",
        _to("mentorship"),
        _words("aim"),
        _words("planned"),
        _day("due_on"),
        _words("achieved"),
        _day("achieved_on", null=True),
        *_by(),
        _words("achieved_by", null=True),
        keys=of_mentorship,
    )
    _table(
        "mentor_requests",
        _to("organisation"),
        _words("programme"),
        _words("phase"),
        _words("reason"),
        _to("ticket_id", null=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _words("asked_by"),
        _words("state"),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _words("settled_by", null=True),
        _to("mentorship", null=True),
        keys={"organisation": "organisations", "ticket_id": "tickets", **of_mentorship},
    )
    _table(
        "projects",
        _to("organisation"),
        _words("programme"),
        _words("call"),
        _words("title"),
        _words("contract"),
        _words("stage"),
        _day("stage_on"),
        keys={"organisation": "organisations"},
    )
    of_project = {"project": "projects"}
    _table(
        "project_stages",
        _to("project"),
        _words("stage"),
        _day("on"),
        *_by(),
        keys=of_project,
    )
    _table(
        "project_checks",
        _to("project"),
        _words("title"),
        _day("due_on", null=True),
        _day("done_on", null=True),
        _words("done_by", null=True),
        _day("told_for", null=True),
        *_by(),
        keys=of_project,
    )


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)


def _table(name: str, *columns: sa.Column[object], keys: dict[str, str]) -> None:
    op.create_table(
        name,
        sa.Column("id", _ID, nullable=False),
        *columns,
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}_{other}")
            )
            for column, other in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )
    for column in keys:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, _ID, nullable=null)


def _words(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=null)


def _by() -> tuple[sa.Column[object], ...]:
    """Name when and by whom a row was written."""
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False), _words("by")
