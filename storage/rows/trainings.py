"""Who registered for which training; the trainings themselves are records."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, to, words

enrolments: Final = sa.Table(
    "enrolments",
    metadata,
    id_(),
    words("training"),
    to("ticket_id", "tickets"),
    to("person_id", "people"),
    words("name"),
    words("organisation"),
    words("municipality", null=True),
    words("seat"),
    moment("at"),
    words("told"),
    sa.Column("reminded_for", sa.Date, nullable=True),
    words("attended"),
    sa.UniqueConstraint("training", "person_id"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "person_id"),
    sqlite_autoincrement=True,
)
