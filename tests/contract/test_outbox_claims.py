"""The port `Outbox`: claims, leases, lanes and outcomes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError
from handlers.domain.outgoing import Arrived, Begun, Kind, OutboxState, Rendered, Taken
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import (
    LARGE,
    LEASE,
    MINUTE,
    NOON,
    a_debt,
)
from tests.contract.outbox_steps import (
    BYTES,
    claim,
    deferred_at,
    delivered,
    entry,
    ids,
    owe,
    sending,
    uncertain,
)


def test_recipients_get_their_messages_in_order(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second, other = owe(uow, a_debt(to="a"), a_debt(to="a"), a_debt(to="b"))
        claimed = claim(uow)
        assert ids(claimed) == [first, other]

        sending(uow, claimed[0])
        assert ids(claim(uow)) == []

        delivered(uow, claimed[0])
        assert ids(claim(uow)) == [second]


def test_a_deferred_message_holds_its_recipient(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, _ = owe(uow, a_debt(to="a"), a_debt(to="a"))
        deferred_at(uow, claim(uow)[0], NOON + 5 * MINUTE)

        assert ids(claim(uow, now=NOON + 4 * MINUTE)) == []
        assert ids(claim(uow, now=NOON + 5 * MINUTE)) == [first]


def test_a_dead_message_lets_the_next_one_go(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _, second = owe(uow, a_debt(to="a"), a_debt(to="a"))
        (claimed,) = claim(uow)
        uow.outbox.dead(claimed.id, fence=claimed.fence, error="550")

        assert ids(claim(uow)) == [second]


def test_an_uncertain_message_without_repeat_lets_the_next_one_go(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        first, second = owe(uow, a_debt(to="a"), a_debt(to="a"))
        uncertain(uow, claim(uow)[0], None)

        assert ids(claim(uow)) == [second]
        assert ids(claim(uow, now=NOON + timedelta(days=9))) == [second]
        assert entry(uow, first).state is OutboxState.UNCERTAIN


def test_an_uncertain_message_is_repeated_with_the_same_bytes(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt(to="a"), a_debt(to="a"))
        (first,) = claim(uow)
        sending(uow, first)
        uncertain(uow, first, NOON + MINUTE)
        assert ids(claim(uow)) == []

        (again,) = claim(uow, now=NOON + MINUTE)

        assert (again.id, again.attempts, again.doubts) == (first.id, 2, 1)
        assert (again.rendered, again.external_id) == (BYTES.content, BYTES.external_id)


def test_large_bytes_are_repeated_as_well(begin: UnitOfWorkFactory) -> None:
    large = Rendered(content=b"\xff\x00" * LARGE)
    with begin() as uow:
        owe(uow, a_debt())
        (first,) = claim(uow)
        sending(uow, first, large)
        deferred_at(uow, first, NOON)

        (again,) = claim(uow)

        assert again.rendered == large.content


def test_a_message_for_later_waits_and_holds_nobody(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        later, now = owe(uow, a_debt(to="a", not_before=NOON + MINUTE), a_debt(to="a"))

        claimed = claim(uow)
        assert ids(claimed) == [now]
        sending(uow, claimed[0])
        delivered(uow, claimed[0])
        assert ids(claim(uow, now=NOON + MINUTE)) == [later]


def test_a_claimed_message_is_leased_then_due_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt())
        uow.commit()

    seen = []
    for now in (NOON, NOON + LEASE / 2, NOON + LEASE):
        with begin() as uow:
            seen.append([(each.fence, each.attempts) for each in claim(uow, now=now)])
            uow.commit()

    assert seen == [[(1, 1)], [], [(2, 1)]], "a relay that died before sending tried nothing"


def test_a_claim_takes_its_limit_and_its_channels(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        mail, chat, more = owe(uow, a_debt(), a_debt(channel=Channel.TELEGRAM), a_debt())

        assert ids(claim(uow, channels=[Channel.TELEGRAM])) == [chat]
        assert ids(claim(uow, limit=1)) == [mail]
        assert ids(claim(uow)) == [more]


def test_a_released_message_is_as_if_never_claimed(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = owe(uow, a_debt())
        before = entry(uow, number)
        (claimed,) = claim(uow)
        uow.outbox.release(number, fence=claimed.fence)

        assert entry(uow, number) == before
        assert [each.attempts for each in claim(uow)] == [1]


def test_what_a_dead_process_was_sending_is_leased_again_not_claimed(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        (number,) = owe(uow, a_debt())
        (claimed,) = claim(uow)
        sending(uow, claimed)
        after = NOON + LEASE

        assert uow.outbox.lapsed(now=after - MINUTE / 60) == []
        assert claim(uow, now=after) == []
        (left,) = uow.outbox.lapsed(now=after)
        assert (left.id, left.attempts, left.rendered) == (number, 1, BYTES.content)
        assert uow.outbox.lapsed(now=after) == [], "one process settles it"
        with pytest.raises(ConflictError):
            delivered(uow, claimed)
        uncertain(uow, left, None)
        assert entry(uow, number).doubts == 1


def test_outcomes_want_the_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt())
        (late,) = claim(uow)
        (owner,) = claim(uow, now=NOON + LEASE)

        outcomes: list[Callable[[], None]] = [
            lambda: sending(uow, late),
            lambda: delivered(uow, late),
            lambda: deferred_at(uow, late, NOON),
            lambda: uncertain(uow, late, None),
            lambda: uow.outbox.dead(late.id, fence=late.fence, error=""),
            lambda: uow.outbox.release(late.id, fence=late.fence),
        ]
        for outcome in outcomes:
            with pytest.raises(ConflictError):
                outcome()
        sending(uow, owner)
        delivered(uow, owner)
        with pytest.raises(ConflictError):
            delivered(uow, owner)


def test_several_begin_and_arrive_at_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt(), a_debt())
        claimed = claim(uow)
        written = [Rendered(content=b"1", external_id="<1@a>"), Rendered(content=b"2")]

        uow.outbox.sending([Begun(*each) for each in zip(claimed, written, strict=True)])
        begun = [(entry(uow, each.id).state, entry(uow, each.id).names) for each in claimed]
        named = [Taken("<1@a>"), Taken("<2@a>", ("<0@a>",))]
        uow.outbox.delivered([Arrived(*each) for each in zip(claimed, named, strict=True)])
        arrived = [(entry(uow, each.id).state, entry(uow, each.id).names) for each in claimed]

    assert begun == [(OutboxState.SENDING, ("<1@a>",)), (OutboxState.SENDING, ())]
    assert arrived == [
        (OutboxState.DELIVERED, ("<1@a>",)),
        (OutboxState.DELIVERED, ("<0@a>", "<2@a>")),
    ]


def test_of_several_none_may_have_lost_its_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt(), a_debt())
        one, late = claim(uow)
        _, again = claim(uow, now=NOON + LEASE)
        assert again.id == late.id

        with pytest.raises(ConflictError):
            uow.outbox.sending([Begun(each, BYTES) for each in (one, late)])
        with pytest.raises(ConflictError):
            uow.outbox.delivered([Arrived(each, Taken("x")) for each in (one, late)])


def test_a_lease_is_renewed_by_who_holds_it(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owe(uow, a_debt(), a_debt())
        first, late = claim(uow)
        _, again = claim(uow, now=NOON + LEASE)
        assert again.id == late.id
        sending(uow, again)

        uow.outbox.renew({again.id: again.fence}, until=NOON + 5 * LEASE)
        uow.outbox.renew({first.id: first.fence, late.id: late.fence}, until=NOON + 9 * LEASE)
        uow.outbox.renew({}, until=NOON + 9 * LEASE)

        assert ids(claim(uow, now=NOON + 4 * LEASE)) == [first.id], "its lease was lost before"
        assert uow.outbox.lapsed(now=NOON + 4 * LEASE) == []
        assert ids(uow.outbox.lapsed(now=NOON + 5 * LEASE)) == [again.id]


def test_the_longest_waiting_debt_says_since_when(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        assert uow.outbox.oldest_due() is None
        owe(uow, a_debt(at=NOON + MINUTE))
        owe(uow, a_debt())
        assert uow.outbox.oldest_due() == NOON
        for message in claim(uow, now=NOON + MINUTE):
            delivered(uow, message)
        assert uow.outbox.oldest_due() is None


def test_answers_go_before_what_can_wait(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        kinds = (Kind.EDIT, Kind.STAFF_CARD, Kind.ANSWER, Kind.STAFF_EDIT, Kind.REPLY)
        edit, card, answer, last, reply = owe(uow, *(a_debt(kind=kind) for kind in kinds))

        assert ids(claim(uow, limit=3)) == [answer, reply, card]
        assert ids(claim(uow, limit=3)) == [edit, last]


def test_an_answer_waits_for_what_its_recipient_is_owed_before(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        edit, _ = owe(uow, a_debt(to="a", kind=Kind.EDIT), a_debt(to="a", kind=Kind.ANSWER))

        assert ids(claim(uow)) == [edit]


def test_what_was_handed_over_lately_is_told_and_what_was_put_off_is_not(
    begin: UnitOfWorkFactory,
) -> None:
    large = Rendered(content=b"a" * LARGE)
    with begin() as uow:
        owe(uow, *(a_debt(to=to) for to in ("taken", "cut", "put off", "waiting")))
        taken, cut, put_off, _ = claim(uow, now=NOON)
        for message in (taken, cut, put_off):
            sending(uow, message, large if message is cut else BYTES)
        delivered(uow, taken)
        uncertain(uow, cut, NOON + MINUTE)
        deferred_at(uow, put_off, NOON + 5 * MINUTE)
        at_first = uow.outbox.tried_since(NOON, channel=taken.channel)
        again, _ = claim(uow, now=NOON + MINUTE)
        sending(uow, again, large)
        later = uow.outbox.tried_since(NOON + MINUTE, channel=taken.channel)

    assert [(each.to, each.at, each.content) for each in at_first] == [
        ("taken", NOON, BYTES.content),
        ("cut", NOON, large.content),
    ]
    assert [(each.to, each.at) for each in later] == [("cut", NOON + MINUTE)]
