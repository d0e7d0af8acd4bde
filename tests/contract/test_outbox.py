"""The port `Outbox`."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Key, Kind, OutboxState, Outgoing
from handlers.ports import OutboxEntry, UnitOfWork, UnitOfWorkFactory
from handlers.work import AutomaticMails
from tests.contract.builders import (
    LEASE,
    MINUTE,
    NOON,
    a_debt,
    a_file,
    a_ticket,
    an_article,
)
from tests.contract.outbox_steps import BYTES, claim, delivered, entry, owe, sending, uncertain


def test_a_debt_is_claimed_with_all_it_needs(begin: UnitOfWorkFactory) -> None:
    files = (a_file("raštas.pdf"), a_file("kitas.pdf"))
    with begin() as uow:
        ticket = a_ticket(uow, subject="Dėl paramos")
        article = uow.tickets.write(an_article(ticket))
        first, second, number = owe(
            uow,
            a_debt(to="jonas@pavyzdys.lt"),
            a_debt(to="rasa@pavyzdys.lt"),
            a_debt(
                to="ona@pavyzdys.lt",
                values={"name": "Ona", "hours": 2},
                ticket=ticket.id,
                article=article.id,
                attachments=files,
            ),
        )
        uow.commit()

    with begin() as uow:
        *without_files, claimed = claim(uow)

    assert [(each.id, each.attachments) for each in without_files] == [(first, ()), (second, ())]
    assert [claimed] == [
        Outgoing(
            id=number,
            fence=1,
            kind=Kind.REPLY,
            channel=Channel.MAIL,
            to="ona@pavyzdys.lt",
            key="reply",
            values={"name": "Ona", "hours": 2},
            language="lt",
            at=NOON,
            attempts=1,
            doubts=0,
            ticket=ticket.id,
            article=article.id,
            subject="Dėl paramos",
            thread=(),
            topic=None,
            attachments=files,
            rendered=None,
            external_id=None,
        )
    ]


def test_owing_the_same_thing_twice_owes_it_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt(once="welcome:1"), a_debt(), a_debt())
        again = uow.outbox.owe(a_debt(once="welcome:1", attachments=(a_file(),)))

        assert again is None
        assert len(uow.outbox.rows()) == 3


def test_values_may_hold_any_text(begin: UnitOfWorkFactory) -> None:
    values = {"text": '„ąčę“ 🙂 \\ " \0 \n', "half": "\ud83d"}
    with begin() as uow:
        owe(uow, a_debt(values=values, to="a\0\ud83d"))

        (claimed,) = claim(uow)

    assert claimed.values == {**values, "half": "\N{REPLACEMENT CHARACTER}"}
    assert claimed.to == "a" + 2 * "\N{REPLACEMENT CHARACTER}"


def test_the_thread_is_this_recipients_conversation_oldest_first(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        other = a_ticket(uow)
        for minute, external_id in ((0, "<q1>"), (2, "<q2>")):
            at = NOON + minute * MINUTE
            uow.tickets.write(an_article(ticket, external_id=external_id, at=at))
        uow.tickets.write(an_article(ticket, external_id="7", channel=Channel.TELEGRAM))
        uow.tickets.write(an_article(ticket))
        uow.tickets.write(an_article(other, external_id="<elsewhere>"))
        said = {"a": "<a1>", "b": "<b1>"}
        owe(uow, *(a_debt(to=to, ticket=ticket.id, at=NOON + MINUTE) for to in said))
        for message in claim(uow, now=NOON + MINUTE):
            sending(uow, message)
            delivered(uow, message, said[message.to])
        owe(uow, a_debt(to="a", ticket=ticket.id, at=NOON + 3 * MINUTE))

        (claimed,) = claim(uow, now=NOON + 3 * MINUTE)

        assert claimed.thread == ("<q1>", "<a1>", "<q2>")


def test_a_staff_message_knows_its_topic(begin: UnitOfWorkFactory) -> None:
    debt: dict[str, Any] = {"channel": Channel.TELEGRAM, "kind": Kind.STAFF_CARD}
    with begin() as uow:
        ticket, other = a_ticket(uow), a_ticket(uow)
        uow.topics.save(chat="-100", ticket=ticket.id, thread="5")
        owe(
            uow,
            a_debt(**debt, to="-100", ticket=ticket.id),
            a_debt(**debt, to="-200", ticket=ticket.id),
            a_debt(**debt, to="-300", ticket=other.id),
            a_debt(**debt, to="-400"),
        )

        assert [each.topic for each in claim(uow)] == ["5", None, None, None]


def test_what_we_sent_is_found_by_the_first_id_that_is_ours(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second = owe(uow, a_debt(), a_debt())
        for message, external_id in zip(claim(uow), ("<1>", "<2>"), strict=True):
            sending(uow, message)
            delivered(uow, message, external_id)

        def found(*ids: str, channel: Channel = Channel.MAIL) -> OutboxId | None:
            entry = uow.outbox.find_sent(channel=channel, external_ids=ids)
            return None if entry is None else entry.id

        assert found("<0>", "<2>", "<1>") == second
        assert found("<1>", "<2>") == first
        assert found("<0>") is None
        assert found() is None
        assert found("<1>", channel=Channel.TELEGRAM) is None


def test_rows_show_what_became_of_each(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        article = uow.tickets.write(an_article(ticket))
        sent, waiting = owe(
            uow,
            a_debt(to="a", ticket=ticket.id, article=article.id),
            a_debt(to="a", ticket=ticket.id),
        )
        owe(uow, a_debt())
        (message, *_) = claim(uow)
        sending(uow, message)
        delivered(uow, message)
        expected = OutboxEntry(
            id=sent,
            ticket=ticket.id,
            article=article.id,
            kind=Kind.REPLY,
            key="reply",
            channel=Channel.MAIL,
            to="a",
            state=OutboxState.DELIVERED,
            attempts=1,
            doubts=0,
            next_attempt_at=None,
            external_id="<1@pagalba>",
            error=None,
            at=NOON,
        )

        assert [row.id for row in uow.outbox.of_ticket(ticket.id)] == [sent, waiting]
        assert uow.outbox.of_ticket(ticket.id)[0] == expected
        assert uow.outbox.rows(state=OutboxState.DELIVERED) == [expected]
        assert [row.next_attempt_at for row in uow.outbox.rows()] == [NOON, NOON, None]
        assert len(uow.outbox.rows(limit=2)) == 2


def test_a_message_being_sent_has_no_next_attempt(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = owe(uow, a_debt())
        sending(uow, claim(uow)[0])

        assert entry(uow, number).next_attempt_at is None


@pytest.mark.parametrize("state", [OutboxState.DEAD, OutboxState.UNCERTAIN])
def test_a_parked_message_is_queued_again_with_the_same_bytes(
    begin: UnitOfWorkFactory, state: OutboxState
) -> None:
    with begin() as uow:
        (number,) = owe(uow, a_debt())
        (message,) = claim(uow)
        sending(uow, message)
        if state is OutboxState.DEAD:
            uow.outbox.dead(number, fence=message.fence, error="550")
        else:
            uncertain(uow, message, None)
        uow.outbox.retry(number, now=NOON + MINUTE)

        (again,) = claim(uow, now=NOON + MINUTE)

        assert (again.rendered, again.attempts, again.doubts) == (BYTES.content, 1, 0)
        with pytest.raises(ConflictError):
            delivered(uow, message)


def test_only_a_parked_message_is_queued_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = owe(uow, a_debt())

        with pytest.raises(NotFoundError):
            uow.outbox.retry(number, now=NOON)
        with pytest.raises(NotFoundError):
            uow.outbox.retry(OutboxId(number + 1), now=NOON)


def test_every_state_is_counted(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt(), a_debt())
        sending(uow, claim(uow, limit=1)[0])

        assert uow.outbox.counts() == {
            OutboxState.QUEUED: 1,
            OutboxState.SENDING: 1,
            OutboxState.DELIVERED: 0,
            OutboxState.DEFERRED: 0,
            OutboxState.UNCERTAIN: 0,
            OutboxState.DEAD: 0,
        }


def test_stuck_is_due_lapsed_or_long_uncertain(begin: UnitOfWorkFactory) -> None:
    hour = timedelta(hours=1)
    with begin() as uow:
        due, begun, doubtful, dead = owe(uow, a_debt(), a_debt(), a_debt(), a_debt())
        owe(uow, a_debt(not_before=NOON + 3 * hour))
        claimed = {message.id: message for message in claim(uow)}
        uow.outbox.release(due, fence=claimed[due].fence)
        sending(uow, claimed[begun])
        uncertain(uow, claimed[doubtful], None)
        uow.outbox.dead(dead, fence=claimed[dead].fence, error="")

        def stuck(before: datetime, uncertain_before: datetime) -> list[OutboxId]:
            return list(uow.outbox.stuck(before=before, uncertain_before=uncertain_before))

        assert stuck(NOON, NOON) == []
        assert stuck(NOON + LEASE / 2, NOON) == [due]
        assert stuck(NOON + 2 * LEASE, NOON) == [due, begun]
        assert stuck(NOON + hour, NOON + hour) == [due, begun, doubtful]


def test_automatic_mails_are_counted(begin: UnitOfWorkFactory) -> None:
    ona, jonas = "ona@pavyzdys.lt", "jonas_k@pavyzdys.lt"
    with begin() as uow:
        ticket = a_ticket(uow)
        owe(
            uow,
            a_debt(kind=Kind.ANSWER, to=ona, ticket=ticket.id),
            a_debt(kind=Kind.NOTICE, to=ona, at=NOON + MINUTE),
            a_debt(kind=Kind.SUGGESTIONS, to=jonas),
            a_debt(kind=Kind.REPLY, to=ona),
            a_debt(kind=Kind.ANSWER, to=ona, channel=Channel.TELEGRAM),
            a_debt(kind=Kind.ANSWER, to="petras@nepavyzdys.lt"),
        )
        count = uow.outbox.automatic_since

        assert count(NOON) == 4
        assert count(NOON, to=ona) == 2
        assert count(NOON + MINUTE, to=ona) == 1
        assert count(NOON, to="@pavyzdys.lt") == 3
        assert count(NOON, to="@%.lt") == 0
        assert count(NOON, ticket=ticket.id) == 1
        recently = uow.outbox.automatic_recently
        assert recently(jonas, address_since=NOON, domain_since=NOON, since=NOON) == AutomaticMails(
            to_address=1, to_any_domain=4, in_all=4
        )
        late = NOON + MINUTE
        assert recently(ona, address_since=late, domain_since=NOON, since=late) == AutomaticMails(
            to_address=1, to_any_domain=4, in_all=1
        )


def test_automatic_mails_are_counted_along_as_they_are_owed(begin: UnitOfWorkFactory) -> None:
    ona = "ona@pavyzdys.lt"
    with begin() as uow:
        first = a_ticket(uow, subject="Parama")
        debts = [
            a_debt(kind=Kind.ANSWER, to=ona, ticket=first.id),
            a_debt(kind=Kind.ANSWER, to=ona, ticket=first.id, once="answer"),
            a_debt(kind=Kind.ANSWER, to=ona, ticket=first.id, once="answer"),
            a_debt(kind=Kind.STAFF_MAIL, to=ona, key=Key.STAFF_NEW),
            a_debt(kind=Kind.STAFF_MAIL, to=ona, key=Key.REFUSED),
            a_debt(kind=Kind.NOTICE, to="Jonas@PAVYZDYS.lt"),
            a_debt(kind=Kind.NOTICE, channel=Channel.TELEGRAM),
            a_debt(kind=Kind.NOTICE, to=ona, at=NOON - MINUTE),
        ]
        seen = []
        for debt in debts:
            uow.outbox.owe(debt)
            seen.append(_counted(uow, ona))

        assert seen == [
            (
                AutomaticMails(to_address=address, to_any_domain=every, in_all=every),
                domain,
                ["Parama"] * about,
            )
            for address, domain, every, about in [
                (1, 1, 1, 1),
                (2, 2, 2, 2),
                (2, 2, 2, 2),
                (2, 2, 2, 2),
                (3, 3, 3, 2),
                (3, 4, 4, 2),
                (3, 4, 4, 2),
                (3, 4, 4, 2),
            ]
        ]


def _counted(uow: UnitOfWork, to: str) -> tuple[AutomaticMails, int, list[str]]:
    moments = {"address_since": NOON, "domain_since": NOON, "since": NOON}
    subjects = uow.outbox.automatic_subjects(NOON, to=to)
    to_domain = uow.outbox.automatic_since(NOON, to="@pavyzdys.lt")
    return uow.outbox.automatic_recently(to, **moments), to_domain, list(subjects)


def test_a_row_is_found_by_its_number(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        [number] = owe(uow, a_debt())

        found = uow.outbox.find(number)

        assert found == uow.outbox.rows()[0]
        assert uow.outbox.find(OutboxId(404)) is None
