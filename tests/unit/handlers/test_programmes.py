"""When a call is, and until when, is told from its record; never from a text, never when old."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.domain.outgoing import Key
from handlers.domain.tickets import Status
from handlers.ports import UnitOfWork
from handlers.programmes import Funding
from handlers.registry import Taken
from knowledge_base.decisions import Context
from knowledge_base.record_rows import Parsed, Refused
from knowledge_base.records import Call, Programme, Seen
from tests.builders import NOON, TestClock, a_knowledge_base, a_mail
from tests.wired import WiredDesk, a_desk

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
paraiškos priimamos nuo 2026-03-01 iki 2026-03-31 (imtinai)"""


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

    assert [line.partition("“")[0] for line in values["answer"].splitlines()[1:]] == [
        "– „Pirmas kvietimas",
        "– „Antras kvietimas",
    ]
    assert values["answer"].endswith("paraiškos priimamos iki 2026-05-01 (imtinai)")


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
