"""The tables, as SQLAlchemy Core sees them; rows never leave this package.

States are plain text without CHECK: Alembic does not notice a new member of one (the domain's
`StrEnum`s guard them). `sqlite_autoincrement`: a number given out once is never given
out again, as on PostgreSQL; people quote them.
"""

from storage.rows.columns import metadata
from storage.rows.conversations import (
    article_names,
    articles,
    attachments,
    awaited_parents,
    call_reminders,
    call_wishes,
    copies,
    stays,
    ticket_events,
    tickets,
    topics,
)
from storage.rows.deliverables import application_decisions, applications, deliverables
from storage.rows.mentorships import (
    mentor_contacts,
    mentor_plans,
    mentor_requests,
    mentor_results,
    mentorships,
    project_checks,
    project_stages,
    projects,
)
from storage.rows.organisations import changes, organisations
from storage.rows.people import (
    addresses,
    consultant_queues,
    consultants,
    link_requests,
    one_time_codes,
    people,
    sessions,
)
from storage.rows.preparation import drafts, templates
from storage.rows.records import records, statutes
from storage.rows.reviews import recommendations, review_rounds, reviews
from storage.rows.service import entries, leases, mail_cursors, reconciliations, troubles
from storage.rows.staffing import absences, turns
from storage.rows.talks import appointments, referrals, talks
from storage.rows.ties import merges, ticket_links, ticket_tags, watchers
from storage.rows.trainings import enrolments
from storage.rows.work import inbox, outbox

__all__ = [
    "absences",
    "addresses",
    "application_decisions",
    "applications",
    "appointments",
    "article_names",
    "articles",
    "attachments",
    "awaited_parents",
    "call_reminders",
    "call_wishes",
    "changes",
    "consultant_queues",
    "consultants",
    "copies",
    "deliverables",
    "drafts",
    "enrolments",
    "entries",
    "inbox",
    "leases",
    "link_requests",
    "mail_cursors",
    "mentor_contacts",
    "mentor_plans",
    "mentor_requests",
    "mentor_results",
    "mentorships",
    "merges",
    "metadata",
    "one_time_codes",
    "organisations",
    "outbox",
    "people",
    "project_checks",
    "project_stages",
    "projects",
    "recommendations",
    "reconciliations",
    "records",
    "referrals",
    "review_rounds",
    "reviews",
    "sessions",
    "statutes",
    "stays",
    "talks",
    "templates",
    "ticket_events",
    "ticket_links",
    "ticket_tags",
    "tickets",
    "topics",
    "troubles",
    "turns",
    "watchers",
]
