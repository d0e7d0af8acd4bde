"""What becomes of a debt: delivered, tried again, settled, given up."""

# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.deliveries import Backoff
from handlers.domain.channels import Channel
from handlers.domain.errors import (
    ConflictError,
    DeliveryError,
    PermanentDeliveryError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from handlers.domain.ids import TicketId
from handlers.domain.messages import Thread
from handlers.domain.outgoing import (
    EDITS,
    REPEATED_WHEN_UNCERTAIN,
    STAFF_KINDS,
    Begun,
    Key,
    Kind,
    OutboxState,
    Outgoing,
    Owed,
    Rendered,
    Values,
)
from handlers.domain.tickets import Status
from handlers.ports import OutboxEntry
from knowledge_base.queues import SENSITIVE
from tests.builders import (
    NOON,
    ONA,
    a_mail,
)
from tests.wired import STAFF_CHAT, Debt, WiredDesk

RASA = "rasa@pagalba.lt"


LATER = TransientDeliveryError("451 try later")
NEVER = PermanentDeliveryError("550 no such user")
NOBODY_KNOWS = UncertainDeliveryError("connection lost after DATA")
ASKER_KINDS = frozenset(Kind) - STAFF_KINDS - EDITS


def owe(desk: WiredDesk, kind: Kind = Kind.REPLY, **wanted: Any) -> Outgoing:
    """Open a ticket and lease a debt of this kind about it."""
    ticket = desk.ticket_of(a_mail(silent=True))
    default = Owed(
        kind=kind,
        channel=Channel.MAIL,
        to=ONA.value,
        key=Key.REPLY,
        values={},
        language="lt",
        at=desk.clock.now(),
        ticket=ticket.id,
    )
    desk.do(lambda uow: uow.outbox.owe(replace(default, **wanted)))
    desk.new_debts()
    return desk.claim()


def failed(desk: WiredDesk, message: Outgoing, error: DeliveryError) -> OutboxState:
    return desk.do(lambda uow: desk.deliveries.failed(uow, message, error))


def row(desk: WiredDesk, message: Outgoing) -> OutboxEntry:
    return next(each for each in desk.do(lambda uow: uow.outbox.rows()) if each.id == message.id)


def history(desk: WiredDesk, message: Outgoing) -> list[tuple[str, tuple[str, ...]]]:
    assert message.ticket is not None
    events = desk.do(lambda uow: uow.tickets.events(TicketId(message.ticket or 0)))
    return [(event.type, event.reasons) for event in events[1:]]


def test_what_arrived_is_known_by_its_id(desk: WiredDesk) -> None:
    message = owe(desk)

    desk.do(lambda uow: desk.deliveries.delivered(uow, message, "<a@b>"))

    found = row(desk, message)
    assert (found.state, found.external_id, found.next_attempt_at) == (
        OutboxState.DELIVERED,
        "<a@b>",
        None,
    )


def test_a_topic_that_was_made_shows_its_ticket(chat_desk: WiredDesk) -> None:
    desk = chat_desk
    message = owe(desk, Kind.STAFF_TOPIC, channel=Channel.TELEGRAM, to=STAFF_CHAT)

    desk.do(lambda uow: desk.deliveries.delivered(uow, message, "42"))

    assert desk.do(lambda uow: uow.topics.ticket(chat=STAFF_CHAT, thread="42")) == message.ticket


@pytest.mark.parametrize(
    ("kind", "key", "name", "beside", "removed"),
    [
        (Kind.STAFF_TOPIC, Key.STAFF_TOPIC, "42", (), {"topic": "42"}),
        (Kind.STAFF_CARD, Key.STAFF_NEW, "-1001:3", ("-1001:2",), {"messages": "-1001:2"}),
        (Kind.STAFF_MESSAGE, Key.STAFF_COPY, "-1001:3", (), {"messages": "-1001:3"}),
    ],
)
def test_what_was_under_way_when_its_chat_lost_the_right_to_it_is_removed(
    chat_desk: WiredDesk,
    kind: Kind,
    key: Key,
    name: str,
    beside: tuple[str, ...],
    removed: Values,
) -> None:
    """But what an edit blanks: that was owed when the queue changed."""
    desk = chat_desk
    message = owe(desk, kind, channel=Channel.TELEGRAM, to=STAFF_CHAT, key=key)
    rasa = desk.hire()
    desk.do(lambda uow: desk.desk.transfer(uow, TicketId(1), rasa, queue=SENSITIVE))
    desk.new_debts()

    desk.do(lambda uow: desk.deliveries.delivered(uow, message, name, beside))

    [debt] = desk.new_debts()
    assert (debt.to, debt.key) == (STAFF_CHAT, Key.STAFF_REMOVAL)
    assert debt.values == {**removed, "matters": "1"}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_refusal_that_may_pass_is_tried_again(desk: WiredDesk, kind: Kind) -> None:
    message = owe(desk, kind)

    state = failed(desk, message, LATER)

    found = row(desk, message)
    assert (state, found.state, found.error) == (
        OutboxState.DEFERRED,
        OutboxState.DEFERRED,
        "451 try later",
    )
    assert found.next_attempt_at is not None
    assert NOON + timedelta(seconds=2) <= found.next_attempt_at <= NOON + timedelta(seconds=4)
    assert (history(desk, message), desk.new_debts()) == ([], [])


def test_the_channel_may_name_the_wait(desk: WiredDesk) -> None:
    message = owe(desk)

    failed(desk, message, TransientDeliveryError("429", retry_after=37))

    assert row(desk, message).next_attempt_at == NOON + timedelta(seconds=37)


def test_after_three_days_it_is_given_up(desk: WiredDesk) -> None:
    message = owe(desk)
    desk.clock.move(days=3)

    state = failed(desk, message, LATER)

    assert (state, history(desk, message)) == (
        OutboxState.DEAD,
        [("undelivered", ("reply",))],
    )


@given(some.integers(0, 10_000))
def test_the_wait_grows_to_half_an_hour_and_no_further(attempts: int) -> None:
    wait = Backoff().wait(attempts)

    step = min(2.0 * 2 ** min(attempts, 40), 1800)
    assert step / 2 <= wait.total_seconds() <= step


@pytest.mark.parametrize("kind", sorted(ASKER_KINDS))
def test_what_an_asker_will_never_get_is_told_to_a_person(desk: WiredDesk, kind: Kind) -> None:
    desk.hire()
    message = owe(desk, kind)

    state = failed(desk, message, NEVER)

    assert (state, row(desk, message).state) == (OutboxState.DEAD, OutboxState.DEAD)
    assert history(desk, message) == [("undelivered", (kind.value,))]
    card, told = desk.new_debts()
    assert (card.key, told.key, told.values["what"]) == (
        Key.STAFF_NEW,
        Key.STAFF_UNDELIVERED,
        kind.value,
    )


@pytest.mark.parametrize("kind", sorted(STAFF_KINDS))
def test_what_a_consultants_mailbox_refuses_is_a_line_of_the_ticket(
    desk: WiredDesk, kind: Kind
) -> None:
    desk.hire()
    message = owe(desk, kind)

    failed(desk, message, NEVER)

    assert (history(desk, message), desk.new_debts()) == ([("undelivered", (kind.value,))], [])


@pytest.mark.parametrize("error", [NEVER, NOBODY_KNOWS], ids=["dead", "doubtful"])
@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (Kind.ANSWER, Status.ANSWERED, Status.NEW),
        (Kind.REPLY, Status.WAITING, Status.OPEN),
        (Kind.ACKNOWLEDGEMENT, Status.WAITING, Status.WAITING),
        (Kind.REPLY, Status.RESOLVED, Status.RESOLVED),
    ],
)
def test_a_ticket_without_its_answer_is_not_answered(
    desk: WiredDesk, kind: Kind, before: Status, after: Status, error: DeliveryError
) -> None:
    rasa = desk.hire()
    message = replace(owe(desk, kind), doubts=1)
    assert message.ticket is not None
    ticket = desk.ticket(message.ticket)
    owner = rasa.id if kind is Kind.REPLY else None
    desk.do(lambda uow: uow.tickets.save(replace(ticket, status=before, owner=owner), at=NOON))

    failed(desk, message, error)

    assert desk.ticket(ticket).status is after


