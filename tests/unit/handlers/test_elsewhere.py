"""Whom one channel reaches no more is written to on the other, once, and consultants know."""

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import DeliveryError, RecipientGoneError, UncertainDeliveryError
from handlers.domain.messages import Automatic, Returned, Thread
from handlers.domain.outgoing import Key, Kind, OutboxState, Outgoing
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket
from tests.builders import ONA, a_mail, a_telegram_message, unsure, words
from tests.wired import STAFF_CHAT, Debt, WiredDesk, sent_as

CHAT = Address(Channel.TELEGRAM, "77")
GONE = RecipientGoneError("403 blocked")


def ask(desk: WiredDesk, queue: str = "bendra") -> tuple[Ticket, Consultant]:
    """Let somebody known by both addresses ask in Telegram, and a consultant be there."""
    rasa = desk.hire(queues=frozenset({queue}))
    ticket = desk.ticket_of(a_telegram_message(decision=unsure(queue)))
    desk.do(lambda uow: uow.people.add_address(ticket.requester, ONA))
    desk.deliver_all()
    desk.new_debts()
    return ticket, rasa


def reply(desk: WiredDesk, ticket: Ticket, rasa: Consultant) -> Outgoing:
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words()))
    owed = desk.claim(Kind.REPLY)
    desk.new_debts()
    return owed


def fail(desk: WiredDesk, owed: Outgoing, error: DeliveryError) -> OutboxState:
    return desk.do(lambda uow: desk.deliveries.failed(uow, owed, error))


def test_a_reply_to_a_blocked_bot_goes_by_mail(chat_desk: WiredDesk) -> None:
    ticket, rasa = ask(chat_desk)

    state = fail(chat_desk, reply(chat_desk, ticket, rasa), GONE)
    told = chat_desk.new_debts()

    assert state is OutboxState.DEAD
    assert told == [
        Debt(Kind.REPLY, ONA.value, Key.REPLY),
        Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, Key.STAFF_MOVED),
    ]
    assert (told[0].values["text"], told[1].values["instead"]) == ("Taip, galite.", "mail")
    moved = chat_desk.events(ticket)[-1]
    assert (moved.type, moved.reasons) == ("delivery_moved", ("reply", "telegram", "mail"))
    assert chat_desk.ticket(ticket).status is Status.WAITING


def test_what_follows_goes_there_at_once(chat_desk: WiredDesk) -> None:
    ticket, rasa = ask(chat_desk)
    fail(chat_desk, reply(chat_desk, ticket, rasa), GONE)
    chat_desk.deliver_all()
    chat_desk.clock.move(minutes=1)

    assert reply(chat_desk, ticket, rasa).to == ONA.value


def test_who_lets_the_bot_write_again_is_written_to_there(chat_desk: WiredDesk) -> None:
    ticket, rasa = ask(chat_desk)
    fail(chat_desk, reply(chat_desk, ticket, rasa), GONE)
    chat_desk.deliver_all()
    chat_desk.do(lambda uow: uow.people.bounced(CHAT, at=None))
    chat_desk.clock.move(minutes=1)

    assert reply(chat_desk, ticket, rasa).to == CHAT.value


def test_a_reply_to_a_dead_mailbox_goes_by_telegram_once(chat_desk: WiredDesk) -> None:
    ticket, rasa = ask(chat_desk)
    chat_desk.receive(a_mail("Dar klausimas.", thread=Thread(tag=ticket.id)))
    sent = reply(chat_desk, ticket, rasa)
    chat_desk.do(lambda uow: chat_desk.deliveries.delivered(uow, sent, sent_as(sent.id)))
    chat_desk.new_debts()
    returned = Returned(outbox=sent.id, status="5.1.1", is_permanent=True)

    for _ in range(2):
        report = a_mail(automatic=Automatic.BOUNCE, sender=None, returned=returned)
        assert chat_desk.receive(report).reason == "bounce"

    assert sent.to == ONA.value
    assert chat_desk.new_debts() == [
        Debt(Kind.REPLY, CHAT.value, Key.REPLY),
        Debt(Kind.STAFF_MESSAGE, STAFF_CHAT, Key.STAFF_MOVED),
    ]
    assert "delivery_moved" in chat_desk.history(ticket)
    assert chat_desk.ticket(ticket).status is Status.WAITING


def test_a_message_that_may_have_arrived_is_not_sent_elsewhere(chat_desk: WiredDesk) -> None:
    ticket, rasa = ask(chat_desk)

    fail(chat_desk, reply(chat_desk, ticket, rasa), UncertainDeliveryError("cut"))

    assert [debt for debt in chat_desk.new_debts() if debt.to == ONA.value] == []


def test_a_restricted_matter_stays_on_its_channel(chat_desk: WiredDesk) -> None:
    ticket, rasa = ask(chat_desk, "jautri")

    fail(chat_desk, reply(chat_desk, ticket, rasa), GONE)

    assert chat_desk.new_debts() == [
        Debt(Kind.STAFF_MAIL, rasa.email, Key.STAFF_RESTRICTED),
    ]
    assert chat_desk.ticket(ticket).status is Status.OPEN


def test_without_another_channel_consultants_must_act(chat_desk: WiredDesk) -> None:
    rasa = chat_desk.hire()
    ticket = chat_desk.ticket_of(a_telegram_message(decision=unsure()))
    chat_desk.deliver_all()

    fail(chat_desk, reply(chat_desk, ticket, rasa), GONE)

    told = [debt.key for debt in chat_desk.new_debts()]
    assert told[-1] == Key.STAFF_UNDELIVERED
    assert chat_desk.ticket(ticket).status is Status.OPEN
