"""The ports `Ties` and `Marks`."""

from datetime import timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError
from handlers.domain.ids import TicketId
from handlers.domain.tickets import Status, Ticket
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from handlers.ties import Merge
from tests.contract.builders import (
    LEASE,
    NOON,
    a_consultant,
    a_received,
    a_ticket,
    an_article,
)
from tests.contract.inbox_steps import done


def a_merge(ticket: Ticket, into: Ticket) -> Merge:
    return Merge(
        ticket=ticket.id,
        into=into.id,
        status=ticket.status,
        into_status=Status.WAITING,
        into_version=into.version + 1,
        at=NOON,
    )


def said(uow: UnitOfWork, ticket: TicketId) -> list[str]:
    return [row.text for row in uow.tickets.articles(ticket)]


def test_threads_are_joined_and_parted_again(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        one, two, three = (a_ticket(uow) for _ in range(3))
        for ticket, text in ((one, "a"), (two, "b"), (one, "c"), (three, "d")):
            uow.tickets.write(an_article(ticket, text=text))
        assert said(uow, two.id) == ["b"]
        uow.ties.merge(a_merge(one, two))
        uow.ties.merge(a_merge(two, three))
        assert [said(uow, each.id) for each in (one, two, three)] == [
            ["a", "c"],
            ["a", "b", "c"],
            ["a", "b", "c", "d"],
        ]
        assert uow.ties.within(three.id) == [one.id, two.id, three.id]
        assert uow.ties.merged(one.id) == a_merge(one, two)

        uow.ties.unmerge(two.id)

        assert uow.ties.merged(two.id) is None
        assert [said(uow, each.id) for each in (two, three)] == [["a", "b", "c"], ["d"]]


def test_a_ticket_goes_on_in_one_other(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        one, two, three = (a_ticket(uow) for _ in range(3))
        uow.ties.merge(a_merge(one, two))

        with pytest.raises(ConflictError):
            uow.ties.merge(a_merge(one, three))


def test_a_link_is_of_both_and_there_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        one, two, three = (a_ticket(uow).id for _ in range(3))

        made = [uow.ties.link(*pair, at=NOON) for pair in ((two, one), (one, two), (three, two))]

        assert made == [True, False, True]
        assert [uow.ties.linked(each) for each in (one, two, three)] == [
            [two],
            [one, three],
            [two],
        ]
        assert (uow.ties.unlink(one, two), uow.ties.unlink(two, one)) == (True, False)
        assert uow.ties.linked(two) == [three]


def test_a_moved_article_takes_its_raw_message_along(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        one, two = a_ticket(uow), a_ticket(uow)
        numbers = []
        for minutes in (0, 1):
            at = NOON + timedelta(minutes=minutes)
            number = uow.inbox.add(a_received(received_at=at))
            assert number is not None
            claimed = uow.inbox.claim_one(number, now=at, lease=LEASE)
            assert claimed is not None
            done(uow, claimed, ticket=one.id)
            uow.tickets.write(an_article(one, text=str(minutes), at=at, channel=Channel.MAIL))
            numbers.append(number)
        moved = uow.tickets.articles(one.id)[1]

        uow.ties.move(moved.id, two.id)

        assert (said(uow, one.id), said(uow, two.id)) == (["0"], ["1"])
        assert [uow.inbox.get(each).ticket for each in numbers] == [one.id, two.id]


def test_tags_and_watchers_are_there_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        one, two = a_ticket(uow).id, a_ticket(uow).id
        who = uow.consultants.add(a_consultant()).id

        assert [uow.marks.tag(one, tag) for tag in ("įstatai", "aplinka", "įstatai")] == [
            True,
            True,
            False,
        ]
        assert (uow.marks.untag(one, "aplinka"), uow.marks.untag(one, "aplinka")) == (True, False)
        assert dict(uow.marks.tags([one, two])) == {one: ["įstatai"]}
        assert (uow.marks.watch(one, who), uow.marks.watch(one, who)) == (True, False)
        assert (uow.marks.watchers(one), uow.marks.watchers(two)) == ([who], [])
        assert (uow.marks.unwatch(one, who), uow.marks.unwatch(one, who)) == (True, False)
