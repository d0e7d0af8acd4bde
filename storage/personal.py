"""Which rows and columns are about a person who asked, and what erasing leaves of them.

Every table is either in `PERSONAL`, with each of its columns named, or in `storage.impersonal` with
the reason; a test compares both with the tables, so a new column cannot be forgotten.
"""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import PersonId
from handlers.domain.outgoing import STAFF_KINDS, OutboxState
from storage.personal_deliverables import DELIVERABLES
from storage.personal_rule import ERASED, Rule, tickets_of
from storage.rows import (
    addresses,
    appointments,
    article_names,
    articles,
    attachments,
    awaited_parents,
    call_reminders,
    call_wishes,
    changes,
    copies,
    drafts,
    inbox,
    link_requests,
    mentor_requests,
    outbox,
    people,
    referrals,
    talks,
    ticket_events,
    ticket_tags,
    tickets,
)


def _articles(person: PersonId) -> sa.ColumnElement[bool]:
    return sa.or_(articles.c.ticket_id.in_(tickets_of(person)), articles.c.person_id == person)


def _values(person: PersonId, channel: sa.ColumnElement[str]) -> sa.Select[tuple[str]]:
    row = addresses.c
    return sa.select(row.value).where(row.person_id == person, row.channel == channel)


def _outbox(person: PersonId) -> sa.ColumnElement[bool]:
    """What a consultant who asks as well is shown of other people's matters is not about them."""
    row = outbox.c
    to_the_person = sa.and_(row.to.in_(_values(person, row.channel)), row.kind.not_in(STAFF_KINDS))
    return sa.or_(row.ticket_id.in_(tickets_of(person)), to_the_person)


def _told(person: PersonId) -> sa.ColumnElement[bool]:
    """Find what told consultants of the person's words in somebody else's ticket."""
    said = sa.select(articles.c.id).where(articles.c.person_id == person)
    return outbox.c.article_id.in_(said)


def _inbox(person: PersonId) -> sa.ColumnElement[bool]:
    """A Telegram chat is its own lane; of mail that joined no ticket only retention knows.

    A consultant's private chat is a lane of two: what was about others' tickets is their work.

    What the person wrote into somebody else's ticket became an article there, at the same moment.
    """
    row, said = inbox.c, articles.c
    own = sa.or_(row.ticket_id.is_(None), row.ticket_id.in_(tickets_of(person)))
    chat = sa.and_(row.channel == Channel.TELEGRAM, row.lane.in_(_values(person, row.channel)), own)
    elsewhere = (
        sa.select(said.id)
        .where(
            said.person_id == person,
            said.ticket_id == row.ticket_id,
            said.channel == row.channel,
            said.at == row.received_at,
        )
        .exists()
    )
    ours = sa.or_(row.ticket_id.in_(tickets_of(person)), chat, elsewhere)
    return sa.and_(row.due_at.is_(None), ours)


def _attachments(person: PersonId) -> sa.ColumnElement[bool]:
    row = attachments.c
    return sa.or_(
        row.article_id.in_(sa.select(articles.c.id).where(_articles(person))),
        row.outbox_id.in_(sa.select(outbox.c.id).where(_outbox(person))),
    )


def _awaited_parents(person: PersonId) -> sa.ColumnElement[bool]:
    said = sa.select(articles.c.id).where(_articles(person))
    return awaited_parents.c.article_id.in_(said)


def _copies(person: PersonId) -> sa.ColumnElement[bool]:
    """Find who got copies of the person's conversations, and where the person got one."""
    return sa.or_(
        copies.c.article_id.in_(sa.select(articles.c.id).where(_articles(person))),
        copies.c.address.in_(
            sa.select(addresses.c.value).where(
                addresses.c.person_id == person, addresses.c.channel == Channel.MAIL
            )
        ),
    )


def _link_requests(person: PersonId) -> sa.ColumnElement[bool]:
    row = link_requests.c
    known = addresses.c
    values = sa.select(known.value).where(known.person_id == person)
    return sa.or_(
        row.chat.in_(values.where(known.channel == Channel.TELEGRAM)),
        row.address.in_(values.where(known.channel == Channel.MAIL)),
        row.ticket_id.in_(tickets_of(person)),
    )


