"""Who has a seat is told what they must know, each thing once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.domain.outgoing import Key, Kind
from handlers.domain.trainings import Seat
from tests.builders import (
    ONA,
    a_mail,
)
from tests.unit.handlers.training_desk import JONAS, a_training, of_jonas, plan, seats, told_on
from tests.wired import Debt, WiredDesk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        plan(desk, a_training())
        yield desk


def test_a_seat_is_reminded_of_once_three_days_before_and_not_by_night(desk: WiredDesk) -> None:
    desk.receive(a_mail("registruotis m1"))
    desk.receive(of_jonas("registruotis m1"))
    desk.new_debts()

    told = [told_on(desk, day, hour) for day, hour in ((26, 10), (27, 4), (27, 10), (29, 10))]

    reminder = Debt(Kind.NOTICE, ONA.value, Key.TRAINING_REMINDER)
    assert told == [[], [], [reminder], []]


def test_who_registers_within_the_three_days_needs_no_reminder(desk: WiredDesk) -> None:
    desk.clock.at = datetime(2026, 3, 28, 10, tzinfo=UTC)
    desk.receive(a_mail("registruotis m1"))
    desk.new_debts()

    assert told_on(desk, 29) == []


def test_a_training_that_moved_is_told_and_reminded_of_anew(desk: WiredDesk) -> None:
    desk.receive(a_mail("registruotis m1"))
    told_on(desk, 28)

    plan(desk, a_training(days=(date(2026, 4, 2),)))

    moved, reminded = told_on(desk, 29), told_on(desk, 30)
    assert moved == [Debt(Kind.NOTICE, ONA.value, Key.TRAINING_MOVED)]
    assert (moved[0].values["first_on"], moved[0].values["second_on"]) == ("2026-04-02", "")
    assert reminded == [Debt(Kind.NOTICE, ONA.value, Key.TRAINING_REMINDER)]


def test_a_training_called_off_is_told_to_everybody_once(desk: WiredDesk) -> None:
    desk.receive(a_mail("registruotis m1"))
    desk.receive(of_jonas("registruotis m1"))
    desk.new_debts()

    plan(desk, a_training(called_off=True))

    assert told_on(desk, 5) == [
        Debt(Kind.NOTICE, to, Key.TRAINING_CALLED_OFF) for to in (ONA.value, JONAS.value)
    ]
    assert {seat for _, seat in seats(desk)} == {Seat.LEFT}
