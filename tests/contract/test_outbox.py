"""The port `Outbox`."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Kind, OutboxState, Outgoing, Owed, Rendered
from handlers.ports import OutboxEntry, UnitOfWork, UnitOfWorkFactory
from tests.contract.builders import (
    EVERY,
    LARGE,
    LEASE,
    MINUTE,
    NOON,
    a_debt,
    a_file,
    a_ticket,
    an_article,
)

_BYTES = Rendered(content=b"Message-ID: <1@pagalba>", external_id="<1@pagalba>")


def _owe(uow: UnitOfWork, *debts: Owed) -> list[OutboxId]:
    ids = [uow.outbox.owe(debt) for debt in debts]
    assert None not in ids
    return [each for each in ids if each is not None]


def _claim(
    uow: UnitOfWork,
    *,
    now: datetime = NOON,
    limit: int = 10,
    channels: Iterable[Channel] = EVERY,
) -> list[Outgoing]:
    return list(uow.outbox.claim(now=now, lease=LEASE, limit=limit, channels=channels))


def _ids(claimed: Iterable[Outgoing]) -> list[OutboxId]:
    return [each.id for each in claimed]


def _sending(uow: UnitOfWork, message: Outgoing, rendered: Rendered = _BYTES) -> None:
    uow.outbox.sending(message.id, fence=message.fence, rendered=rendered)


def _delivered(uow: UnitOfWork, message: Outgoing, external_id: str = "<1@pagalba>") -> None:
    uow.outbox.delivered(message.id, fence=message.fence, external_id=external_id)


def _uncertain(uow: UnitOfWork, message: Outgoing, repeat_at: datetime | None) -> None:
    uow.outbox.uncertain(message.id, fence=message.fence, repeat_at=repeat_at, error="cut")


def _entry(uow: UnitOfWork, message: OutboxId) -> OutboxEntry:
    (found,) = [row for row in uow.outbox.rows() if row.id == message]
    return found


def _deferred_at(uow: UnitOfWork, message: Outgoing, due: datetime) -> None:
    uow.outbox.deferred(message.id, fence=message.fence, due=due, error="greylisted")


def test_a_debt_is_claimed_with_all_it_needs(begin: UnitOfWorkFactory) -> None:
    files = (a_file("raštas.pdf"), a_file("kitas.pdf"))
    with begin() as uow:
        ticket = a_ticket(uow, subject="Dėl paramos")
        article = uow.tickets.write(an_article(ticket))
        (number,) = _owe(
            uow,
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
        claimed = _claim(uow)

    assert claimed == [
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
        _owe(uow, a_debt(once="welcome:1"), a_debt(), a_debt())
        again = uow.outbox.owe(a_debt(once="welcome:1", attachments=(a_file(),)))

        assert again is None
        assert len(uow.outbox.rows()) == 3


def test_recipients_get_their_messages_in_order(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second, other = _owe(uow, a_debt(to="a"), a_debt(to="a"), a_debt(to="b"))
        claimed = _claim(uow)
        assert _ids(claimed) == [first, other]

        _sending(uow, claimed[0])
        assert _ids(_claim(uow)) == []

        _delivered(uow, claimed[0])
        assert _ids(_claim(uow)) == [second]


def test_a_deferred_message_holds_its_recipient(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, _ = _owe(uow, a_debt(to="a"), a_debt(to="a"))
        _deferred_at(uow, _claim(uow)[0], NOON + 5 * MINUTE)

        assert _ids(_claim(uow, now=NOON + 4 * MINUTE)) == []
        assert _ids(_claim(uow, now=NOON + 5 * MINUTE)) == [first]


def test_a_dead_message_lets_the_next_one_go(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = _owe(uow, a_debt(to="a"), a_debt(to="a"))
        (claimed,) = _claim(uow)
        uow.outbox.dead(claimed.id, fence=claimed.fence, error="550")

        assert _ids(_claim(uow)) == [second]


def test_an_uncertain_message_without_repeat_lets_the_next_one_go(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        first, second = _owe(uow, a_debt(to="a"), a_debt(to="a"))
        _uncertain(uow, _claim(uow)[0], None)

        assert _ids(_claim(uow)) == [second]
        assert _ids(_claim(uow, now=NOON + timedelta(days=9))) == [second]
        assert _entry(uow, first).state is OutboxState.UNCERTAIN


def test_an_uncertain_message_is_repeated_with_the_same_bytes(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _owe(uow, a_debt(to="a"), a_debt(to="a"))
        (first,) = _claim(uow)
        _sending(uow, first)
        _uncertain(uow, first, NOON + MINUTE)
        assert _ids(_claim(uow)) == []

        (again,) = _claim(uow, now=NOON + MINUTE)

        assert (again.id, again.attempts, again.doubts) == (first.id, 2, 1)
        assert (again.rendered, again.external_id) == (_BYTES.content, _BYTES.external_id)


def test_large_bytes_are_repeated_as_well(begin: UnitOfWorkFactory) -> None:
    large = Rendered(content=b"\xff\x00" * LARGE)
    with begin() as uow:
        _owe(uow, a_debt())
        (first,) = _claim(uow)
        _sending(uow, first, large)
        _deferred_at(uow, first, NOON)

        (again,) = _claim(uow)

        assert again.rendered == large.content


def test_a_message_for_later_waits_and_holds_nobody(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        later, now = _owe(uow, a_debt(to="a", not_before=NOON + MINUTE), a_debt(to="a"))

        claimed = _claim(uow)
        assert _ids(claimed) == [now]
        _sending(uow, claimed[0])
        _delivered(uow, claimed[0])
        assert _ids(_claim(uow, now=NOON + MINUTE)) == [later]


def test_a_claimed_message_is_leased_then_due_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _owe(uow, a_debt())
        uow.commit()

    seen = []
    for now in (NOON, NOON + LEASE / 2, NOON + LEASE):
        with begin() as uow:
            seen.append([(each.fence, each.attempts) for each in _claim(uow, now=now)])
            uow.commit()

    assert seen == [[(1, 1)], [], [(2, 1)]], "a relay that died before sending tried nothing"


def test_a_claim_takes_its_limit_and_its_channels(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        mail, chat, more = _owe(uow, a_debt(), a_debt(channel=Channel.TELEGRAM), a_debt())

        assert _ids(_claim(uow, channels=[Channel.TELEGRAM])) == [chat]
        assert _ids(_claim(uow, limit=1)) == [mail]
        assert _ids(_claim(uow)) == [more]


def test_a_released_message_is_as_if_never_claimed(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _owe(uow, a_debt())
        before = _entry(uow, number)
        (claimed,) = _claim(uow)
        uow.outbox.release(number, fence=claimed.fence)

        assert _entry(uow, number) == before
        assert [each.attempts for each in _claim(uow)] == [1]


def test_what_a_dead_process_was_sending_is_leased_again_not_claimed(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        (number,) = _owe(uow, a_debt())
        (claimed,) = _claim(uow)
        _sending(uow, claimed)
        after = NOON + LEASE

        assert uow.outbox.lapsed(now=after - MINUTE / 60) == []
        assert _claim(uow, now=after) == []
        (left,) = uow.outbox.lapsed(now=after)
        assert (left.id, left.attempts, left.rendered) == (number, 1, _BYTES.content)
        assert uow.outbox.lapsed(now=after) == [], "one process settles it"
        with pytest.raises(ConflictError):
            _delivered(uow, claimed)
        _uncertain(uow, left, None)
        assert _entry(uow, number).doubts == 1


def test_outcomes_want_the_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _owe(uow, a_debt())
        (late,) = _claim(uow)
        (owner,) = _claim(uow, now=NOON + LEASE)

        outcomes: list[Callable[[], None]] = [
            lambda: _sending(uow, late),
            lambda: _delivered(uow, late),
            lambda: _deferred_at(uow, late, NOON),
            lambda: _uncertain(uow, late, None),
            lambda: uow.outbox.dead(late.id, fence=late.fence, error=""),
            lambda: uow.outbox.release(late.id, fence=late.fence),
        ]
        for outcome in outcomes:
            with pytest.raises(ConflictError):
                outcome()
        _sending(uow, owner)
        _delivered(uow, owner)
        with pytest.raises(ConflictError):
            _delivered(uow, owner)


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
        _owe(uow, *(a_debt(to=to, ticket=ticket.id, at=NOON + MINUTE) for to in said))
        for message in _claim(uow, now=NOON + MINUTE):
            _sending(uow, message)
            _delivered(uow, message, said[message.to])
        _owe(uow, a_debt(to="a", ticket=ticket.id, at=NOON + 3 * MINUTE))

        (claimed,) = _claim(uow, now=NOON + 3 * MINUTE)

        assert claimed.thread == ("<q1>", "<a1>", "<q2>")


def test_a_staff_message_knows_its_topic(begin: UnitOfWorkFactory) -> None:
    debt: dict[str, Any] = {"channel": Channel.TELEGRAM, "kind": Kind.STAFF_CARD}
    with begin() as uow:
        ticket, other = a_ticket(uow), a_ticket(uow)
        uow.topics.save(chat="-100", ticket=ticket.id, thread="5")
        _owe(
            uow,
            a_debt(**debt, to="-100", ticket=ticket.id),
            a_debt(**debt, to="-200", ticket=ticket.id),
            a_debt(**debt, to="-300", ticket=other.id),
            a_debt(**debt, to="-400"),
        )

        assert [each.topic for each in _claim(uow)] == ["5", None, None, None]


def test_what_we_sent_is_found_by_the_first_id_that_is_ours(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second = _owe(uow, a_debt(), a_debt())
        for message, external_id in zip(_claim(uow), ("<1>", "<2>"), strict=True):
            _sending(uow, message)
            _delivered(uow, message, external_id)

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
        sent, waiting = _owe(
            uow,
            a_debt(to="a", ticket=ticket.id, article=article.id),
            a_debt(to="a", ticket=ticket.id),
        )
        _owe(uow, a_debt())
        (message, *_) = _claim(uow)
        _sending(uow, message)
        _delivered(uow, message)
        expected = OutboxEntry(
            id=sent,
            ticket=ticket.id,
            article=article.id,
            kind=Kind.REPLY,
            channel=Channel.MAIL,
            to="a",
            state=OutboxState.DELIVERED,
            attempts=1,
            doubts=0,
            next_attempt_at=None,
            external_id="<1@pagalba>",
            error=None,
        )

        assert [row.id for row in uow.outbox.of_ticket(ticket.id)] == [sent, waiting]
        assert uow.outbox.of_ticket(ticket.id)[0] == expected
        assert uow.outbox.rows(state=OutboxState.DELIVERED) == [expected]
        assert [row.next_attempt_at for row in uow.outbox.rows()] == [NOON, NOON, None]
        assert len(uow.outbox.rows(limit=2)) == 2


def test_a_message_being_sent_has_no_next_attempt(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _owe(uow, a_debt())
        _sending(uow, _claim(uow)[0])

        assert _entry(uow, number).next_attempt_at is None


@pytest.mark.parametrize("state", [OutboxState.DEAD, OutboxState.UNCERTAIN])
def test_a_parked_message_is_queued_again_with_the_same_bytes(
    begin: UnitOfWorkFactory, state: OutboxState
) -> None:
    with begin() as uow:
        (number,) = _owe(uow, a_debt())
        (message,) = _claim(uow)
        _sending(uow, message)
        if state is OutboxState.DEAD:
            uow.outbox.dead(number, fence=message.fence, error="550")
        else:
            _uncertain(uow, message, None)
        uow.outbox.retry(number, now=NOON + MINUTE)

        (again,) = _claim(uow, now=NOON + MINUTE)

        assert (again.rendered, again.attempts, again.doubts) == (_BYTES.content, 1, 0)
        with pytest.raises(ConflictError):
            _delivered(uow, message)


def test_only_a_parked_message_is_queued_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _owe(uow, a_debt())

        with pytest.raises(NotFoundError):
            uow.outbox.retry(number, now=NOON)
        with pytest.raises(NotFoundError):
            uow.outbox.retry(OutboxId(number + 1), now=NOON)


def test_every_state_is_counted(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _owe(uow, a_debt(), a_debt())
        _sending(uow, _claim(uow, limit=1)[0])

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
        due, sending, doubtful, dead = _owe(uow, a_debt(), a_debt(), a_debt(), a_debt())
        _owe(uow, a_debt(not_before=NOON + 3 * hour))
        claimed = {message.id: message for message in _claim(uow)}
        uow.outbox.release(due, fence=claimed[due].fence)
        _sending(uow, claimed[sending])
        _uncertain(uow, claimed[doubtful], None)
        uow.outbox.dead(dead, fence=claimed[dead].fence, error="")

        def stuck(before: datetime, uncertain_before: datetime) -> list[OutboxId]:
            return list(uow.outbox.stuck(before=before, uncertain_before=uncertain_before))

        assert stuck(NOON, NOON) == []
        assert stuck(NOON + LEASE / 2, NOON) == [due]
        assert stuck(NOON + 2 * LEASE, NOON) == [due, sending]
        assert stuck(NOON + hour, NOON + hour) == [due, sending, doubtful]


def test_automatic_mails_are_counted(begin: UnitOfWorkFactory) -> None:
    ona, jonas = "ona@pavyzdys.lt", "jonas_k@pavyzdys.lt"
    with begin() as uow:
        ticket = a_ticket(uow)
        _owe(
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
