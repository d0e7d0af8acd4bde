"""Who sits on a council is told from the registry when it is current, else by a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.messages import Prepared, Thread
from handlers.domain.outgoing import Key
from handlers.domain.tickets import Status
from handlers.policy import AutoAnswers
from handlers.ports import UnitOfWork
from handlers.record_imports import Taken
from handlers.registry import Coverage, MunicipalRegistry, Standing
from knowledge_base.decisions import Context
from knowledge_base.municipalities import Places
from knowledge_base.record_rows import Parsed, Refused
from knowledge_base.records import Council, CouncilKind, Member, Seen, Statute
from tests.builders import NOON, TestClock, a_knowledge_base, a_mail
from tests.wired import WiredDesk, a_desk

KAUNAS_DISTRICT = "Kauno r. sav."
TOLD = """Kauno rajono savivaldybė. NVO taryba – nariai:
– Narė Pirmoji (pirmininkė, NVO, 2025-03-01 – 2028-03-01)
– Narys Antrasis"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        yield desk


def a_council(**given: Any) -> Council:  # noqa: ANN401 -- any field of the council
    default = Council(
        municipality=KAUNAS_DISTRICT,
        kind=CouncilKind.NVO,
        members=(
            Member(
                name="Narė Pirmoji",
                role="pirmininkė",
                represents="NVO",
                since=date(2025, 3, 1),
                until=date(2028, 3, 1),
            ),
            Member(name="Narys Antrasis"),
            Member(name="Narys Buvęs", until=date(2025, 12, 31)),
        ),
        seen=Seen(source="Sprendimas T-1", checked_on=date(2026, 2, 1), checked_by="Rasa"),
    )
    return replace(default, **given)


def know(desk: WiredDesk, *councils: Council) -> None:
    def put(uow: UnitOfWork) -> None:
        for council in councils:
            uow.registry.put(council, at=NOON, by="rasa")

    desk.do(put)


def asks(text: str, **given: Any) -> Prepared:  # noqa: ANN401 -- any field of the message
    decision = a_knowledge_base().decide(text, Context(today=date(2026, 3, 2)))
    return a_mail(text, **{"decision": decision, **given})


def debt(desk: WiredDesk) -> tuple[str, dict[str, Any]]:
    owed = desk.new_debts()[0]
    return owed.key, owed.values


def test_a_current_council_is_told_with_its_source_and_check(desk: WiredDesk) -> None:
    know(desk, a_council())

    ticket = desk.ticket_of(asks("Kas Kauno r. NVO taryboje?"))

    key, values = debt(desk)
    assert (ticket.status, ticket.queue, key) == (Status.ANSWERED, "nvo-tarybos", Key.ANSWER)
    assert {name: values[name] for name in ("answer", "sources", "checked_on")} == {
        "answer": TOLD,
        "sources": "Sprendimas T-1",
        "checked_on": "2026-02-01",
    }
    assert desk.thread(ticket)[-1] == ("suggested", TOLD)
    assert desk.articles(ticket)[-1].entry == "registras-nvo-kauno-r-sav"


def test_the_newest_statute_is_named(desk: WiredDesk) -> None:
    know(desk, a_council())
    statute = Statute(
        municipality=KAUNAS_DISTRICT,
        kind=CouncilKind.NVO,
        title="Nuostatai",
        adopted_on=date(2024, 5, 2),
        url="https://pavyzdys.lt/n",
    )
    older = replace(statute, title="Seni nuostatai")
    desk.do(lambda uow: a_registry().add_statute(uow, older, by="rasa"))
    desk.do(lambda uow: a_registry().add_statute(uow, statute, by="rasa"))

    desk.ticket_of(asks("Kas Kauno r. NVO taryboje?"))

    assert debt(desk)[1]["answer"] == (
        f"{TOLD}\nNuostatai: Nuostatai (2024-05-02). https://pavyzdys.lt/n"
    )


@pytest.mark.parametrize(
    "council",
    [
        None,
        a_council(seen=Seen(source="T-1", checked_on=date(2025, 9, 2), checked_by="Rasa")),
        a_council(members=(Member(name="Narys Buvęs", until=date(2026, 3, 1)),)),
        a_council(members=(Member(name="***"), Member(name="Narys Antrasis"))),
        a_council(kind=CouncilKind.BO),
        a_council(municipality="Kauno m. sav."),
    ],
    ids=["silent", "stale", "over", "forgotten", "the other council", "the twin"],
)
def test_what_is_not_current_waits_for_a_person(desk: WiredDesk, council: Council | None) -> None:
    know(desk, *([council] if council else []))

    ticket = desk.ticket_of(asks("Kas Kauno r. NVO taryboje?"))

    assert (ticket.status, debt(desk)[0]) == (Status.NEW, Key.ACKNOWLEDGEMENT)
    assert "patikrintų galiojančių duomenų nėra" in desk.events(ticket)[0].reasons[1]


def test_a_check_of_exactly_so_many_days_ago_is_current(desk: WiredDesk) -> None:
    know(desk, a_council(seen=Seen(source="T", checked_on=date(2025, 9, 3), checked_by="R")))

    assert desk.ticket_of(asks("Kas Kauno r. NVO taryboje?")).status is Status.ANSWERED