@pytest.mark.parametrize("kind", list(Kind))
def test_an_unknown_outcome_is_repeated_once_where_its_loss_is_worse(
    desk: WiredDesk, kind: Kind
) -> None:
    message = owe(desk, kind)

    state = failed(desk, message, NOBODY_KNOWS)

    repeated = kind in REPEATED_WHEN_UNCERTAIN
    found = row(desk, message)
    assert (state, found.state, found.doubts) == (
        OutboxState.UNCERTAIN,
        OutboxState.UNCERTAIN,
        1,
    )
    assert found.next_attempt_at == (NOON + timedelta(minutes=1) if repeated else None)
    assert history(desk, message) == ([] if repeated else [("uncertain", (kind.value,))])


@pytest.mark.parametrize("kind", sorted(REPEATED_WHEN_UNCERTAIN))
def test_a_second_doubt_is_left_to_a_person(desk: WiredDesk, kind: Kind) -> None:
    failed(desk, owe(desk, kind), NOBODY_KNOWS)
    desk.clock.move(minutes=1)
    message = desk.claim(kind)

    failed(desk, message, NOBODY_KNOWS)

    found = row(desk, message)
    assert (found.doubts, found.next_attempt_at) == (2, None)
    # A correction that did not arrive is an answer that did not.
    lost = Kind.REPLY if kind is Kind.EDIT else kind
    assert history(desk, message) == [("uncertain", (lost.value,))]


