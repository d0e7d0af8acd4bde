"""The port `Inbox`."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed, InboxState, Outcome, Received
from handlers.ports import InboxEntry, UnitOfWork, UnitOfWorkFactory
from tests.contract.builders import EVERY, LARGE, LEASE, MINUTE, NOON, a_received, a_ticket


def _add(uow: UnitOfWork, *messages: Received) -> list[InboxId]:
    ids = [uow.inbox.add(message) for message in messages]
    assert None not in ids
    return [each for each in ids if each is not None]


def _claim(
    uow: UnitOfWork,
    *,
    now: datetime = NOON,
    lease: timedelta = LEASE,
    limit: int = 10,
    channels: Iterable[Channel] = EVERY,
) -> list[Claimed]:
    return list(uow.inbox.claim(now=now, lease=lease, limit=limit, channels=channels))


def _ids(claimed: Iterable[Claimed]) -> list[InboxId]:
    return [each.id for each in claimed]


def _done(uow: UnitOfWork, claimed: Claimed) -> None:
    uow.inbox.done(
        claimed.id, fence=claimed.fence, outcome=Outcome.IGNORED, reason="tuščia", ticket=None
    )


def test_what_is_received_is_claimed_whole(begin: UnitOfWorkFactory) -> None:
    raw = bytes(range(256))
    message = a_received(source="A", external_id="1:7", raw=raw, digest="d", history=True)
    with begin() as uow:
        (number,) = _add(uow, message)
        uow.commit()

    with begin() as uow:
        claimed = _claim(uow)

    assert claimed == [
        Claimed(
            id=number,
            fence=1,
            channel=Channel.MAIL,
            source="A",
            external_id="1:7",
            raw=raw,
            received_at=NOON,
            attempts=1,
            history=True,
        )
    ]


def test_a_large_message_comes_back_whole(begin: UnitOfWorkFactory) -> None:
    raw = b"\xff\x00ab" * LARGE
    with begin() as uow:
        (number,) = _add(uow, a_received(raw=raw))
        uow.commit()

    with begin() as uow:
        assert uow.inbox.raw(number) == raw
        assert [each.raw for each in _claim(uow)] == [raw]


@pytest.mark.parametrize(
    "again",
    [
        a_received(source="A", external_id="1:1", digest="other"),
        a_received(source="A", external_id="1:2", digest="same"),
    ],
    ids=["by identity", "by content"],
)
def test_receiving_twice_keeps_one(begin: UnitOfWorkFactory, again: Received) -> None:
    with begin() as uow:
        _add(uow, a_received(source="A", external_id="1:1", digest="same"))
        uow.commit()

    with begin() as uow:
        kept = uow.inbox.add(again)
        uow.commit()

    with begin() as uow:
        assert kept is None
        assert len(uow.inbox.rows()) == 1


def test_another_mailbox_keeps_its_own_copy(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(
            uow,
            a_received(source="A", external_id="1:1", digest="same"),
            a_received(source="B", external_id="1:1", digest="same"),
        )
        known = [uow.inbox.knows(digest=digest) for digest in ("same", "other")]

    assert known == [True, False]


def test_messages_without_a_digest_are_not_alike(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(uow, *(a_received(channel=Channel.WEB, source="web") for _ in range(2)))


def test_a_claimed_message_is_leased_then_due_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(uow, a_received())
        uow.commit()

    seen = []
    for now in (NOON, NOON + LEASE / 2, NOON + LEASE):
        with begin() as uow:
            seen.append([(each.fence, each.attempts) for each in _claim(uow, now=now)])
            uow.commit()

    assert seen == [[(1, 1)], [], [(2, 2)]]


def test_a_claim_takes_the_oldest_of_each_lane(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, _, other, third = _add(
            uow,
            a_received(lane="a"),
            a_received(lane="a"),
            a_received(lane="b"),
            a_received(lane=None),
        )

        assert _ids(_claim(uow)) == [first, other, third]
        assert _ids(_claim(uow)) == []


def test_no_lane_keeps_no_order(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        both = _add(uow, a_received(lane=None), a_received(lane=None))

        assert _ids(_claim(uow)) == both


def test_lanes_of_different_channels_are_different(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        both = _add(
            uow,
            a_received(lane="a", channel=Channel.MAIL),
            a_received(lane="a", channel=Channel.TELEGRAM),
        )

        assert _ids(_claim(uow)) == both


def test_a_claim_takes_no_more_than_its_limit(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        numbers = _add(uow, *(a_received() for _ in range(5)))

        assert [_ids(_claim(uow, limit=3)), _ids(_claim(uow, limit=3))] == [
            numbers[:3],
            numbers[3:],
        ]


def test_a_claim_takes_only_its_channels(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, chat = _add(uow, a_received(), a_received(channel=Channel.TELEGRAM))

        assert _ids(_claim(uow, channels=[Channel.TELEGRAM, Channel.WEB])) == [chat]
        assert _ids(_claim(uow, channels=[])) == []


def test_a_finished_message_lets_the_next_one_go(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = _add(uow, a_received(lane="a"), a_received(lane="a"))
        _done(uow, _claim(uow)[0])

        assert _ids(_claim(uow)) == [second]


def test_a_shunted_message_lets_the_next_one_go(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = _add(uow, a_received(lane="a"), a_received(lane="a"))
        claimed = _claim(uow)[0]
        uow.inbox.shunt(claimed.id, fence=claimed.fence, error="ValueError")

        assert _ids(_claim(uow)) == [second]


def test_a_postponed_message_holds_its_lane_until_it_is_due(begin: UnitOfWorkFactory) -> None:
    later = NOON + timedelta(minutes=5)
    with begin() as uow:
        first, _ = _add(uow, a_received(lane="a"), a_received(lane="a"))
        claimed = _claim(uow)[0]
        uow.inbox.postpone(claimed.id, fence=claimed.fence, due=later, error="locked")

        assert _ids(_claim(uow, now=later - MINUTE)) == []
        assert _ids(_claim(uow, now=later)) == [first]
        assert uow.inbox.get(first).error == "locked"


def test_a_lost_lease_cannot_finish(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _add(uow, a_received())
        (late,) = _claim(uow)
        (now,) = _claim(uow, now=NOON + LEASE)

        with pytest.raises(ConflictError):
            _done(uow, late)
        with pytest.raises(ConflictError):
            uow.inbox.postpone(number, fence=late.fence, due=NOON, error="")
        with pytest.raises(ConflictError):
            uow.inbox.shunt(number, fence=late.fence, error="")
        _done(uow, now)


def test_nothing_is_finished_twice(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(uow, a_received(), a_received())
        one, other = _claim(uow)
        _done(uow, one)
        uow.inbox.postpone(other.id, fence=other.fence, due=NOON, error="")

        with pytest.raises(ConflictError):
            _done(uow, one)
        with pytest.raises(ConflictError):
            _done(uow, other)


def test_a_lapsed_lease_nobody_took_may_still_finish(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _add(uow, a_received())
        (claimed,) = _claim(uow)
        uow.commit()

    with begin() as uow:
        _done(uow, claimed)

        assert uow.inbox.get(number).state is InboxState.DONE


def test_one_message_is_claimed_by_its_number(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = _add(uow, a_received(lane="a"), a_received(lane="b"))

        claimed = uow.inbox.claim_one(second, now=NOON, lease=LEASE)

        assert claimed is not None
        assert (claimed.id, claimed.fence) == (second, 1)
        assert uow.inbox.claim_one(second, now=NOON, lease=LEASE) is None
        _done(uow, claimed)
        assert uow.inbox.claim_one(second, now=NOON + LEASE, lease=LEASE) is None


def test_one_message_waits_for_the_older_one_of_its_lane(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = _add(uow, a_received(lane="a"), a_received(lane="a"))

        assert uow.inbox.claim_one(second, now=NOON, lease=LEASE) is None


def test_a_filed_message_names_its_ticket(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        (number,) = _add(uow, a_received(source="A", external_id="1:7", raw=b"abc"))
        (claimed,) = _claim(uow)
        uow.inbox.done(
            number, fence=claimed.fence, outcome=Outcome.FILED, reason="new", ticket=ticket.id
        )
        uow.commit()

    expected = InboxEntry(
        id=number,
        channel=Channel.MAIL,
        source="A",
        external_id="1:7",
        state=InboxState.DONE,
        outcome=Outcome.FILED,
        reason="new",
        ticket=ticket.id,
        attempts=1,
        error=None,
        received_at=NOON,
        size=3,
    )
    with begin() as uow:
        assert uow.inbox.get(number) == expected
        assert uow.inbox.find(channel=Channel.MAIL, source="A", external_id="1:7") == expected
        assert uow.inbox.find(channel=Channel.WEB, source="A", external_id="1:7") is None


def test_rows_come_newest_first(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        numbers = _add(uow, *(a_received() for _ in range(3)))
        claimed = _claim(uow)
        uow.inbox.shunt(numbers[1], fence=claimed[1].fence, error="broken")

        assert [row.id for row in uow.inbox.rows()] == numbers[::-1]
        assert [row.id for row in uow.inbox.rows(limit=1)] == [numbers[2]]
        shunted = uow.inbox.rows(state=InboxState.SHUNTED)
        assert [(row.id, row.error) for row in shunted] == [(numbers[1], "broken")]


def test_a_shunted_message_is_put_back_to_work(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _add(uow, a_received(raw=b"whole"))
        (claimed,) = _claim(uow)
        uow.inbox.shunt(number, fence=claimed.fence, error="broken")
        with pytest.raises(ConflictError):
            _done(uow, claimed)
        uow.inbox.retry(number, now=NOON + MINUTE)

        (again,) = _claim(uow, now=NOON + MINUTE)

        assert (again.id, again.raw, again.attempts) == (number, b"whole", 1)
        assert again.fence > claimed.fence


def test_a_message_put_back_waits_for_the_one_being_filed(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, _ = _add(uow, a_received(lane="a"), a_received(lane="a"))
        (claimed,) = _claim(uow)
        uow.inbox.shunt(first, fence=claimed.fence, error="broken")
        (being_filed,) = _claim(uow)
        uow.inbox.retry(first, now=NOON)

        assert _ids(_claim(uow)) == []
        _done(uow, being_filed)
        assert _ids(_claim(uow)) == [first]


def test_only_a_shunted_message_is_put_back(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = _add(uow, a_received())

        with pytest.raises(NotFoundError):
            uow.inbox.retry(number, now=NOON)
        with pytest.raises(NotFoundError):
            uow.inbox.retry(InboxId(number + 1), now=NOON)


def test_an_unknown_message_is_not_found(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        with pytest.raises(NotFoundError):
            uow.inbox.get(InboxId(1))
        with pytest.raises(NotFoundError):
            uow.inbox.raw(InboxId(1))


def test_every_state_is_counted(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(uow, *(a_received() for _ in range(3)))
        _done(uow, _claim(uow, limit=1)[0])

        assert uow.inbox.counts() == {
            InboxState.PENDING: 2,
            InboxState.DONE: 1,
            InboxState.SHUNTED: 0,
        }


def test_stuck_is_what_was_due_or_lost_its_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        due, leased, _ = _add(
            uow,
            a_received(lane="a"),
            a_received(lane="b"),
            a_received(lane="c", received_at=NOON + 10 * MINUTE),
        )
        uow.inbox.claim_one(leased, now=NOON, lease=2 * MINUTE)

        assert uow.inbox.stuck(before=NOON) == []
        assert uow.inbox.stuck(before=NOON + MINUTE) == [due]
        assert uow.inbox.stuck(before=NOON + 3 * MINUTE) == [due, leased]


def test_what_waits_behind_a_postponed_one_is_not_stuck(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(uow, a_received(lane="a"), a_received(lane="a"))
        (claimed,) = _claim(uow)
        due = NOON + 30 * MINUTE
        uow.inbox.postpone(claimed.id, fence=claimed.fence, due=due, error="")

        assert uow.inbox.stuck(before=NOON + 20 * MINUTE) == []


def test_the_audit_sees_what_each_source_gave(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _add(
            uow,
            a_received(source="A", external_id="1:1"),
            a_received(source="A", external_id="1:2"),
            a_received(source="B", external_id="1:3"),
        )

        assert uow.inbox.external_ids(channel=Channel.MAIL, source="A") == {"1:1", "1:2"}
