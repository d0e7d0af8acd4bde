"""Greetings, thanks, repeated mail, and who somebody is."""

from typing import Any

import pytest

from handlers.domain.messages import Automatic, Outcome, Thread
from handlers.domain.outgoing import Key, Kind
from handlers.intake import Receipt
from tests.builders import (
    a_file,
    a_mail,
    a_telegram_message,
    mail_of,
)
from tests.wired import Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def test_a_greeting_on_telegram_is_asked_for_more_and_is_no_ticket(desk: WiredDesk) -> None:
    receipt = desk.receive(a_telegram_message("Labas!"))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="greeting")
    assert (desk.tickets(), desk.new_debts()) == ([], [Debt(Kind.NOTICE, "77", Key.SAY_MORE)])


def test_thanks_on_telegram_are_left_in_peace(desk: WiredDesk) -> None:
    receipt = desk.receive(a_telegram_message("Ačiū!"))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="thanks")
    assert (desk.tickets(), desk.new_debts()) == ([], [])


def test_a_greeting_with_a_file_is_a_question(desk: WiredDesk) -> None:
    assert desk.receive(a_telegram_message("Labas!", attachments=(a_file(),))).ticket is not None


def test_a_greeting_by_mail_is_a_ticket(desk: WiredDesk) -> None:
    assert desk.receive(a_mail("Labas!")).ticket is not None


def test_a_known_person_is_not_made_twice(desk: WiredDesk) -> None:
    first = desk.ticket_of(a_mail("Pirmas"))
    second = desk.ticket_of(a_mail("Antras", sender_name="Kitas vardas"))
    other = desk.ticket_of(a_mail("Trečias", sender=mail_of("kitas@bendruomene.lt")))

    assert first.requester == second.requester != other.requester


def test_a_long_subject_is_shortened(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(subject="labai  ilga\ntema " * 20))

    assert (len(ticket.subject), ticket.subject[:17]) == (120, "labai ilga tema l")


def test_the_same_mail_to_two_of_our_addresses_is_one_message(desk: WiredDesk) -> None:
    message = a_mail()
    ticket = desk.ticket_of(message)
    desk.new_debts()

    again = desk.receive(message)

    assert (again.outcome, again.reason, again.ticket) == (Outcome.IGNORED, "repeated", ticket)
    assert (len(desk.articles(ticket)), desk.new_debts()) == (1, [])


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Kitas klausimas"},
        {"sender": mail_of("vagis@kitur.lt")},
        {"attachments": (a_file(),)},
    ],
    ids=str,
)
def test_the_same_number_on_another_mail_hides_nothing(
    desk: WiredDesk, other: dict[str, Any]
) -> None:
    message = a_mail(external_id="<1@x>")
    first = desk.ticket_of(message)

    second = desk.ticket_of(a_mail(**{"external_id": "<1@x>", **other}))

    assert first.id != second.id


def test_a_repeated_out_of_office_is_kept_once(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())
    away = a_mail("Atostogauju", automatic=Automatic.AUTO_REPLY, thread=Thread(tag=ticket.id))

    receipts = [desk.receive(away), desk.receive(away)]

    assert [receipt.reason for receipt in receipts] == ["auto_reply", "repeated"]
    assert len(desk.articles(ticket)) == 2


@pytest.mark.parametrize("given", [{"sender": None}, {"silent": True}], ids=str)
def test_a_greeting_nobody_can_be_told_about_is_ignored(
    desk: WiredDesk, given: dict[str, Any]
) -> None:
    receipt = desk.receive(a_telegram_message("Labas", **given))

    assert (receipt.reason, desk.new_debts()) == ("greeting", [])
