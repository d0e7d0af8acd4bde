"""What screens, the command line and the API are shown, in the shapes of the contract."""

import pytest

from handlers.decision_views import decision_view
from handlers.domain.channels import Channel
from handlers.domain.messages import Received
from handlers.domain.tickets import parse_reference
from handlers.views import inbox_view, outbox_view, summaries, ticket_view
from knowledge_base.decisions import Answer, Context
from knowledge_base.queues import PRIVACY
from tests.builders import (
    MARK,
    NOON,
    ONA,
    a_file,
    a_knowledge_base,
    a_mail,
    an_answer,
    unsure,
    words,
)
from tests.wired import ORGANISATION, WiredDesk

RASA = "rasa@pagalba.lt"


AT = "2026-03-02T12:00:00Z"


def test_a_ticket_is_shown_with_its_thread_and_history(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail("Kas yra žyma?", decision=an_answer(), attachments=(a_file(),)))
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words("Taip.")))

    view = desk.do(lambda uow: ticket_view(uow, uow.tickets.get(ticket.id)))

    ids = [row.id for row in desk.articles(ticket)]
    waiting = {"state": "queued", "attempts": 0, "external_id": None}
    assert view == {
        "reference": ticket.reference,
        "status": "waiting",
        "queue": "steigimas",
        "owner": RASA,
        "channel": "mail",
        "language": "lt",
        "municipality": None,
        "topic": "steigimas",
        "programme": None,
        "asker_type": None,
        "organisation": None,
        "subject": "Klausimas",
        "requester": {"name": "Ona Onaitė", "addresses": [ONA.value]},
        "created_at": AT,
        "priority": "normal",
        "tags": [],
        "merged_into": None,
        "linked": [],
        "articles": [
            {
                "id": ids[0],
                "kind": "inbound",
                "channel": "mail",
                "author": "Ona Onaitė",
                "text": "Kas yra žyma?",
                "created_at": AT,
                "attachments": [{"name": "įstatai.pdf", "size": 3, "type": "application/pdf"}],
                "copies": [],
                "notes": [],
                "delivery": None,
            },
            {
                "id": ids[1],
                "kind": "suggested",
                "channel": "mail",
                "author": "machine",
                "text": MARK.answer,
                "created_at": AT,
                "attachments": [],
                "copies": [],
                "notes": [],
                "delivery": waiting,
            },
            {
                "id": ids[2],
                "kind": "reply",
                "channel": "command",
                "author": ORGANISATION,
                "text": "Taip.",
                "created_at": AT,
                "attachments": [],
                "copies": [],
                "notes": [],
                "delivery": waiting,
            },
        ],
        "events": [
            {
                "type": "decided",
                "at": AT,
                "actor": "machine",
                "reasons": ["answer", "sure", "nvo-zyma: Kas yra NVO žyma? (93 %)"],
            },
            {"type": "answered", "at": AT, "actor": "machine", "reasons": ["nvo-zyma"]},
            {"type": "replied", "at": AT, "actor": RASA, "reasons": []},
        ],
        "deadlines": [],
    }


def test_tickets_are_listed_newest_first_without_threads(desk: WiredDesk) -> None:
    first, second = desk.ticket_of(a_mail("Pirmas")), desk.ticket_of(a_mail("Antras"))

    shown = desk.do(lambda uow: summaries(uow, uow.tickets.rows()))

    assert [row["reference"] for row in shown] == [second.reference, first.reference]
    assert ["articles" in row for row in shown] == [False, False]


def test_a_received_message_is_shown_without_its_bytes(desk: WiredDesk) -> None:
    received = Received(
        channel=Channel.MAIL,
        source="INBOX",
        external_id="INBOX:7:1",
        lane=None,
        raw=b"raw",
        received_at=NOON,
    )
    desk.do(lambda uow: uow.inbox.add(received))

    (view,) = desk.do(lambda uow: [inbox_view(row) for row in uow.inbox.rows()])

    assert view == {
        "id": view["id"],
        "channel": "mail",
        "source": "INBOX",
        "external_id": "INBOX:7:1",
        "state": "pending",
        "outcome": None,
        "reason": None,
        "reference": None,
        "attempts": 0,
        "error": None,
        "received_at": AT,
        "size": 3,
    }


def test_a_debt_is_shown_without_its_words(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())

    (view,) = desk.do(lambda uow: [outbox_view(row) for row in uow.outbox.rows()])

    contract = {
        "id": view["id"],
        "reference": ticket.reference,
        "article": None,
        "kind": "acknowledgement",
        "channel": "mail",
        "to": ONA.value,
        "state": "queued",
        "attempts": 0,
        "next_attempt_at": AT,
        "external_id": None,
        "error": None,
    }
    assert {name: value for name, value in view.items() if name in contract} == contract


def test_a_decision_is_shown_in_the_shape_of_the_contract() -> None:
    decision = a_knowledge_base().decide(
        "Kas yra NVO žyma?", Context(today=NOON.date(), variables={"mail_address": "a@b.lt"})
    )

    view = decision_view(decision)

    assert isinstance(decision, Answer)
    assert (view["decision"], view["language"], view["municipality"], view["queue"]) == (
        "answer",
        "lt",
        None,
        "steigimas",
    )
    assert view["answer"] == {
        "id": "nvo-zyma",
        "text": MARK.answer,
        "sources": [
            {"id": "zyma", "title": "Registrų centras", "url": None, "date": "2024"},
        ],
    }
    (segment,) = view["segments"]
    assert (segment["decision"], segment["answer"], segment["candidates"][0]["id"]) == (
        "answer",
        "nvo-zyma",
        "nvo-zyma",
    )


def test_what_is_no_answer_shows_none() -> None:
    view = decision_view(unsure(PRIVACY))

    assert dict(view) == {
        "decision": "unsure",
        "language": "lt",
        "municipality": None,
        "segments": [],
        "answer": None,
        "partial": None,
        "queue": PRIVACY,
        "reasons": ["nothing near"],
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [("NVO-7", 7), (" nvo-12 ", 12), ("NVO-07", None), ("NVO-", None), ("NVO-1 NVO-2", None)],
)
def test_a_reference_is_read_whole_or_not_at_all(text: str, number: int | None) -> None:
    assert parse_reference(text) == number
