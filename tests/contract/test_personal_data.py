"""The port `PersonalData`."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.errors import NotFoundError
from handlers.domain.ids import InboxId, OutboxId, PersonId
from handlers.domain.organisations import AskerType, Details
from handlers.domain.outgoing import Arrived, Begun, OutboxState, Rendered, Taken
from handlers.domain.tickets import Ticket
from handlers.ports import FileStore, UnitOfWork, UnitOfWorkFactory
from tests.contract.builders import (
    EVERY,
    LARGE,
    LEASE,
    NOON,
    a_debt,
    a_person,
    a_received,
    a_ticket,
    an_article,
)
from tests.contract.inbox_steps import claim, done
from tests.contract.whole_person import SECRET, a_whole_person

_LATER = NOON + timedelta(days=400)


def _file(files: FileStore, content: bytes) -> Attachment:
    return Attachment(
        sha256=files.put(content), name=f"{SECRET}.pdf", content_type="x/y", size=len(content)
    )


def _receive(uow: UnitOfWork, ticket: Ticket, raw: bytes) -> InboxId:
    number = uow.inbox.add(a_received(raw=raw, lane=SECRET))
    assert number is not None
    claimed = uow.inbox.claim_one(number, now=NOON, lease=LEASE)
    assert claimed is not None
    done(uow, claimed, ticket=ticket.id)
    return number


def _send(uow: UnitOfWork, ticket: Ticket, content: bytes, to: str) -> OutboxId:
    uow.outbox.owe(a_debt(to=to, ticket=ticket.id, values={"text": SECRET}))
    (message,) = uow.outbox.claim(now=NOON, lease=LEASE, limit=1, channels=EVERY)
    rendered = Rendered(content=content, external_id=f"<{SECRET}@pagalba>")
    uow.outbox.sending([Begun(message, rendered)])
    uow.outbox.delivered([Arrived(message, Taken(f"<{SECRET}@pagalba>"))])
    return message.id


@pytest.mark.parametrize("files", ["plain", "sealed", "bucket"], indirect=True)
def test_everything_about_a_person_is_exported(begin: UnitOfWorkFactory, files: FileStore) -> None:
    with begin() as uow:
        person = a_whole_person(uow, _file(files, b"priedas"))
        a_whole_person(uow, name="Kita")
        (ticket,) = uow.tickets.of_person(person.id)
        _receive(uow, ticket, raw=SECRET.encode())
        _receive(uow, ticket, raw=b"\xff" * LARGE)
        _send(uow, ticket, "laiškas".encode(), "ona@pavyzdys.lt")
        uow.commit()

    with begin() as uow:
        exported = uow.personal_data.export(person.id)

    counts = {table: len(rows) for table, rows in exported.items()}
    assert counts == {
        "attachments": 1,
        "article_names": 1,
        "awaited_parents": 1,
        "copies": 1,
        "call_reminders": 1,
        "call_wishes": 1,
        "changes": 1,
        "mentor_requests": 1,
        "enrolments": 1,
        "application_decisions": 1,
        "applications": 1,
        "review_rounds": 1,
        "recommendations": 1,
        "reviews": 1,
        "drafts": 1,
        "appointments": 1,
        "referrals": 1,
        "talks": 1,
        "outbox": 1,
        "inbox": 2,
        "ticket_events": 1,
        "ticket_tags": 1,
        "articles": 1,
        "tickets": 1,
        "link_requests": 1,
        "addresses": 1,
        "people": 1,
    }
    assert "Kita" not in json.dumps(exported, ensure_ascii=False)
    assert exported["people"][0] == {
        "id": person.id,
        "name": SECRET,
        "language": "lt",
        "chosen_language": None,
        "municipality": None,
        "asker_type": None,
        "organisation": None,
        "created_at": "2026-03-02T12:00:00Z",
    }
    text, binary = (row["raw"] for row in exported["inbox"])
    assert text == SECRET
    assert str(binary).startswith("base64://")
    assert exported["outbox"][0]["rendered"] == "laiškas"


@pytest.mark.parametrize("files", ["plain", "sealed", "bucket"], indirect=True)
def test_nothing_personal_is_left_after_erasing(begin: UnitOfWorkFactory, files: FileStore) -> None:
    large = SECRET.encode() * LARGE
    with begin() as uow:
        person = a_whole_person(uow, _file(files, b"priedas"))
        (ticket,) = uow.tickets.of_person(person.id)
        received = [_receive(uow, ticket, raw) for raw in (SECRET.encode(), large)]
        _send(uow, ticket, large, f"{SECRET.lower()}@pavyzdys.lt")
        uow.outbox.owe(a_debt(ticket=ticket.id, values={"text": SECRET}))
        before = uow.personal_data.export(person.id)
        uow.commit()

    with begin() as uow:
        counts = uow.personal_data.erase(person.id)
        uow.commit()

    with begin() as uow:
        after = uow.personal_data.export(person.id)
        kept = uow.tickets.get(ticket.id)
        assert SECRET.lower() not in json.dumps(after, ensure_ascii=False).lower()
        assert counts == {table: len(rows) for table, rows in before.items()}
        assert (kept.queue, kept.status, kept.created_at) == ("bendra", ticket.status, NOON)
        assert [article.at for article in uow.tickets.articles(ticket.id)] == [NOON]
        assert [event.type for event in uow.tickets.events(ticket.id)] == ["decided"]
        assert [row.state for row in uow.outbox.rows()] == [
            OutboxState.DEAD,
            OutboxState.DELIVERED,
        ], "what was still owed is not sent any more"
        assert uow.outbox.claim(now=_LATER, lease=LEASE, limit=9, channels=EVERY) == []
        assert uow.people.find(Address(Channel.MAIL, f"{SECRET.lower()}@pavyzdys.lt")) is None
        for number in received:
            with pytest.raises(NotFoundError):
                uow.inbox.raw(number)
    for content in (b"priedas", large):
        with pytest.raises(NotFoundError):
            files.get(_sha256(content))


def test_who_got_copies_of_others_is_forgotten_there_as_well(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person = a_person(uow, "jonas@pavyzdys.lt", name="Jonas")
        ticket = a_ticket(uow, a_person(uow, "ona@pavyzdys.lt", name="Ona"))
        copied = ("jonas@pavyzdys.lt", "rasa@pavyzdys.lt")
        article = uow.tickets.write(an_article(ticket, copies=copied))
        uow.commit()

    with begin() as uow:
        exported = uow.personal_data.export(person.id)
        uow.personal_data.erase(person.id)
        (kept,) = uow.tickets.articles(ticket.id)

    assert article.copies == copied
    assert [row["address"] for row in exported["copies"]] == ["jonas@pavyzdys.lt"]
    assert kept.copies == ("rasa@pavyzdys.lt",)


@pytest.mark.parametrize("files", ["plain", "sealed", "bucket"], indirect=True)
def test_files_that_only_a_lost_transaction_knew_are_swept(
    begin: UnitOfWorkFactory, files: FileStore
) -> None:
    orphan, named = _file(files, b"pamestas"), _file(files, b"priedas")
    with begin() as uow:
        a_whole_person(uow, named)
        uow.commit()
    tomorrow = datetime.fromtimestamp(2**33, UTC)

    with begin() as uow:
        swept = [uow.personal_data.sweep(part, before=tomorrow) for part in range(256)]
        uow.commit()

    assert sum(swept) == 1
    assert files.get(named.sha256) == b"priedas"
    with pytest.raises(NotFoundError):
        files.get(orphan.sha256)


def test_an_organisation_outlives_the_data_of_who_asked_for_it(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person = a_whole_person(uow)
        known = uow.organisations.add(
            Details(name="Pievų bendruomenė", kind=AskerType.COMMUNITY, code="123456789"), at=NOON
        )
        uow.people.ask_for(person.id, AskerType.COMMUNITY, known.id)
        uow.personal_data.erase(person.id)

        assert uow.organisations.find(known.id) == known
        assert [row.organisation for row in uow.tickets.of_person(person.id)] == [known.id]
        assert uow.people.of_organisation(known.id) == []


def test_others_keep_what_they_share(begin: UnitOfWorkFactory, files: FileStore) -> None:
    shared, own = _file(files, b"bendras"), _file(files, b"savas")
    with begin() as uow:
        person = a_whole_person(uow, shared, own)
        other = a_whole_person(uow, shared, name="Kita")
        before = uow.personal_data.export(other.id)
        uow.personal_data.erase(person.id)
        uow.commit()

    with begin() as uow:
        assert uow.personal_data.export(other.id) == before
    assert files.get(shared.sha256) == b"bendras"
    with pytest.raises(NotFoundError):
        files.get(own.sha256)


def test_erasing_not_committed_removes_nothing(begin: UnitOfWorkFactory, files: FileStore) -> None:
    file = _file(files, b"priedas")
    with begin() as uow:
        person = a_whole_person(uow, file)
        uow.commit()

    with begin() as uow:
        before = uow.personal_data.export(person.id)
        uow.personal_data.erase(person.id)

    with begin() as uow:
        assert uow.personal_data.export(person.id) == before
    assert files.get(file.sha256) == b"priedas"


def test_erasing_twice_is_fine(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person = a_whole_person(uow)
        uow.personal_data.erase(person.id)

        assert uow.personal_data.erase(person.id)["addresses"] == 0


def test_a_change_prepared_before_erasing_is_refused(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person = a_whole_person(uow)
        (ticket,) = uow.tickets.of_person(person.id)
        uow.personal_data.erase(person.id)

        assert uow.tickets.get(ticket.id).version == ticket.version + 1


def test_a_telegram_chat_is_erased_with_its_person(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        chat = Address(Channel.TELEGRAM, "55")
        person = a_person(uow, address=chat)
        number = uow.inbox.add(a_received(channel=Channel.TELEGRAM, lane="55"))
        other = uow.inbox.add(a_received(channel=Channel.TELEGRAM, lane="56"))
        done(uow, *claim(uow))
        assert number is not None
        assert other is not None

        assert uow.personal_data.erase(person.id)["inbox"] == 1
        assert uow.inbox.raw(other) == b"raw"
        with pytest.raises(NotFoundError):
            uow.inbox.raw(number)


def test_an_unknown_person_has_no_data(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        with pytest.raises(NotFoundError):
            uow.personal_data.export(PersonId(404))
        with pytest.raises(NotFoundError):
            uow.personal_data.erase(PersonId(404))


def test_retention_removes_bytes_of_what_is_finished(
    begin: UnitOfWorkFactory, files: FileStore
) -> None:
    large = b"x" * LARGE
    with begin() as uow:
        ticket = a_ticket(uow)
        finished = _receive(uow, ticket, large)
        pending = uow.inbox.add(a_received(raw=b"laukia"))
        _send(uow, ticket, large + b"y", "ona@pavyzdys.lt")
        assert pending is not None

        assert uow.personal_data.forget_before(NOON) == {"inbox": 0, "outbox": 0}
        assert uow.personal_data.forget_before(_LATER) == {"inbox": 1, "outbox": 1}
        assert uow.personal_data.forget_before(_LATER) == {"inbox": 0, "outbox": 0}
        uow.commit()

    with begin() as uow:
        assert uow.inbox.raw(pending) == b"laukia"
        assert uow.inbox.get(finished).size == LARGE
        with pytest.raises(NotFoundError):
            uow.inbox.raw(finished)
    for content in (large, large + b"y"):
        with pytest.raises(NotFoundError):
            files.get(_sha256(content))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
