"""The port `Inbox`."""

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed, InboxState, Outcome, Received
from handlers.ports import InboxEntry, UnitOfWorkFactory
from tests.contract.builders import LARGE, MINUTE, NOON, a_received, a_ticket
from tests.contract.inbox_steps import add, claim, done, ids


def test_what_is_received_is_claimed_whole(begin: UnitOfWorkFactory) -> None:
    raw = bytes(range(256))
    message = a_received(source="A", external_id="1:7", raw=raw, digest="d", history=True)
    with begin() as uow:
        (number,) = add(uow, message)
        uow.commit()

    with begin() as uow:
        claimed = claim(uow)

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


@pytest.mark.parametrize(
    ("but", "names"), [("1:", {"1:7", "2:9"}), ("2:", {"2:9", "2:1"}), ("", {"1:7", "2:9"})]
)
def test_known_bytes_take_the_name_of_their_new_place(
    begin: UnitOfWorkFactory, but: str, names: set[str]
) -> None:
    with begin() as uow:
        add(uow, a_received(source="A", external_id="1:7", digest="same"))
        add(uow, a_received(source="A", external_id="2:9", digest="other"))
        for name in ("2:1", "2:9"):
            uow.inbox.rename(source="A", digest="same", external_id=name, but=but)
        uow.inbox.rename(source="B", digest="same", external_id="3:1", but="3:")

        assert uow.inbox.external_ids(channel=Channel.MAIL, source="A") == names


def test_a_large_message_comes_back_whole(begin: UnitOfWorkFactory) -> None:
    raw = b"\xff\x00ab" * LARGE
    with begin() as uow:
        (number,) = add(uow, a_received(raw=raw))
        uow.commit()

    with begin() as uow:
        assert uow.inbox.raw(number) == raw
        assert [each.raw for each in claim(uow)] == [raw]


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
        add(uow, a_received(source="A", external_id="1:1", digest="same"))
        uow.commit()

    with begin() as uow:
        kept = uow.inbox.add(again)
        uow.commit()

    with begin() as uow:
        assert kept is None
        assert len(uow.inbox.rows()) == 1


def test_another_mailbox_keeps_its_own_copy(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(
            uow,
            a_received(source="A", external_id="1:1", digest="same"),
            a_received(source="B", external_id="1:1", digest="same"),
        )
        known = uow.inbox.known(["same", "other"])

    assert known == {"same"}


def test_messages_without_a_digest_are_not_alike(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(uow, *(a_received(channel=Channel.WEB, source="web") for _ in range(2)))


def test_a_filed_message_names_its_ticket(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        (number,) = add(uow, a_received(source="A", external_id="1:7", raw=b"abc"))
        (claimed,) = claim(uow)
        done(uow, claimed, reason="new", ticket=ticket.id)
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


def test_how_messages_ended_is_told_for_all_at_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        numbers = add(uow, *(a_received() for _ in range(1200)))
        filed, shunted, *_ = claim(uow, limit=2)
        done(uow, filed, reason="new")
        uow.inbox.shunt(shunted.id, fence=shunted.fence, error="broken")
        endings = uow.inbox.endings([*numbers, InboxId(numbers[-1] + 1)])

    expected: dict[InboxId, Outcome | InboxState] = dict.fromkeys(numbers, InboxState.PENDING)
    assert endings == expected | {filed.id: Outcome.FILED, shunted.id: InboxState.SHUNTED}


def test_rows_come_newest_first(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        numbers = add(uow, *(a_received() for _ in range(3)))
        claimed = claim(uow)
        uow.inbox.shunt(numbers[1], fence=claimed[1].fence, error="broken")

        assert [row.id for row in uow.inbox.rows()] == numbers[::-1]
        assert [row.id for row in uow.inbox.rows(limit=1)] == [numbers[2]]
        shunted = uow.inbox.rows(state=InboxState.SHUNTED)
        assert [(row.id, row.error) for row in shunted] == [(numbers[1], "broken")]


def test_a_shunted_message_is_put_back_to_work(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = add(uow, a_received(raw=b"whole"))
        (claimed,) = claim(uow)
        uow.inbox.shunt(number, fence=claimed.fence, error="broken")
        with pytest.raises(ConflictError):
            done(uow, claimed)
        uow.inbox.retry(number, now=NOON + MINUTE)

        (again,) = claim(uow, now=NOON + MINUTE)

        assert (again.id, again.raw, again.attempts) == (number, b"whole", 1)
        assert again.fence > claimed.fence


def test_a_message_put_back_waits_for_the_one_being_filed(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        first, _ = add(uow, a_received(lane="a"), a_received(lane="a"))
        (claimed,) = claim(uow)
        uow.inbox.shunt(first, fence=claimed.fence, error="broken")
        (being_filed,) = claim(uow)
        uow.inbox.retry(first, now=NOON)

        assert ids(claim(uow)) == []
        done(uow, being_filed)
        assert ids(claim(uow)) == [first]


def test_only_a_shunted_message_is_put_back(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (number,) = add(uow, a_received())

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
        add(uow, *(a_received() for _ in range(3)))
        done(uow, claim(uow, limit=1)[0])

        assert uow.inbox.counts() == {
            InboxState.PENDING: 2,
            InboxState.DONE: 1,
            InboxState.SHUNTED: 0,
        }


def test_stuck_is_what_was_due_or_lost_its_lease(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        due, leased, _ = add(
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
        add(uow, a_received(lane="a"), a_received(lane="a"))
        (claimed,) = claim(uow)
        due = NOON + 30 * MINUTE
        uow.inbox.postpone(claimed.id, fence=claimed.fence, due=due, error="")

        assert uow.inbox.stuck(before=NOON + 20 * MINUTE) == []


def test_the_audit_sees_what_each_source_gave(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(
            uow,
            a_received(source="A", external_id="1:1"),
            a_received(source="A", external_id="1:2"),
            a_received(source="B", external_id="1:3"),
        )

        assert uow.inbox.external_ids(channel=Channel.MAIL, source="A") == {"1:1", "1:2"}


def test_what_a_channel_received_since_is_counted(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add(
            uow,
            a_received(),
            a_received(received_at=NOON + MINUTE),
            a_received(channel=Channel.TELEGRAM, received_at=NOON + MINUTE),
        )

        counts = [
            uow.inbox.received_since(moment, channel=Channel.MAIL)
            for moment in (NOON, NOON + MINUTE, NOON + 2 * MINUTE)
        ]

    assert counts == [2, 1, 0]


def test_the_longest_waiting_row_says_since_when(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        assert uow.inbox.oldest_due() is None
        add(uow, a_received(received_at=NOON + MINUTE), a_received())
        assert uow.inbox.oldest_due() == NOON
        for claimed in claim(uow, now=NOON + MINUTE):
            done(uow, claimed)
        assert uow.inbox.oldest_due() is None