def test_what_a_dead_process_was_sending_is_settled_like_any_doubt(desk: WiredDesk) -> None:
    message = owe(desk)
    desk.do(lambda uow: uow.outbox.sending([Begun(message, Rendered(content=b"bytes"))]))

    early = desk.do(desk.deliveries.lapsed)
    desk.clock.move(minutes=2)
    late = desk.do(desk.deliveries.lapsed)

    assert (early, late, desk.do(desk.deliveries.lapsed)) == (0, 1, 0)
    assert row(desk, message).state is OutboxState.UNCERTAIN


def test_a_lost_lease_settles_nothing(desk: WiredDesk) -> None:
    message = owe(desk)

    with pytest.raises(ConflictError):
        failed(desk, replace(message, fence=message.fence - 1), NEVER)

    assert (row(desk, message).state, history(desk, message)) == (OutboxState.QUEUED, [])


# A staff chat that fails -------------------------------------------------------------------------


def test_what_a_staff_chat_will_never_take_goes_by_mail(chat_desk: WiredDesk) -> None:
    """A bot thrown out of its group once left every question unseen."""
    chat_desk.hire()
    chat_desk.ticket_of(a_mail("Kur rasti paraišką?"))
    chat_desk.new_debts()

    failed(chat_desk, chat_desk.claim(Kind.STAFF_CARD), NEVER)

    (told,) = chat_desk.new_debts()
    assert (told, told.values["text"]) == (
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW),
        "Kur rasti paraišką?",
    )


def test_a_follow_up_the_chat_did_not_take_is_mailed_with_its_question(
    chat_desk: WiredDesk,
) -> None:
    chat_desk.hire()
    question = a_mail("Kur rasti paraišką?")
    chat_desk.ticket_of(question)
    chat_desk.receive(a_mail("Kauno", thread=Thread(references=(question.external_id,))))
    message = chat_desk.claim(Kind.STAFF_MESSAGE)
    chat_desk.new_debts()

    failed(chat_desk, message, NEVER)

    assert [(debt.key, debt.values["text"]) for debt in chat_desk.new_debts()] == [
        (Key.STAFF_NEW, "Kur rasti paraišką?"),
        (Key.STAFF_FOLLOW_UP, "Kauno"),
    ]


def test_what_became_restricted_meanwhile_is_mailed_without_contents(
    chat_desk: WiredDesk,
) -> None:
    rasa = chat_desk.hire()
    chat_desk.hire("ieva@pagalba.lt", queues=frozenset({SENSITIVE}))
    ticket = chat_desk.ticket_of(a_mail("Mane muša"))
    message = chat_desk.claim(Kind.STAFF_CARD)
    chat_desk.do(lambda uow: chat_desk.desk.transfer(uow, ticket.id, rasa, queue=SENSITIVE))
    chat_desk.new_debts()

    failed(chat_desk, message, NEVER)

    (told,) = chat_desk.new_debts()
    assert told == Debt(Kind.STAFF_MAIL, "ieva@pagalba.lt", Key.STAFF_RESTRICTED)
    assert told.values.keys() == {"reference", "consultant"}


def test_what_belongs_to_no_ticket_dies_quietly(desk: WiredDesk) -> None:
    message = owe(desk, Kind.NOTICE, ticket=None)

    assert (failed(desk, message, NEVER), desk.new_debts()) == (OutboxState.DEAD, [])
