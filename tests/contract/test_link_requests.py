"""The port `LinkRequests`."""

from dataclasses import replace
from datetime import timedelta

from handlers.domain.links import LinkRequest
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import MINUTE, NOON, a_ticket

_REQUEST = LinkRequest(
    chat="5", address="ona@pavyzdys.lt", digest="a", at=NOON, expires=NOON + 15 * MINUTE
)


def test_a_code_works_once_in_its_own_chat(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        request = replace(_REQUEST, ticket=a_ticket(uow).id)
        uow.links.add(request)

        assert uow.links.is_open("5", now=NOON)
        assert uow.links.redeem(chat="6", digest="a", now=NOON, tries=5) is None
        assert uow.links.redeem(chat="5", digest="a", now=NOON, tries=5) == request
        assert uow.links.redeem(chat="5", digest="a", now=NOON, tries=5) is None
        assert not uow.links.is_open("5", now=NOON)


def test_a_code_is_good_for_some_minutes(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.links.add(_REQUEST)
        late = NOON + 15 * MINUTE

        assert not uow.links.is_open("5", now=late)
        assert uow.links.redeem(chat="5", digest="a", now=late, tries=5) is None


def test_guesses_are_counted_and_end(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.links.add(_REQUEST)
        for _ in range(3):
            assert uow.links.redeem(chat="5", digest="b", now=NOON, tries=3) is None

        assert uow.links.redeem(chat="5", digest="a", now=NOON, tries=3) is None


def test_a_new_code_ends_the_one_before(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        uow.links.add(_REQUEST)
        second = replace(_REQUEST, digest="b", at=NOON + MINUTE)
        uow.links.add(second)

        now = NOON + MINUTE
        assert uow.links.redeem(chat="5", digest="a", now=now, tries=5) is None
        assert uow.links.redeem(chat="5", digest="b", now=now, tries=5) == second


def test_requests_are_counted_by_chat_and_by_address(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        for chat, address in (("5", "a@b.lt"), ("6", "a@b.lt"), ("7", "a@b.lt"), ("5", "c@b.lt")):
            uow.links.add(replace(_REQUEST, chat=chat, address=address))

        assert uow.links.made_since(NOON, chat="5", address="d@b.lt") == 2
        assert uow.links.made_since(NOON, chat="8", address="a@b.lt") == 3
        assert uow.links.made_since(NOON + MINUTE, chat="5", address="a@b.lt") == 0
        uow.links.forget_before(NOON + timedelta(days=1))
        assert uow.links.made_since(NOON, chat="5", address="a@b.lt") == 0