def test_of_twins_the_asker_chooses(desk: WiredDesk) -> None:
    know(desk, a_council(), a_council(municipality="Kauno m. sav."))

    ticket = desk.ticket_of(asks("Kas Kauno NVO taryboje?"))
    key, values = debt(desk)
    desk.receive(a_mail("2", thread=Thread(tag=ticket.id)))

    assert (key, values["option1"], values["option2"]) == (
        Key.SUGGESTIONS,
        "NVO taryba: Kauno miesto savivaldybė",
        "NVO taryba: Kauno rajono savivaldybė",
    )
    assert ticket.status is Status.NEW
    assert [each.values["answer"] for each in desk.new_debts() if each.key == Key.ANSWER] == [TOLD]
    assert desk.ticket(ticket).status is Status.ANSWERED


def test_whose_council_is_known_from_the_asker(desk: WiredDesk) -> None:
    know(desk, a_council(), a_council(kind=CouncilKind.BO))
    first = desk.ticket_of(asks("Kas mūsų NVO taryboje?"))
    desk.do(lambda uow: uow.people.set_municipality(first.requester, KAUNAS_DISTRICT))
    unknown = debt(desk)

    second = desk.ticket_of(asks("Kas mūsų NVO taryboje?"))
    third = desk.ticket_of(asks("Kas mūsų taryboje?"))

    assert (first.status, unknown[0]) == (Status.NEW, Key.ACKNOWLEDGEMENT)
    assert (second.status, third.status) == (Status.ANSWERED, Status.NEW)
    assert third.offered == ("registras-nvo-kauno-r-sav", "registras-bo-kauno-r-sav")


def test_only_what_somebody_checked_goes_out_by_mail_on_auto(tmp_path: Path) -> None:
    with a_desk(tmp_path, auto_answers=AutoAnswers.AUTO) as desk:
        know(desk, a_council(seen=Seen(source="T-1", checked_on=date(2026, 2, 1))))
        unchecked = desk.ticket_of(asks("Kas Kauno r. NVO taryboje?"))
        know(desk, a_council())
        checked = desk.ticket_of(asks("Kas Kauno r. NVO taryboje?"))

    assert (unchecked.status, checked.status) == (Status.NEW, Status.ANSWERED)


def test_in_a_letter_with_other_questions_it_waits(desk: WiredDesk) -> None:
    know(desk, a_council())

    ticket = desk.ticket_of(asks("Kas yra NVO žyma?\n\nKas Kauno r. NVO taryboje?"))

    assert ticket.status is Status.NEW
    assert TOLD not in str(desk.new_debts())


@pytest.mark.parametrize(
    "text",
    [
        "Noriu pasikalbėti su konsultantu, kas mūsų NVO taryboje Kauno r.?",
        "Kas yra NVO taryba?",
    ],
)
def test_other_messages_are_decided_as_before(desk: WiredDesk, text: str) -> None:
    know(desk, a_council())
    message = asks(text)

    decided = desk.do(lambda uow: desk.answers.decided(uow, message))

    assert decided == message.decision


def test_what_was_answered_can_be_shown_when_it_is_old(desk: WiredDesk) -> None:
    know(desk, a_council())
    desk.clock.move(days=400)

    entry = desk.do(lambda uow: desk.answers.find(uow, "registras-nvo-kauno-r-sav"))

    assert entry is not None
    assert [source.title for source in entry.sources] == ["Sprendimas T-1"]
    assert desk.do(lambda uow: desk.answers.find(uow, "registras-nvo-niekur")) is None


# The registry itself ------------------------------------------------------------------------------


def a_registry() -> MunicipalRegistry:
    return MunicipalRegistry(clock=TestClock(), places=_places, days=180)


def _places() -> Places:
    return a_knowledge_base().places


def test_an_earlier_check_never_replaces_a_later_one(desk: WiredDesk) -> None:
    later = a_council()
    earlier = a_council(seen=replace(later.seen, checked_on=date(2026, 1, 1)), members=())

    def take_in(council: Council) -> Taken:
        parsed = Parsed(records={2: council}, refused=())
        return desk.do(lambda uow: a_registry().take_in(uow, parsed, by="rasa"))

    takes = [take_in(each) for each in (later, later, earlier)]

    assert [(taken.changed, taken.unchanged) for taken in takes] == [(1, 0), (0, 1), (0, 0)]
    assert takes[2].refused == (Refused(line=2, reason="a check of 2026-02-01 is known already"),)


def test_the_coverage_names_all_sixty(desk: WiredDesk) -> None:
    know(desk, a_council(), a_council(kind=CouncilKind.BO, members=()))

    rows = desk.do(lambda uow: a_registry().coverage(uow))

    assert len(rows) == 120
    assert [row for row in rows if row.standing is not Standing.SILENT] == [
        Coverage(
            municipality=KAUNAS_DISTRICT,
            kind=kind,
            standing=standing,
            checked_on=date(2026, 2, 1),
        )
        for kind, standing in (
            (CouncilKind.NVO, Standing.CURRENT),
            (CouncilKind.BO, Standing.ENDED),
        )
    ]


def test_a_municipality_is_never_guessed() -> None:
    assert a_registry().place("Kauno rajono savivaldybė").official == KAUNAS_DISTRICT
    with pytest.raises(InvalidError):
        a_registry().place("Kaunas")
    with pytest.raises(NotFoundError):
        a_registry().place("Ryga")
