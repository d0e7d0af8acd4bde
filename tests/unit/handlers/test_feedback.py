"""Did this help? Typed numbers and pressed buttons."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.commands import Press
from handlers.domain.channels import Address, Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Outcome, Prepared, Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status, Ticket
from handlers.intake import Receipt
from handlers.typed import Wish
from knowledge_base.entries import Entry
from knowledge_base.entries import Status as EntryStatus
from knowledge_base.files import build
from knowledge_base.queues import SENSITIVE
from tests.builders import (
    CALL,
    COUNCIL,
    MARK,
    NOON,
    ONA,
    a_mail,
    a_telegram_message,
    an_answer,
    an_entry,
    suggestions,
    words,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def answered(desk: WiredDesk) -> tuple[Prepared, Ticket]:
    message = a_mail("Kas yra NVO žyma?", decision=an_answer())
    ticket = desk.ticket_of(message)
    desk.new_debts()
    return message, ticket


def waiting(desk: WiredDesk) -> tuple[Prepared, Ticket]:
    message = a_mail()
    ticket = desk.ticket_of(message)
    desk.new_debts()
    return message, ticket


def reply_to(message: Prepared, text: str = "Mes iš Kauno.", **given: Any) -> Prepared:
    return a_mail(text, **{"thread": Thread(references=(message.external_id,)), **given})


@pytest.mark.parametrize(
    ("text", "status", "debts"),
    [
        ("1", Status.RESOLVED, []),
        ("2", Status.NEW, ["handed-over", "staff-handed-over"]),
        ("3", Status.NEW, ["handed-over", "staff-handed-over"]),
        ("konsultantas", Status.NEW, ["handed-over", "staff-handed-over"]),
    ],
)
def test_a_typed_number_works_like_a_button(
    desk: WiredDesk, text: str, status: Status, debts: list[str]
) -> None:
    desk.hire()
    first, ticket = answered(desk)

    desk.receive(reply_to(first, text))

    assert (desk.ticket(ticket).status, [debt.key for debt in desk.new_debts()]) == (status, debts)


def test_words_beside_a_wish_reach_the_consultant(desk: WiredDesk) -> None:
    desk.hire()
    first, _ = answered(desk)
    text = "Noriu pasikalbėti su konsultantu dėl projekto ataskaitos termino."

    desk.receive(reply_to(first, text))

    debts = desk.new_debts()
    assert [(debt.key, debt.values.get("text")) for debt in debts] == [
        ("handed-over", None),
        ("staff-handed-over", "Kas yra NVO žyma?"),
        ("staff-follow-up", text),
    ]


def test_asking_for_a_person_who_has_it_already_is_still_told(desk: WiredDesk) -> None:
    """Such a message was once filed and shown to nobody."""
    desk.hire()
    first, ticket = waiting(desk)
    text = "Noriu pasikalbėti su konsultantu, situacija pasikeitė."

    desk.receive(reply_to(first, text))

    (told,) = desk.new_debts()
    assert (told.key, told.values["text"]) == (Key.STAFF_FOLLOW_UP, text)
    assert desk.ticket(ticket).status is Status.NEW


def test_a_number_sends_the_offered_answer(desk: WiredDesk) -> None:
    desk.hire()
    first = a_mail("Kas ta žyma", decision=suggestions(MARK, COUNCIL))
    ticket = desk.ticket_of(first)
    desk.new_debts()

    desk.receive(reply_to(first, "2"))

    assert desk.new_debts() == [Debt(Kind.ANSWER, ONA.value, Key.ANSWER)]
    assert desk.articles(ticket)[-1].entry == COUNCIL.id
    assert (desk.ticket(ticket).status, desk.ticket(ticket).offered) == (Status.ANSWERED, ())


def test_a_number_beyond_the_offers_is_read_by_a_person(desk: WiredDesk) -> None:
    desk.hire()
    first = a_mail(decision=suggestions(MARK, COUNCIL))
    desk.ticket_of(first)
    desk.new_debts()

    desk.receive(reply_to(first, "3"))

    assert [debt.key for debt in desk.new_debts()] == [Key.STAFF_FOLLOW_UP]


def test_other_words_leave_the_offers_open(desk: WiredDesk) -> None:
    first = a_mail(decision=suggestions(MARK, COUNCIL))
    ticket = desk.ticket_of(first)

    desk.receive(reply_to(first, "Mes iš Kauno"))

    assert desk.ticket(ticket).offered == (MARK.id, COUNCIL.id)


# Buttons ---------------------------------------------------------------------------------------


def press(desk: WiredDesk, ticket: Ticket, wish: Wish, by: Address = ONA) -> Receipt:
    return desk.carry_out(Press(ticket=ticket.id, wish=wish, by=by))


@pytest.mark.parametrize(
    ("wish", "status", "history", "debts"),
    [
        (Wish.HELPED, Status.RESOLVED, "helped", []),
        (Wish.NOT_HELPED, Status.NEW, "person_asked", ["handed-over", "staff-handed-over"]),
        (Wish.PERSON, Status.NEW, "person_asked", ["handed-over", "staff-handed-over"]),
    ],
)
def test_a_button_pressed_twice_is_pressed_once(
    desk: WiredDesk, wish: Wish, status: Status, history: str, debts: list[str]
) -> None:
    desk.hire()
    _, ticket = answered(desk)

    receipts = [press(desk, ticket, wish), press(desk, ticket, wish)]

    assert [receipt.reason for receipt in receipts] == [f"pressed:{wish}"] * 2
    assert desk.ticket(ticket).status is status
    assert desk.history(ticket) == ["decided", "answered", history]
    assert [debt.key for debt in desk.new_debts()] == debts


def test_a_stranger_presses_nothing(desk: WiredDesk) -> None:
    _, ticket = answered(desk)

    receipt = press(desk, ticket, Wish.HELPED, by=Address(Channel.TELEGRAM, "666"))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="refused")
    assert desk.ticket(ticket) == ticket


def test_a_button_of_no_ticket_does_nothing(desk: WiredDesk) -> None:
    receipt = desk.carry_out(Press(ticket=TicketId(999), wish=Wish.HELPED, by=ONA))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="refused")


def test_on_telegram_a_helped_asker_is_thanked(desk: WiredDesk) -> None:
    question = a_telegram_message(decision=an_answer())
    ticket = desk.ticket_of(question)
    desk.new_debts()

    press(desk, ticket, Wish.HELPED, by=Address(Channel.TELEGRAM, "77"))

    assert desk.new_debts() == [Debt(Kind.NOTICE, "77", Key.THANKED)]


def test_who_was_helped_may_think_again(desk: WiredDesk) -> None:
    _, ticket = answered(desk)
    press(desk, ticket, Wish.HELPED)

    press(desk, ticket, Wish.NOT_HELPED)

    assert desk.ticket(ticket).status is Status.NEW


def test_helped_changes_nothing_once_a_person_has_the_question(desk: WiredDesk) -> None:
    _, ticket = answered(desk)
    press(desk, ticket, Wish.NOT_HELPED)

    press(desk, ticket, Wish.HELPED)

    assert desk.ticket(ticket).status is Status.NEW


@pytest.mark.parametrize("status", [Status.MERGED, Status.SPAM])
@pytest.mark.parametrize("wish", list(Wish))
def test_what_was_put_away_is_not_brought_back_by_a_button(
    desk: WiredDesk, status: Status, wish: Wish
) -> None:
    ticket = desk.ticket_of(a_mail(decision=suggestions(MARK, COUNCIL)))
    gone = desk.do(lambda uow: uow.tickets.save(replace(ticket, status=status), at=NOON))

    press(desk, ticket, wish)

    assert desk.ticket(ticket) == gone


def offered(desk: WiredDesk, *entries: Entry) -> Ticket:
    ticket = desk.ticket_of(a_mail(decision=suggestions(*entries)))
    desk.new_debts()
    return ticket


def test_a_chosen_question_is_answered_once(desk: WiredDesk) -> None:
    desk.hire()
    ticket = offered(desk, MARK, COUNCIL)

    press(desk, ticket, Wish.FIRST)
    press(desk, ticket, Wish.FIRST)

    assert desk.new_debts() == [Debt(Kind.ANSWER, ONA.value, Key.ANSWER)]
    assert desk.history(ticket) == ["decided", "chosen", "answered"]
    assert desk.ticket(ticket).status is Status.ANSWERED


def test_a_chosen_question_that_needs_a_person_stays_with_one(desk: WiredDesk) -> None:
    ticket = offered(desk, CALL)

    press(desk, ticket, Wish.FIRST)

    assert desk.ticket(ticket).status is Status.NEW


def test_a_consultant_keeps_the_ticket_whose_asker_chose_an_answer(desk: WiredDesk) -> None:
    """It once left the consultant's list while they were writing."""
    rasa = desk.hire()
    ticket = offered(desk, MARK)
    desk.do(lambda uow: desk.desk.take(uow, ticket.id, rasa))

    press(desk, ticket, Wish.FIRST)

    assert desk.new_debts() == [Debt(Kind.ANSWER, ONA.value, Key.ANSWER)]
    assert (desk.ticket(ticket).status, desk.ticket(ticket).owner) == (Status.OPEN, rasa.id)


