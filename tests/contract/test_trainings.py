"""Trainings keep their versions, and everybody has one enrolment in each."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Event

import pytest
import sqlalchemy as sa

from handlers.domain.trainings import KnownTraining, Seat, Training
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import NOON, a_person, a_ticket, an_enrolment

TRAINING = Training(
    id="m1",
    title="NVO tarybų mokymai",
    days=(date(2026, 3, 30), date(2026, 3, 31)),
    begins=time(9),
    ends=time(16),
    municipality="Zarasų r. sav.",
    place="Salė",
    seats=1,
)


def test_every_version_of_a_training_is_kept(begin: UnitOfWorkFactory) -> None:
    moved = replace(TRAINING, days=(date(2026, 5, 1),))
    other = replace(TRAINING, id="m2", days=(date(2026, 4, 1),))
    with begin() as uow:
        put = [uow.trainings.put(t, at=NOON, by="rasa") for t in (TRAINING, TRAINING, moved, other)]
        uow.commit()

    with begin() as uow:
        versions = [
            KnownTraining(training=each, version=number, at=NOON, by="rasa")
            for number, each in enumerate((TRAINING, moved), 1)
        ]
        assert put == [True, False, True, True]
        assert uow.trainings.history("m1") == versions
        assert uow.trainings.known("m1") == versions[-1]
        assert [each.training.id for each in uow.trainings.rows()] == ["m2", "m1"]
        assert uow.trainings.known("m9") is None


def test_enrolments_stand_in_the_order_of_the_list(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.trainings.hold("m1")
        people = [a_person(uow) for _ in range(3)]
        tickets = [a_ticket(uow, person) for person in people]
        made = [
            uow.trainings.enrol(an_enrolment(ticket, person, at=NOON + timedelta(minutes=late)))
            for ticket, person, late in zip(tickets, people, (2, 0, 1), strict=True)
        ]
        came = replace(
            made[0], seat=Seat.LEFT, attended=TRAINING.days, reminded_for=date(2026, 3, 1)
        )
        uow.trainings.save(came)

        assert uow.trainings.enrolments("m1") == [made[1], made[2], came]
        assert uow.trainings.of_person(people[0].id) == [came]
        assert uow.trainings.of_ticket(tickets[1].id) == [made[1]]
        assert uow.trainings.tickets_among([tickets[0].id, a_ticket(uow).id]) == {tickets[0].id}
        with pytest.raises(sa.exc.IntegrityError):
            uow.trainings.enrol(an_enrolment(tickets[0], people[0]))


def test_the_last_seat_is_given_out_by_one_at_a_time(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.trainings.put(TRAINING, at=NOON, by="rasa")
        person = a_person(uow)
        ticket = a_ticket(uow, person)
        uow.commit()
    began, seen = Event(), list[int]()

    def second() -> None:
        began.set()
        with begin() as uow:
            uow.trainings.hold("m1")
            seen.append(len(uow.trainings.enrolments("m1")))

    with begin() as uow, ThreadPoolExecutor() as pool:
        uow.trainings.hold("m1")
        waiting = pool.submit(second)
        assert began.wait(5)
        uow.trainings.enrol(an_enrolment(ticket, person))
        before = list(seen)
        uow.commit()
        waiting.result(5)

    assert (before, seen) == ([], [1])


def test_who_came_still_counts_after_erasing_and_who_did_not_gives_the_seat_up(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        came, stayed = a_person(uow), a_person(uow)
        for person in (came, stayed):
            uow.trainings.enrol(an_enrolment(a_ticket(uow, person), person))
        uow.trainings.save(replace(uow.trainings.of_person(came.id)[0], attended=TRAINING.days))
        for person in (came, stayed):
            uow.personal_data.erase(person.id)

        left = uow.trainings.enrolments("m1")
        assert [(each.name, each.seat) for each in left] == [
            ("***", Seat.TAKEN),
            ("***", Seat.LEFT),
        ]
