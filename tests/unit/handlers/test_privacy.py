"""One person's data: handed out whole, or gone from every row and file."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import NotFoundError
from handlers.domain.messages import Received, Thread
from handlers.domain.outgoing import Begun, Rendered
from handlers.domain.tickets import Status, Ticket
from handlers.ports import UnitOfWork
from tests.builders import (
    NOON,
    a_file,
    a_mail,
    a_telegram_message,
    mail_of,
    words,
)
from tests.contract.inbox_steps import done
from tests.wired import WiredDesk, sent_as

RASA = "rasa@pagalba.lt"


NAME = "Slaptavardė"
MAIL = "slaptavarde@slapta.lt"
WORDS = "Slapti žodžiai"
FILE = "slaptas.pdf"


def a_life(desk: WiredDesk) -> Ticket:
    """Let somebody ask, write again, be answered and be written about."""
    rasa = desk.hire()
    sender = mail_of(MAIL)
    question = a_mail(WORDS, sender=sender, sender_name=NAME, subject=WORDS)
    ticket = desk.ticket_of(question)
    content = desk.database.files.put(WORDS.encode())
    desk.receive(
        a_mail(
            f"{WORDS} dar",
            sender=sender,
            sender_name=NAME,
            full_text=f"{WORDS} dar\n> {WORDS}",
            thread=Thread(references=(question.external_id,)),
            attachments=(a_file(FILE, sha256=content),),
        )
    )
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words(f"{NAME}, taip")))
    desk.do(lambda uow: desk.desk.note(uow, ticket.id, rasa, words(f"{NAME} klausė {WORDS}")))
    desk.do(lambda uow: keep_raw(uow, ticket, f"From: {NAME} <{MAIL}>\n\n{WORDS}".encode()))
    render_all(desk)
    return ticket


def keep_raw(uow: UnitOfWork, ticket: Ticket, raw: bytes, *, at: datetime = NOON) -> None:
    message = Received(
        channel=Channel.MAIL,
        source="INBOX",
        external_id="1:1",
        lane=None,
        raw=raw,
        received_at=at,
    )
    number = uow.inbox.add(message)
    assert number is not None
    claimed = uow.inbox.claim_one(number, now=at, lease=timedelta(minutes=1))
    assert claimed is not None
    done(uow, claimed, ticket=ticket.id)


def render_all(desk: WiredDesk) -> None:
    def render(uow: UnitOfWork) -> int:
        claimed = uow.outbox.claim(
            now=desk.clock.now(), lease=timedelta(minutes=1), limit=100, channels=Channel
        )
        for message in claimed:
            content = f"To: {message.to}\n\n{message.values}".encode()
            rendered = Rendered(content=content, external_id=sent_as(message.id))
            uow.outbox.sending([Begun(message, rendered)])
            desk.deliveries.delivered(uow, message, sent_as(message.id))
        return len(claimed)

    while desk.do(render):
        pass


def everything(desk: WiredDesk) -> str:
    """Write down every row of every table, and every file."""
    with closing(sqlite3.connect(desk.database.data_dir / "helpdesk.db")) as connection:
        connection.text_factory = lambda content: content.decode(errors="replace")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = [
            (table, row)
            for (table,) in tables.fetchall()
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our tables
        ]
    files = [
        path.read_bytes()
        for path in (desk.database.data_dir / "files").rglob("*")
        if path.is_file()
    ]
    plain = "\n".join(map(repr, [*rows, *files]))
    return plain + plain.encode().decode("unicode_escape", errors="replace")


def test_an_export_holds_everything_of_the_person(desk: WiredDesk) -> None:
    ticket = a_life(desk)

    exported = desk.do(lambda uow: desk.privacy.export(uow, f" {MAIL.upper()} "))

    assert [row["name"] for row in exported["people"]] == [NAME]
    assert [row["value"] for row in exported["addresses"]] == [MAIL]
    assert [row["id"] for row in exported["tickets"]] == [ticket.id]
    assert [row["text"] for row in exported["articles"]] == [
        WORDS,
        f"{WORDS} dar",
        f"{NAME}, taip",
        f"{NAME} klausė {WORDS}",
    ]
    assert [row["name"] for row in exported["attachments"]] == [FILE]
    assert WORDS in str(exported["inbox"][0]["raw"])
    assert {row["to"] for row in exported["outbox"]} == {MAIL, RASA}
    json.dumps(exported)


def test_erasing_leaves_nothing_of_the_person_anywhere(desk: WiredDesk) -> None:
    other = desk.ticket_of(a_mail("Kito klausimas"))
    ticket = a_life(desk)
    secrets = (NAME, "Slaptavard", MAIL, "Slapti", "slaptas")
    assert all(secret in everything(desk) for secret in secrets)

    touched = desk.do(lambda uow: desk.privacy.erase(uow, MAIL))

    left = everything(desk)
    assert [secret for secret in secrets if secret in left] == []
    assert touched["tickets"] == touched["people"] == 1
    assert desk.ticket(ticket).status is Status.WAITING
    assert desk.thread(other) == [("inbound", "Kito klausimas")]


def test_who_was_erased_is_nobody_we_know(desk: WiredDesk) -> None:
    a_life(desk)
    desk.do(lambda uow: desk.privacy.erase(uow, MAIL))

    with pytest.raises(NotFoundError):
        desk.do(lambda uow: desk.privacy.export(uow, MAIL))
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: desk.privacy.erase(uow, MAIL))


def test_after_an_erasure_a_reply_has_nowhere_to_go(desk: WiredDesk) -> None:
    ticket = a_life(desk)
    desk.do(lambda uow: desk.privacy.erase(uow, MAIL))
    rasa = desk.do(lambda uow: uow.consultants.by_email(RASA))
    assert rasa is not None

    with pytest.raises(NotFoundError) as refused:
        desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words()))

    assert refused.value.key == "asker-unreachable"


def test_a_telegram_account_is_found_by_its_number(desk: WiredDesk) -> None:
    desk.ticket_of(a_telegram_message())

    exported = desk.do(lambda uow: desk.privacy.export(uow, "77"))

    assert [row["value"] for row in exported["addresses"]] == ["77"]


def test_raw_messages_are_let_go_after_their_time(desk: WiredDesk) -> None:
    a_life(desk)
    desk.clock.move(days=365, seconds=1)

    forgotten = desk.do(desk.privacy.forget)

    raws = desk.do(lambda uow: [row.size for row in uow.inbox.rows()])
    assert (forgotten["inbox"], forgotten["outbox"] > 0, len(raws)) == (1, True, 1)
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: uow.inbox.raw(uow.inbox.rows()[0].id))


def test_a_stranger_in_somebody_elses_ticket_is_erased_as_well(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail("Kito klausimas"))
    desk.clock.move(minutes=1)
    at = desk.clock.now()
    desk.receive(
        a_mail(
            WORDS,
            sender=mail_of(MAIL),
            sender_name=NAME,
            received_at=at,
            thread=Thread(token=ticket.id),
        )
    )
    raw = f"From: {NAME} <{MAIL}>\n\n{WORDS}".encode()
    desk.do(lambda uow: keep_raw(uow, ticket, raw, at=at))
    render_all(desk)

    desk.do(lambda uow: desk.privacy.erase(uow, MAIL))

    left = everything(desk)
    assert [secret for secret in ("Slaptavard", MAIL, "Slapti") if secret in left] == []
    assert desk.thread(ticket) == [("inbound", "Kito klausimas"), ("inbound", "***")]
