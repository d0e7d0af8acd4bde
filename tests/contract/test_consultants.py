"""The ports `Consultants`, `OneTimeCodes` and `Sessions`."""

from dataclasses import replace

import pytest

from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ConsultantId
from handlers.domain.people import Consultant, Role
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import LEASE, MINUTE, NOON, a_consultant


def test_a_consultant_is_found_by_mail_and_telegram(begin: UnitOfWorkFactory) -> None:
    new = a_consultant(
        name="Rasa",
        email="Rasa@Pavyzdys.lt",
        telegram="77",
        role=Role.COORDINATOR,
        signature="Rasa iš pagalbos",
        queues=frozenset({"bendra", "teise"}),
    )
    with begin() as uow:
        added = uow.consultants.add(new)
        uow.consultants.add(a_consultant())
        uow.commit()

    expected = Consultant(
        id=added.id,
        name="Rasa",
        email="rasa@pavyzdys.lt",
        telegram="77",
        role=Role.COORDINATOR,
        signature="Rasa iš pagalbos",
        active=True,
        queues=frozenset({"bendra", "teise"}),
    )
    with begin() as uow:
        assert added == expected
        assert uow.consultants.get(added.id) == expected
        assert uow.consultants.by_email("RASA@pavyzdys.LT") == expected
        assert uow.consultants.by_telegram("77") == expected
        assert uow.consultants.by_email("kita@pavyzdys.lt") is None
        assert uow.consultants.by_telegram("0") is None


@pytest.mark.parametrize("field", ["email", "telegram"])
def test_an_account_belongs_to_one_consultant(begin: UnitOfWorkFactory, field: str) -> None:
    taken = a_consultant()
    with begin() as uow:
        uow.consultants.add(taken)

        with pytest.raises(InvalidError) as refused:
            uow.consultants.add(replace(a_consultant(), **{field: getattr(taken, field)}))
        assert refused.value.field == field


def test_who_was_disabled_works_again_as_given_now(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        before = uow.consultants.add(a_consultant(queues=frozenset({"bendra", "teise"})))
        other = uow.consultants.add(a_consultant())
        uow.consultants.disable(before.id)
        uow.commit()

    new = a_consultant(email=before.email, telegram=None, queues=frozenset({"finansai"}))
    with begin() as uow:
        again = uow.consultants.restore(before.id, new)
        assert (again.id, again.active, again.telegram, again.queues) == (
            before.id,
            True,
            None,
            frozenset({"finansai"}),
        )
        assert uow.consultants.by_email(before.email) == again
        with pytest.raises(InvalidError):
            uow.consultants.restore(before.id, replace(new, email=other.email))


def test_several_consultants_may_lack_telegram(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        both = [uow.consultants.add(a_consultant(telegram=None)) for _ in range(2)]

        assert uow.consultants.rows() == both


def test_an_unknown_consultant_is_not_found(begin: UnitOfWorkFactory) -> None:
    unknown = ConsultantId(404)
    with begin() as uow:
        for ask in (
            lambda: uow.consultants.get(unknown),
            lambda: uow.consultants.disable(unknown),
            lambda: uow.consultants.link_telegram(unknown, "7"),
        ):
            with pytest.raises(NotFoundError):
                ask()


def test_a_queue_is_served_by_its_active_consultants(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        add = uow.consultants.add
        one = add(a_consultant(queues=frozenset({"teise", "bendra"})))
        gone = add(a_consultant(queues=frozenset({"teise"})))
        nowhere = add(a_consultant(queues=frozenset()))
        uow.consultants.disable(gone.id)

        assert uow.consultants.serving("teise") == [one]
        assert uow.consultants.serving("kita") == []
        assert uow.consultants.rows() == [one, replace(gone, active=False), nowhere]


def test_a_telegram_account_moves_to_who_proved_it(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        before = uow.consultants.add(a_consultant(telegram="77"))
        after = uow.consultants.add(a_consultant(telegram=None))
        uow.consultants.link_telegram(after.id, "77")

        assert uow.consultants.by_telegram("77") == replace(after, telegram="77")
        assert uow.consultants.get(before.id).telegram is None


def test_a_disabled_consultant_has_no_way_in(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        rasa = uow.consultants.add(a_consultant(email="rasa@pavyzdys.lt", telegram="77"))
        uow.sessions.open(digest="d", consultant=rasa.id, expires=NOON + LEASE)
        uow.consultants.disable(rasa.id)

        assert uow.consultants.by_email("rasa@pavyzdys.lt") is None
        assert uow.consultants.by_telegram("77") is None
        assert uow.sessions.find("d", now=NOON) is None


def test_a_session_ends_by_itself_or_by_leaving(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        rasa = uow.consultants.add(a_consultant())
        for digest in ("one", "two"):
            uow.sessions.open(digest=digest, consultant=rasa.id, expires=NOON + LEASE)
        uow.sessions.close("two")
        uow.sessions.close("two")

        assert uow.sessions.find("one", now=NOON) == rasa.id
        assert uow.sessions.find("two", now=NOON) is None
        assert uow.sessions.find("one", now=NOON + LEASE) is None
        assert uow.sessions.find("three", now=NOON) is None


def test_a_code_works_once_for_its_purpose_and_in_time(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:

        def redeem(digest: str, purpose: str = "sign-in") -> str | None:
            return uow.codes.redeem(purpose=purpose, digest=digest, now=NOON)

        for digest, expires in (("good", NOON + MINUTE), ("late", NOON)):
            uow.codes.issue(purpose="sign-in", digest=digest, subject="rasa", expires=expires)

        assert redeem("good", purpose="telegram") is None
        assert [redeem("good"), redeem("good")] == ["rasa", None]
        assert redeem("late") is None
        assert redeem("unknown") is None
