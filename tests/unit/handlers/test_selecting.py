"""Municipalities and organisations are selected with a motivation, a reason and a waiting list."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.domain.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from handlers.domain.organisations import AskerType, Details
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant, Role
from handlers.domain.selection import Application, Choice
from handlers.ports import UnitOfWork
from handlers.selecting import Applicant, Selecting
from knowledge_base.queues import GENERAL
from knowledge_base.records import Programme, Seen
from tests.builders import NOON, ONA, a_mail
from tests.wired import Debt, WiredDesk, a_desk

PROGRAMME = Programme(
    id="stiprinimas",
    name="NVO sektoriaus stiprinimas",
    funder="SADM",
    seen=Seen(source="Sutartis", checked_on=date(2026, 2, 1)),
)
ZARASAI = Applicant(municipality="Zarasų r. sav.")
MOLETAI = Applicant(municipality="Molėtų r. sav.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        desk.do(lambda uow: uow.programmes.put_programme(PROGRAMME, at=NOON, by="rasa"))
        yield desk


@pytest.fixture
def rasa(desk: WiredDesk) -> Consultant:
    return desk.hire(role=Role.COORDINATOR, queues=frozenset({GENERAL}))


def selecting(desk: WiredDesk) -> Selecting:
    return Selecting(clock=desk.clock, access=desk.access, askers=desk.reactions.askers)


def applied(desk: WiredDesk, applicant: Applicant, who: Consultant) -> Application:
    return desk.do(
        lambda uow: selecting(desk).apply(
            uow, applicant, who, programme="stiprinimas", motivation="Norime"
        )
    )


def test_the_motivation_may_be_the_question_and_the_decision_is_told_there(
    desk: WiredDesk, rasa: Consultant
) -> None:
    ticket = desk.ticket_of(a_mail("Norime dalyvauti, nes turime tarybą."))
    desk.new_debts()

    def select(uow: UnitOfWork) -> Application:
        steps = selecting(desk)
        made = steps.apply(uow, ZARASAI, rasa, programme="stiprinimas", ticket=ticket.id)
        return steps.decide(uow, made.id, Choice.SELECTED, rasa, reason="Aiški motyvacija")

    selected, (owed,) = desk.do(select), desk.new_debts()

    assert (selected.motivation, selected.choice) == (
        "Norime dalyvauti, nes turime tarybą.",
        Choice.SELECTED,
    )
    assert owed == Debt(Kind.NOTICE, ONA.value, Key.SELECTION_DECIDED)
    assert {name: owed.values[name] for name in ("choice", "applicant", "reason", "programme")} == {
        "choice": "selected",
        "applicant": "Zarasų r. sav.",
        "reason": "Aiški motyvacija",
        "programme": "NVO sektoriaus stiprinimas",
    }
    assert desk.history(ticket)[-2:] == ["selection_applied", "selection_selected"]


def test_the_waiting_list_keeps_its_order_and_every_decision_its_reason(
    desk: WiredDesk, rasa: Consultant
) -> None:
    steps = selecting(desk)
    first, second = applied(desk, MOLETAI, rasa), applied(desk, ZARASAI, rasa)
    for number in (second.id, first.id):
        desk.clock.move(minutes=1)
        desk.do(
            lambda uow, number=number: steps.decide(  # type: ignore[misc]
                uow, number, Choice.WAITING, rasa, reason="Vietų nebėra"
            )
        )
    listed = desk.do(lambda uow: steps.listing(uow, rasa, "stiprinimas"))
    desk.do(lambda uow: steps.decide(uow, second.id, Choice.SELECTED, rasa, reason="Atsirado"))
    left = desk.do(lambda uow: steps.listing(uow, rasa, None))

    assert [(row.name, row.number) for row in listed] == [
        ("Zarasų r. sav.", 1),
        ("Molėtų r. sav.", 2),
    ]
    assert [(row.name, row.number) for row in left] == [
        ("Zarasų r. sav.", None),
        ("Molėtų r. sav.", 1),
    ]
    assert [each.reason for each in left[0].application.decisions] == ["Vietų nebėra", "Atsirado"]


def test_an_organisation_applies_once_and_again_after_it_withdrew(
    desk: WiredDesk, rasa: Consultant
) -> None:
    card = desk.do(
        lambda uow: uow.organisations.add(
            Details(name="Zarasų bendruomenė", kind=AskerType.COMMUNITY), at=NOON
        )
    )
    one = Applicant(organisation=card.id)
    made = applied(desk, one, rasa)
    with pytest.raises(ConflictError):
        applied(desk, one, rasa)

    desk.do(lambda uow: selecting(desk).withdraw(uow, made.id, rasa, reason="Nebespėja"))

    assert applied(desk, one, rasa).id != made.id
    with pytest.raises(InvalidError):
        desk.do(
            lambda uow: selecting(desk).decide(uow, made.id, Choice.SELECTED, rasa, reason="Taip")
        )


def test_only_those_who_steer_decide_and_a_decision_needs_a_reason(
    desk: WiredDesk, rasa: Consultant
) -> None:
    steps = selecting(desk)
    jonas = desk.hire("jonas@pagalba.lt", queues=frozenset({GENERAL}))
    made = applied(desk, ZARASAI, rasa)

    with pytest.raises(NotAllowedError):
        desk.do(lambda uow: steps.decide(uow, made.id, Choice.SELECTED, jonas, reason="Taip"))
    with pytest.raises(InvalidError):
        desk.do(lambda uow: steps.decide(uow, made.id, Choice.SELECTED, rasa, reason=" "))
    with pytest.raises(InvalidError):
        desk.do(lambda uow: steps.decide(uow, made.id, Choice.APPLIED, rasa, reason="Taip"))
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: steps.apply(uow, ZARASAI, rasa, programme="kita", motivation="Norime"))
    with pytest.raises(InvalidError):
        desk.do(lambda uow: steps.apply(uow, Applicant(), rasa, programme="stiprinimas"))
    assert desk.do(lambda uow: steps.listing(uow, jonas, None)) == []


def test_an_application_of_a_restricted_ticket_is_seen_by_its_people_alone(
    desk: WiredDesk, rasa: Consultant
) -> None:
    ticket = desk.ticket_of(a_mail())
    made = desk.do(
        lambda uow: selecting(desk).apply(
            uow, ZARASAI, rasa, programme="stiprinimas", motivation="Norime", ticket=ticket.id
        )
    )
    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue="jautri"))

    assert desk.do(lambda uow: selecting(desk).listing(uow, rasa, None)) == []
    with pytest.raises(NotAllowedError):
        desk.do(
            lambda uow: selecting(desk).decide(uow, made.id, Choice.SELECTED, rasa, reason="Taip")
        )
