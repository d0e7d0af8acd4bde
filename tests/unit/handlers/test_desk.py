"""What consultants do with a ticket, and what that owes."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from typing import Any, cast

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, InvalidError, NotFoundError, TakenError
from handlers.domain.ids import TicketId
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Status, Ticket, TicketEvent
from handlers.ports import UnitOfWork
from tests.builders import (
    NOON,
    ONA,
    a_file,
    a_mail,
    a_web_question,
    words,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import FRESH_CAPS, ORGANISATION, Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def a_ticket(desk: WiredDesk, **given: Any) -> Ticket:
    ticket = desk.ticket_of(a_mail(**given))
    desk.new_debts()
    return ticket


def act(desk: WiredDesk, name: str, ticket: Ticket, who: Consultant) -> Ticket:
    acts = {
        "take": desk.desk.take,
        "release": desk.desk.release,
        "resolve": desk.desk.resolve,
        "reopen": desk.desk.reopen,
        "spam": desk.desk.spam,
    }
    return desk.do(lambda uow: acts[name](uow, ticket.id, who))


def reply(desk: WiredDesk, ticket: Ticket, who: Consultant, **given: Any) -> Article:
    said = words(**given)
    return desk.do(lambda uow: desk.desk.reply(uow, ticket.id, who, said))


# Taking ----------------------------------------------------------------------------------------


def test_whoever_takes_a_ticket_owns_it(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    taken = act(desk, "take", ticket, rasa)

    assert taken == replace(ticket, owner=rasa.id, status=Status.OPEN, version=2)
    assert desk.events(ticket)[-1] == TicketEvent(type="taken", at=NOON, actor=RASA)
    assert desk.new_debts() == []


def test_taking_twice_is_taking_once(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    assert act(desk, "take", ticket, rasa) == act(desk, "take", ticket, rasa)


def test_what_another_has_taken_is_refused_by_name(desk: WiredDesk) -> None:
    rasa, jonas = desk.hire(), desk.hire("jonas@pagalba.lt", name="Jonas")
    ticket = a_ticket(desk)
    act(desk, "take", ticket, rasa)

    with pytest.raises(TakenError) as refused:
        act(desk, "take", ticket, jonas)

    assert (refused.value.key, refused.value.values) == ("taken-by-other", {"name": "Rasa Rasaitė"})


def test_a_released_ticket_is_free_again(desk: WiredDesk) -> None:
    rasa, jonas = desk.hire(), desk.hire("jonas@pagalba.lt")
    ticket = a_ticket(desk)
    act(desk, "take", ticket, rasa)

    released = act(desk, "release", ticket, rasa)

    assert (released.owner, released.status) == (None, Status.NEW)
    assert act(desk, "take", ticket, jonas).owner == jonas.id


def test_releasing_what_nobody_has_changes_nothing(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    assert act(desk, "release", ticket, rasa) == ticket


# Replying --------------------------------------------------------------------------------------


def test_a_reply_reaches_the_asker_and_waits_for_them(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    article = reply(desk, ticket, rasa, text=" Taip, galite. ", attachments=(a_file(),))

    changed = desk.ticket(ticket)
    assert (changed.status, changed.owner) == (Status.WAITING, rasa.id)
    assert (article.kind, article.text, article.author) == ("reply", "Taip, galite.", ORGANISATION)
    (debt,) = desk.new_debts()
    assert debt == Debt(Kind.REPLY, ONA.value, Key.REPLY)
    assert debt.values == {
        "reference": ticket.reference,
        "text": "Taip, galite.",
        "author": ORGANISATION,
    }
    assert desk.claim(Kind.REPLY).attachments == (a_file(),)


def test_a_reply_is_signed_the_way_its_author_wants(desk: WiredDesk) -> None:
    rasa = desk.hire(signature="Rasa, NISC")
    ticket = a_ticket(desk)

    assert reply(desk, ticket, rasa).author == "Rasa, NISC"


def test_two_replies_are_two_messages(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    reply(desk, ticket, rasa)
    reply(desk, ticket, rasa)

    assert desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)] * 2


def test_a_reply_is_never_held_by_a_cap(open_desk: DeskMaker) -> None:
    desk = open_desk(**dict.fromkeys(FRESH_CAPS, "0/1d"))
    rasa = desk.hire()
    ticket = a_ticket(desk)

    reply(desk, ticket, rasa)

    assert desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)]


def test_a_helping_colleague_does_not_become_the_owner(desk: WiredDesk) -> None:
    rasa, jonas = desk.hire(), desk.hire("jonas@pagalba.lt")
    ticket = a_ticket(desk)
    act(desk, "take", ticket, rasa)

    reply(desk, ticket, jonas)

    assert desk.ticket(ticket).owner == rasa.id


def test_a_reply_to_a_ticket_that_changed_meanwhile_is_refused(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)
    act(desk, "take", ticket, rasa)

    with pytest.raises(ConflictError) as refused:
        desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words(), seen_version=1))

    assert refused.value.key == "ticket-changed"
    assert (desk.new_debts(), len(desk.articles(ticket))) == ([], 1)


def test_a_lost_race_leaves_no_words_that_were_never_sent(desk: WiredDesk) -> None:
    """The article was once written before the ticket was found to have changed."""
    rasa = desk.hire()
    ticket = a_ticket(desk)

    def lose(uow: UnitOfWork) -> None:
        class Stale:
            def get(self, number: TicketId) -> Ticket:
                return replace(uow.tickets.get(number), version=99)

            def __getattr__(self, name: str) -> Any:
                return getattr(uow.tickets, name)

        class Racing:
            tickets = Stale()

            def __getattr__(self, name: str) -> Any:
                return getattr(uow, name)

        with pytest.raises(ConflictError):
            desk.desk.reply(cast("UnitOfWork", Racing()), ticket.id, rasa, words())

    desk.do(lose)

    assert (len(desk.articles(ticket)), desk.new_debts()) == (1, [])


@pytest.mark.parametrize("text", ["", "  \n "])
@pytest.mark.parametrize("name", ["reply", "note"])
def test_no_words_are_no_reply_and_no_note(desk: WiredDesk, text: str, name: str) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)
    say = {"reply": desk.desk.reply, "note": desk.desk.note}[name]

    with pytest.raises(InvalidError) as refused:
        desk.do(lambda uow: say(uow, ticket.id, rasa, words(text)))

    assert (refused.value.key, refused.value.field) == ("no-words", "text")

    assert (desk.ticket(ticket), desk.new_debts()) == (ticket, [])


def test_an_asker_who_cannot_be_reached_is_not_silently_answered(desk: WiredDesk) -> None:
    """The consultant once believed the reply was sent."""
    rasa = desk.hire()
    ticket = a_ticket(desk, sender=None)

    with pytest.raises(NotFoundError) as refused:
        reply(desk, ticket, rasa)

    assert refused.value.key == "asker-unreachable"
    assert (desk.ticket(ticket), len(desk.articles(ticket))) == (ticket, 1)


def test_a_web_asker_without_an_address_reads_the_reply_on_the_page(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_web_question())
    desk.new_debts()

    reply(desk, ticket, rasa)

    assert (desk.new_debts(), desk.ticket(ticket).status) == ([], Status.WAITING)


def test_the_reply_goes_where_the_asker_wrote_last(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_web_question(sender=ONA))
    desk.receive(a_mail("Rašau laišku", thread=Thread(token=ticket.id)))
    desk.new_debts()

    reply(desk, ticket, rasa)

    assert desk.ticket(ticket).channel is Channel.MAIL
    assert desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)]


def test_a_note_stays_inside(chat_desk: WiredDesk) -> None:
    rasa = chat_desk.hire()
    ticket = chat_desk.ticket_of(a_mail())
    chat_desk.new_debts()

    note = chat_desk.do(lambda uow: chat_desk.desk.note(uow, ticket.id, rasa, words("Tarp mūsų")))

    assert (note.kind, note.author, note.text) == ("note", "Rasa Rasaitė", "Tarp mūsų")
    assert (chat_desk.new_debts(), chat_desk.ticket(ticket)) == ([], ticket)
