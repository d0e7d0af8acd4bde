"""A question of an accompanied organisation goes to its mentor first."""
# ruff: noqa: ANN401 -- the values refuse what they do not have

from typing import Any

import pytest

from handlers.domain.organisations import AskerType
from handlers.domain.outgoing import Key
from handlers.ports import UnitOfWork
from handlers.staffing import NewAbsence
from knowledge_base.queues import PRIVACY
from tests.builders import NOON, ONA, a_mail, unsure
from tests.unit.handlers.accompanied import (
    BOSS,
    JONAS,
    RASA,
    TODAY,
    Accompanied,
    accompany,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import STAFF_CHAT, WiredDesk


@pytest.fixture
def here(desk: WiredDesk) -> Accompanied:
    return accompany(desk)


def ask_for_it(here: Accompanied, **given: Any) -> list[Any]:
    """Let Ona ask for the organisation; return the ticket and what an asker was told."""
    desk = here.desk

    def known(uow: UnitOfWork) -> None:
        ona = uow.people.add(name="Ona", language="lt", address=ONA, at=NOON)
        uow.people.ask_for(ona.id, AskerType.COMMUNITY, here.organisation)

    desk.do(known)
    here.told()
    ticket = desk.ticket_of(a_mail(**given))
    debts = desk.new_debts()
    told = [debt.values.get("mentor") for debt in debts if debt.key == Key.ACKNOWLEDGEMENT]
    return [ticket.owner, *told, [debt.to for debt in debts if debt.key == Key.STAFF_NEW]]


def test_a_question_goes_to_the_mentor_who_is_told_in_person(open_desk: DeskMaker) -> None:
    here = accompany(open_desk())

    assert ask_for_it(here) == [here.rasa.id, "there", [RASA]]


def test_in_a_group_the_mentor_is_told_besides(chat_desk: WiredDesk) -> None:
    here = accompany(chat_desk)

    assert ask_for_it(here) == [here.rasa.id, "there", [STAFF_CHAT, RASA]]


def test_a_mentor_who_is_away_leaves_it_to_the_queue_and_the_asker_is_told(
    here: Accompanied,
) -> None:
    away = NewAbsence(consultant=here.rasa.id, first=TODAY, last=TODAY)
    here.desk.do(lambda uow: uow.staffing.add_absence(away, at=NOON, by="rasa"))

    assert ask_for_it(here) == [None, "away", [RASA, JONAS, BOSS]]
    (ticket,) = here.desk.tickets()
    assert "Organizacijos mentorius nedirba: rasa@pagalba.lt." in str(here.desk.events(ticket))


def test_what_is_restricted_goes_to_no_mentor(here: Accompanied) -> None:
    assert ask_for_it(here, decision=unsure(PRIVACY))[0] is None


def test_a_mentor_who_released_it_does_not_get_it_back(here: Accompanied) -> None:
    ask_for_it(here)
    (ticket,) = here.desk.tickets()
    here.desk.do(lambda uow: here.desk.desk.release(uow, ticket.id, here.rasa))

    placed = here.desk.do(lambda uow: here.desk.routing.place(uow, uow.tickets.get(ticket.id)))

    assert placed.owner is None
