"""A known conversation: who joins it, what wakes it, what a typed number does."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.domain.channels import Address
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared, Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status, Ticket, TicketEvent
from knowledge_base.queues import SENSITIVE
from tests.builders import (
    NOON,
    a_file,
    a_mail,
    a_telegram_message,
    an_answer,
    mail_of,
    unsure,
)
from tests.wired import Debt, WiredDesk, sent_as

RASA = "rasa@pagalba.lt"


def answered(desk: WiredDesk) -> tuple[Prepared, Ticket]:
    message = a_mail("Kas yra NVO žyma?", decision=an_answer())
    ticket = desk.ticket_of(message)
    desk.new_debts()
    return message, ticket


def waiting(desk: WiredDesk) -> tuple[Prepared, Ticket]:
    message = a_mail()
    ticket = desk.ticket_of(message)
    desk.new_debts()
    return message, ticket


def reply_to(message: Prepared, text: str = "Mes iš Kauno.", **given: Any) -> Prepared:
    return a_mail(text, **{"thread": Thread(references=(message.external_id,)), **given})


# Who joins -------------------------------------------------------------------------------------


def test_a_party_joins_by_a_reference_to_their_own_mail(desk: WiredDesk) -> None:
    first, ticket = waiting(desk)

    receipt = desk.receive(reply_to(first))

    assert (receipt.reason, receipt.ticket) == ("follow-up", desk.ticket(ticket))
    assert desk.thread(ticket) == [("inbound", first.text), ("inbound", "Mes iš Kauno.")]


def test_a_party_joins_by_a_reference_to_our_mail(desk: WiredDesk) -> None:
    _, ticket = waiting(desk)
    debt = desk.claim()
    desk.do(lambda uow: desk.deliveries.delivered(uow, debt, sent_as(debt.id)))

    receipt = desk.receive(a_mail(thread=Thread(references=("<nieko@x>", sent_as(debt.id)))))

    assert receipt.ticket == desk.ticket(ticket)


def test_a_party_joins_by_the_tag(desk: WiredDesk) -> None:
    _, ticket = waiting(desk)

    assert desk.receive(a_mail(thread=Thread(tag=ticket.id))).ticket == desk.ticket(ticket)


def test_the_tag_of_no_ticket_opens_a_new_one(desk: WiredDesk) -> None:
    receipt = desk.receive(a_mail(thread=Thread(tag=TicketId(999), token=TicketId(999))))

    assert receipt.reason == "question"


@pytest.mark.parametrize("by", ["tag", "reference"])
@pytest.mark.parametrize("sender", [mail_of("vagis@kitur.lt"), None])
def test_a_stranger_who_names_a_ticket_gets_their_own_linked_to_it(
    desk: WiredDesk, by: str, sender: Address | None
) -> None:
    first, ticket = waiting(desk)
    threads = {"tag": Thread(tag=ticket.id), "reference": Thread(references=(first.external_id,))}

    other = desk.ticket_of(a_mail("Rodykite viską", sender=sender, thread=threads[by]))

    assert other.id != ticket.id
    assert desk.events(other)[-1] == TicketEvent(
        type="linked", at=NOON, actor="machine", reasons=(ticket.reference,)
    )
    assert (desk.thread(ticket), desk.history(ticket)) == (
        [("inbound", first.text)],
        ["decided"],
    )


def test_a_stranger_with_a_token_joins_and_is_noted_and_gets_nothing(desk: WiredDesk) -> None:
    desk.hire()
    _, ticket = waiting(desk)
    stranger = a_mail("Ir mums", sender=mail_of("kas@kitur.lt"), thread=Thread(token=ticket.id))

    receipt = desk.receive(stranger)

    assert receipt.ticket == desk.ticket(ticket)
    assert desk.history(ticket) == ["decided", "new_sender", "follow_up"]
    assert [debt.to for debt in desk.new_debts()] == [RASA]


def test_a_stranger_with_a_token_presses_no_button(desk: WiredDesk) -> None:
    _, ticket = answered(desk)

    desk.receive(a_mail("1", sender=mail_of("kas@kitur.lt"), thread=Thread(token=ticket.id)))

    assert desk.ticket(ticket).status is Status.NEW
    assert desk.history(ticket) == ["decided", "answered", "new_sender", "follow_up"]


def test_mail_that_was_overtaken_by_its_follow_up_joins_it(desk: WiredDesk) -> None:
    """A server may list two mails of one second in either order."""
    first = a_mail("Kodėl katinas miega?")
    ticket = desk.ticket_of(reply_to(first))

    desk.receive(first)
    desk.receive(reply_to(first, "Ir iš Alytaus."))

    assert desk.thread(ticket) == [
        ("inbound", "Mes iš Kauno."),
        ("inbound", first.text),
        ("inbound", "Ir iš Alytaus."),
    ]


def test_two_answers_to_mail_we_never_got_are_one_matter(desk: WiredDesk) -> None:
    unseen = a_mail()
    ticket = desk.ticket_of(reply_to(unseen))

    joined = desk.ticket_of(reply_to(unseen, "Ir iš Alytaus."))

    assert joined.id == ticket.id


def test_nobody_draws_mail_of_another_by_answering_it_first(desk: WiredDesk) -> None:
    first = a_mail()
    theirs = desk.ticket_of(reply_to(first, sender=mail_of("vagis@kitur.lt")))

    ours = desk.ticket_of(first)

    assert ours.id != theirs.id
    assert (desk.history(ours), desk.history(theirs)) == (["decided"], ["decided"])


def test_history_joins_by_references_alone(desk: WiredDesk) -> None:
    """Numbers in an old archive mean tickets of another desk, even well signed ones."""
    first, ticket = waiting(desk)

    by_number = desk.ticket_of(a_mail(silent=True, thread=Thread(token=ticket.id, tag=ticket.id)))
    by_reference = desk.ticket_of(reply_to(first, silent=True))

    assert (by_number.id != ticket.id, by_reference.id) == (True, ticket.id)


@pytest.mark.parametrize(
    ("days", "joins"), [(29, True), (30, True), (31, False)], ids=["29", "30", "31"]
)
def test_a_ticket_resolved_long_ago_stays_so(desk: WiredDesk, days: int, *, joins: bool) -> None:
    rasa = desk.hire()
    first, ticket = waiting(desk)
    desk.do(lambda uow: desk.desk.resolve(uow, ticket.id, rasa))

    later = reply_to(first, received_at=NOON + timedelta(days=days))
    receipt = desk.receive(later)

    assert receipt.ticket is not None
    assert (receipt.ticket.id == ticket.id) is joins
    assert desk.history(receipt.ticket)[-1] == ("follow_up" if joins else "linked")
    expected = Status.NEW if joins else Status.RESOLVED
    assert desk.ticket(ticket).status is expected


def test_a_late_receiver_is_not_the_askers_fault(desk: WiredDesk) -> None:
    rasa = desk.hire()
    first, ticket = waiting(desk)
    desk.do(lambda uow: desk.desk.resolve(uow, ticket.id, rasa))
    desk.clock.move(days=60)

    receipt = desk.receive(reply_to(first, received_at=NOON + timedelta(days=1)))

    assert receipt.ticket == desk.ticket(ticket)


def test_spam_is_not_woken(desk: WiredDesk) -> None:
    rasa = desk.hire()
    first, ticket = waiting(desk)
    desk.do(lambda uow: desk.desk.spam(uow, ticket.id, rasa))

    receipt = desk.receive(reply_to(first))

    assert (receipt.reason, desk.ticket(ticket).status) == ("question", Status.SPAM)


def test_what_is_for_a_restricted_queue_never_joins_a_ticket_others_read(
    chat_desk: WiredDesk,
) -> None:
    """A cry for help in answer to a consultant once stood in the staff chat for all to read."""
    first = a_telegram_message("Kur rasti paraišką?")
    ticket = chat_desk.ticket_of(first)
    chat_desk.new_debts()

    other = chat_desk.ticket_of(
        a_telegram_message(
            "Pirmininkas mane muša",
            decision=unsure(SENSITIVE),
            thread=Thread(references=(first.external_id,)),
        )
    )

    assert (other.queue, other.id != ticket.id) == (SENSITIVE, True)
    assert chat_desk.new_debts() == [
        Debt(Kind.ACKNOWLEDGEMENT, "77", Key.ACKNOWLEDGEMENT_SENSITIVE)
    ]
    assert chat_desk.events(ticket)[-1].reasons == (other.reference,)
    assert chat_desk.thread(ticket) == [("inbound", first.text)]


# What wakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.NEW, Status.ANSWERED, Status.WAITING, Status.RESOLVED])
@pytest.mark.parametrize("owned", [True, False])
def test_any_word_brings_a_ticket_back_to_its_owner_or_queue(
    desk: WiredDesk, status: Status, *, owned: bool
) -> None:
    rasa = desk.hire()
    first, ticket = answered(desk) if status is Status.ANSWERED else waiting(desk)
    desk.do(
        lambda uow: uow.tickets.save(
            replace(ticket, status=status, owner=rasa.id if owned else None), at=NOON
        )
    )

    desk.receive(reply_to(first))

    assert desk.ticket(ticket).status is (Status.OPEN if owned else Status.NEW)
    assert desk.new_debts()[-1] == Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_FOLLOW_UP)


def test_a_follow_up_is_never_answered_by_a_machine(desk: WiredDesk) -> None:
    first, ticket = waiting(desk)

    desk.receive(reply_to(first, "Kas yra NVO žyma?", decision=an_answer()))

    assert (desk.ticket(ticket).status, desk.new_debts()) == (Status.NEW, [])


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.WAITING, Status.RESOLVED])
def test_thanks_wake_nobody(desk: WiredDesk, status: Status) -> None:
    desk.hire()
    first, ticket = waiting(desk)
    desk.do(lambda uow: uow.tickets.save(replace(ticket, status=status), at=NOON))

    desk.receive(reply_to(first, "Ačiū už pagalbą!"))

    assert (desk.ticket(ticket).status, desk.history(ticket)[-1]) == (status, "thanked")
    assert desk.new_debts() == []


def test_thanks_with_a_file_are_shown_to_a_person(desk: WiredDesk) -> None:
    desk.hire()
    first, _ = waiting(desk)

    desk.receive(reply_to(first, "Ačiū!", attachments=(a_file(),)))

    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_FOLLOW_UP)]


def test_a_borrowed_message_id_draws_nobody_away_from_their_ticket(desk: WiredDesk) -> None:
    first, ticket = waiting(desk)
    desk.receive(
        a_mail("Pagrobiu", sender=mail_of("vagis@kitur.lt"), external_id=first.external_id)
    )

    assert desk.receive(reply_to(first)).ticket == desk.ticket(ticket)
