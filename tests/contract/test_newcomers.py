"""Letters of somebody new, filed by two units of work at the same moment."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.people import Person
from handlers.ports import UnitOfWorkFactory
from tests.builders import a_mail
from tests.contract.builders import NOON

ONA = Address(Channel.MAIL, "ona@pavyzdys.lt")
JONAS = Address(Channel.MAIL, "jonas@pavyzdys.lt")
RASA = Address(Channel.MAIL, "rasa@pavyzdys.lt")
_HELD_UP = sa.text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture
def other() -> Iterator[ThreadPoolExecutor]:
    """Lend a thread for the other unit of work."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


def filing(begin: UnitOfWorkFactory, *writers: Address) -> Person | None:
    """Expect a letter of each; return who the first of them is."""
    with begin() as uow:
        uow.expect([a_mail(sender=each) for each in writers])
        return uow.people.find(writers[0])


def is_held_up(engine: sa.Engine, answer: Future[Person | None]) -> bool:
    """Wait until the other one waits; False when it went on instead. SQLite has one writer."""
    deadline = time.monotonic() + 30
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not answer.done():
            if engine.dialect.name == "sqlite" or watching.scalar(_HELD_UP):
                return True
            assert time.monotonic() < deadline
    return False


def test_who_files_a_letter_of_theirs_at_the_same_moment_waits_and_knows_them_then(
    engine: sa.Engine, begin: UnitOfWorkFactory, other: ThreadPoolExecutor
) -> None:
    with begin() as uow:
        uow.expect([a_mail(sender=ONA), a_mail(sender=ONA)])
        answer = other.submit(filing, begin, ONA, JONAS)
        assert is_held_up(engine, answer)
        ona = uow.people.add(name="Ona", language="lt", address=ONA, at=NOON)
        uow.commit()

    assert answer.result() == ona


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_files_letters_of_others_or_of_the_known_does_not_wait(
    engine: sa.Engine, begin: UnitOfWorkFactory, other: ThreadPoolExecutor
) -> None:
    with begin() as uow:
        ona = uow.people.add(name="Ona", language="lt", address=ONA, at=NOON)
        uow.commit()
    with begin() as uow:
        uow.expect([a_mail(sender=ONA), a_mail(sender=RASA)])
        answer = other.submit(filing, begin, ONA, JONAS)

        assert not is_held_up(engine, answer)
    assert answer.result() == ona
