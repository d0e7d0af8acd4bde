"""Mail no person wrote: kept where it belongs, never answered."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from typing import Any

import pytest

from handlers.domain.messages import Automatic, Outcome, Prepared, Thread
from handlers.domain.outgoing import Key, Kind, Outgoing
from handlers.domain.tickets import Status, TicketEvent
from handlers.intake import Receipt
from tests.builders import (
    NOON,
    a_mail,
    an_answer,
    mail_of,
)
from tests.wired import Debt, WiredDesk, sent_as

RASA = "rasa@pagalba.lt"


def automatic(kind: Automatic, **given: Any) -> Prepared:
    return a_mail(**{"automatic": kind, "decision": an_answer(), **given})


def a_sent_debt(desk: WiredDesk, kind: Kind) -> Outgoing:
    debt = desk.claim(kind)
    desk.do(lambda uow: desk.deliveries.delivered(uow, debt, sent_as(debt.id)))
    return debt


@pytest.mark.parametrize("kind", list(Automatic))
def test_automatic_mail_tied_to_nothing_is_no_ticket_and_gets_no_answer(
    desk: WiredDesk, kind: Automatic
) -> None:
    desk.hire()

    receipt = desk.receive(automatic(kind))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason=kind.value)
    assert (desk.tickets(), desk.new_debts()) == ([], [])


def test_our_own_mail_is_ignored_even_with_a_token(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())

    receipt = desk.receive(automatic(Automatic.OWN, thread=Thread(token=ticket.id)))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="own")


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.WAITING, Status.RESOLVED])
def test_an_out_of_office_is_kept_and_wakes_nobody(desk: WiredDesk, status: Status) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail())
    desk.do(lambda uow: uow.tickets.save(replace(ticket, status=status), at=NOON))
    desk.new_debts()

    receipt = desk.receive(
        automatic(Automatic.AUTO_REPLY, text="Atostogauju. 1", thread=Thread(tag=ticket.id))
    )

    assert (receipt.outcome, receipt.reason) == (Outcome.FILED, "auto_reply")
    assert (desk.ticket(ticket).status, desk.new_debts()) == (status, [])
    assert desk.history(ticket) == ["decided", "auto_reply"]
    assert desk.thread(ticket)[-1] == ("inbound", "Atostogauju. 1")


def test_an_asker_whose_mail_is_marked_as_bulk_is_read_but_not_answered(desk: WiredDesk) -> None:
    desk.hire()
    question = a_mail(decision=an_answer())
    ticket = desk.ticket_of(question)
    desk.new_debts()

    desk.receive(
        automatic(Automatic.BULK, text="3", thread=Thread(references=(question.external_id,)))
    )

    assert desk.ticket(ticket).status is Status.NEW
    assert [debt.key for debt in desk.new_debts()] == [Key.STAFF_NEW, Key.STAFF_FOLLOW_UP]


def test_a_stranger_cannot_tie_automatic_mail_to_a_ticket(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())

    receipt = desk.receive(
        automatic(
            Automatic.AUTO_REPLY,
            sender=mail_of("vagis@kitur.lt"),
            thread=Thread(tag=ticket.id),
        )
    )

    assert (receipt.ticket, desk.thread(ticket)) == (None, [("inbound", a_mail().text)])


def test_a_bounced_acknowledgement_is_told_to_consultants(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail())
    debt = a_sent_debt(desk, Kind.ACKNOWLEDGEMENT)
    desk.new_debts()

    receipt = desk.receive(
        automatic(Automatic.BOUNCE, sender=None, text="5.1.1", bounced=(sent_as(debt.id),))
    )

    assert (receipt.reason, receipt.ticket) == ("bounce", ticket)
    (told,) = desk.new_debts()
    assert (told, told.values["what"]) == (
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_UNDELIVERED),
        "acknowledgement",
    )
    assert desk.events(ticket)[-1] == TicketEvent(
        type="bounced", at=NOON, actor="machine", reasons=("acknowledgement",)
    )


def test_a_bounced_answer_leaves_the_question_to_a_person(desk: WiredDesk) -> None:
    """It once stayed answered, on nobody's list, and was resolved by silence."""
    desk.hire()
    ticket = desk.ticket_of(a_mail(decision=an_answer()))
    debt = a_sent_debt(desk, Kind.ANSWER)
    desk.new_debts()

    desk.receive(automatic(Automatic.BOUNCE, sender=None, bounced=(sent_as(debt.id),)))

    assert desk.ticket(ticket).status is Status.NEW
    assert [debt.key for debt in desk.new_debts()] == [Key.STAFF_NEW, Key.STAFF_UNDELIVERED]


def test_a_bounced_staff_mail_causes_no_other(desk: WiredDesk) -> None:
    """Each one once told the same dead mailbox of itself, for ever."""
    desk.hire()
    ticket = desk.ticket_of(a_mail())
    debt = a_sent_debt(desk, Kind.STAFF_MAIL)
    desk.new_debts()

    desk.receive(automatic(Automatic.BOUNCE, sender=None, bounced=(sent_as(debt.id),)))

    assert (desk.new_debts(), desk.history(ticket)) == ([], ["decided", "bounced"])


def test_bounces_in_history_owe_nothing(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail())
    debt = a_sent_debt(desk, Kind.ACKNOWLEDGEMENT)
    desk.new_debts()

    desk.receive(automatic(Automatic.BOUNCE, bounced=(sent_as(debt.id),), silent=True))

    assert (desk.new_debts(), desk.history(ticket)) == ([], ["decided", "bounced"])
