"""What a municipality was promised is tracked to its file, and nobody forgets its day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.delivering import Delivering, Step
from handlers.domain.deliverables import (
    Deliverable,
    DeliverableKind,
    NewDeliverable,
    Progress,
)
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant, Role
from handlers.due_watch import DueWatch
from handlers.staff_notices import StaffNotices
from tests.builders import a_file
from tests.wired import HOURS, WiredDesk, a_desk

DUE = date(2026, 3, 31)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def rasa(desk: WiredDesk) -> Consultant:
    return desk.hire(role=Role.COORDINATOR)


@pytest.fixture
def jonas(desk: WiredDesk) -> Consultant:
    return desk.hire("jonas@pagalba.lt")


def planned(desk: WiredDesk, rasa: Consultant, responsible: Consultant) -> Deliverable:
    new = NewDeliverable(
        kind=DeliverableKind.COUNCIL_PLAN,
        municipality="Zarasų r. sav.",
        due_on=DUE,
        responsible=responsible.id,
        period="2026–2028",
    )
    return desk.do(lambda uow: Delivering(clock=desk.clock).plan(uow, new, rasa))


def test_a_plan_is_delivered_with_its_file_and_every_change_is_a_version(
    desk: WiredDesk, rasa: Consultant, jonas: Consultant
) -> None:
    steps, first = Delivering(clock=desk.clock), planned(desk, rasa, jonas)
    file = a_file("planas.pdf")

    def step(step: Step, who: Consultant = jonas) -> Deliverable:
        return desk.do(lambda uow: steps.step(uow, first.id, step, who))

    started = step(Step(progress=Progress.STARTED))
    with pytest.raises(InvalidError):
        step(Step(progress=Progress.DELIVERED))
    done = step(Step(progress=Progress.DELIVERED, file=file, note=" Patvirtintas "))
    again = step(Step(progress=Progress.DELIVERED))

    assert done == replace(
        started, version=3, progress=Progress.DELIVERED, file=file, note="Patvirtintas"
    )
    assert again == done
    assert desk.do(lambda uow: uow.deliverables.history(first.id)) == [first, started, done]


def test_only_those_who_steer_plan_move_the_day_and_give_it_to_others(
    desk: WiredDesk, rasa: Consultant, jonas: Consultant
) -> None:
    steps, own = Delivering(clock=desk.clock), planned(desk, rasa, jonas)
    other = planned(desk, rasa, rasa)

    for wrong in (Step(due_on=date(2026, 5, 1)), Step(progress=Progress.DROPPED)):
        with pytest.raises(NotAllowedError):
            desk.do(lambda uow, wrong=wrong: steps.step(uow, own.id, wrong, jonas))  # type: ignore[misc]
    with pytest.raises(NotAllowedError):
        desk.do(lambda uow: steps.step(uow, other.id, Step(note="X"), jonas))
    with pytest.raises(NotAllowedError):
        planned(desk, jonas, jonas)
    seen = desk.do(lambda uow: steps.listing(uow, jonas, DUE, over=True))
    assert [row.id for row in seen] == [own.id]


def test_who_is_responsible_is_reminded_and_those_who_steer_hear_of_what_is_late(
    desk: WiredDesk, rasa: Consultant, jonas: Consultant
) -> None:
    notices = StaffNotices(clock=desk.clock, room=desk.reactions.staff_room)
    watch, steps = DueWatch(working_time=HOURS, notices=notices), Delivering(clock=desk.clock)
    made = planned(desk, rasa, jonas)

    def told(month: int, day: int) -> list[tuple[str, str]]:
        desk.clock.at = datetime(2026, month, day, 9, tzinfo=UTC)
        for _ in range(2):
            desk.do(watch.look)
        debts = desk.new_debts()
        assert {debt.key for debt in debts} <= {Key.STAFF_DELIVERABLE_DUE}
        return [(debt.to, debt.values["late"]) for debt in debts]

    by_day = [told(3, 16), told(3, 17), told(3, 31), told(4, 1), told(4, 2)]
    desk.do(lambda uow: steps.step(uow, made.id, Step(due_on=date(2026, 4, 10)), rasa))
    moved = told(4, 3)
    desk.do(lambda uow: steps.step(uow, made.id, Step(progress=Progress.DROPPED), rasa))

    assert by_day == [
        [],
        [("jonas@pagalba.lt", "no")],
        [],
        [("jonas@pagalba.lt", "yes"), ("rasa@pagalba.lt", "yes")],
        [],
    ]
    assert (moved, told(4, 13)) == ([("jonas@pagalba.lt", "no")], [])


def test_the_late_are_listed_first(desk: WiredDesk, rasa: Consultant) -> None:
    steps, late = Delivering(clock=desk.clock), planned(desk, rasa, rasa)
    soon = planned(desk, rasa, rasa)
    desk.do(lambda uow: steps.step(uow, soon.id, Step(due_on=date(2026, 4, 2)), rasa))
    gone = planned(desk, rasa, rasa)
    desk.do(lambda uow: steps.step(uow, gone.id, Step(progress=Progress.DROPPED), rasa))

    rows = desk.do(lambda uow: steps.listing(uow, rasa, date(2026, 4, 1), over=False))

    assert [row.id for row in rows] == [late.id, soon.id]
