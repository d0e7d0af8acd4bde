"""What comes back: tied to what was sent by its signed return path, believed no further."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from datetime import timedelta
from typing import Any, Final

import pytest

from handlers.domain.errors import UncertainDeliveryError
from handlers.domain.ids import OutboxId
from handlers.domain.messages import Automatic, Outcome, Prepared, Returned
from handlers.domain.outgoing import Key, Kind, OutboxState, Outgoing
from handlers.domain.tickets import Status
from handlers.intake import Receipt
from handlers.ports import OutboxEntry
from tests.builders import ONA, a_mail, an_answer
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import ARCHIVED, WiredDesk, sent_as

GONE: Final[dict[str, Any]] = {"status": "5.1.1", "is_permanent": True}


def a_report(debt: Outgoing, kind: Automatic = Automatic.BOUNCE, **told: Any) -> Prepared:
    """Return a report that names our message by its return path alone."""
    return a_mail(automatic=kind, sender=None, returned=Returned(outbox=debt.id, **told))


def in_doubt(desk: WiredDesk, debt: Outgoing) -> OutboxState:
    error = UncertainDeliveryError("cut")
    return desk.do(lambda uow: desk.deliveries.failed(uow, debt, error))


def row_of(desk: WiredDesk, debt: Outgoing) -> OutboxEntry:
    row = desk.do(lambda uow: uow.outbox.find(debt.id))
    assert row is not None
    return row


@pytest.fixture
def debt(desk: WiredDesk) -> Outgoing:
    """Return an automatic answer that was sent."""
    desk.hire()
    desk.ticket_of(a_mail(decision=an_answer()))
    debt = desk.claim(Kind.ANSWER)
    desk.do(lambda uow: desk.deliveries.delivered(uow, debt, sent_as(debt.id)))
    desk.new_debts()
    return debt


def test_a_report_is_tied_by_its_return_path(desk: WiredDesk, debt: Outgoing) -> None:
    receipt = desk.receive(a_report(debt, status="5.2.0"))

    (ticket,) = desk.tickets()
    assert (receipt.reason, receipt.ticket) == ("bounce", ticket)
    assert ticket.status is Status.NEW
    assert desk.events(ticket)[-1].reasons == ("answer", "5.2.0")


def test_a_report_of_a_delay_is_only_written_down(desk: WiredDesk, debt: Outgoing) -> None:
    desk.receive(a_report(debt, status="4.4.1", is_delay=True))

    (ticket,) = desk.tickets()
    assert (ticket.status, desk.history(ticket)[-1]) == (Status.ANSWERED, "delayed")
    assert desk.new_debts() == []


def test_no_machine_writes_for_a_month_to_an_address_that_does_not_exist(
    desk: WiredDesk, debt: Outgoing
) -> None:
    desk.receive(a_report(debt, **GONE))
    desk.new_debts()

    ticket = desk.ticket_of(a_mail(decision=an_answer()))
    assert (ticket.status, [owed.key for owed in desk.new_debts()]) == (
        Status.NEW,
        [Key.STAFF_NEW],
    )
    assert desk.history(ticket) == ["decided", "automatic_mail_held"]

    desk.clock.move(days=31)
    answered = desk.ticket_of(a_mail(decision=an_answer()))
    assert [owed.key for owed in desk.new_debts()] == [Key.ANSWER]
    assert answered.status is Status.ANSWERED


@pytest.mark.parametrize("told", [{"status": "4.2.2"}, {"status": "5.4.7", "is_delay": True}])
def test_a_failure_that_may_pass_marks_no_address(
    desk: WiredDesk, debt: Outgoing, told: dict[str, Any]
) -> None:
    desk.receive(a_report(debt, **told))

    assert desk.do(lambda uow: uow.people.bounced_at(ONA)) is None


def test_a_return_path_of_nothing_ties_nothing(desk: WiredDesk) -> None:
    report = a_mail(
        automatic=Automatic.BOUNCE, sender=None, returned=Returned(outbox=OutboxId(404), **GONE)
    )

    assert desk.receive(report) == Receipt(outcome=Outcome.IGNORED, reason="bounce")


def test_an_out_of_office_to_the_return_path_joins_in_silence(
    desk: WiredDesk, debt: Outgoing
) -> None:
    receipt = desk.receive(a_report(debt, Automatic.AUTO_REPLY))

    (ticket,) = desk.tickets()
    assert (receipt.outcome, receipt.ticket) == (Outcome.FILED, ticket)
    assert (ticket.status, desk.new_debts()) == (Status.ANSWERED, [])


def test_where_an_archive_can_be_asked_every_doubt_comes_up_again(
    open_desk: DeskMaker,
) -> None:
    desk = open_desk(**ARCHIVED)
    desk.ticket_of(a_mail())
    desk.new_debts()
    due = []
    for _ in range(3):
        debt = desk.claim(Kind.ACKNOWLEDGEMENT)
        state = in_doubt(desk, debt)
        row = row_of(desk, debt)
        due.append((state, row.next_attempt_at == desk.clock.now() + timedelta(minutes=1)))
        desk.clock.move(minutes=1)
    assert due == [(OutboxState.UNCERTAIN, True)] * 3

    desk.clock.move(days=3)
    debt = desk.claim(Kind.ACKNOWLEDGEMENT)
    in_doubt(desk, debt)
    row = row_of(desk, debt)
    assert (row.state, row.next_attempt_at) == (OutboxState.UNCERTAIN, None)
    (ticket,) = desk.tickets()
    assert desk.history(ticket)[-1] == "uncertain"
