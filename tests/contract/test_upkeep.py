"""What is remembered of the service itself."""

from datetime import timedelta

from handlers.ports import Reconciled, Standing, UnitOfWorkFactory
from tests.contract.builders import NOON


def test_a_trouble_is_known_by_its_name_as_it_was_saved_last(begin: UnitOfWorkFactory) -> None:
    stands = Standing(name="disk", since=NOON, told_at=None)
    over = Standing(name="disk", since=None, told_at=NOON + timedelta(hours=1))

    with begin() as uow:
        uow.troubles.save(stands)
        first = uow.troubles.find("disk")
        uow.troubles.save(over)
        uow.commit()

    with begin() as uow:
        found = (first, uow.troubles.find("disk"), uow.troubles.find("telegram"))
    assert found == (stands, over, None)


def test_an_audit_takes_the_place_of_the_one_before(begin: UnitOfWorkFactory) -> None:
    def found(source: str, missing: int) -> Reconciled:
        return Reconciled(source=source, seen=10, missing=missing, at=NOON)

    with begin() as uow:
        uow.reconciliations.save([found("inbox", 0), found("gone", 3)])
        uow.reconciliations.save([found("outbox", 1), found("inbox", 0)])
        uow.commit()

    with begin() as uow:
        assert uow.reconciliations.rows() == [found("inbox", 0), found("outbox", 1)]
