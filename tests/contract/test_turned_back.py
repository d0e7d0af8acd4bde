"""A clock that was set back an hour: nothing waits for a time that has been."""

from datetime import timedelta
from functools import partial

from handlers.ports import UnitOfWorkFactory
from tests.contract import inbox_steps, outbox_steps
from tests.contract.builders import LEASE, NOON, a_debt, a_received

AN_HOUR_AGO = NOON - timedelta(hours=1)
"""What time it is once the clock was set back."""

LATER = AN_HOUR_AGO + LEASE


def test_what_came_before_is_taken_at_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        [message] = inbox_steps.add(uow, a_received())
        [debt] = outbox_steps.owe(uow, a_debt())
        assert inbox_steps.claim(uow, now=AN_HOUR_AGO) == []

        assert uow.waits.turn_back(now=AN_HOUR_AGO, longest=LEASE) == 2

        assert inbox_steps.ids(inbox_steps.claim(uow, now=AN_HOUR_AGO)) == [message]
        assert outbox_steps.ids(outbox_steps.claim(uow, now=AN_HOUR_AGO)) == [debt]


def test_what_a_dead_process_had_is_free_after_a_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        [message] = inbox_steps.add(uow, a_received())
        [debt, begun] = outbox_steps.owe(uow, a_debt(), a_debt())
        inbox_steps.claim(uow)
        _, being_sent = outbox_steps.claim(uow)
        outbox_steps.sending(uow, being_sent)

        assert uow.waits.turn_back(now=AN_HOUR_AGO, longest=LEASE) == 3

        assert inbox_steps.claim(uow, now=AN_HOUR_AGO) == []
        assert inbox_steps.ids(inbox_steps.claim(uow, now=LATER)) == [message]
        assert outbox_steps.ids(outbox_steps.claim(uow, now=LATER)) == [debt]
        assert [row.id for row in uow.outbox.lapsed(now=LATER)] == [begun]


def test_who_still_has_it_may_finish_it(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        inbox_steps.add(uow, a_received())
        [claimed] = inbox_steps.claim(uow)

        uow.waits.turn_back(now=AN_HOUR_AGO, longest=LEASE)
        inbox_steps.done(uow, claimed)

        assert inbox_steps.claim(uow, now=NOON + LEASE) == []


def test_what_was_put_off_waits_no_longer_than_a_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        [put_off, held_back] = outbox_steps.owe(
            uow, a_debt(), a_debt(not_before=NOON + timedelta(seconds=30))
        )
        [claimed] = outbox_steps.claim(uow)
        outbox_steps.deferred_at(uow, claimed, NOON + timedelta(minutes=30))

        assert uow.waits.turn_back(now=AN_HOUR_AGO, longest=LEASE) == 2

        assert outbox_steps.claim(uow, now=AN_HOUR_AGO) == []
        assert outbox_steps.ids(outbox_steps.claim(uow, now=LATER)) == [put_off, held_back]


def test_what_waits_for_a_time_to_come_is_left_alone(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        outbox_steps.owe(uow, a_debt(not_before=NOON + timedelta(days=1)), a_debt())
        inbox_steps.add(uow, a_received())
        inbox_steps.claim(uow)
        uow.leases.acquire("timers", holder="a", now=NOON, lease=timedelta(minutes=3))

        assert uow.waits.turn_back(now=NOON, longest=LEASE) == 0


def test_a_right_of_the_dead_is_free(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.leases.acquire("mailbox", holder="dead", now=NOON, lease=LEASE)
        take = partial(uow.leases.acquire, "mailbox", holder="living", now=AN_HOUR_AGO)
        assert not take(lease=LEASE)

        assert uow.waits.turn_back(now=AN_HOUR_AGO, longest=LEASE) == 1

        assert take(lease=LEASE)
