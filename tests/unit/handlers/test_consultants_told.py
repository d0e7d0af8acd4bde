"""Whom a question reaches among consultants, and what never reaches anybody else."""

from dataclasses import replace

import pytest

from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Role
from handlers.domain.tickets import Status
from handlers.staff_room import StaffChat
from knowledge_base.decisions import Decision
from knowledge_base.queues import PRIVACY, SENSITIVE
from tests.builders import (
    NOON,
    ONA,
    a_file,
    a_mail,
    a_telegram_message,
    a_web_question,
    an_answer,
    mail_of,
    suggestions,
    unsure,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import STAFF_CHAT, Debt, WiredDesk

RASA = "rasa@pagalba.lt"


@pytest.mark.parametrize(
    ("queue", "key"),
    [(PRIVACY, Key.ACKNOWLEDGEMENT_RESTRICTED), (SENSITIVE, Key.ACKNOWLEDGEMENT_SENSITIVE)],
)
def test_a_restricted_question_shows_nothing_of_itself(
    open_desk: DeskMaker, queue: str, key: Key
) -> None:
    desk = open_desk(chats=[StaffChat(STAFF_CHAT), StaffChat("-2", frozenset({queue}))])
    desk.hire("ieva@pagalba.lt", queues=frozenset({queue}))
    desk.hire()

    ticket = desk.ticket_of(a_mail("Mane muša", decision=unsure(queue)))

    debts = desk.new_debts()
    assert debts == [
        Debt(Kind.STAFF_MAIL, "ieva@pagalba.lt", Key.STAFF_RESTRICTED),
        Debt(Kind.ACKNOWLEDGEMENT, ONA.value, key),
    ]
    assert debts[0].values == {"reference": ticket.reference, "consultant": "1"}
    assert debts[1].values["topic"] == ""


@pytest.mark.parametrize(
    "decision",
    [an_answer(queue=SENSITIVE), suggestions(queue=SENSITIVE)],
    ids=["answer", "suggestions"],
)
def test_a_machine_never_answers_in_a_restricted_queue(desk: WiredDesk, decision: Decision) -> None:
    ticket = desk.ticket_of(a_mail(decision=decision))

    assert (ticket.status, ticket.offered) == (Status.NEW, ())
    assert desk.new_debts() == [
        Debt(Kind.ACKNOWLEDGEMENT, ONA.value, Key.ACKNOWLEDGEMENT_SENSITIVE)
    ]


@pytest.mark.parametrize("queue", ["finansai", SENSITIVE])
def test_where_nobody_serves_a_queue_those_who_steer_hear_that_somebody_waits(
    desk: WiredDesk, queue: str
) -> None:
    desk.hire(queues=frozenset({"mokymai"}))
    desk.hire("jonas@pagalba.lt", role=Role.COORDINATOR, queues=frozenset({"mokymai"}))

    ticket = desk.ticket_of(a_mail("Mane muša", decision=unsure(queue)))

    told = desk.new_debts()[0]
    assert told == Debt(Kind.STAFF_MAIL, "jonas@pagalba.lt", Key.STAFF_UNATTENDED)
    assert told.values.keys() == {"queue", "reference", "consultant"}
    assert told.values["reference"] == ticket.reference


def test_who_steers_hears_of_it_without_a_queue_of_their_own(desk: WiredDesk) -> None:
    """Once only those who had a queue were asked, and everybody else was told instead."""
    desk.hire(queues=frozenset({"mokymai"}))
    desk.hire("jonas@pagalba.lt", role=Role.COORDINATOR)

    desk.ticket_of(a_mail(decision=unsure(SENSITIVE)))

    debts = [debt for debt in desk.new_debts() if debt.key == Key.STAFF_UNATTENDED]
    assert debts == [Debt(Kind.STAFF_MAIL, "jonas@pagalba.lt", Key.STAFF_UNATTENDED)]


def test_the_first_administrator_is_written_to_only_at_an_address_of_their_own(
    desk: WiredDesk,
) -> None:
    """Letters to `@localhost` came back from the mail server, one for each question."""
    desk.do(desk.staff.first_administrator)

    desk.ticket_of(a_mail(decision=unsure("finansai")))

    assert [debt.key for debt in desk.new_debts()] == [Key.ACKNOWLEDGEMENT]


def test_where_nobody_steers_everybody_hears_that_somebody_waits(desk: WiredDesk) -> None:
    desk.hire(queues=frozenset({"mokymai"}))

    desk.ticket_of(a_mail(decision=unsure("finansai")))

    assert desk.new_debts()[0] == Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_UNATTENDED)


# Telling consultants ---------------------------------------------------------------------------


def test_in_a_staff_chat_a_ticket_gets_a_topic_and_its_card(chat_desk: WiredDesk) -> None:
    chat_desk.hire()

    chat_desk.ticket_of(a_telegram_message("Kur rasti paraišką?", decision=unsure("steigimas")))

    debts = chat_desk.new_debts()
    assert debts == [
        Debt(Kind.STAFF_TOPIC, STAFF_CHAT, Key.STAFF_TOPIC),
        Debt(Kind.STAFF_CARD, STAFF_CHAT, Key.STAFF_NEW),
        Debt(Kind.ACKNOWLEDGEMENT, "77", Key.ACKNOWLEDGEMENT),
    ]
    assert debts[1].values["text"] == "Kur rasti paraišką?"


