"""Those who answer: they join, sign in, link their account, and leave."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from typing import Any

import pytest

from handlers.commands import FollowLink
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ConsultantId, TicketId
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status
from handlers.intake import Receipt
from handlers.ports import UnitOfWork
from handlers.staff import SESSION_LIFE, digest
from knowledge_base.queues import PRIVACY, SENSITIVE
from knowledge_base.shipped import shipped_queues
from tests.builders import (
    a_mail,
    words,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def add(desk: WiredDesk, email: str = RASA, **given: Any) -> Consultant:
    default: dict[str, Any] = {"name": "Rasa Rasaitė"}
    values = {**default, **given}
    return desk.do(lambda uow: desk.staff.add(uow, email=email, **values))


def sign_in(desk: WiredDesk, code: str) -> str | None:
    return desk.do(lambda uow: desk.staff.sign_in(uow, code))


def who_is(desk: WiredDesk, secret: str) -> ConsultantId | None:
    now = desk.clock.now()
    return desk.do(lambda uow: uow.sessions.find(digest(secret), now=now))


def test_a_consultant_is_welcomed_with_a_practice_ticket(desk: WiredDesk) -> None:
    rasa = add(desk, queues=frozenset({"finansai", "mokymai"}), signature="Rasa, NISC")

    welcome, practice = desk.new_debts()
    assert (welcome, practice) == (
        Debt(Kind.WELCOME, RASA, Key.WELCOME),
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW),
    )
    assert {**welcome.values, "code": ""} == {
        "name": "Rasa Rasaitė",
        "code": "",
        "signature": "Rasa, NISC",
        "queues": "Apskaita, metinės ataskaitos, auditas, Mokymai, vizitai, renginiai",
    }
    ticket = desk.ticket(TicketId(1))
    assert (ticket.practice, ticket.owner, ticket.queue) == (True, rasa.id, "finansai")
    assert desk.tickets() == []


def test_without_a_queue_named_a_consultant_serves_all_that_are_open(desk: WiredDesk) -> None:
    assert add(desk).queues == shipped_queues().keys() - {PRIVACY, SENSITIVE}


def test_without_outgoing_mail_nobody_is_welcomed(open_desk: DeskMaker) -> None:
    desk = open_desk(sends_mail=False)
    add(desk)

    assert desk.new_debts() == []


@pytest.mark.parametrize(
    ("given", "key", "field"),
    [
        ({"queues": frozenset({"niekur"})}, "no-such-queue", "queue"),
        ({"email": "rasa"}, "bad-address", "email"),
        ({"email": "@pagalba.lt"}, "bad-address", "email"),
        ({"email": "rasa@"}, "bad-address", "email"),
        ({"email": "r@a@pagalba.lt"}, "bad-address", "email"),
        ({"email": "rasa lt@pagalba.lt"}, "bad-address", "email"),
        ({"name": " "}, "no-words", "name"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_field(
    desk: WiredDesk, given: dict[str, Any], key: str, field: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        add(desk, **given)

    assert (refused.value.key, refused.value.field) == (key, field)
    assert desk.do(lambda uow: uow.consultants.rows()) == []


def test_an_address_belongs_to_one_consultant(desk: WiredDesk) -> None:
    add(desk)

    with pytest.raises(InvalidError):
        add(desk, " RASA@pagalba.lt ")


# Practice --------------------------------------------------------------------------------------


def test_an_answer_to_a_practice_ticket_reaches_its_author_alone(chat_desk: WiredDesk) -> None:
    rasa = add(chat_desk)
    chat_desk.new_debts()
    practice = chat_desk.ticket(TicketId(1))

    chat_desk.do(lambda uow: chat_desk.desk.reply(uow, practice.id, rasa, words()))

    assert chat_desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_DONE)]


def test_nothing_a_consultant_tries_on_a_practice_ticket_tells_anybody(
    chat_desk: WiredDesk,
) -> None:
    rasa = add(chat_desk)
    chat_desk.new_debts()

    def try_everything(uow: UnitOfWork) -> None:
        desk, practice = chat_desk.desk, TicketId(1)
        desk.note(uow, practice, rasa, words())
        desk.transfer(uow, practice, rasa, queue="mokymai")
        desk.take(uow, practice, rasa)
        desk.resolve(uow, practice, rasa)
        desk.reopen(uow, practice, rasa)
        desk.spam(uow, practice, rasa)

    chat_desk.do(try_everything)

    assert (chat_desk.new_debts(), chat_desk.tickets()) == ([], [])


# Codes and sessions ----------------------------------------------------------------------------


def test_a_sign_in_code_works_once(desk: WiredDesk) -> None:
    rasa = desk.hire()
    code = desk.do(lambda uow: desk.staff.sign_in_code(uow, rasa))

    first, second = sign_in(desk, code), sign_in(desk, code)

    assert first is not None
    assert (who_is(desk, first), second) == (rasa.id, None)


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (15, False)])
def test_a_sign_in_code_lives_fifteen_minutes(
    desk: WiredDesk, minutes: int, *, works: bool
) -> None:
    rasa = desk.hire()
    code = desk.do(lambda uow: desk.staff.sign_in_code(uow, rasa))
    desk.clock.move(minutes=minutes)

    assert (sign_in(desk, code) is not None) is works


def test_a_session_ends_by_itself(desk: WiredDesk) -> None:
    rasa = desk.hire()
    secret = sign_in(desk, desk.do(lambda uow: desk.staff.sign_in_code(uow, rasa)))
    assert secret is not None

    desk.clock.move(seconds=SESSION_LIFE.total_seconds())

    assert who_is(desk, secret) is None


def test_a_sign_in_link_is_mailed_once_a_minute(desk: WiredDesk) -> None:
    desk.hire()

    def ask(uow: UnitOfWork) -> None:
        desk.staff.mail_sign_in(uow, "Rasa@Pagalba.lt", link=lambda code: f"https://x/{code}")

    desk.do(ask)
    desk.do(ask)
    first = desk.new_debts()
    desk.clock.move(minutes=1)
    desk.do(ask)

    assert first == desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_SIGN_IN)]
    assert sign_in(desk, first[0].values["url"].removeprefix("https://x/")) is not None


def test_a_stranger_who_asks_for_a_link_gets_nothing(desk: WiredDesk) -> None:
    desk.hire()

    desk.do(lambda uow: desk.staff.mail_sign_in(uow, "kas@kitur.lt", link=str))

    assert desk.new_debts() == []


# Telegram --------------------------------------------------------------------------------------


def link(desk: WiredDesk, code: str, telegram: str = "501") -> Receipt:
    once = f"link:{telegram}:{desk.clock.now()}"
    by = Address(Channel.TELEGRAM, telegram)
    return desk.carry_out(
        FollowLink(code_digest=digest(code), by=by, name="", language="lt", once=once)
    )


def a_code(desk: WiredDesk) -> str:
    return str(desk.new_debts()[0].values["code"])


def test_a_telegram_account_is_linked_once(desk: WiredDesk) -> None:
    rasa = add(desk)
    code = a_code(desk)

    receipts = [link(desk, code), link(desk, code, "666")]

    assert [receipt.reason for receipt in receipts] == ["linked", "link-refused"]
    assert desk.new_debts() == [
        Debt(Kind.NOTICE, "501", Key.LINKED),
        Debt(Kind.NOTICE, "666", Key.LINK_REFUSED),
    ]
    linked = desk.do(lambda uow: uow.consultants.by_telegram("501"))
    assert (linked, desk.do(lambda uow: uow.consultants.by_telegram("666"))) == (
        replace(rasa, telegram="501"),
        None,
    )


def test_a_link_lives_seven_days(desk: WiredDesk) -> None:
    add(desk)
    code = a_code(desk)
    desk.clock.move(days=7)

    assert link(desk, code).reason == "link-refused"


def test_a_sign_in_code_links_no_account(desk: WiredDesk) -> None:
    rasa = desk.hire()
    code = desk.do(lambda uow: desk.staff.sign_in_code(uow, rasa))

    assert link(desk, code).reason == "link-refused"


# Leaving ---------------------------------------------------------------------------------------


def test_who_leaves_has_no_right_left(desk: WiredDesk) -> None:
    rasa = add(desk, telegram="501")
    code = a_code(desk)
    secret = sign_in(desk, desk.do(lambda uow: desk.staff.sign_in_code(uow, rasa)))
    unused = desk.do(lambda uow: desk.staff.sign_in_code(uow, rasa))
    assert secret is not None

    desk.do(lambda uow: desk.staff.disable(uow, RASA))

    assert who_is(desk, secret) is None
    assert (sign_in(desk, unused), link(desk, code).reason) == (None, "link-refused")
    assert desk.do(lambda uow: uow.consultants.by_telegram("501")) is None
    assert desk.do(lambda uow: uow.consultants.by_email(RASA)) is None
    assert desk.do(lambda uow: uow.consultants.serving("bendra")) == []


def test_nobody_leaves_twice(desk: WiredDesk) -> None:
    desk.hire()
    desk.do(lambda uow: desk.staff.disable(uow, RASA))

    with pytest.raises(NotFoundError):
        desk.do(lambda uow: desk.staff.disable(uow, RASA))


def test_what_was_theirs_goes_back_to_its_queue(desk: WiredDesk) -> None:
    """A ticket of somebody who left could once be taken by nobody."""
    rasa = desk.hire()
    desk.hire("jonas@pagalba.lt")
    taken, replied = desk.ticket_of(a_mail("Pirmas")), desk.ticket_of(a_mail("Antras"))
    desk.do(lambda uow: desk.desk.take(uow, taken.id, rasa))
    desk.do(lambda uow: desk.desk.reply(uow, replied.id, rasa, words()))
    desk.new_debts()

    desk.do(lambda uow: desk.staff.disable(uow, RASA))

    assert [(desk.ticket(t).owner, desk.ticket(t).status) for t in (taken, replied)] == [
        (None, Status.NEW),
        (None, Status.WAITING),
    ]
    assert desk.events(taken)[-1].reasons == ("owner_left",)
    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, "jonas@pagalba.lt", Key.STAFF_NEW)]


def test_who_left_can_be_added_again_under_the_same_address(desk: WiredDesk) -> None:
    before = add(desk, telegram="501")
    secret = sign_in(desk, desk.do(lambda uow: desk.staff.sign_in_code(uow, before)))
    assert secret is not None
    desk.do(lambda uow: desk.staff.disable(uow, RASA))
    desk.new_debts()
    desk.clock.move(minutes=1)

    again = add(desk, queues=frozenset({"finansai"}))

    assert (again.id, again.active, again.telegram, again.queues) == (
        before.id,
        True,
        None,
        frozenset({"finansai"}),
    )
    assert who_is(desk, secret) is None
    assert [debt.key for debt in desk.new_debts()] == [Key.WELCOME, Key.STAFF_NEW]
