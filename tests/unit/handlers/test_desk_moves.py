"""Where consultants put a ticket: another queue, settled, away."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from typing import Any

import pytest

from handlers.domain.errors import InvalidError, NotAllowedError, NotFoundError
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Status, Ticket
from knowledge_base.queues import SENSITIVE
from tests.builders import (
    a_mail,
    words,
)
from tests.wired import Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def a_ticket(desk: WiredDesk, **given: Any) -> Ticket:
    ticket = desk.ticket_of(a_mail(**given))
    desk.new_debts()
    return ticket


def act(desk: WiredDesk, name: str, ticket: Ticket, who: Consultant) -> Ticket:
    acts = {
        "take": desk.desk.take,
        "release": desk.desk.release,
        "resolve": desk.desk.resolve,
        "reopen": desk.desk.reopen,
        "spam": desk.desk.spam,
    }
    return desk.do(lambda uow: acts[name](uow, ticket.id, who))


def reply(desk: WiredDesk, ticket: Ticket, who: Consultant, **given: Any) -> Article:
    said = words(**given)
    return desk.do(lambda uow: desk.desk.reply(uow, ticket.id, who, said))


def transfer(desk: WiredDesk, ticket: Ticket, who: Consultant, queue: str) -> Ticket:
    return desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, who, queue=queue))


def test_a_transfer_tells_the_other_queue_with_the_question(desk: WiredDesk) -> None:
    rasa = desk.hire(queues=frozenset({"bendra"}))
    desk.hire("jonas@pagalba.lt", queues=frozenset({"finansai"}))
    ticket = a_ticket(desk, text="Kaip rašyti ataskaitą?")
    act(desk, "take", ticket, rasa)

    moved = transfer(desk, ticket, rasa, "finansai")

    assert (moved.queue, moved.owner, moved.status) == ("finansai", None, Status.NEW)
    assert desk.events(ticket)[-1].reasons == ("finansai",)
    (told,) = desk.new_debts()
    assert (told, told.values["text"]) == (
        Debt(Kind.STAFF_MAIL, "jonas@pagalba.lt", Key.STAFF_NEW),
        "Kaip rašyti ataskaitą?",
    )


def test_a_ticket_that_comes_back_is_told_again(desk: WiredDesk) -> None:
    rasa = desk.hire(queues=frozenset({"bendra"}))
    jonas = desk.hire("jonas@pagalba.lt", queues=frozenset({"finansai"}))
    ticket = a_ticket(desk)
    transfer(desk, ticket, rasa, "finansai")
    desk.new_debts()

    transfer(desk, ticket, jonas, "bendra")

    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW)]


def test_a_transfer_to_its_own_queue_changes_nothing(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    assert (transfer(desk, ticket, rasa, "bendra"), desk.new_debts()) == (ticket, [])


def test_there_is_no_transfer_to_nowhere(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    with pytest.raises(InvalidError) as refused:
        transfer(desk, ticket, rasa, "niekur")

    assert (refused.value.key, refused.value.field) == ("no-such-queue", "queue")


def test_a_transfer_to_a_restricted_queue_closes_the_door_behind(chat_desk: WiredDesk) -> None:
    rasa = chat_desk.hire()
    chat_desk.hire("ieva@pagalba.lt", queues=frozenset({SENSITIVE}))
    ticket = a_ticket(chat_desk, text="Mane muša")

    transfer(chat_desk, ticket, rasa, SENSITIVE)

    (told,) = chat_desk.new_debts()
    assert told == Debt(Kind.STAFF_MAIL, "ieva@pagalba.lt", Key.STAFF_RESTRICTED)
    assert told.values.keys() == {"reference", "consultant"}
    with pytest.raises(NotAllowedError):
        act(chat_desk, "take", ticket, rasa)


@pytest.mark.parametrize("name", ["take", "release", "resolve", "reopen", "spam"])
def test_every_act_is_refused_to_who_may_not_see_the_ticket(desk: WiredDesk, name: str) -> None:
    stranger = desk.hire(queues=frozenset({"mokymai"}))
    ticket = a_ticket(desk)

    with pytest.raises(NotAllowedError):
        act(desk, name, ticket, stranger)

    assert desk.ticket(ticket) == ticket


@pytest.mark.parametrize("name", ["reply", "note", "transfer"])
def test_words_and_transfers_too(desk: WiredDesk, name: str) -> None:
    stranger = desk.hire(queues=frozenset({"mokymai"}))
    ticket = a_ticket(desk)
    acts = {
        "reply": lambda uow: desk.desk.reply(uow, ticket.id, stranger, words()),
        "note": lambda uow: desk.desk.note(uow, ticket.id, stranger, words()),
        "transfer": lambda uow: desk.desk.transfer(uow, ticket.id, stranger, queue="mokymai"),
    }

    with pytest.raises(NotAllowedError):
        desk.do(acts[name])

    assert (desk.ticket(ticket), len(desk.articles(ticket))) == (ticket, 1)


def test_no_act_on_no_ticket(desk: WiredDesk) -> None:
    rasa = desk.hire()

    with pytest.raises(NotFoundError) as refused:
        desk.do(lambda uow: desk.desk.take(uow, TicketId(999), rasa))

    assert refused.value.values == {"reference": "NVO-999"}


def test_a_settled_ticket_says_nothing_to_the_asker(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    resolved = act(desk, "resolve", ticket, rasa)
    again = act(desk, "resolve", ticket, rasa)

    assert (resolved.status, again) == (Status.RESOLVED, resolved)
    assert desk.new_debts() == []


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize("name", ["resolve", "spam"])
def test_a_reopened_ticket_returns_to_its_owner_or_queue(
    desk: WiredDesk, name: str, *, owned: bool
) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)
    if owned:
        act(desk, "take", ticket, rasa)
    act(desk, name, ticket, rasa)

    reopened = act(desk, "reopen", ticket, rasa)

    assert reopened.status is (Status.OPEN if owned else Status.NEW)
