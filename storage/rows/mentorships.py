"""Mentorships with plans, time and results; requests for them; projects with their checklists."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, number, to, words


def _day(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=null)


mentorships: Final = sa.Table(
    "mentorships",
    metadata,
    id_(),
    to("organisation", "organisations"),
    to("mentor", "consultants"),
    words("programme"),
    words("phase"),
    _day("starts_on"),
    _day("ends_on", null=True),
    words("source"),
    _day("reminded_for", null=True),
    moment("at"),
    words("by"),
    sa.Index(None, "organisation"),
    sa.Index(None, "mentor"),
    sqlite_autoincrement=True,
)

mentor_plans: Final = sa.Table(
    "mentor_plans",
    metadata,
    id_(),
    to("mentorship", "mentorships"),
    words("need"),
    words("complexity"),
    sa.Column("modes", sa.JSON, nullable=False),
    number("minutes_a_month"),
    number("every_days"),
    _day("from_on"),
    moment("at"),
    words("by"),
    sa.Index(None, "mentorship"),
    sqlite_autoincrement=True,
)

mentor_contacts: Final = sa.Table(
    "mentor_contacts",
    metadata,
    id_(),
    to("mentorship", "mentorships"),
    _day("on"),
    number("minutes"),
    words("mode"),
    moment("at"),
    words("by"),
    sa.Index(None, "mentorship"),
    sqlite_autoincrement=True,
)

mentor_results: Final = sa.Table(
    "mentor_results",
    metadata,
    id_(),
    to("mentorship", "mentorships"),
    words("aim"),
    words("planned"),
    _day("due_on"),
    words("achieved"),
    _day("achieved_on", null=True),
    moment("at"),
    words("by"),
    words("achieved_by", null=True),
    sa.Index(None, "mentorship"),
    sqlite_autoincrement=True,
)

mentor_requests: Final = sa.Table(
    "mentor_requests",
    metadata,
    id_(),
    to("organisation", "organisations"),
    words("programme"),
    words("phase"),
    words("reason"),
    to("ticket_id", "tickets", null=True),
    moment("asked_at"),
    words("asked_by"),
    words("state"),
    moment("settled_at", null=True),
    words("settled_by", null=True),
    to("mentorship", "mentorships", null=True),
    sa.Index(None, "organisation"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "mentorship"),
    sqlite_autoincrement=True,
)

projects: Final = sa.Table(
    "projects",
    metadata,
    id_(),
    to("organisation", "organisations"),
    words("programme"),
    words("call"),
    words("title"),
    words("contract"),
    words("stage"),
    _day("stage_on"),
    sa.Index(None, "organisation"),
    sqlite_autoincrement=True,
)

project_stages: Final = sa.Table(
    "project_stages",
    metadata,
    id_(),
    to("project", "projects"),
    words("stage"),
    _day("on"),
    moment("at"),
    words("by"),
    sa.Index(None, "project"),
    sqlite_autoincrement=True,
)

project_checks: Final = sa.Table(
    "project_checks",
    metadata,
    id_(),
    to("project", "projects"),
    words("title"),
    _day("due_on", null=True),
    _day("done_on", null=True),
    words("done_by", null=True),
    _day("told_for", null=True),
    moment("at"),
    words("by"),
    sa.Index(None, "project"),
    sqlite_autoincrement=True,
)
