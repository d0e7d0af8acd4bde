"""What consultants put on tickets: links, tags, priority, and their wish to be told."""

from functools import partial

import pytest

from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.tickets import Priority, Ticket
from handlers.sorting import Sorting
from knowledge_base.queues import GENERAL, SENSITIVE
from tests.builders import a_mail, unsure, words
from tests.wired import WiredDesk


@pytest.fixture
def sorting(desk: WiredDesk) -> Sorting:
    return Sorting(clock=desk.clock, access=desk.access, reactions=desk.reactions)


def a_ticket(desk: WiredDesk, queue: str = GENERAL) -> Ticket:
    ticket = desk.ticket_of(a_mail(decision=unsure(queue)))
    desk.new_debts()
    return ticket


def test_doing_a_thing_twice_does_it_once(desk: WiredDesk, sorting: Sorting) -> None:
    rasa = desk.hire()
    one, other = a_ticket(desk), a_ticket(desk)

    for _ in range(2):
        desk.do(lambda uow: sorting.link(uow, one.id, other.id, rasa))
        desk.do(lambda uow: sorting.tag(uow, one.id, " #Steigimo Sutartis ", rasa))
        desk.do(lambda uow: sorting.prioritise(uow, one.id, Priority.HIGH, rasa))
        desk.do(lambda uow: sorting.watch(uow, one.id, rasa))
    for _ in range(2):
        desk.do(lambda uow: sorting.unlink(uow, one.id, other.id, rasa))
        desk.do(lambda uow: sorting.untag(uow, one.id, "steigimo-sutartis", rasa))
        desk.do(lambda uow: sorting.unwatch(uow, one.id, rasa))

    lines = [(line.type, *line.reasons) for line in desk.events(one) if line.actor == rasa.email]
    assert lines == [
        ("linked", other.reference),
        ("tagged", "steigimo-sutartis"),
        ("prioritised", "high"),
        ("watched",),
        ("unlinked", other.reference),
        ("untagged", "steigimo-sutartis"),
        ("unwatched",),
    ]
    assert desk.history(other)[-2:] == ["linked", "unlinked"]
    assert desk.ticket(one).priority is Priority.HIGH


@pytest.mark.parametrize("tag", ["", "#", "a/b", "ž" * 41])
def test_what_is_no_word_is_no_tag(desk: WiredDesk, sorting: Sorting, tag: str) -> None:
    rasa, ticket = desk.hire(), a_ticket(desk)

    with pytest.raises(InvalidError, match="bad tag"):
        desk.do(lambda uow: sorting.tag(uow, ticket.id, tag, rasa))


def test_a_ticket_has_a_few_tags(desk: WiredDesk, sorting: Sorting) -> None:
    rasa, ticket = desk.hire(), a_ticket(desk)

    for number in range(20):
        desk.do(partial(sorting.tag, ticket_id=ticket.id, tag=f"ž{number}", who=rasa))
    with pytest.raises(InvalidError, match="too many tags"):
        desk.do(lambda uow: sorting.tag(uow, ticket.id, "dar", rasa))


def test_nobody_marks_what_they_may_not_see(desk: WiredDesk, sorting: Sorting) -> None:
    rasa, hidden = desk.hire(), a_ticket(desk, SENSITIVE)
    acts = (
        lambda uow: sorting.tag(uow, hidden.id, "a", rasa),
        lambda uow: sorting.prioritise(uow, hidden.id, Priority.LOW, rasa),
        lambda uow: sorting.watch(uow, hidden.id, rasa),
    )

    for act in acts:
        with pytest.raises(NotAllowedError):
            desk.do(act)


def watched_by(desk: WiredDesk, sorting: Sorting, who: Consultant, ticket: Ticket) -> None:
    desk.do(lambda uow: sorting.watch(uow, ticket.id, who))


def test_a_watcher_is_told_of_what_others_write(desk: WiredDesk, sorting: Sorting) -> None:
    rasa, jonas = desk.hire(), desk.hire("jonas@pagalba.lt", name="Jonas")
    ticket = a_ticket(desk)
    desk.do(lambda uow: desk.desk.take(uow, ticket.id, rasa))
    for who in (rasa, jonas):
        watched_by(desk, sorting, who, ticket)

    desk.do(lambda uow: desk.desk.note(uow, ticket.id, rasa, words("Pastaba")))
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, jonas, words("Taip.")))
    desk.receive(a_mail("Ačiū, o kada?", thread=Thread(token=ticket.id)))

    told = [debt for debt in desk.new_debts() if debt.key == Key.STAFF_WATCHED]
    assert [(debt.to, debt.values["what"], debt.values["text"]) for debt in told] == [
        (jonas.email, "note", "Pastaba"),
        (rasa.email, "reply", "Taip."),
        (jonas.email, "inbound", "Ačiū, o kada?"),
    ]


def test_a_watcher_hears_nothing_of_a_ticket_that_became_restricted(
    desk: WiredDesk, sorting: Sorting
) -> None:
    rasa = desk.hire()
    lina = desk.hire("lina@pagalba.lt", queues=frozenset({GENERAL, SENSITIVE}))
    ona = desk.hire("ona@pagalba.lt", queues=frozenset({SENSITIVE}))
    ticket = a_ticket(desk)
    for who in (rasa, lina):
        watched_by(desk, sorting, who, ticket)
    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue=SENSITIVE))
    desk.new_debts()

    desk.do(lambda uow: desk.desk.note(uow, ticket.id, ona, words("Slapta")))

    assert [(debt.to, debt.key) for debt in desk.new_debts()] == [
        (lina.email, Key.STAFF_RESTRICTED)
    ]
