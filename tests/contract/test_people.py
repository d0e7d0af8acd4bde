"""The port `People`."""

from dataclasses import replace

import pytest

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import PersonId
from handlers.domain.organisations import AskerType, Change
from handlers.domain.people import Person, Proof, Reached
from handlers.domain.trainings import Seat
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import NOON, a_details, a_person, a_ticket, an_article, an_enrolment

_MAIL = Address(Channel.MAIL, "ona@pavyzdys.lt")
_CHAT = Address(Channel.TELEGRAM, "9007199254740993")


def test_a_person_is_found_by_any_address(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        added = uow.people.add(name="Ona", language="lt", address=_MAIL, at=NOON)
        a_person(uow)
        uow.people.add_address(added.id, _CHAT)
        uow.commit()

    expected = Person(
        id=added.id, name="Ona", language="lt", municipality=None, addresses=(_MAIL, _CHAT)
    )
    with begin() as uow:
        assert uow.people.find(_MAIL) == expected
        assert uow.people.find(_CHAT) == expected
        assert uow.people.get(added.id) == expected
        assert uow.people.find(Address(Channel.WEB, _MAIL.value)) is None


def test_a_person_may_have_no_address(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        added = uow.people.add(name="", language=None, address=None, at=NOON)

        assert uow.people.get(added.id) == added
        assert added.addresses == ()


def test_an_unknown_person_is_not_found(begin: UnitOfWorkFactory) -> None:
    with begin() as uow, pytest.raises(NotFoundError):
        uow.people.get(PersonId(404))


def test_the_chosen_language_is_remembered(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person, other = a_person(uow), a_person(uow)
        uow.people.set_language(person.id, "en")

        assert uow.people.get(person.id).language == "en"
        assert uow.people.get(other.id).language == "lt"


def test_an_address_known_already_is_fine(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person = uow.people.add(name="Ona", language=None, address=_MAIL, at=NOON)
        uow.people.add_address(person.id, _MAIL)

        assert uow.people.get(person.id).addresses == (_MAIL,)


def test_an_address_is_one_persons_alone(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.people.add(name="Ona", language=None, address=_MAIL, at=NOON)

        with pytest.raises(ConflictError):
            uow.people.add_address(a_person(uow).id, _MAIL)
        with pytest.raises(ConflictError):
            uow.people.add(name="Kita Ona", language=None, address=_MAIL, at=NOON)


def test_an_address_that_mail_comes_back_from_is_remembered(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.people.add(name="Ona", language=None, address=_MAIL, at=NOON)
        before = uow.people.bounced_at(_MAIL)
        uow.people.bounced(_MAIL, at=NOON)
        uow.people.bounced(_CHAT, at=NOON)

        assert (before, uow.people.bounced_at(_MAIL)) == (None, NOON)
        assert uow.people.bounced_at(_CHAT) is None


def test_two_people_become_one(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = uow.people.add(name="Ona", language=None, address=_MAIL, at=NOON)
        same = uow.people.add(name="Onutė", language="en", address=_CHAT, at=NOON)
        ticket, theirs = a_ticket(uow, ona), a_ticket(uow, same)
        article = uow.tickets.write(an_article(theirs, person=same.id))
        uow.people.join(ona.id, same.id)

        assert uow.people.get(ona.id) == replace(ona, language="en", addresses=(_MAIL, _CHAT))
        assert uow.people.find(_CHAT) == uow.people.get(ona.id)
        assert [row.id for row in uow.tickets.of_person(ona.id)] == [theirs.id, ticket.id]
        assert uow.tickets.get(theirs.id).version == theirs.version + 1
        assert uow.tickets.articles(theirs.id) == [replace(article, person=ona.id)]
        with pytest.raises(NotFoundError):
            uow.people.get(same.id)


def test_who_were_joined_are_two_again_with_what_each_had(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = uow.people.add(name="Ona", language=None, address=_MAIL, at=NOON)
        same = uow.people.add(name="Onutė", language="en", address=_CHAT, at=NOON)
        ticket, theirs = a_ticket(uow, ona), a_ticket(uow, same)
        article = uow.tickets.write(an_article(theirs, person=same.id))
        uow.commit()
    with begin() as uow:
        journal = uow.people.join(ona.id, same.id)
        uow.changes.record(
            Change(type="merged", at=NOON, actor="rasa", person=ona.id, what=journal)
        )
        later = a_ticket(uow, ona)
        uow.commit()
    with begin() as uow:
        (change,) = uow.changes.of_person(ona.id)
        again = uow.people.unjoin(ona.id, change.what)
        uow.commit()

    with begin() as uow:
        assert again == same.id
        assert uow.people.rows() == [ona, same]
        assert [row.id for row in uow.tickets.of_person(ona.id)] == [later.id, ticket.id]
        assert [row.id for row in uow.tickets.of_person(same.id)] == [theirs.id]
        assert uow.tickets.articles(theirs.id) == [article]


def test_who_registered_twice_has_the_later_place_until_it_is_undone(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        ona, same = a_person(uow), a_person(uow)
        first = uow.trainings.enrol(an_enrolment(a_ticket(uow, ona), ona, seat=Seat.LEFT))
        second = uow.trainings.enrol(an_enrolment(a_ticket(uow, same), same))
        journal = uow.people.join(ona.id, same.id)
        uow.changes.record(
            Change(type="merged", at=NOON, actor="rasa", person=ona.id, what=journal)
        )

        assert uow.trainings.enrolments("m1") == [replace(second, person=ona.id)]
        uow.people.unjoin(ona.id, uow.changes.of_person(ona.id)[-1].what)
        assert uow.trainings.enrolments("m1") == [first, second]


def test_a_ticket_is_asked_for_whom_its_requester_speaks_for(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = a_person(uow)
        before = a_ticket(uow, ona)
        one, two = (uow.organisations.add(a_details(), at=NOON).id for _ in range(2))
        uow.people.ask_for(ona.id, AskerType.NGO, one)
        during = a_ticket(uow, ona)
        uow.people.ask_for(ona.id, AskerType.MUNICIPALITY, two)
        after = a_ticket(uow, ona)

        assert [(row.asker_type, row.organisation) for row in uow.tickets.of_person(ona.id)] == [
            (AskerType.MUNICIPALITY, two),
            (AskerType.NGO, one),
            (AskerType.NGO, one),
        ]
        assert [row.id for row in uow.tickets.of_organisation(one)] == [during.id, before.id]
        assert [row.id for row in uow.tickets.of_organisation(two)] == [after.id]
        assert [row.id for row in uow.people.of_organisation(two)] == [ona.id]

        uow.people.ask_for(ona.id, AskerType.COUNCILLOR, None, everywhere=True)
        assert {row.asker_type for row in uow.tickets.of_person(ona.id)} == {AskerType.COUNCILLOR}


def test_it_is_known_how_an_address_was_proved(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = uow.people.add(name="Ona", language=None, address=_MAIL, at=NOON)
        uow.people.add_address(ona.id, _CHAT)
        before = uow.people.get(ona.id).proved
        uow.people.prove(_MAIL, Proof.CODE, at=NOON)
        uow.people.prove(_MAIL, Proof.STAFF, at=NOON)

        assert (before, uow.people.get(ona.id).proved) == (frozenset(), frozenset({_MAIL}))
        assert uow.people.reached(ona.id) == [
            Reached(address=_MAIL, proof=Proof.CODE, proved_at=NOON, bounced_at=None),
            Reached(address=_CHAT, proof=Proof.CHANNEL, proved_at=None, bounced_at=None),
        ]


def test_an_address_parts_with_its_own_tickets(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = uow.people.add(name="Ona", language="lt", address=_MAIL, at=NOON)
        uow.people.add_address(ona.id, _CHAT)
        stays, goes = a_ticket(uow, ona), a_ticket(uow, ona)
        article = uow.tickets.write(an_article(goes, person=ona.id))
        parted = uow.people.part(_CHAT, [goes.id], language="ru", at=NOON)

        assert (parted.name, parted.language, parted.addresses) == ("Ona", "ru", (_CHAT,))
        assert uow.people.get(ona.id).addresses == (_MAIL,)
        assert [row.id for row in uow.tickets.of_person(ona.id)] == [stays.id]
        assert [row.id for row in uow.tickets.of_person(parted.id)] == [goes.id]
        assert uow.tickets.articles(goes.id) == [replace(article, person=parted.id)]


def test_an_address_that_works_again_is_as_good_as_any(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.people.add(name="Ona", language=None, address=_CHAT, at=NOON)
        uow.people.bounced(_CHAT, at=NOON)
        uow.people.bounced(_CHAT, at=None)

        assert uow.people.bounced_at(_CHAT) is None
