"""What one person writes in quick succession waits for its end, and is taken together."""

from datetime import timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed, InboxState, Outcome
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.builders import EVERY, LEASE, NOON, a_received
from tests.contract.inbox_steps import done

_HOLD = timedelta(seconds=2)


def _say(
    uow: UnitOfWork, *seconds: float, lane: str = "7", hold: timedelta = _HOLD
) -> list[InboxId]:
    found = [
        uow.inbox.add(
            a_received(
                channel=Channel.TELEGRAM,
                lane=lane,
                raw=f"{lane}@{second}".encode(),
                received_at=NOON + timedelta(seconds=second),
                hold=hold,
            )
        )
        for second in seconds
    ]
    return [number for number in found if number is not None]


def _claim(uow: UnitOfWork, second: float) -> list[Claimed]:
    now = NOON + timedelta(seconds=second)
    return list(uow.inbox.claim(now=now, lease=LEASE, limit=10, channels=EVERY))


def test_a_message_waits_for_more_and_has_it_with_it(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        numbers = _say(uow, 0, 1, 2)

        early = _claim(uow, 3.9)
        [claimed] = _claim(uow, 4)

        assert early == []
        assert claimed.id == numbers[0]
        assert [(each.id, each.raw) for each in claimed.followers] == [
            (numbers[1], b"7@1"),
            (numbers[2], b"7@2"),
        ]


def test_nobody_waits_for_ever_for_somebody_who_goes_on(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _say(uow, *range(12))

        [claimed] = _claim(uow, 10)

        assert len(claimed.followers) == 11


def test_anything_else_ends_the_waiting_and_keeps_its_place(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second = _say(uow, 0, 1)
        [press] = _say(uow, 1.5, hold=timedelta())
        [after] = _say(uow, 1.6)

        [claimed] = _claim(uow, 1.6)
        uow.inbox.gathered([second], outcome=Outcome.FILED, ticket=None)
        done(uow, claimed)
        [pressed] = _claim(uow, 1.6)

        assert (claimed.id, [each.id for each in claimed.followers]) == (first, [second])
        assert (pressed.id, pressed.followers) == (press, ())
        done(uow, pressed)
        assert _claim(uow, 1.7) == []
        assert [row.id for row in _claim(uow, 3.6)] == [after]


def test_lanes_do_not_mix(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _say(uow, 0, 1, lane="7")
        _say(uow, 0, lane="8")
        _say(uow, 1, lane="8", hold=timedelta())

        claimed = _claim(uow, 3)

        assert [(row.raw, [each.raw for each in row.followers]) for row in claimed] == [
            (b"7@0", [b"7@1"]),
            (b"8@0", []),
        ]


def test_what_was_gathered_is_done_and_not_taken_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second, third = _say(uow, 0, 1, 2)
        [claimed] = _claim(uow, 5)
        uow.inbox.gathered([second], outcome=Outcome.FILED, ticket=None)
        done(uow, claimed)

        [rest] = _claim(uow, 5)

        rows = {row.id: (row.state, row.reason) for row in uow.inbox.rows()}
        assert (rest.id, rest.followers) == (third, ())
        assert rows[first] == (InboxState.DONE, "question")
        assert rows[second] == (InboxState.DONE, "gathered")


def test_what_somebody_else_finished_cannot_be_gathered(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, second = _say(uow, 0, 1)
        _claim(uow, 5)

        with pytest.raises(ConflictError):
            uow.inbox.gathered([first, second], outcome=Outcome.FILED, ticket=None)


def test_the_next_moment_of_work_is_known(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _say(uow, 0)

        assert uow.inbox.next_due(after=NOON) == NOON + _HOLD
        assert uow.inbox.next_due(after=NOON + _HOLD) is None


def test_what_was_ignored_is_counted_by_its_reason(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        _say(uow, 0, 1, 2, hold=timedelta())
        for reason in ("forged", "forged", "question"):
            [claimed] = _claim(uow, 5)
            done(uow, claimed, outcome=Outcome.IGNORED, reason=reason)

        counted = [
            uow.inbox.ignored_since(moment, channel=Channel.TELEGRAM, reasons=("forged", "refused"))
            for moment in (NOON, NOON + timedelta(seconds=1))
        ]

        assert counted == [{"forged": 2, "refused": 0}, {"forged": 1, "refused": 0}]
