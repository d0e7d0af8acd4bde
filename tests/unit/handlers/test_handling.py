"""From a command of a channel to what is done, and who is told of a refusal."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from typing import Any

import pytest

from handlers.commands import MailedReply, Receive, Skip, StaffAct, StaffNote, StaffReply, Tell
from handlers.domain.channels import Address, Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Automatic, Outcome, Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket
from handlers.intake import Receipt
from knowledge_base.queues import SENSITIVE
from tests.builders import (
    ONA,
    a_file,
    a_mail,
    mail_of,
)
from tests.wired import STAFF_CHAT, Debt, WiredDesk

RASA = "rasa@pagalba.lt"


def a_ticket(desk: WiredDesk, **given: Any) -> Ticket:
    ticket = desk.ticket_of(a_mail(**given))
    desk.new_debts()
    return ticket


def mailed(ticket: Ticket, who: Consultant, **given: Any) -> MailedReply:
    default = {"text": "Taip, galite.", "sender": mail_of(who.email), "sender_name": who.name}
    message = a_mail(**{**default, **given})
    return MailedReply(ticket=ticket.id, consultant=who.id, message=message)


def staff_reply(ticket: Ticket, telegram: str = "501", **given: Any) -> StaffReply:
    default = StaffReply(
        ticket=ticket.id,
        telegram=telegram,
        text="Taip, galite.",
        chat=STAFF_CHAT,
        external_id=f"{STAFF_CHAT}:7",
    )
    return replace(default, **given)


# Consultants by mail ---------------------------------------------------------------------------


def test_a_consultants_mail_is_the_reply(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)
    command = mailed(ticket, rasa, attachments=(a_file(),))

    receipt = desk.carry_out(command)

    changed = desk.ticket(ticket)
    assert receipt == Receipt(outcome=Outcome.FILED, reason="reply", ticket=changed)
    assert (changed.status, changed.owner) == (Status.WAITING, rasa.id)
    answer = desk.articles(ticket)[-1]
    assert (answer.channel, answer.external_id) == (Channel.MAIL, command.message.external_id)
    assert desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)]


def test_one_reply_mailed_to_two_of_our_addresses_is_sent_once(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)
    command = mailed(ticket, rasa)

    desk.carry_out(command)
    again = desk.carry_out(command)

    assert (again.outcome, again.reason) == (Outcome.IGNORED, "repeated")
    assert desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)]


@pytest.mark.parametrize("sender", ["kas@kitur.lt", "jonas@pagalba.lt", "left@pagalba.lt", None])
def test_a_notification_passed_on_gives_its_reader_no_voice(
    desk: WiredDesk, sender: str | None
) -> None:
    rasa = desk.hire()
    desk.hire("jonas@pagalba.lt")
    desk.hire("left@pagalba.lt")
    desk.do(lambda uow: desk.staff.disable(uow, "left@pagalba.lt"))
    ticket = a_ticket(desk)

    receipt = desk.carry_out(mailed(ticket, rasa, sender=mail_of(sender) if sender else None))

    assert receipt.reason == "question"
    assert desk.thread(ticket) == [("inbound", a_mail().text)]
    assert ONA.value not in [debt.to for debt in desk.new_debts()]


def test_the_asker_who_was_passed_a_notification_writes_as_the_asker(desk: WiredDesk) -> None:
    rasa = desk.hire()
    question = a_mail()
    ticket = desk.ticket_of(question)

    receipt = desk.carry_out(
        mailed(ticket, rasa, sender=ONA, thread=Thread(references=(question.external_id,)))
    )

    assert (receipt.reason, receipt.ticket) == ("follow-up", desk.ticket(ticket))


@pytest.mark.parametrize("kind", [Automatic.AUTO_REPLY, Automatic.BULK, Automatic.OWN])
def test_a_consultants_out_of_office_is_no_reply(desk: WiredDesk, kind: Automatic) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    receipt = desk.carry_out(mailed(ticket, rasa, automatic=kind))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason=kind.value)
    assert (desk.ticket(ticket), desk.new_debts()) == (ticket, [])


def test_an_old_reply_from_an_archive_is_never_sent_again(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)

    receipt = desk.carry_out(mailed(ticket, rasa, silent=True))

    assert (receipt.reason, desk.ticket(ticket), desk.new_debts()) == ("history", ticket, [])


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": ""}, {"refusal": "no-words"}),
        ({"text": "Naujas klausimas", "subject": "Naujas klausimas"}, {"refusal": "no-words"}),
        ({"ticket": TicketId(999)}, {"refusal": "no-such-ticket", "reference": "NVO-999"}),
    ],
)
def test_a_refused_mail_is_told_to_its_author(
    desk: WiredDesk, given: dict[str, Any], refusal: dict[str, str]
) -> None:
    rasa = desk.hire()
    ticket = a_ticket(desk)
    number = given.pop("ticket", ticket.id)

    receipt = desk.carry_out(replace(mailed(ticket, rasa, **given), ticket=number))

    (told,) = desk.new_debts()
    assert (told, told.values) == (Debt(Kind.STAFF_MAIL, RASA, Key.REFUSED), refusal)
    assert (receipt.outcome, receipt.reason) == (Outcome.IGNORED, refusal["refusal"])


def test_who_no_longer_serves_the_queue_is_refused_by_mail(desk: WiredDesk) -> None:
    rasa = desk.hire(queues=frozenset({"bendra"}))
    ticket = a_ticket(desk)
    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue=SENSITIVE))
    desk.new_debts()

    receipt = desk.carry_out(mailed(ticket, rasa))

    assert (receipt.reason, [debt.to for debt in desk.new_debts()]) == ("ticket-not-yours", [RASA])


# Consultants on Telegram -----------------------------------------------------------------------


def test_a_reply_in_the_topic_reaches_the_asker(chat_desk: WiredDesk) -> None:
    chat_desk.hire(telegram="501")
    ticket = a_ticket(chat_desk)

    receipt = chat_desk.carry_out(staff_reply(ticket))

    assert (receipt.outcome, receipt.reason) == (Outcome.FILED, "reply")
    assert chat_desk.new_debts() == [Debt(Kind.REPLY, ONA.value, Key.REPLY)]


def test_other_words_in_the_topic_are_a_note(chat_desk: WiredDesk) -> None:
    chat_desk.hire(telegram="501")
    ticket = a_ticket(chat_desk)

    receipt = chat_desk.carry_out(
        StaffNote(ticket=ticket.id, telegram="501", text="Kas imsis?", external_id="1:2")
    )

    assert (receipt.outcome, receipt.reason) == (Outcome.FILED, "note")
    assert chat_desk.thread(ticket)[-1] == ("note", "Kas imsis?")
    assert chat_desk.new_debts() == []


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("take", Status.OPEN),
        ("release", Status.NEW),
        ("resolve", Status.RESOLVED),
        ("reopen", Status.NEW),
        ("spam", Status.SPAM),
    ],
)
def test_a_button_of_a_card_is_an_act(chat_desk: WiredDesk, act: str, status: Status) -> None:
    chat_desk.hire(telegram="501")
    ticket = a_ticket(chat_desk)

    receipt = chat_desk.carry_out(
        StaffAct(ticket=ticket.id, telegram="501", act=act, chat=STAFF_CHAT)
    )

    assert (receipt.outcome, receipt.reason) == (Outcome.IGNORED, f"pressed:{act}")
    assert chat_desk.ticket(ticket).status is status


def test_an_unknown_button_does_nothing(chat_desk: WiredDesk) -> None:
    chat_desk.hire(telegram="501")
    ticket = a_ticket(chat_desk)

    receipt = chat_desk.carry_out(
        StaffAct(ticket=ticket.id, telegram="501", act="erase", chat=STAFF_CHAT)
    )

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="no-such-act", ticket=ticket)


def test_a_stranger_in_the_chat_changes_nothing_and_learns_it_was_not_sent(
    chat_desk: WiredDesk,
) -> None:
    ticket = a_ticket(chat_desk)

    receipts = [
        chat_desk.carry_out(command)
        for command in (
            staff_reply(ticket, "666"),
            StaffAct(ticket=ticket.id, telegram="666", act="take", chat=STAFF_CHAT),
            StaffNote(ticket=ticket.id, telegram="666", text="Labas", external_id="1:2"),
        )
    ]

    refused = Receipt(outcome=Outcome.IGNORED, reason="not-a-consultant", ticket=ticket)
    assert receipts == [refused] * 3
    assert (chat_desk.ticket(ticket), len(chat_desk.articles(ticket))) == (ticket, 1)
    debts = chat_desk.new_debts()
    assert debts == [Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, Key.REFUSED)] * 2
    assert debts[0].values == {"refusal": "not-a-consultant"}


def test_who_was_disabled_is_a_stranger(chat_desk: WiredDesk) -> None:
    chat_desk.hire(telegram="501")
    chat_desk.do(lambda uow: chat_desk.staff.disable(uow, RASA))
    ticket = a_ticket(chat_desk)

    assert chat_desk.carry_out(staff_reply(ticket)).reason == "not-a-consultant"


def test_a_taken_ticket_is_refused_in_the_topic(chat_desk: WiredDesk) -> None:
    chat_desk.hire(telegram="501")
    chat_desk.hire("jonas@pagalba.lt", telegram="502")
    ticket = a_ticket(chat_desk)
    take = StaffAct(ticket=ticket.id, telegram="501", act="take", chat=STAFF_CHAT)
    chat_desk.carry_out(take)

    receipt = chat_desk.carry_out(replace(take, telegram="502"))

    (told,) = chat_desk.new_debts()
    assert receipt.reason == "taken-by-other"
    assert (told, told.values) == (
        Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, Key.REFUSED),
        {"refusal": "taken-by-other", "name": "Rasa Rasaitė"},
    )


def test_a_topic_of_no_ticket_is_nothing(chat_desk: WiredDesk) -> None:
    ticket = a_ticket(chat_desk)

    receipt = chat_desk.carry_out(replace(staff_reply(ticket), ticket=TicketId(999)))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="no-ticket")


# The rest --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Key.START, Key.HELP, Key.PRIVACY])
def test_a_standing_text_is_told_once_for_each_time_it_was_asked(desk: WiredDesk, key: Key) -> None:
    tell = Tell(to=Address(Channel.TELEGRAM, "77"), key=key, language="ru", once="77:1")

    receipts = [desk.carry_out(tell), desk.carry_out(tell)]

    assert receipts == [Receipt(outcome=Outcome.IGNORED, reason=key.value)] * 2
    assert desk.new_debts() == [Debt(Kind.NOTICE, "77", key)]
    assert desk.claim().language == "ru"


def test_what_is_skipped_is_kept_with_its_reason(desk: WiredDesk) -> None:
    receipt = desk.carry_out(Skip(reason="not-for-us"))

    assert receipt == Receipt(outcome=Outcome.IGNORED, reason="not-for-us")


def test_a_member_is_received(desk: WiredDesk) -> None:
    assert desk.carry_out(Receive(message=a_mail())).reason == "question"
