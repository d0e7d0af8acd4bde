"""A requester's tickets are told rightly and cheaply by a unit of work that adds some."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from storage.memory import Memory
from storage.requesters import Requesters
from tests.asked import asked
from tests.contract.builders import NOON, a_person, a_ticket

ONA = Address(Channel.TELEGRAM, "7")
JONAS = Address(Channel.TELEGRAM, "8")
NOBODY = Address(Channel.MAIL, "niekas@pavyzdys.lt")


def tickets_of(uow: UnitOfWork, address: Address) -> list[str]:
    person = uow.people.find(address)
    return [] if person is None else [each.subject for each in uow.tickets.of_person(person.id)]


def test_tickets_of_newcomers_are_known_without_a_look(
    engine: sa.Engine, begin: UnitOfWorkFactory
) -> None:
    with begin() as uow:
        uow.people.expect([ONA, JONAS])
        with asked(engine) as seen:
            for address in (ONA, JONAS):
                person = uow.people.add(name="", language="lt", address=address, at=NOON)
                assert tickets_of(uow, address) == []
                for subject in ("pirmas", "antras"):
                    a_ticket(uow, person, subject=subject)
                assert tickets_of(uow, address) == ["antras", "pirmas"]
        assert [text for text, _ in seen if "FROM tickets" in text or "INTO" in text] == []
        uow.commit()
    with begin() as uow:
        assert [tickets_of(uow, each) for each in (ONA, JONAS)] == [["antras", "pirmas"]] * 2


@pytest.mark.parametrize("looks_before", [False, True])
def test_tickets_are_those_of_whoever_they_were_given_to(
    begin: UnitOfWorkFactory, *, looks_before: bool
) -> None:
    with begin() as uow:
        ona = uow.people.add(name="", language="lt", address=ONA, at=NOON)
        jonas = uow.people.add(name="", language="lt", address=JONAS, at=NOON)
        first, second = a_ticket(uow, ona), a_ticket(uow, ona)
        uow.commit()
    with begin() as uow:
        if looks_before:
            assert [uow.tickets.of_person(each.id) for each in (ona, jonas)] == [
                [second, first],
                [],
            ]
        given = uow.tickets.save(replace(first, requester=jonas.id), at=NOON)
        third = a_ticket(uow, jonas)

        assert uow.tickets.of_person(ona.id) == [second]
        assert uow.tickets.of_person(jonas.id) == [third, given]
        uow.people.join(ona.id, jonas.id)
        joined = uow.tickets.of_person(ona.id)
        assert [each.id for each in joined] == [third.id, second.id, given.id]


def test_the_newest_comes_first_whichever_was_added_last(
    engine: sa.Engine, begin: UnitOfWorkFactory
) -> None:
    with begin() as uow:
        ona = a_person(uow)
        first, second = a_ticket(uow, ona), a_ticket(uow, ona)
    with engine.connect() as connection:
        requesters = Requesters(Memory(connection))
        requesters.begin(ona.id)
        requesters.add(second)
        requesters.add(first)

        assert requesters.recall(ona.id, list) == (second.id, first.id)


def test_several_are_found_at_one_look(engine: sa.Engine, begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = uow.people.add(name="Ona", language="lt", address=ONA, at=NOON)
        jonas = uow.people.add(name="Jonas", language=None, address=JONAS, at=NOON)
        a_person(uow)
        uow.commit()
    with begin() as uow, asked(engine) as seen:
        uow.people.expect([ONA, JONAS])
        assert [uow.people.find(ONA), uow.people.find(JONAS)] == [ona, jonas]
        assert len([text for text, _ in seen if "FROM people" in text]) == 1
        uow.people.expect([])
        uow.people.expect([ONA, NOBODY])
        assert [uow.people.find(each) for each in (JONAS, NOBODY)] == [jonas, None]
