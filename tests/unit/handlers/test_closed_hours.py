"""What is told out of working hours: once for a question, and why if days off were planned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from handlers.calling_hours import slots
from handlers.closed_hours import TOLD, closure_values
from handlers.domain.messages import Prepared
from handlers.typed import Wish
from handlers.working_time import VILNIUS, Closure
from tests.builders import ONA, TestClock, a_mail, a_telegram_message, suggestions
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import HOURS, WiredDesk

LEAVE = Closure(first=date(2026, 12, 28), last=date(2027, 1, 3), why="kolektyvinės atostogos")
AWAY = replace(HOURS, closures=(LEAVE,))
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=VILNIUS)


def a_desk_at(open_desk: DeskMaker, moment: datetime) -> WiredDesk:
    desk = open_desk(
        clock=TestClock(moment),
        closures=[{"from": LEAVE.first, "to": LEAVE.last, "why": LEAVE.why}],
    )
    desk.hire(queues=["bendra", "steigimas"])
    return desk


def told(desk: WiredDesk) -> list[Any]:
    return [debt.values.get("closed", "") for debt in desk.new_debts() if "closed" in debt.values]


def test_nobody_is_told_in_working_hours(open_desk: DeskMaker) -> None:
    desk = a_desk_at(open_desk, NIGHT.replace(hour=12))

    ticket = desk.ticket_of(a_mail())

    assert told(desk) == [""]
    assert TOLD not in desk.history(ticket)


@pytest.mark.parametrize("question", [a_mail, a_telegram_message])
def test_out_of_hours_an_asker_is_told_once_whatever_else_they_are_told(
    open_desk: DeskMaker, question: Callable[..., Prepared]
) -> None:
    desk = a_desk_at(open_desk, NIGHT)
    message = question(decision=suggestions())
    ticket = desk.ticket_of(message)

    desk.do(lambda uow: desk.feedback.fulfil(uow, ticket, Wish.PERSON))

    assert told(desk) == ["1", ""]
    assert desk.history(ticket).count(TOLD) == 1


def test_days_off_that_were_planned_are_named(open_desk: DeskMaker) -> None:
    desk = a_desk_at(open_desk, datetime(2026, 12, 29, 12, 0, tzinfo=VILNIUS))

    desk.ticket_of(a_mail())

    values = next(debt.values for debt in desk.new_debts() if debt.to == ONA.value)
    assert {name: values[name] for name in ("due_on", "closed", "closure", "closure_last_on")} == {
        "due_on": "2027-01-06",
        "closed": "1",
        "closure": "kolektyvinės atostogos",
        "closure_last_on": "2027-01-03",
    }
    assert closure_values(AWAY, NIGHT) == {}


def test_after_a_long_closure_a_call_can_still_be_wished_for() -> None:
    away = replace(HOURS, closures=(replace(LEAVE, last=date(2027, 1, 31)),))

    first = next(slots(away, datetime(2026, 12, 29, 12, 0, tzinfo=VILNIUS)))

    assert first.day == date(2027, 2, 1)
