"""What the asker adds by a button: a topic moves the waiting question to its queue."""

import pytest

from handlers.commands import Particular, Specify
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status, Ticket
from handlers.intake import Receipt
from knowledge_base.queues import GENERAL, PRIVACY
from tests.builders import ONA, a_mail, mail_of, unsure
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import Debt, WiredDesk

VIDA = "vida@pagalba.lt"


def about(ticket: Ticket, queue: str = "savanoryste", *, by: str = ONA.value) -> Specify:
    return Specify(ticket=ticket.id, what=Particular.TOPIC, value=queue, by=mail_of(by))


def test_a_pressed_topic_moves_the_question_to_its_queue_once(desk: WiredDesk) -> None:
    desk.hire()
    desk.hire(VIDA, queues=frozenset({"savanoryste"}))
    ticket = desk.ticket_of(a_mail(decision=unsure()))
    desk.new_debts()

    first, second = (desk.carry_out(about(ticket)) for _ in range(2))

    moved = desk.ticket(ticket)
    assert (moved.queue, moved.topic, moved.status) == ("savanoryste", "savanoryste", Status.NEW)
    assert first == second == Receipt(outcome=Outcome.IGNORED, reason="pressed:topic", ticket=moved)
    assert [event.reasons for event in desk.events(ticket) if event.type == "topic_chosen"] == [
        ("savanoryste",)
    ]
    assert Debt(Kind.STAFF_MAIL, VIDA, Key.STAFF_NEW) in desk.new_debts()


def test_another_topic_may_be_pressed_until_somebody_takes_the_question(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail(decision=unsure()))

    for queue in ("savanoryste", "finansai"):
        desk.carry_out(about(ticket, queue))
    desk.do(lambda uow: desk.desk.take(uow, ticket.id, rasa))
    desk.carry_out(about(ticket, "steigimas"))

    assert desk.ticket(ticket).queue == "finansai"


def test_what_a_consultant_moved_stays_there(desk: WiredDesk) -> None:
    rasa = desk.hire()
    ticket = desk.ticket_of(a_mail(decision=unsure()))
    desk.carry_out(about(ticket))

    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue=GENERAL))
    desk.carry_out(about(ticket))

    assert desk.ticket(ticket).queue == GENERAL


@pytest.mark.parametrize(
    ("there", "asked", "by"),
    [
        (GENERAL, PRIVACY, ONA.value),
        (PRIVACY, "savanoryste", ONA.value),
        (GENERAL, "nera-tokios", ONA.value),
        (GENERAL, "savanoryste", "svetimas@pagalba.lt"),
    ],
)
def test_a_button_never_moves_what_it_may_not(
    open_desk: DeskMaker, there: str, asked: str, by: str
) -> None:
    desk = open_desk()
    ticket = desk.ticket_of(a_mail(decision=unsure(there)))

    desk.carry_out(about(ticket, asked, by=by))

    assert (desk.ticket(ticket).queue, desk.history(ticket)) == (there, ["decided"])
