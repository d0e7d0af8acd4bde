"""A desk with one training, and what tests of trainings share."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from handlers.domain.messages import Prepared
from handlers.domain.trainings import Seat, Training
from handlers.trainings import TrainingCalendar
from tests.builders import (
    NOON,
    TestClock,
    a_knowledge_base,
    a_mail,
    mail_of,
)
from tests.wired import Debt, WiredDesk

CALENDAR = TrainingCalendar(clock=TestClock(), places=lambda: a_knowledge_base().places)
JONAS = mail_of("jonas@vsi.lt")


def a_training(**given: Any) -> Training:  # noqa: ANN401 -- any field of the training
    """Return a two-day training with one seat."""
    default = Training(
        id="m1",
        title="NVO tarybų mokymai",
        days=(date(2026, 3, 30), date(2026, 3, 31)),
        begins=time(9),
        ends=time(16),
        municipality="Zarasų r. sav.",
        place="Savivaldybės salė",
        seats=1,
    )
    return replace(default, **given)


def plan(desk: WiredDesk, training: Training) -> None:
    """Put a training into the calendar."""
    desk.do(lambda uow: uow.trainings.put(training, at=NOON, by="rasa"))


def seats(desk: WiredDesk) -> list[tuple[str, Seat]]:
    """List who has what, in the order they came."""
    return [(each.name, each.seat) for each in desk.do(lambda uow: uow.trainings.enrolments("m1"))]


def of_jonas(text: str, **given: Any) -> Prepared:  # noqa: ANN401 -- as `a_mail`
    """Return a mail of a second person."""
    return a_mail(text, sender=JONAS, sender_name="Jonas", **given)


def told_on(desk: WiredDesk, day: int, hour: int = 10) -> list[Debt]:
    """Run the timer twice at this hour of March, in UTC."""
    desk.clock.at = datetime(2026, 3, day, hour, tzinfo=UTC)
    for _ in range(2):
        desk.do(desk.training_watch.look)
    return desk.new_debts()
