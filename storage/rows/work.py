"""What was received and what is owed."""

from typing import Final

import sqlalchemy as sa

from handlers.domain.outgoing import FIRST_TO_LAST
from storage.columns import Words
from storage.rows.columns import (
    id_,
    metadata,
    moment,
    number,
    open_work,
    partly,
    to,
    words,
    work,
)

inbox: Final = sa.Table(
    "inbox",
    metadata,
    id_(),
    words("channel"),
    words("source"),
    words("external_id"),
    words("digest", null=True),
    words("lane", null=True),
    sa.Column("history", sa.Boolean, nullable=False),
    words("state"),
    words("outcome", null=True),
    words("reason", null=True),
    to("ticket_id", "tickets", null=True),
    sa.Column("raw", sa.LargeBinary),
    words("raw_sha256", null=True),
    number("size"),
    moment("received_at"),
    sa.Column("gathers", sa.Boolean, nullable=False, server_default=sa.false()),
    *work(),
    sa.UniqueConstraint("channel", "source", "external_id"),
    sa.UniqueConstraint("channel", "source", "digest"),
    sa.Index(None, "state"),
    sa.Index(None, "digest"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "raw_sha256"),
    sa.Index(None, "channel", "received_at"),
    sqlite_autoincrement=True,
)
open_work(inbox, "lane")

outbox: Final = sa.Table(
    "outbox",
    metadata,
    id_(),
    words("kind"),
    words("channel"),
    words("to"),
    words("key"),
    sa.Column("values", sa.JSON, nullable=False),
    words("language"),
    moment("at"),
    to("ticket_id", "tickets", null=True),
    to("article_id", "articles", null=True),
    sa.Column("once", Words, unique=True),
    words("state"),
    sa.Column("rendered", sa.LargeBinary),
    words("rendered_sha256", null=True),
    words("external_id", null=True),
    words("beside", null=True),
    number("doubts"),
    to("edits", "outbox", null=True),
    *work(),
    sa.Index(None, "state"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "edits"),
    sa.Index(None, "channel", "external_id"),
    sa.Index(None, "channel", "at"),
    sa.Index(None, "to", "at"),
    sa.Index(None, "rendered_sha256"),
    sqlite_autoincrement=True,
)
open_work(outbox, "to")
partly(
    sa.Index("ix_outbox_unfinished_answers", outbox.c.id),
    outbox,
    # As the claim says it: few are answers, where many wait.
    sa.and_(outbox.c.due_at.is_not(None), outbox.c.kind.in_(sorted(FIRST_TO_LAST[0]))),
)
