"""Seats of trainings: given in order, never twice, and everybody is told what they must know."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from handlers.commands import Ask, Request
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.messages import Prepared, Thread
from handlers.domain.organisations import AskerType, Details
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status
from handlers.domain.trainings import Seat, Training
from handlers.ports import UnitOfWork
from handlers.reports import Reports
from handlers.training_rows import parse_trainings
from handlers.trainings import TrainingCalendar
from handlers.typed import Enrol, Leave, enrolling
from knowledge_base.record_rows import Refused, read_rows
from tests.builders import (
    NOON,
    ONA,
    TestClock,
    a_knowledge_base,
    a_mail,
    a_telegram_message,
    mail_of,
)
from tests.wired import HOURS, Debt, WiredDesk, a_desk

CALENDAR = TrainingCalendar(clock=TestClock(), places=lambda: a_knowledge_base().places)
JONAS = mail_of("jonas@vsi.lt")


def a_training(**given: Any) -> Training:  # noqa: ANN401 -- any field of the training
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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        plan(desk, a_training())
        yield desk


def plan(desk: WiredDesk, training: Training) -> None:
    desk.do(lambda uow: uow.trainings.put(training, at=NOON, by="rasa"))


def seats(desk: WiredDesk) -> list[tuple[str, Seat]]:
    return [(each.name, each.seat) for each in desk.do(lambda uow: uow.trainings.enrolments("m1"))]


def of_jonas(text: str, **given: Any) -> Prepared:  # noqa: ANN401 -- as `a_mail`
    return a_mail(text, sender=JONAS, sender_name="Jonas", **given)


def told_on(desk: WiredDesk, day: int, hour: int = 10) -> list[Debt]:
    """Run the timer twice at this hour of March, in UTC."""
    desk.clock.at = datetime(2026, 3, day, hour, tzinfo=UTC)
    for _ in range(2):
        desk.do(desk.training_watch.look)
    return desk.new_debts()


# Words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("registruotis m1", Enrol("m1")),
        ("Laba diena,\nprašau užregistruoti mane į mokymus M1.\nPagarbiai\nOna", Enrol("m1")),
        ("Registruotis bo-2, Zarasų bendruomenė", Enrol("bo-2", "Zarasų bendruomenė")),
        ("register for training m1", Enrol("m1")),
        ("зарегистрировать m1", Enrol("m1")),
        ("Atsisakau", Leave()),
        ("Deja, negalėsiu dalyvauti.\n\nPagarbiai\nOna", Leave()),
        ("atsisakau m1", Leave("m1")),
        ("отказываюсь", Leave()),
        ("cancel", Leave()),
        ("Sveiki, norėčiau užsiregistruoti į m1 mokymus.", Enrol("m1")),
        ("зарегистрировать м1", Enrol("m1")),
        ("отказываюсь м1", Leave("m1")),
        ("registruotis m1, dalyvausime trise", None),
        ("Prašau užregistruoti du žmones į m1", None),
        ("registruotis m1, o ar bus pietūs?", None),
        ("Kaip registruotis?", None),
        ("registruotis m1 " + "žodis " * 30, None),
        ("", None),
    ],
)
def test_only_short_plain_words_are_a_wish(text: str, wish: Enrol | Leave | None) -> None:
    assert enrolling(text) == wish


# Seats --------------------------------------------------------------------------------------------


def test_who_writes_the_word_has_a_seat_and_is_told_when_and_where(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail("Registruotis m1, Zarasų bendruomenė"))
    (owed,) = desk.new_debts()
    (enrolment,) = desk.do(lambda uow: uow.trainings.enrolments("m1"))

    assert owed == Debt(Kind.NOTICE, ONA.value, Key.TRAINING_SEATED)
    assert (owed.values["first_on"], owed.values["second_on"]) == ("2026-03-30", "2026-03-31")
    assert (ticket.status, ticket.queue) == (Status.RESOLVED, "mokymai")
    assert (enrolment.name, enrolment.organisation) == ("Ona Onaitė", "Zarasų bendruomenė")
    assert desk.thread(ticket) == [("inbound", "Registruotis m1, Zarasų bendruomenė")]


def test_the_word_may_stand_in_the_subject(desk: WiredDesk) -> None:
    desk.receive(a_mail("Ona Onaitė, Zarasai", subject="registruotis m1"))

    assert seats(desk) == [("Ona Onaitė", Seat.TAKEN)]


def test_registering_twice_takes_one_seat_and_corrects_the_organisation(desk: WiredDesk) -> None:
    first = desk.ticket_of(a_mail("registruotis m1"))
    again = desk.ticket_of(a_mail("registruotis m1, Kita bendruomenė"))

    (enrolment,) = desk.do(lambda uow: uow.trainings.enrolments("m1"))
    assert (again.id, enrolment.organisation) == (first.id, "Kita bendruomenė")


def test_whom_a_person_asks_for_need_not_be_said_again(desk: WiredDesk) -> None:
    asked = desk.ticket_of(a_mail())

    def speak_for(uow: UnitOfWork) -> None:
        details = Details(name="Zarasų bendruomenė", kind=AskerType.COMMUNITY)
        card = uow.organisations.add(details, at=NOON)
        uow.people.ask_for(asked.requester, asker_type=AskerType.COMMUNITY, organisation=card.id)

    desk.do(speak_for)
    ticket = desk.ticket_of(a_mail("registruotis m1"))

    (enrolment,) = desk.do(lambda uow: uow.trainings.enrolments("m1"))
    assert (enrolment.organisation, ticket.asker_type) == (
        "Zarasų bendruomenė",
        AskerType.COMMUNITY,
    )


def test_without_seats_one_waits_and_a_seat_given_up_goes_to_the_first(desk: WiredDesk) -> None:
    seated = desk.ticket_of(a_mail("registruotis m1"))
    desk.receive(of_jonas("registruotis m1"))
    desk.receive(a_mail("registruotis m1", sender=mail_of("eva@vsi.lt"), sender_name="Eva"))
    waiting = desk.new_debts()[1:]

    desk.receive(a_mail("Atsisakau", thread=Thread(tag=seated.id)))

    assert [debt.key for debt in waiting] == [Key.TRAINING_WAITING] * 2
    assert [debt.values["number"] for debt in waiting] == ["1", "2"]
    assert seats(desk) == [
        ("Ona Onaitė", Seat.LEFT),
        ("Jonas", Seat.TAKEN),
        ("Eva", Seat.WAITING),
    ]
    assert desk.new_debts() == [
        Debt(Kind.NOTICE, ONA.value, Key.TRAINING_LEFT),
        Debt(Kind.NOTICE, JONAS.value, Key.TRAINING_SEAT),
    ]


def test_who_gave_up_and_comes_back_is_last(desk: WiredDesk) -> None:
    desk.receive(a_mail("registruotis m1"))
    desk.receive(of_jonas("registruotis m1"))
    desk.receive(a_mail("atsisakau m1"))
    desk.clock.move(minutes=1)
    desk.receive(a_mail("registruotis m1"))

    assert seats(desk) == [("Jonas", Seat.TAKEN), ("Ona Onaitė", Seat.WAITING)]


def test_more_seats_go_to_those_who_wait(desk: WiredDesk) -> None:
    for message in (a_mail("registruotis m1"), of_jonas("registruotis m1")):
        desk.receive(message)
    desk.new_debts()

    plan(desk, a_training(seats=5))

    assert told_on(desk, 3) == [Debt(Kind.NOTICE, JONAS.value, Key.TRAINING_SEAT)]


@pytest.mark.parametrize("training", [{"called_off": True}, {"days": (date(2026, 3, 1),)}])
def test_too_late_is_said_and_takes_no_seat(desk: WiredDesk, training: dict[str, Any]) -> None:
    plan(desk, a_training(**training))

    desk.receive(a_mail("registruotis m1"))

    assert desk.new_debts() == [Debt(Kind.NOTICE, ONA.value, Key.TRAINING_CLOSED)]
    assert seats(desk) == []


@pytest.mark.parametrize(
    "message",
    [
        a_mail("registruotis m7"),
        a_mail("registruotis m1", is_authentic=False),
        a_mail("registruotis m1", silent=True),
    ],
    ids=["unknown", "forged", "history"],
)
def test_what_is_no_sure_wish_is_a_question(desk: WiredDesk, message: Prepared) -> None:
    assert desk.ticket_of(message).queue == "bendra"
    assert seats(desk) == []


def test_two_trainings_in_one_message_are_for_a_person(desk: WiredDesk) -> None:
    plan(desk, a_training(id="m2"))

    receipt = desk.receive(a_mail("registruotis m1 ir m2"))

    assert (receipt.reason, seats(desk)) == ("question", [])


def test_to_give_up_means_nothing_elsewhere_or_of_somebody_else(desk: WiredDesk) -> None:
    other = desk.ticket_of(a_mail())
    desk.receive(a_mail("registruotis m1"))

    desk.receive(a_mail("Atsisakau", thread=Thread(tag=other.id)))
    desk.receive(of_jonas("atsisakau m1"))

    assert seats(desk) == [("Ona Onaitė", Seat.TAKEN)]


def test_a_late_reply_to_an_old_confirmation_still_gives_the_seat_up(desk: WiredDesk) -> None:
    plan(desk, a_training(days=(date(2026, 9, 1),)))
    ticket = desk.ticket_of(a_mail("registruotis m1"))
    desk.clock.move(days=100)

    desk.receive(a_mail("Nedalyvausiu", thread=Thread(tag=ticket.id), received_at=desk.clock.now()))

    assert seats(desk) == [("Ona Onaitė", Seat.LEFT)]


def test_whatever_else_is_written_there_reaches_a_person(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail("registruotis m1"))

    desk.receive(a_mail("Ar bus pietūs?", thread=Thread(tag=ticket.id)))

    assert desk.ticket(ticket).status is Status.NEW


@pytest.mark.soak
def test_whatever_people_do_seats_go_by_order_and_none_is_given_twice(
    desk: WiredDesk, *, soak: bool
) -> None:
    """A slow obvious list of who came when is held against what was given out."""
    chance = random.Random(7)  # noqa: S311 -- a walk that is the same each time
    crowd = [mail_of(f"{name}@vsi.lt") for name in "abcdefgh"]
    queue: list[str] = []
    seated: list[str] = []
    capacity = 1
    for _ in range(2000 if soak else 40):
        desk.clock.move(seconds=1)
        who, deed = chance.choice(crowd), chance.randrange(5)
        if deed == 0:
            capacity = max(capacity, chance.randrange(1, 5))
            plan(desk, a_training(seats=capacity))
            desk.do(desk.training_watch.look)
        elif deed in {1, 2}:
            desk.receive(a_mail("atsisakau m1", sender=who, sender_name=who.value))
            queue = [each for each in queue if each != who.value]
            seated = [each for each in seated if each != who.value]
        else:
            desk.receive(a_mail("registruotis m1", sender=who, sender_name=who.value))
            if who.value not in queue + seated:
                queue.append(who.value)
        while queue and len(seated) < capacity:
            seated.append(queue.pop(0))
        known = seats(desk)
        assert {name for name, seat in known if seat is Seat.TAKEN} == set(seated)
        assert [name for name, seat in known if seat is Seat.WAITING] == queue


# In Telegram --------------------------------------------------------------------------------------


def an_ask(what: Request, argument: str = "") -> Ask:
    chat = Address(Channel.TELEGRAM, "77")
    return Ask(by=chat, name="Ona", what=what, language="lt", once=f"{what}", argument=argument)


def test_in_telegram_trainings_are_listed_taken_and_given_up_by_buttons(desk: WiredDesk) -> None:
    plan(desk, a_training(id="m2", days=(date(2026, 3, 1),)))
    for what, argument in (
        (Request.TRAININGS, ""),
        (Request.ENROL, "m1"),
        (Request.ENROL, "m1"),
        (Request.LEAVE, "m1"),
        (Request.LEAVE, "m1"),
    ):
        desk.carry_out(an_ask(what, argument))
    listed, *answers = desk.new_debts()

    assert (listed.key, listed.values["training1_code"]) == (Key.MEMBER_TRAININGS, "m1")
    assert "training2_code" not in listed.values
    assert [debt.key for debt in answers] == [
        Key.TRAINING_SEATED,
        Key.TRAINING_SEATED,
        Key.TRAINING_LEFT,
    ]
    assert seats(desk) == [("Ona", Seat.LEFT)]


def test_the_words_work_in_telegram_as_well(desk: WiredDesk) -> None:
    desk.receive(a_telegram_message("registruotis m1"))
    desk.receive(a_telegram_message("atsisakau"))

    assert seats(desk) == [("Ona Onaitė", Seat.LEFT)]


# What one must know -------------------------------------------------------------------------------


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


# Those who plan -----------------------------------------------------------------------------------


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
