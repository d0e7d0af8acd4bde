"""When a call is, and until when, is told from its record; never from a text, never when old."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status, Ticket
from handlers.ports import UnitOfWork
from handlers.programmes import Funding
from handlers.record_imports import Taken
from knowledge_base.decisions import Context
from knowledge_base.record_rows import Parsed, Refused
from knowledge_base.records import Call, Programme, Seen
from tests.builders import (
    NOON,
    ONA,
    TestClock,
    a_knowledge_base,
    a_mail,
    a_telegram_message,
    mail_of,
)
from tests.wired import Debt, WiredDesk, a_desk

SEEN = Seen(source="Kvietimo skelbimas", checked_on=date(2026, 2, 20), checked_by="Rasa")
PROGRAMME = Programme(
    id="bendruomenes",
    name="Stiprinti bendruomeninę veiklą",
    funder="SADM",
    codes=((2025, "2.1.1.1"), (2026, "2.1.1.2")),
    municipalities=("Kauno m. sav.", "Kauno r. sav."),
    seen=SEEN,
)
TOLD = """Kauno rajono savivaldybė. Kvietimai teikti paraiškas:
– „Pirmas kvietimas“ (Stiprinti bendruomeninę veiklą, 2.1.1.2): \
paraiškos priimamos nuo 2026-03-01 iki 2026-03-31 (imtinai)
Klausę el. paštu ar „Telegram“, atsakykite „priminti“ – priminsime likus trims dienoms."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        desk.do(lambda uow: uow.programmes.put_programme(PROGRAMME, at=NOON, by="rasa"))
        yield desk


def a_call(**given: Any) -> Call:  # noqa: ANN401 -- any field of the call
    default = Call(
        programme="bendruomenes",
        id="2026-1",
        title="Pirmas kvietimas",
        municipality="Kauno r. sav.",
        opens_on=date(2026, 3, 1),
        closes_on=date(2026, 3, 31),
        seen=SEEN,
    )
    return replace(default, **given)


def know(desk: WiredDesk, *calls: Call) -> None:
    def put(uow: UnitOfWork) -> None:
        for call in calls:
            uow.programmes.put_call(call, at=NOON, by="rasa")

    desk.do(put)


def ask(desk: WiredDesk, text: str) -> tuple[Status, str, dict[str, Any]]:
    decision = a_knowledge_base().decide(text, Context(today=date(2026, 3, 2)))
    ticket = desk.ticket_of(a_mail(text, decision=decision))
    owed = desk.new_debts()[0]
    assert ticket.queue == "priemone-paraiskos"
    return ticket.status, owed.key, owed.values


@pytest.mark.parametrize(
    "text", ["Kada kvietimas Kauno r.?", "Iki kada galima teikti paraiškas Kauno rajone?"]
)
def test_an_open_call_is_told_with_its_source_and_check(desk: WiredDesk, text: str) -> None:
    know(desk, a_call())

    status, key, values = ask(desk, text)

    assert (status, key) == (Status.ANSWERED, Key.ANSWER)
    assert (values["answer"], values["sources"], values["checked_on"]) == (
        TOLD,
        "Kvietimo skelbimas",
        "2026-02-20",
    )


@pytest.mark.parametrize(
    "call",
    [
        None,
        a_call(closes_on=date(2026, 3, 1)),
        a_call(withdrawn=True),
        a_call(seen=replace(SEEN, checked_on=date(2026, 1, 30))),
        a_call(municipality="Kauno m. sav."),
    ],
    ids=["none", "over", "withdrawn", "stale", "the twin's"],
)
def test_without_a_current_call_a_person_answers(desk: WiredDesk, call: Call | None) -> None:
    """Whatever the entries say about calls in general."""
    know(desk, *([call] if call else []))

    status, key, _ = ask(desk, "Kada kvietimas Kauno r.?")

    assert (status, key) == (Status.NEW, Key.ACKNOWLEDGEMENT)


def test_a_call_is_told_on_its_last_day_and_two_are_told_together(desk: WiredDesk) -> None:
    later = a_call(id="2026-2", title="Antras kvietimas", opens_on=None, closes_on=date(2026, 5, 1))
    know(desk, later, a_call(closes_on=date(2026, 3, 2)))

    _, _, values = ask(desk, "Kada kvietimas Kauno r.?")

    assert [line.partition("“")[0] for line in values["answer"].splitlines()[1:3]] == [
        "– „Pirmas kvietimas",
        "– „Antras kvietimas",
    ]
    assert "paraiškos priimamos iki 2026-05-01 (imtinai)\n" in values["answer"]


def test_of_twins_the_asker_chooses(desk: WiredDesk) -> None:
    know(desk, a_call(), a_call(municipality="Kauno m. sav."))

    status, key, values = ask(desk, "Kada kvietimas Kaune?")

    assert (status, key) == (Status.NEW, Key.SUGGESTIONS)
    assert [values["option1"], values["option2"]] == [
        "Kvietimai teikti paraiškas: Kauno miesto savivaldybė",
        "Kvietimai teikti paraiškas: Kauno rajono savivaldybė",
    ]


