"""Seats of trainings: given in order and never twice, by words and by buttons."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.commands import Ask, Request
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Prepared, Thread
from handlers.domain.organisations import AskerType, Details
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status
from handlers.domain.trainings import Seat
from handlers.ports import UnitOfWork
from handlers.typed import Enrol, Leave, enrolling
from knowledge_base.text import Line
from tests.builders import (
    NOON,
    ONA,
    a_mail,
    a_telegram_message,
    mail_of,
)
from tests.unit.handlers.training_desk import JONAS, a_training, of_jonas, plan, seats, told_on
from tests.wired import Debt, WiredDesk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        plan(desk, a_training())
        yield desk


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
    assert enrolling(Line(text)) == wish


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