def test_none_of_these_is_confirmed_once_and_told_to_nobody_else(desk: WiredDesk) -> None:
    desk.hire()
    ticket = offered(desk, MARK)

    press(desk, ticket, Wish.PERSON)
    press(desk, ticket, Wish.PERSON)

    assert desk.new_debts() == [Debt(Kind.NOTICE, ONA.value, Key.HANDED_OVER)]
    assert desk.history(ticket) == ["decided", "suggestions_declined"]


def test_an_offer_is_void_in_a_restricted_queue(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = offered(desk, MARK)
    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue=SENSITIVE))
    desk.new_debts()

    press(desk, ticket, Wish.FIRST)

    assert (desk.new_debts(), desk.ticket(ticket).status) == ([], Status.NEW)


def test_an_offer_ends_with_the_answer_of_a_person(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = offered(desk, MARK)
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words()))
    desk.new_debts()

    press(desk, ticket, Wish.FIRST)

    assert (desk.new_debts(), desk.ticket(ticket).status) == ([], Status.WAITING)


def test_a_chosen_answer_that_a_cap_holds_leaves_the_question_waiting(
    open_desk: DeskMaker,
) -> None:
    desk = open_desk(mail_auto_per_address="1/1d")
    ticket = offered(desk, MARK)

    press(desk, ticket, Wish.FIRST)

    assert (desk.new_debts(), desk.ticket(ticket).status) == ([], Status.NEW)


@pytest.mark.parametrize(
    "expired",
    [
        an_entry(status=EntryStatus.NEEDS_REVIEW),
        an_entry(valid_to=NOON.date() - timedelta(days=1)),
        an_entry(review_by=NOON.date() - timedelta(days=1)),
        an_entry(scope=("Kauno miesto savivaldybė",)),
    ],
    ids=["status", "validity", "review", "scope"],
)
def test_what_may_not_be_said_today_is_not_sent_though_it_was_offered(
    desk: WiredDesk, expired: Entry
) -> None:
    ticket = offered(desk, MARK)
    answers = replace(desk.answers, knowledge=lambda: build([expired]))
    feedback = replace(desk.feedback, answers=answers)

    desk.do(lambda uow: feedback.fulfil(uow, ticket, Wish.FIRST))

    assert (desk.new_debts(), desk.ticket(ticket)) == ([], ticket)
