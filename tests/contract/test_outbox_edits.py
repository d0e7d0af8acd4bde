"""The port `Outbox`: messages that change, are said again, or are taken back."""

from datetime import timedelta

from handlers.domain.channels import Channel
from handlers.domain.outgoing import Kind, OutboxState, Rendered
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import MINUTE, NOON, a_debt, a_file
from tests.contract.outbox_steps import claim, delivered, owe, sending, uncertain

CHAT = {"channel": Channel.TELEGRAM, "to": "7"}
_NAMELESS = Rendered(content=b"sendMessage")


def test_a_message_not_sent_yet_changes_itself(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (card,) = owe(uow, a_debt(**CHAT, values={"status": "new", "text": "Kada?"}))

        assert uow.outbox.restate(card, {"status": "open"}, at=NOON) == card

        (message,) = claim(uow)
        assert message.values == {"status": "open", "text": "Kada?"}


def test_a_sent_message_is_owed_one_edit_however_often_it_changes(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        (card,) = owe(uow, a_debt(**CHAT, kind=Kind.STAFF_CARD, values={"status": "new"}))
        (message,) = claim(uow)
        sending(uow, message)
        delivered(uow, message)

        first = uow.outbox.restate(card, {"status": "open"}, at=NOON)
        second = uow.outbox.restate(card, {"owner": "Jonas"}, at=NOON + MINUTE)

        (edit,) = claim(uow, now=NOON + MINUTE)
        assert first == second == edit.id
        assert (edit.kind, edit.edits) == (Kind.STAFF_EDIT, "<1@pagalba>")
        assert edit.values == {"status": "open", "owner": "Jonas"}


def test_an_edit_under_way_is_followed_by_another(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (card,) = owe(uow, a_debt(**CHAT, values={"status": "new"}))
        (message,) = claim(uow)
        sending(uow, message)
        first = uow.outbox.restate(card, {"status": "open"}, at=NOON)

        delivered(uow, message)
        (edit,) = claim(uow)
        second = uow.outbox.restate(card, {"status": "resolved"}, at=NOON)

        assert (edit.id, edit.edits) == (first, "<1@pagalba>")
        assert second not in {None, first}


def test_saying_the_same_or_changing_what_never_arrived_owes_nothing(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        (card,) = owe(uow, a_debt(**CHAT, values={"status": "new"}))
        assert uow.outbox.restate(card, {"status": "new"}, at=NOON) is None
        (message,) = claim(uow)
        sending(uow, message)
        uow.outbox.dead(card, fence=message.fence, error="gone")

        assert uow.outbox.restate(card, {"status": "open"}, at=NOON) is None

        assert uow.outbox.counts()[OutboxState.QUEUED] == 0


def test_a_repeated_message_comes_after_all_others_with_its_files(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        (first,) = owe(uow, a_debt(**CHAT, values={"text": "a"}, attachments=(a_file(),)))
        (message,) = claim(uow)
        sending(uow, message)
        uow.outbox.dead(first, fence=message.fence, error="the topic is gone")
        (other,) = owe(uow, a_debt(**CHAT))

        again = uow.outbox.repeat(first, at=NOON)

        (ahead,) = claim(uow)
        sending(uow, ahead)
        delivered(uow, ahead)
        (repeated,) = claim(uow)
        assert (ahead.id, repeated.id) == (other, again)
        assert (repeated.values, repeated.attachments) == ({"text": "a"}, (a_file(),))


def test_only_what_nobody_began_to_send_is_taken_back(begin: UnitOfWorkFactory) -> None:
    later = NOON + timedelta(seconds=30)
    with begin() as uow:
        waiting, begun = owe(
            uow,
            a_debt(**CHAT, not_before=later, attachments=(a_file(),)),
            a_debt(channel=Channel.TELEGRAM, to="8"),
        )
        claim(uow)

        assert uow.outbox.withdraw(waiting)
        assert not uow.outbox.withdraw(waiting)
        assert not uow.outbox.withdraw(begun)

        assert claim(uow, now=later) == []


def test_an_edit_of_a_message_in_doubt_is_owed_no_longer_or_becomes_one_of_its_own(
    begin: UnitOfWorkFactory,
) -> None:
    became = []
    for anew in (False, True):
        with begin() as uow:
            (said,) = owe(uow, a_debt(**CHAT, values={"text": "Penki"}))
            (message,) = claim(uow)
            sending(uow, message, _NAMELESS)
            uncertain(uow, message, None)
            uow.outbox.restate(said, {"text": "Šeši"}, at=NOON)
            (edit,) = claim(uow)

            became.append(uow.outbox.settle_edit(edit.id, fence=edit.fence, anew=anew))

            left = claim(uow)
            assert [(row.kind, row.values, row.edits) for row in left] == (
                [(Kind.REPLY, {"text": "Šeši"}, None)] if anew else []
            )
            if not anew:
                assert uow.outbox.find(edit.id) is None
                uow.outbox.retry(said, now=NOON)
                (again,) = claim(uow)
                assert (again.values, again.rendered) == ({"text": "Šeši"}, None)

    assert became == [False, True]


def test_an_edit_of_a_dead_message_is_not_said_anew(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        (said,) = owe(uow, a_debt(**CHAT, values={"text": "Penki"}))
        (message,) = claim(uow)
        sending(uow, message, _NAMELESS)
        uow.outbox.restate(said, {"text": "Šeši"}, at=NOON)
        uow.outbox.dead(message.id, fence=message.fence, error="blocked")
        (edit,) = claim(uow)

        assert not uow.outbox.settle_edit(edit.id, fence=edit.fence, anew=True)
        assert claim(uow) == []
