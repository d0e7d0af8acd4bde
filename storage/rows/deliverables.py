"""What municipalities are to be given, and who applied to take part in a programme."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, number, to, words

deliverables: Final = sa.Table(
    "deliverables",
    metadata,
    id_(),
    number("number"),
    number("version"),
    words("kind"),
    words("municipality"),
    sa.Column("due_on", sa.Date, nullable=False),
    to("responsible", "consultants"),
    words("progress"),
    words("programme"),
    words("period"),
    words("note"),
    words("sha256", null=True),
    words("file", null=True),
    words("content_type", null=True),
    number("size", null=True),
    moment("at"),
    words("by"),
    sa.UniqueConstraint("number", "version"),
    sa.Index(None, "sha256"),
    sqlite_autoincrement=True,
)

applications: Final = sa.Table(
    "applications",
    metadata,
    id_(),
    words("programme"),
    words("municipality", null=True),
    to("organisation_id", "organisations", null=True),
    words("motivation"),
    to("ticket_id", "tickets", null=True),
    moment("at"),
    words("by"),
    sa.Index(None, "programme"),
    sa.Index(None, "organisation_id"),
    sa.Index(None, "ticket_id"),
    sqlite_autoincrement=True,
)

application_decisions: Final = sa.Table(
    "application_decisions",
    metadata,
    id_(),
    to("application_id", "applications"),
    words("choice"),
    words("reason"),
    moment("at"),
    words("by"),
    sa.Index(None, "application_id"),
)
