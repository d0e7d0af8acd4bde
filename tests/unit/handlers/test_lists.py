"""Lists of what waits: late is what missed its deadline, and the urgent stands first."""

from dataclasses import replace

import pytest

from handlers.domain.tickets import Priority, Ticket
from handlers.ports import UnitOfWork
from handlers.staff_lists import StaffLists
from knowledge_base.queues import GENERAL, SENSITIVE
from tests.builders import a_mail, unsure
from tests.wired import STAFF_CHAT, WiredDesk


@pytest.fixture
def lists(chat_desk: WiredDesk) -> StaffLists:
    return StaffLists(
        clock=chat_desk.clock,
        access=chat_desk.access,
        deadlines=chat_desk.deadlines,
        room=chat_desk.reactions.staff_room,
    )


def rows(desk: WiredDesk, lists: StaffLists) -> list[tuple[str, str]]:
    """List reference and lateness of each row of the first page."""

    def page(uow: UnitOfWork) -> list[tuple[str, str]]:
        found = lists.waiting(uow, lists.queues_of_group(STAFF_CHAT))
        values = lists.page(uow, found, chat=STAFF_CHAT, number=0)
        return [(f"{values[f'row{n}_reference']}", f"{values[f'row{n}_late']}") for n in range(2)]

    return desk.do(page)


def test_late_is_what_missed_its_deadline_not_the_promised_day(
    chat_desk: WiredDesk, lists: StaffLists
) -> None:
    ticket = chat_desk.ticket_of(a_mail())
    queues = frozenset({GENERAL})
    counted = []
    # 18 hours of work from Monday 14:00 pass on Wednesday at 14:00; the promise names that day.
    for hours in (0, 47, 2):
        chat_desk.clock.move(hours=hours)
        late = rows(chat_desk, lists)[0]
        counted.append((late, len(chat_desk.do(lambda uow: lists.overdue(uow, queues)))))

    name = ticket.reference
    assert counted == [((name, ""), 0), ((name, ""), 0), ((name, "1"), 1)]


def test_the_urgent_stands_first_and_restricted_queues_in_no_group(
    chat_desk: WiredDesk, lists: StaffLists
) -> None:
    first, second = (chat_desk.ticket_of(a_mail()) for _ in range(2))
    chat_desk.receive(a_mail(decision=unsure(SENSITIVE)))

    def hurry(uow: UnitOfWork) -> Ticket:
        urgent = replace(uow.tickets.get(second.id), priority=Priority.HIGH)
        return uow.tickets.save(urgent, at=chat_desk.clock.now())

    chat_desk.do(hurry)

    assert rows(chat_desk, lists) == [(second.reference, ""), (first.reference, "")]
