"""A promise of speed: filing a message asks the database little."""

import sqlalchemy as sa

from handlers.commands import Receive
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Thread
from tests.asked import asked
from tests.builders import a_mail, mail_of
from tests.wired import WiredDesk

_QUESTION = 21
_LETTERS = 10
_EACH = 6
"""A newcomer with an address, a ticket and its article; the rest is shared."""


def test_a_new_question_of_somebody_new_takes_few_statements(desk: WiredDesk) -> None:
    desk.hire()
    desk.receive(a_mail())

    with asked(sa.Engine) as seen:
        desk.receive(a_mail(sender=Address(Channel.MAIL, "kitas@pavyzdys.lt"), external_id="<k@x>"))

    assert len(seen) <= _QUESTION


def test_a_batch_of_letters_takes_few_statements_for_each(desk: WiredDesk) -> None:
    letters = [
        Receive(message=a_mail(sender=mail_of(f"{n}@pavyzdys.lt"), external_id=f"<{n}@x>"))
        for n in range(_LETTERS)
    ]

    with asked(sa.Engine) as seen:
        desk.do(lambda uow: list(desk.handling.carry_out_all(uow, letters)))

    assert len(desk.tickets()) == _LETTERS
    assert len(seen) <= _EACH * _LETTERS


def test_an_answer_in_a_batch_is_filed_as_it_is_alone(desk: WiredDesk) -> None:
    desk.receive(a_mail(external_id="<first@x>"))
    thread = Thread(references=("<first@x>",))
    answers = [
        Receive(message=a_mail("Dar vienas.", external_id="<second@x>", thread=thread)),
        Receive(message=a_mail("Ir dar.", external_id="<third@x>", thread=thread)),
        Receive(message=a_mail("Ir dar.", external_id="<third@x>", thread=thread)),
    ]

    receipts = desk.do(lambda uow: list(desk.handling.carry_out_all(uow, answers)))

    assert [each.reason for each in receipts] == ["follow-up", "follow-up", "repeated"]
    (ticket,) = desk.tickets()
    assert [text for _, text in desk.thread(ticket)][-2:] == ["Dar vienas.", "Ir dar."]


def test_nothing_is_looked_for_that_hangs_on_a_ticket_just_made(desk: WiredDesk) -> None:
    with asked(sa.Engine) as seen:
        desk.receive(a_mail())

    looked = [" ".join(text.split()) for text, _ in seen]
    tied = ("merges", "referrals", "drafts", "watchers", "topics")
    assert [each for each in looked if any(f"FROM {table}" in each for table in tied)] == []
