"""What ties tickets to one another, to words, and to those who follow them."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, number, to, words

merges: Final = sa.Table(
    "merges",
    metadata,
    id_(),
    to("ticket_id", "tickets"),
    to("into_id", "tickets"),
    words("status"),
    words("into_status"),
    number("into_version"),
    moment("at"),
    sa.UniqueConstraint("ticket_id"),
    sa.Index(None, "into_id"),
)
"""Merges that stand: what each ticket was before, so that it can be that again."""

ticket_links: Final = sa.Table(
    "ticket_links",
    metadata,
    to("ticket_id", "tickets", key=True),
    to("other_id", "tickets", key=True),
    moment("at"),
    sa.Index(None, "other_id"),
)
"""Tickets that have to do with each other; the smaller number stands first."""

ticket_tags: Final = sa.Table(
    "ticket_tags",
    metadata,
    to("ticket_id", "tickets", key=True),
    words("tag", key=True),
    sa.Index(None, "tag"),
)

watchers: Final = sa.Table(
    "watchers",
    metadata,
    to("ticket_id", "tickets", key=True),
    to("consultant_id", "consultants", key=True),
    sa.Index(None, "consultant_id"),
)
