"""The calendar of trainings: planned by file or by hand, and who came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.trainings import Seat
from handlers.ports import UnitOfWork
from handlers.reports import Reports
from handlers.training_rows import parse_trainings
from knowledge_base.record_rows import Refused, read_rows
from tests.builders import (
    NOON,
    a_knowledge_base,
    a_mail,
)
from tests.unit.handlers.training_desk import CALENDAR, a_training, of_jonas, plan
from tests.wired import HOURS, WiredDesk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        plan(desk, a_training())
        yield desk


def test_trainings_come_from_a_file_and_refused_lines_are_named() -> None:
    text = (
        "kodas;pavadinimas;dienos;pradžia;pabaiga;savivaldybė;vieta;vietos;ciklas\n"
        "m1;Mokymai;2026-03-30;9.00;16:00;Zarasai;Salė;20;Pavasaris\n"
        "m2;Mokymai;2026-03-31;16:00;9:00;Zarasai;Salė;20;\n"
        "m3;Mokymai;2026-03-31,2026-04-01;9:00;16:00;Zarasai;Salė;20;\n"
        "m4;Mokymai;2026-04-01;9:00;16:00;Klaipėda;Salė;20;\n"
        "m5;Mokymai;2026-04-01;9:00;16:00;Zarasai;Salė;daug;\n"
        "m6;Mokymai;2026-04-01;9:00;25:00;Zarasai;Salė;1;\n"
        "m1;Mokymai;2026-04-01;9:00;16:00;Zarasai;Salė;20;\n"
    )

    parsed = parse_trainings(read_rows(text, is_yaml=False), a_knowledge_base().places)

    assert parsed.records == {
        2: a_training(
            title="Mokymai", days=(date(2026, 3, 30),), place="Salė", seats=20, cycle="Pavasaris"
        )
    }
    assert parsed.refused == (
        Refused(line=3, reason="it ends before it begins"),
        Refused(line=4, reason="days: 2026-03-31,2026-04-01 are no dates; write 2026-12-01"),
        Refused(line=5, reason="Klaipėda: either Klaipėdos m. sav. or Klaipėdos r. sav.?"),
        Refused(line=6, reason="seats: daug is no number of seats"),
        Refused(line=7, reason="ends: 25:00 is no hour; write it like 09:00"),
        Refused(line=8, reason="it is in line 2 already"),
    )


def test_a_training_is_added_under_the_next_code_and_changed_value_by_value(
    desk: WiredDesk,
) -> None:
    values = {
        "title": "Gero valdymo mokymai",
        "days": "2026-05-04",
        "begins": "9",
        "ends": "16:30",
        "municipality": "Zarasai",
        "place": "Salė",
        "seats": "12",
    }

    added = desk.do(lambda uow: CALENDAR.add(uow, values, by="rasa"))
    changed = desk.do(lambda uow: CALENDAR.change(uow, "m2", {"seats": "15"}, by="rasa"))
    versions = desk.do(lambda uow: [each.version for each in uow.trainings.history("m2")])

    assert (added.id, changed, versions) == ("m2", replace(added, seats=15), [1, 2])
    for wrong in ({**values, "id": "m1"}, {**values, "seats": "0"}):
        with pytest.raises(InvalidError):
            desk.do(lambda uow, wrong=wrong: CALENDAR.add(uow, wrong, by="rasa"))  # type: ignore[misc]
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: CALENDAR.change(uow, "m9", {}, by="rasa"))


def test_attendance_is_noted_day_by_day_and_can_be_corrected(desk: WiredDesk) -> None:
    ona = desk.ticket_of(a_mail("registruotis m1"))
    jonas = desk.ticket_of(of_jonas("registruotis m1"))
    first, second = a_training().days

    def note(uow: UnitOfWork) -> None:
        both = [ona.reference, jonas.reference]
        CALENDAR.attend(uow, "m1", both, days=(), came=True)
        CALENDAR.attend(uow, "m1", [jonas.reference], days=(second,), came=False)

    desk.do(note)

    found = desk.do(lambda uow: uow.trainings.enrolments("m1"))
    (offer,) = desk.do(CALENDAR.ahead)
    assert offer.came == 2
    assert [(each.seat, each.attended) for each in found] == [
        (Seat.TAKEN, (first, second)),
        (Seat.TAKEN, (first,)),
    ]
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: CALENDAR.attend(uow, "m1", ["NVO-99"], days=(), came=True))
    wrong = (date(2026, 1, 1),)
    with pytest.raises(InvalidError):
        desk.do(lambda uow: CALENDAR.attend(uow, "m1", [], days=wrong, came=True))


def test_to_register_is_no_consultation_until_a_question_is_answered(desk: WiredDesk) -> None:
    desk.receive(a_mail("registruotis m1"))
    asked = desk.ticket_of(a_mail())
    days = {"first": NOON.date(), "last": NOON.date()}

    rows = desk.do(lambda uow: Reports(working_time=HOURS).consultations(uow, **days))

    assert [row.reference for row in rows] == [asked.reference]
