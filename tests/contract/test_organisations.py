"""The ports `Organisations` and `Changes`."""

from dataclasses import replace

import pytest

from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import OrganisationId
from handlers.domain.organisations import AskerType, Change, LegalForm, Organisation
from handlers.ports import UnitOfWorkFactory
from storage.joining import columns_naming
from storage.rows import organisations, people
from tests.contract.builders import MINUTE, NOON, a_details, a_person, a_ticket


def test_an_organisation_is_kept_whole(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        umbrella = uow.organisations.add(a_details(name="Sąjunga", kind=AskerType.NGO), at=NOON)
        known = uow.organisations.add(a_details(name="Pieva", code="123456789"), at=NOON)
        whole = replace(
            known,
            legal_form=LegalForm.ASSOCIATION,
            municipality="Anykščių r. sav.",
            umbrella=umbrella.id,
        )
        uow.organisations.save(whole)

        assert known == Organisation(
            id=known.id, name="Pieva", kind=AskerType.COMMUNITY, code="123456789"
        )
        assert uow.organisations.get(known.id) == whole
        assert uow.organisations.by_code("123456789") == whole
        assert uow.organisations.rows() == [umbrella, whole]
        assert uow.organisations.members(umbrella.id) == [whole]
        assert uow.organisations.names(limit=1) == ["Pieva"]
        assert uow.organisations.find(OrganisationId(404)) is None
        with pytest.raises(NotFoundError):
            uow.organisations.get(OrganisationId(404))


def test_a_code_is_one_organisations(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.organisations.add(a_details(code="123456789"), at=NOON)
        other = uow.organisations.add(a_details(code=None), at=NOON)
        uow.organisations.add(a_details(code=None), at=NOON)
        uow.commit()

    with begin() as uow, pytest.raises(ConflictError):
        uow.organisations.add(a_details(code="123456789"), at=NOON)
    with begin() as uow, pytest.raises(ConflictError):
        uow.organisations.save(replace(other, code="123456789"))


def test_two_organisations_become_one_and_two_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        kept = uow.organisations.add(a_details(), at=NOON)
        other = uow.organisations.add(a_details(code="123456789"), at=NOON)
        member = uow.organisations.add(a_details(umbrella=other.id), at=NOON)
        ona = a_person(uow)
        uow.people.ask_for(ona.id, AskerType.COMMUNITY, other.id)
        ticket = a_ticket(uow, ona)
        before = uow.organisations.rows()
        journal = uow.organisations.join(kept.id, other.id)
        uow.changes.record(
            Change(type="merged", at=NOON, actor="rasa", organisation=kept.id, what=journal)
        )
        uow.commit()

    with begin() as uow:
        assert uow.organisations.rows() == [
            replace(kept, code="123456789"),
            replace(member, umbrella=kept.id),
        ]
        assert uow.people.get(ona.id).organisation == kept.id
        assert uow.tickets.get(ticket.id).organisation == kept.id
        (change,) = uow.changes.of_organisation(kept.id)
        assert uow.organisations.unjoin(kept.id, change.what) == other.id
        uow.changes.undone(change.id, at=NOON + MINUTE)
        uow.commit()

    with begin() as uow:
        assert uow.organisations.rows() == before
        assert uow.people.get(ona.id).organisation == other.id
        assert uow.tickets.get(ticket.id).organisation == other.id
        assert uow.changes.get(change.id).undone_at == NOON + MINUTE


def test_a_joined_organisation_stays_joined_when_its_code_is_a_thirds(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        kept = uow.organisations.add(a_details(code="987654321"), at=NOON)
        other = uow.organisations.add(a_details(), at=NOON)
        journal = uow.organisations.join(kept.id, other.id)
        taken = {**journal, "row": {**dict(journal["row"]), "code": "987654321"}}  # type: ignore[call-overload]

        with pytest.raises(ConflictError):
            uow.organisations.unjoin(kept.id, taken)


def test_what_somebody_else_joined_meanwhile_is_not_joined_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        one, other = (uow.organisations.add(a_details(), at=NOON).id for _ in range(2))
        uow.organisations.join(one, other)

        with pytest.raises(ConflictError):
            uow.organisations.join(one, other)


def test_whatever_names_a_person_or_an_organisation_has_a_number() -> None:
    """A row without one would be moved by joining, and stay when that is undone."""
    naming = [*columns_naming(people), *columns_naming(organisations)]

    assert [str(column) for column in naming if "id" not in column.table.c] == []