def test_a_chat_for_other_queues_hears_nothing(open_desk: DeskMaker) -> None:
    desk = open_desk(chats=[StaffChat("-5", frozenset({"mokymai"}))])
    desk.hire()

    desk.ticket_of(a_mail(decision=unsure("finansai")))

    assert [debt.to for debt in desk.new_debts()] == [RASA, ONA.value]


def test_a_follow_up_names_a_stranger_who_wrote_it(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail())
    desk.new_debts()

    stranger = mail_of("kas@kitur.lt")
    desk.receive(
        a_mail("Ir aš", sender=stranger, sender_name="Kas", thread=Thread(token=ticket.id))
    )

    (told,) = desk.new_debts()
    assert told == Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_FOLLOW_UP)
    assert told.values == {
        "reference": ticket.reference,
        "consultant": "1",
        **dict.fromkeys(("draft", "draft_id", "draft_by"), ""),
        **dict.fromkeys(("call_on", "call_hours", "call_phone"), ""),
        "queue": "Kita, neatpažinta, kontaktai",
        "name": "Ona Onaitė",
        "channel": "mail",
        "asker_type": "",
        "organisation": "",
        "municipality": "",
        "subject": "Klausimas",
        "text": "Ir aš",
        "stranger": "Kas, kas@kitur.lt",
        "files": "",
        **dict.fromkeys(("copies", "programme", "notes", "asker"), ""),
        "status": "new",
        "owner": "",
        "queue_id": "bendra",
    }


def test_whoever_first_hears_of_a_ticket_gets_its_question_first(chat_desk: WiredDesk) -> None:
    """A topic that began with "a person, please" once showed no question to answer."""
    question = a_telegram_message("Kas yra NVO žyma?", decision=an_answer())
    ticket = chat_desk.ticket_of(question)
    chat_desk.new_debts()

    for text in ("O kiek ji kainuoja?", "Ir kur ją gauti?"):
        chat_desk.receive(
            a_telegram_message(text, thread=Thread(references=(question.external_id,)))
        )

    debts = chat_desk.new_debts()
    assert [(debt.kind, debt.key, debt.values["text"]) for debt in debts] == [
        (Kind.STAFF_TOPIC, Key.STAFF_TOPIC, "Kas yra NVO žyma?"),
        (Kind.STAFF_CARD, Key.STAFF_NEW, "Kas yra NVO žyma?"),
        (Kind.STAFF_MESSAGE, Key.STAFF_FOLLOW_UP, "O kiek ji kainuoja?"),
        (Kind.STAFF_MESSAGE, Key.STAFF_FOLLOW_UP, "Ir kur ją gauti?"),
    ]
    assert chat_desk.ticket(ticket).status is Status.NEW


def test_an_owner_is_told_alone(desk: WiredDesk) -> None:
    rasa = desk.hire()
    desk.hire("jonas@pagalba.lt")
    ticket = desk.ticket_of(a_mail())
    desk.do(lambda uow: desk.desk.take(uow, ticket.id, rasa))
    desk.new_debts()

    desk.receive(a_mail("Dar vienas dalykas", thread=Thread(tag=ticket.id)))

    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_FOLLOW_UP)]


def test_files_reach_the_staff_chat_and_are_named_in_mail(open_desk: DeskMaker) -> None:
    desk = open_desk(chats=[StaffChat(STAFF_CHAT, frozenset({"steigimas"}))])
    desk.hire()

    desk.ticket_of(a_mail(decision=unsure("steigimas"), attachments=(a_file(),)))
    desk.ticket_of(a_mail("Kitas", decision=unsure("finansai"), attachments=(a_file(),)))

    by_mail = next(debt for debt in desk.new_debts() if debt.to == RASA)
    assert by_mail.values["files"] == "įstatai.pdf"
    assert desk.claim(Kind.STAFF_CARD).attachments == (a_file(),)


def test_an_owner_who_lost_sight_of_a_ticket_is_not_told(desk: WiredDesk) -> None:
    rasa = desk.hire(queues=frozenset({SENSITIVE}))
    desk.hire("ieva@pagalba.lt", queues=frozenset({PRIVACY}))
    ticket = desk.ticket_of(a_mail(decision=unsure(SENSITIVE)))
    moved = replace(ticket, queue=PRIVACY, owner=rasa.id)
    desk.do(lambda uow: uow.tickets.save(moved, at=NOON))
    desk.new_debts()

    desk.receive(a_mail("Dar", decision=unsure(SENSITIVE), thread=Thread(tag=ticket.id)))

    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, "ieva@pagalba.lt", Key.STAFF_RESTRICTED)]


def test_without_outgoing_mail_and_chats_consultants_look_at_the_list(
    open_desk: DeskMaker,
) -> None:
    desk = open_desk(sends_mail=False)
    desk.hire()

    desk.ticket_of(a_web_question())

    assert desk.new_debts() == []
