"""People in copy: known to consultants, written to only when a consultant says so."""

import pytest

from handlers.conversations import in_copy
from handlers.desk import Words
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError, PermanentDeliveryError
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import FORWARDED, Status, Ticket
from handlers.views import ticket_view
from tests.builders import ONA, a_mail, words
from tests.wired import Debt, WiredDesk

JONAS = "jonas@bendruomene.lt"
RASA = "rasa@savivaldybe.lt"


def asked(desk: WiredDesk) -> Ticket:
    ticket = desk.ticket_of(a_mail(copies=(JONAS, RASA), programme="Aktyvūs miestai"))
    desk.deliver_all()
    desk.new_debts()
    return ticket


def reply(desk: WiredDesk, ticket: Ticket, who: Consultant, said: Words) -> None:
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, who, said))


def test_consultants_see_who_got_copies_and_which_programme_it_is(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail(copies=(JONAS, RASA), programme="Aktyvūs miestai"))

    card = next(debt for debt in desk.new_debts() if debt.key == Key.STAFF_NEW)
    view = desk.do(lambda uow: ticket_view(uow, ticket))

    assert (card.values["copies"], card.values["programme"]) == (
        f"{JONAS}, {RASA}",
        "Aktyvūs miestai",
    )
    assert view["programme"] == "Aktyvūs miestai"
    assert view["articles"][0]["copies"] == [JONAS, RASA]


def test_an_answer_goes_to_the_requester_alone_unless_it_is_said(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = asked(desk)

    reply(desk, ticket, rasa, words())

    assert desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)]


def test_a_chosen_person_gets_a_mail_of_their_own(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = asked(desk)

    reply(desk, ticket, rasa, words(copies=(JONAS,)))

    requester, copied = desk.new_debts()
    assert [requester, copied] == [
        Debt(Kind.REPLY, ONA.value, Key.REPLY),
        Debt(Kind.COPY, JONAS, Key.REPLY),
    ]
    assert copied.values == requester.values
    assert desk.articles(ticket)[-1].copies == (JONAS,)


def test_no_answer_goes_to_an_address_the_conversation_never_went_to(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = asked(desk)

    with pytest.raises(InvalidError) as refused:
        reply(desk, ticket, rasa, words(copies=("jonas@bendruomene.net",)))

    assert (refused.value.key, refused.value.field) == ("not-in-copy", "cc")
    assert desk.new_debts() == []


def test_the_requester_is_not_in_copy_of_what_another_wrote(desk: WiredDesk) -> None:
    ticket = asked(desk)
    answer = a_mail(
        sender=Address(Channel.MAIL, JONAS),
        thread=Thread(token=ticket.id),
        copies=(ONA.value, "nauja@bendruomene.lt"),
    )

    desk.receive(answer)

    known = desk.do(lambda uow: in_copy(uow, ticket))
    assert known == (JONAS, RASA, "nauja@bendruomene.lt")


def test_a_copy_that_does_not_arrive_leaves_the_ticket_answered(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = asked(desk)
    reply(desk, ticket, rasa, words(copies=(JONAS,)))
    copied = desk.claim(Kind.COPY)

    desk.do(lambda uow: desk.deliveries.failed(uow, copied, PermanentDeliveryError("no such user")))

    told = next(debt for debt in desk.new_debts() if debt.key == Key.STAFF_UNDELIVERED)
    assert desk.ticket(ticket).status is Status.WAITING
    assert told.values["what"] == "copy"
    delivery = desk.do(lambda uow: ticket_view(uow, ticket))["articles"][-1]["delivery"]
    assert delivery is not None
    assert delivery["state"] == "queued", "it tells of the answer, not of the copy"


def test_who_wrote_what_was_passed_on_is_proposed_and_may_get_the_answer(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail(copies=(JONAS, RASA), notes=(FORWARDED,)))
    card = next(debt for debt in desk.new_debts() if debt.key == Key.STAFF_NEW)

    reply(desk, ticket, rasa, words(copies=(JONAS,)))

    shown = [card.values[name] for name in ("asker", "copies", "notes")]
    assert shown == [JONAS, RASA, "forwarded"]
    assert [debt.to for debt in desk.new_debts()] == [ONA.value, JONAS]
