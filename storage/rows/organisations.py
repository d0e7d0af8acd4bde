"""Organisations people ask for, and the history of their cards and of people's."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Words
from storage.rows.columns import id_, metadata, moment, to, words

organisations: Final = sa.Table(
    "organisations",
    metadata,
    id_(),
    words("name"),
    words("kind"),
    words("legal_form", null=True),
    sa.Column("code", Words, unique=True),
    words("municipality", null=True),
    to("umbrella", "organisations", null=True),
    moment("created_at"),
    sa.Index(None, "umbrella"),
    sqlite_autoincrement=True,
)

changes: Final = sa.Table(
    "changes",
    metadata,
    id_(),
    to("person_id", "people", null=True),
    to("organisation_id", "organisations", null=True),
    words("type"),
    moment("at"),
    words("actor"),
    sa.Column("what", sa.JSON, nullable=False),
    moment("undone_at", null=True),
    sa.Index(None, "person_id"),
    sa.Index(None, "organisation_id"),
    sqlite_autoincrement=True,
)