def test_calls_of_unknown_programmes_and_strangers_are_refused(desk: WiredDesk) -> None:
    funding = Funding(clock=TestClock(), places=lambda: a_knowledge_base().places, days=30)
    older = replace(SEEN, checked_on=date(2026, 1, 1))
    parsed = Parsed(
        records={
            2: a_call(),
            3: a_call(programme="kita"),
            4: a_call(municipality="Zarasų r. sav."),
        },
        refused=(Refused(line=5, reason="title is missing"),),
    )

    first = desk.do(lambda uow: funding.take_in_calls(uow, parsed, by="rasa"))
    again = Parsed(records={2: a_call(seen=older)}, refused=())
    second = desk.do(lambda uow: funding.take_in_calls(uow, again, by="rasa"))

    assert first == Taken(
        changed=1,
        unchanged=0,
        refused=(
            Refused(line=3, reason="programme: there is no kita"),
            Refused(line=4, reason="Zarasų r. sav. does not take part in bendruomenes"),
            Refused(line=5, reason="title is missing"),
        ),
    )
    assert second.refused == (Refused(line=2, reason="a check of 2026-02-20 is known already"),)


# Reminders ----------------------------------------------------------------------------------------


def told_and_asked(desk: WiredDesk, *, words: str) -> Ticket:
    """Answer a question about a call, to which the asker says these words."""
    text = "Kada kvietimas Kauno r.?"
    decision = a_knowledge_base().decide(text, Context(today=date(2026, 3, 2)))
    ticket = desk.ticket_of(a_mail(text, decision=decision))
    desk.new_debts()
    desk.receive(a_mail(words, thread=Thread(tag=ticket.id)))
    return ticket


def reminders(desk: WiredDesk, day: int, hour: int = 12) -> list[Debt]:
    """Run the timer twice at this hour of March, in UTC, and list what came to be owed."""
    desk.clock.at = datetime(2026, 3, day, hour, tzinfo=UTC)
    for _ in range(2):
        desk.do(desk.closing.remind)
    return desk.new_debts()


def test_who_asks_is_reminded_once_three_days_before(desk: WiredDesk) -> None:
    know(desk, a_call())
    ticket = told_and_asked(desk, words="priminti")
    said = desk.new_debts()

    by_day = {day: len(reminders(desk, day)) for day in (27, 28, 29, 31)}

    assert said == [Debt(Kind.NOTICE, ONA.value, Key.CALL_REMINDER_SET)]
    assert said[0].values["calls"] == "– „Pirmas kvietimas“, 2026-03-31"
    assert by_day == {27: 0, 28: 1, 29: 0, 31: 0}
    assert desk.ticket(ticket).status is Status.ANSWERED
    assert [event.type for event in desk.events(ticket)][-1] == "reminder_asked"


def test_a_reminder_tells_the_day_with_its_source_but_not_by_night(desk: WiredDesk) -> None:
    know(desk, a_call())
    told_and_asked(desk, words="priminti")
    desk.new_debts()

    early, (owed,) = reminders(desk, 28, hour=5), reminders(desk, 28, hour=8)

    assert early == []
    assert owed == Debt(Kind.NOTICE, ONA.value, Key.CALL_REMINDER)
    assert {name: owed.values[name] for name in ("title", "closes_on", "sources")} == {
        "title": "Pirmas kvietimas",
        "closes_on": "2026-03-31",
        "sources": "Kvietimo skelbimas",
    }


def test_whoever_changes_their_mind_is_left_in_peace(desk: WiredDesk) -> None:
    know(desk, a_call())
    ticket = told_and_asked(desk, words="priminti")
    desk.new_debts()

    desk.receive(a_mail("Nepriminti", thread=Thread(tag=ticket.id)))

    assert desk.new_debts() == [Debt(Kind.NOTICE, ONA.value, Key.CALL_REMINDER_ENDED)]
    assert reminders(desk, 28) == []


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (a_call(closes_on=date(2026, 3, 20)), {17: 1, 18: 0, 28: 0}),
        (a_call(withdrawn=True), {28: 0}),
    ],
    ids=["moved", "withdrawn"],
)
def test_the_call_as_it_is_now_decides(desk: WiredDesk, now: Call, days: dict[int, int]) -> None:
    know(desk, a_call())
    told_and_asked(desk, words="priminti")
    desk.new_debts()

    know(desk, now)

    assert {day: len(reminders(desk, day)) for day in days} == days


def test_a_last_day_moved_is_reminded_of_anew(desk: WiredDesk) -> None:
    know(desk, a_call(closes_on=date(2026, 3, 20)))
    told_and_asked(desk, words="priminti")
    desk.new_debts()
    first = reminders(desk, 18)

    know(desk, a_call(closes_on=date(2026, 3, 30)))

    assert (len(first), len(reminders(desk, 20)), len(reminders(desk, 27))) == (1, 0, 1)


def test_the_words_mean_nothing_where_no_call_was_told(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())
    desk.new_debts()

    desk.receive(a_mail("priminti", thread=Thread(tag=ticket.id)))

    assert "reminder_asked" not in desk.history(ticket)
    assert "follow_up" in desk.history(ticket)


def test_in_telegram_one_is_reminded_there(desk: WiredDesk) -> None:
    know(desk, a_call())
    text = "Kada kvietimas Kauno r.?"
    decision = a_knowledge_base().decide(text, Context(today=date(2026, 3, 2)))
    ticket = desk.ticket_of(a_telegram_message(text, decision=decision))
    receipt = desk.receive(a_telegram_message("priminti"))
    desk.new_debts()

    assert (receipt.ticket, receipt.reason) == (desk.ticket(ticket), "follow-up")

    assert reminders(desk, 28) == [Debt(Kind.NOTICE, "77", Key.CALL_REMINDER)]


def test_the_words_alone_of_somebody_else_are_a_question(desk: WiredDesk) -> None:
    know(desk, a_call())
    told_and_asked(desk, words="priminti")

    receipt = desk.receive(a_mail("nepriminti", sender=mail_of("kas@kitur.lt")))

    assert receipt.reason == "question"
    assert len(reminders(desk, 28)) > 0
