"""What silence settles."""

import pytest

from handlers.domain.messages import Thread
from handlers.domain.tickets import Status
from tests.builders import (
    a_mail,
    an_answer,
)
from tests.wired import WiredDesk

RASA = "rasa@pagalba.lt"


@pytest.mark.parametrize(("days", "resolved"), [(14, 0), (14.01, 1)])
def test_silence_settles_an_answered_question(desk: WiredDesk, days: float, resolved: int) -> None:
    ticket = desk.ticket_of(a_mail(decision=an_answer()))
    waits = desk.ticket_of(a_mail("Kitas"))
    desk.new_debts()
    desk.clock.move(days=days)

    count = desk.do(desk.reminders.resolve_silent)

    assert (count, desk.ticket(waits)) == (resolved, waits)
    assert desk.ticket(ticket).status is (Status.RESOLVED if resolved else Status.ANSWERED)
    assert desk.new_debts() == []


def test_what_silence_settled_a_word_wakes(desk: WiredDesk) -> None:
    question = a_mail(decision=an_answer())
    ticket = desk.ticket_of(question)
    desk.clock.move(days=15)
    desk.do(desk.reminders.resolve_silent)

    desk.receive(
        a_mail(
            "O vis dėlto?",
            received_at=desk.clock.now(),
            thread=Thread(references=(question.external_id,)),
        )
    )

    assert desk.events(ticket)[2].reasons == ("silence",)
    assert desk.ticket(ticket).status is Status.NEW
