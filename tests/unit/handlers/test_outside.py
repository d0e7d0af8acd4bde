"""A colleague's own mail from a shared mailbox: filed as the reply it was, never sent again."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from typing import Any

import pytest

from handlers.commands import SentOutside
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Outcome, Prepared, Thread
from handlers.domain.tickets import Article, Status, Ticket
from tests.builders import ONA, a_mail
from tests.wired import ORGANISATION, WiredDesk

SHARED = Address(Channel.MAIL, "konsultacijos@pagalba.lt")


def asked(desk: WiredDesk) -> Ticket:
    ticket = desk.ticket_of(a_mail(external_id="<klausimas@bendruomene.lt>"))
    desk.deliver_all()
    desk.new_debts()
    return ticket


def sent(**given: Any) -> Prepared:
    default: dict[str, Any] = {
        "text": "Atsakiau iš savo pašto.",
        "sender": SHARED,
        "sender_name": "Konsultacijos",
        "external_id": "<atsakymas@pagalba.lt>",
        "thread": Thread(references=("<klausimas@bendruomene.lt>",)),
        "copies": (ONA.value,),
    }
    return a_mail(**{**default, **given})


def file(desk: WiredDesk, message: Prepared) -> tuple[Outcome, str]:
    receipt = desk.carry_out(SentOutside(message=message))
    return receipt.outcome, receipt.reason


def last(desk: WiredDesk, ticket: Ticket) -> Article:
    return desk.articles(ticket)[-1]


def test_it_is_the_reply_and_the_ticket_waits_for_the_requester(desk: WiredDesk) -> None:
    ticket = asked(desk)

    filed = file(desk, sent(copies=("jonas@bendruomene.lt", ONA.value)))

    assert filed == (Outcome.FILED, "replied_outside")
    assert desk.thread(ticket)[-1] == ("reply", "Atsakiau iš savo pašto.")
    assert (last(desk, ticket).author, last(desk, ticket).copies) == (
        "Konsultacijos",
        ("jonas@bendruomene.lt",),
    )
    assert desk.ticket(ticket).status is Status.WAITING
    assert desk.history(ticket)[-1] == "replied_outside"
    assert desk.new_debts() == []


def test_a_consultant_who_sent_it_owns_the_ticket(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = asked(desk)

    file(desk, sent(sender=Address(Channel.MAIL, rasa.email)))

    assert desk.ticket(ticket).owner == rasa.id
    assert (last(desk, ticket).author, last(desk, ticket).consultant) == (ORGANISATION, rasa.id)


@pytest.mark.parametrize("by_token", [True, False])
def test_a_token_or_a_tag_names_the_ticket_as_well(desk: WiredDesk, *, by_token: bool) -> None:
    ticket = asked(desk)

    filed = file(desk, sent(thread=Thread(token=ticket.id) if by_token else Thread(tag=ticket.id)))

    assert filed == (Outcome.FILED, "replied_outside")


@pytest.mark.parametrize(
    "given",
    [
        {"copies": ("jonas@bendruomene.lt",)},
        {"thread": Thread(references=("<kita@bendruomene.lt>",))},
        {"thread": Thread()},
    ],
)
def test_what_went_to_others_or_names_nothing_opens_no_ticket(
    desk: WiredDesk, given: dict[str, Any]
) -> None:
    ticket = asked(desk)

    filed = file(desk, sent(**given))

    assert filed == (Outcome.IGNORED, "sent_elsewhere")
    assert [row.id for row in desk.tickets()] == [ticket.id]
    assert desk.ticket(ticket).status is Status.NEW


def test_the_same_mail_is_filed_once(desk: WiredDesk) -> None:
    ticket = asked(desk)

    filed = [file(desk, sent()) for _ in range(2)]

    assert filed[1] == (Outcome.IGNORED, "repeated")
    assert [kind for kind, _ in desk.thread(ticket)] == ["inbound", "reply"]


def test_what_was_put_away_stays_so(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = asked(desk)
    desk.do(lambda uow: desk.desk.spam(uow, ticket.id, rasa))

    file(desk, sent())

    assert desk.ticket(ticket).status is Status.SPAM
    assert desk.thread(ticket)[-1][0] == "reply"


def test_the_requesters_answer_to_it_joins_the_ticket(desk: WiredDesk) -> None:
    ticket = asked(desk)
    file(desk, sent())

    answer = a_mail("Dar kai kas", thread=Thread(references=("<atsakymas@pagalba.lt>",)))
    answered = desk.ticket_of(answer)

    assert answered.id == ticket.id
