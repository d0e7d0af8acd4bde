"""The port `Inbox`: claims, leases and lanes."""

from datetime import datetime, timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.messages import InboxState
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import LEASE, MINUTE, NOON, a_finished, a_received
from tests.contract.inbox_steps import add, claim, done, ids


def test_a_claimed_message_is_leased_then_due_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(uow, a_received())
        uow.commit()

    seen = []
    for now in (NOON, NOON + LEASE / 2, NOON + LEASE):
        with begin() as uow:
            seen.append([(each.fence, each.attempts) for each in claim(uow, now=now)])
            uow.commit()

    assert seen == [[(1, 1)], [], [(2, 2)]]


def test_a_claim_takes_the_oldest_of_each_lane(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, _, other, third = add(
            uow,
            a_received(lane="a"),
            a_received(lane="a"),
            a_received(lane="b"),
            a_received(lane=None),
        )

        assert ids(claim(uow)) == [first, other, third]
        assert ids(claim(uow)) == []


def test_those_wait_that_are_due_and_claimed_by_nobody(begin: UnitOfWorkFactory) -> None:
    late, chat = a_received(received_at=NOON + MINUTE / 2), a_received(channel=Channel.TELEGRAM)
    with begin() as uow:
        add(uow, *(a_received() for _ in range(4)), late, chat)
        first, second, *_ = claim(uow, limit=2, channels=[Channel.MAIL])
        done(uow, first)
        uow.inbox.postpone(second.id, fence=second.fence, due=NOON + LEASE, error="busy")
        claim(uow, limit=1, channels=[Channel.MAIL])

        def waiting(now: datetime, most: int = 9) -> int:
            return uow.inbox.waiting(Channel.MAIL, now=now, most=most)

        assert (waiting(NOON), waiting(NOON + MINUTE / 2), waiting(NOON + LEASE)) == (1, 2, 4)
        assert waiting(NOON + LEASE, most=3) == 3


def test_several_are_finished_at_once_each_in_its_way(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(uow, a_received(), a_received())
        one, other = claim(uow)

        uow.inbox.all_done([a_finished(one), a_finished(other, reason="thanks", forget=True)])

        told = [uow.inbox.get(each.id) for each in (one, other)]
        assert [(row.state, row.reason) for row in told] == [
            (InboxState.DONE, "question"),
            (InboxState.DONE, "thanks"),
        ]
        assert uow.inbox.raw(one.id) == one.raw
        with pytest.raises(NotFoundError):
            uow.inbox.raw(other.id)


def test_of_several_none_may_have_lost_its_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(uow, a_received(), a_received())
        one, other = claim(uow)
        stale = a_finished(other, fence=other.fence - 1)

        with pytest.raises(ConflictError):
            uow.inbox.all_done([a_finished(one), stale])


def test_no_lane_keeps_no_order(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        both = add(uow, a_received(lane=None), a_received(lane=None))

        assert ids(claim(uow)) == both


def test_lanes_of_different_channels_are_different(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        both = add(
            uow,
            a_received(lane="a", channel=Channel.MAIL),
            a_received(lane="a", channel=Channel.TELEGRAM),
        )

        assert ids(claim(uow)) == both


def test_a_claim_takes_no_more_than_its_limit(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        numbers = add(uow, *(a_received() for _ in range(5)))

        assert [ids(claim(uow, limit=3)), ids(claim(uow, limit=3))] == [
            numbers[:3],
            numbers[3:],
        ]


def test_a_claim_takes_only_its_channels(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, chat = add(uow, a_received(), a_received(channel=Channel.TELEGRAM))

        assert ids(claim(uow, channels=[Channel.TELEGRAM, Channel.WEB])) == [chat]
        assert ids(claim(uow, channels=[])) == []


def test_a_finished_message_lets_the_next_one_go(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = add(uow, a_received(lane="a"), a_received(lane="a"))
        done(uow, claim(uow)[0])

        assert ids(claim(uow)) == [second]


def test_a_shunted_message_lets_the_next_one_go(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = add(uow, a_received(lane="a"), a_received(lane="a"))
        claimed = claim(uow)[0]
        uow.inbox.shunt(claimed.id, fence=claimed.fence, error="ValueError")

        assert ids(claim(uow)) == [second]


def test_a_postponed_message_holds_its_lane_until_it_is_due(begin: UnitOfWorkFactory) -> None:
    later = NOON + timedelta(minutes=5)
    with begin() as uow:
        first, _ = add(uow, a_received(lane="a"), a_received(lane="a"))
        claimed = claim(uow)[0]
        uow.inbox.postpone(claimed.id, fence=claimed.fence, due=later, error="locked")

        assert ids(claim(uow, now=later - MINUTE)) == []
        assert ids(claim(uow, now=later)) == [first]
        assert uow.inbox.get(first).error == "locked"


def test_a_lost_lease_cannot_finish(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = add(uow, a_received())
        (late,) = claim(uow)
        (now,) = claim(uow, now=NOON + LEASE)

        with pytest.raises(ConflictError):
            done(uow, late)
        with pytest.raises(ConflictError):
            uow.inbox.postpone(number, fence=late.fence, due=NOON, error="")
        with pytest.raises(ConflictError):
            uow.inbox.shunt(number, fence=late.fence, error="")
        done(uow, now)


def test_nothing_is_finished_twice(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(uow, a_received(), a_received())
        one, other = claim(uow)
        done(uow, one)
        uow.inbox.postpone(other.id, fence=other.fence, due=NOON, error="")

        with pytest.raises(ConflictError):
            done(uow, one)
        with pytest.raises(ConflictError):
            done(uow, other)


def test_a_lapsed_lease_nobody_took_may_still_finish(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = add(uow, a_received())
        (claimed,) = claim(uow)
        uow.commit()

    with begin() as uow:
        done(uow, claimed)

        assert uow.inbox.get(number).state is InboxState.DONE


def test_one_message_is_claimed_by_its_number(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = add(uow, a_received(lane="a"), a_received(lane="b"))

        claimed = uow.inbox.claim_one(second, now=NOON, lease=LEASE)

        assert claimed is not None
        assert (claimed.id, claimed.fence) == (second, 1)
        assert uow.inbox.claim_one(second, now=NOON, lease=LEASE) is None
        done(uow, claimed)
        assert uow.inbox.claim_one(second, now=NOON + LEASE, lease=LEASE) is None


def test_one_message_waits_for_the_older_one_of_its_lane(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = add(uow, a_received(lane="a"), a_received(lane="a"))

        assert uow.inbox.claim_one(second, now=NOON, lease=LEASE) is None