_RULES: Final = (
    Rule(
        table=attachments,
        about=_attachments,
        repeats=lambda person: attachments.c.outbox_id.in_(
            sa.select(outbox.c.id).where(_told(person))
        ),
    ),
    Rule(table=awaited_parents, about=_awaited_parents),
    Rule(table=copies, about=_copies),
    Rule(
        table=article_names,
        about=lambda person: article_names.c.article_id.in_(
            sa.select(articles.c.id).where(_articles(person))
        ),
    ),
    Rule(
        table=call_reminders,
        about=lambda person: call_reminders.c.ticket_id.in_(tickets_of(person)),
    ),
    Rule(
        table=call_wishes,
        about=lambda person: sa.or_(
            call_wishes.c.person_id == person, call_wishes.c.ticket_id.in_(tickets_of(person))
        ),
    ),
    Rule(
        table=appointments,
        about=lambda person: appointments.c.ticket_id.in_(tickets_of(person)),
    ),
    Rule(
        table=referrals,
        about=lambda person: referrals.c.ticket_id.in_(tickets_of(person)),
    ),
    Rule(
        table=talks,
        about=lambda person: talks.c.article_id.in_(
            sa.select(articles.c.id).where(_articles(person))
        ),
        blank={"place": "", "organisation": ""},
        kept=frozenset({"id", "article_id", "minutes", "participants"}),
    ),
    *DELIVERABLES,
    Rule(
        table=outbox,
        about=_outbox,
        repeats=_told,
        blank={
            "to": "",
            "values": {},
            "rendered": None,
            "rendered_sha256": None,
            "external_id": None,
            "beside": None,
            "once": None,
            "error": None,
            "state": sa.case(
                (outbox.c.due_at.is_not(None), OutboxState.DEAD), else_=outbox.c.state
            ),
            "due_at": None,
            "leased_until": None,
        },
        kept=frozenset(
            {
                "id",
                "kind",
                "channel",
                "key",
                "language",
                "at",
                "ticket_id",
                "article_id",
                "edits",
                "doubts",
                "claimed_at",
                "fence",
                "attempts",
            }
        ),
    ),
    Rule(
        table=inbox,
        about=_inbox,
        blank={"raw": None, "raw_sha256": None, "lane": None, "error": None},
        # The identity and the digest stay, or the same mail would be taken in once more.
        kept=frozenset(
            {
                "id",
                "channel",
                "source",
                "external_id",
                "digest",
                "history",
                "state",
                "outcome",
                "reason",
                "ticket_id",
                "size",
                "received_at",
                "gathers",
                "due_at",
                "leased_until",
                "claimed_at",
                "fence",
                "attempts",
            }
        ),
    ),
    Rule(table=changes, about=lambda person: changes.c.person_id == person),
    Rule(
        table=mentor_requests,
        about=lambda person: mentor_requests.c.ticket_id.in_(tickets_of(person)),
        blank={"reason": ERASED},
        kept=frozenset(
            {
                "id",
                "organisation",
                "programme",
                "phase",
                "ticket_id",
                "asked_at",
                "asked_by",
                "state",
                "settled_at",
                "settled_by",
                "mentorship",
            }
        ),
    ),
    Rule(table=drafts, about=lambda person: drafts.c.ticket_id.in_(tickets_of(person))),
    Rule(
        table=ticket_events,
        about=lambda person: ticket_events.c.ticket_id.in_(tickets_of(person)),
        blank={"reasons": []},
        kept=frozenset({"id", "ticket_id", "type", "at", "actor"}),
    ),
    Rule(table=ticket_tags, about=lambda person: ticket_tags.c.ticket_id.in_(tickets_of(person))),
    Rule(
        table=articles,
        about=_articles,
        blank={"author": ERASED, "text": ERASED, "full_text": None, "external_id": None},
        kept=frozenset(
            {
                "id",
                "ticket_id",
                "kind",
                "channel",
                "at",
                "person_id",
                "consultant_id",
                "entry",
                "entry_version",
                "notes",
            }
        ),
    ),
    Rule(
        table=tickets,
        about=lambda person: tickets.c.requester == person,
        # A new version, so that a change prepared before cannot write the old subject back.
        blank={"subject": ERASED, "version": tickets.c.version + 1},
        kept=frozenset(
            {
                "id",
                "status",
                "queue",
                "owner",
                "requester",
                "channel",
                "language",
                "municipality",
                "topic",
                "programme",
                "asker_type",
                "organisation",
                "offered",
                "practice",
                "priority",
                "created_at",
                "updated_at",
            }
        ),
    ),
    Rule(table=link_requests, about=_link_requests),
    Rule(table=addresses, about=lambda person: addresses.c.person_id == person),
    Rule(
        table=people,
        about=lambda person: people.c.id == person,
        blank={
            "name": ERASED,
            "language": None,
            "municipality": None,
            "chosen_language": None,
            "asker_type": None,
            "organisation": None,
        },
        kept=frozenset({"id", "created_at"}),
    ),
)

PERSONAL: Final[Mapping[str, Rule]] = {rule.table.name: rule for rule in _RULES}
"""In the order of erasing: what finds other rows goes last."""
