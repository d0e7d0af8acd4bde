"""Two tickets become one and two again: threads, askers, access, and nothing lost."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from functools import partial
from typing import Any

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket
from handlers.joined import own_matters, shown_to_asker
from handlers.merging import Merging
from handlers.sorting import Sorting
from handlers.splitting import Splitting
from handlers.staff_room import StaffChat
from knowledge_base.queues import GENERAL, PRIVACY, SENSITIVE
from tests.builders import a_mail, a_web_question, mail_of, unsure, words
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import STAFF_CHAT, Debt, WiredDesk

JONAS = mail_of("jonas@taryba.lt")


def merging(desk: WiredDesk) -> Merging:
    return Merging(clock=desk.clock, access=desk.access, reactions=desk.reactions)


def sorting(desk: WiredDesk) -> Sorting:
    return Sorting(clock=desk.clock, access=desk.access, reactions=desk.reactions)


def two(desk: WiredDesk, **given: Any) -> tuple[Ticket, Ticket]:
    """Open a ticket of Ona's, and another of hers or of somebody else's."""
    one, other = desk.ticket_of(a_mail("Pirmas")), desk.ticket_of(a_mail("Antras", **given))
    desk.deliver_all()
    desk.new_debts()
    return one, other


def merge(desk: WiredDesk, one: Ticket, other: Ticket, who: Consultant) -> Ticket:
    return desk.do(lambda uow: merging(desk).merge(uow, one.id, other.id, who))


def unmerge(desk: WiredDesk, one: Ticket, who: Consultant) -> Ticket:
    return desk.do(lambda uow: merging(desk).unmerge(uow, one.id, who))


def page(desk: WiredDesk, ticket: Ticket) -> list[str]:
    """List what the asker of a ticket may read."""
    return [row.text for row in desk.do(lambda uow: shown_to_asker(uow, ticket))]


def test_the_asker_of_both_is_told_and_one_thread_holds_all(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk)

    into = merge(desk, one, other, rasa)

    assert [debt.key for debt in desk.new_debts()] == [Key.MERGED]
    assert (desk.ticket(one).status, into.status) == (Status.MERGED, Status.NEW)
    assert desk.thread(into) == [("inbound", "Pirmas"), ("inbound", "Antras")]
    assert page(desk, one) == page(desk, other) == ["Pirmas", "Antras"]
    mine = desk.do(lambda uow: own_matters(uow, one.requester))
    assert [each.id for each in mine] == [other.id]


def test_what_is_written_to_the_merged_one_joins_the_other(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk)
    merge(desk, one, other, rasa)
    desk.do(lambda uow: desk.desk.reply(uow, other.id, rasa, words()))

    receipt = desk.receive(a_mail("Dar klausimas", thread=Thread(token=one.id)))

    assert receipt.ticket is not None
    assert (receipt.ticket.id, desk.ticket(other).status) == (one.id, Status.OPEN)
    assert desk.thread(other)[-1] == ("inbound", "Dar klausimas")
    assert "follow_up" in desk.history(other)


def test_each_of_two_askers_gets_the_answer_and_reads_only_their_own(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk, sender=JONAS)
    merge(desk, one, other, rasa)
    told = desk.new_debts()

    desk.clock.move(minutes=1)
    desk.do(lambda uow: desk.desk.reply(uow, other.id, rasa, words("Abiem")))

    answers = [debt for debt in desk.new_debts() if debt.kind is Kind.REPLY]
    assert told == []
    assert [(debt.to, debt.values["reference"]) for debt in answers] == [
        (JONAS.value, other.reference),
        ("ona@bendruomene.lt", one.reference),
    ]
    assert page(desk, one) == ["Pirmas", "Abiem"]
    assert page(desk, other) == ["Antras", "Abiem"]
    mine = desk.do(lambda uow: own_matters(uow, one.requester))
    assert [(each.id, each.status) for each in mine] == [(one.id, Status.WAITING)]


def test_parting_restores_both_exactly(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk)
    desk.do(lambda uow: desk.desk.reply(uow, other.id, rasa, words()))
    before = [(each.status, each.owner, each.queue) for each in map(desk.ticket, (one, other))]
    threads = desk.thread(one), desk.thread(other)
    merge(desk, one, other, rasa)
    assert desk.ticket(other).status is Status.OPEN
    desk.new_debts()

    unmerge(desk, one, rasa)

    after = [(each.status, each.owner, each.queue) for each in map(desk.ticket, (one, other))]
    assert (after, (desk.thread(one), desk.thread(other))) == (before, threads)
    assert [debt.key for debt in desk.new_debts()] == [Key.UNMERGED]


def test_what_came_since_goes_along_and_waits(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk, sender=JONAS)
    desk.do(lambda uow: desk.desk.reply(uow, one.id, rasa, words("Pirma")))
    merge(desk, one, other, rasa)
    desk.clock.move(minutes=1)
    later = a_mail("Vėliau", thread=Thread(token=one.id), received_at=desk.clock.now())
    desk.receive(later)

    parted = unmerge(desk, one, rasa)

    assert parted.status is Status.OPEN
    assert desk.thread(one)[-1] == ("inbound", "Vėliau")
    assert desk.thread(other) == [("inbound", "Antras")]


def test_nobody_works_on_a_merged_ticket(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk)
    merge(desk, one, other, rasa)

    for act in (desk.desk.take, desk.desk.resolve, desk.desk.reopen, desk.desk.spam):
        with pytest.raises(InvalidError, match="ticket merged") as refusal:
            desk.do(partial(act, ticket_id=one.id, who=rasa))
        assert refusal.value.values["into"] == other.reference


def test_what_is_merged_goes_where_the_other_goes(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk)
    merge(desk, one, other, rasa)

    desk.do(lambda uow: desk.desk.transfer(uow, other.id, rasa, queue=SENSITIVE))

    assert [desk.ticket(each).queue for each in (one, other)] == [SENSITIVE, SENSITIVE]
    with pytest.raises(NotAllowedError):
        unmerge(desk, one, rasa)


@pytest.mark.parametrize("act", ["merge", "link"])
def test_a_restricted_queue_never_shows_through(desk: WiredDesk, act: str) -> None:
    rasa = desk.hire()
    lina = desk.hire("lina@pagalba.lt", queues=frozenset({GENERAL, SENSITIVE, PRIVACY}))
    open_one, hidden = two(desk, decision=unsure(SENSITIVE))
    other_hidden = desk.ticket_of(a_mail(decision=unsure(PRIVACY)))

    def tie(one: Ticket, other: Ticket, who: Consultant) -> None:
        acts = {"merge": merging(desk).merge, "link": sorting(desk).link}
        desk.do(lambda uow: acts[act](uow, one.id, other.id, who))

    for pair in ((open_one, hidden), (hidden, open_one), (hidden, other_hidden)):
        with pytest.raises(NotAllowedError):
            tie(*pair, rasa)
        with pytest.raises(InvalidError, match="restricted apart"):
            tie(*pair, lina)


def test_a_ticket_is_not_merged_with_itself_nor_twice_nor_into_what_is_put_away(
    desk: WiredDesk,
) -> None:
    rasa = desk.hire()
    one, other = two(desk)
    third = desk.ticket_of(a_mail())
    merge(desk, one, other, rasa)
    desk.do(lambda uow: desk.desk.spam(uow, third.id, rasa))

    refused = []
    for pair in ((other, other), (one, other), (other, one), (other, third)):
        with pytest.raises(InvalidError) as refusal:
            merge(desk, *pair, rasa)
        refused.append(refusal.value.key)
    with pytest.raises(InvalidError) as refusal:
        unmerge(desk, other, rasa)

    assert [*refused, refusal.value.key] == [
        "same-ticket",
        "ticket-merged",
        "ticket-merged",
        "merge-closed",
        "not-merged",
    ]


def test_a_message_becomes_a_ticket_of_its_own_and_merging_undoes_it(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail("Vienas"))
    desk.receive(a_mail("Ar galima kitaip?", thread=Thread(token=ticket.id)))
    desk.new_debts()
    splitting = Splitting(clock=desk.clock, access=desk.access, reactions=desk.reactions)
    message = desk.articles(ticket)[1]

    new = desk.do(lambda uow: splitting.split(uow, ticket.id, message.id, rasa))

    assert (new.subject, new.status, new.queue) == ("Ar galima kitaip?", Status.NEW, GENERAL)
    assert (desk.thread(ticket), desk.thread(new)) == (
        [("inbound", "Vienas")],
        [("inbound", "Ar galima kitaip?")],
    )
    assert desk.do(lambda uow: uow.ties.linked(new.id)) == [ticket.id]
    assert Debt(Kind.NOTICE, "ona@bendruomene.lt", Key.SPLIT_OFF) in desk.new_debts()
    with pytest.raises(InvalidError, match="last message"):
        desk.do(lambda uow: splitting.split(uow, ticket.id, desk.articles(ticket)[0].id, rasa))

    merge(desk, new, ticket, rasa)
    assert [text for _, text in desk.thread(ticket)] == ["Vienas", "Ar galima kitaip?"]


def test_chats_of_the_other_ticket_are_shown_what_was_merged(open_desk: DeskMaker) -> None:
    desk = open_desk(chats=[StaffChat(STAFF_CHAT)])
    rasa = desk.hire()
    one, other = two(desk)

    merge(desk, one, other, rasa)

    shown = [debt for debt in desk.new_debts() if debt.key == Key.STAFF_FOLLOW_UP]
    assert [(debt.to, debt.values["text"]) for debt in shown] == [(STAFF_CHAT, "Pirmas")]


def test_a_web_asker_finds_the_whole_matter_on_the_page(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one = desk.ticket_of(a_web_question("Iš puslapio"))
    other = desk.ticket_of(a_mail("Laišku"))
    merge(desk, one, other, rasa)
    desk.clock.move(minutes=1)
    desk.do(lambda uow: desk.desk.reply(uow, other.id, rasa, words("Atsakymas")))

    assert page(desk, one) == ["Iš puslapio", "Atsakymas"]
    assert desk.ticket(one).channel is Channel.WEB


def test_who_is_merged_in_is_an_asker_and_no_stranger(desk: WiredDesk) -> None:
    rasa = desk.hire()
    one, other = two(desk, sender=JONAS, sender_name="Jonas")
    merge(desk, one, other, rasa)
    desk.do(lambda uow: desk.desk.take(uow, other.id, rasa))
    desk.new_debts()

    desk.receive(a_mail("Ona vėl", thread=Thread(token=one.id)))

    [told] = [debt for debt in desk.new_debts() if debt.key == Key.STAFF_FOLLOW_UP]
    assert (told.values["name"], told.values["stranger"]) == ("Ona Onaitė", "")
