"""A consultant's mailed answer: sent when it is surely theirs and surely whole."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

from dataclasses import replace
from typing import Any, Final

import pytest

from handlers.commands import MailedReply
from handlers.domain.channels import Address, Channel
from handlers.domain.messages import Outcome, Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Ticket
from tests.builders import a_file, a_mail, words
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import FRESH_CAPS, Debt, WiredDesk, sent_as

RASA = "rasa@pagalba.lt"
QUESTION = "Ar galime gauti patalpas iš savivaldybės nemokamai?"
PREVIEW = Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_PREVIEW)


@pytest.fixture
def rasa(desk: WiredDesk) -> Consultant:
    return desk.hire(RASA)


@pytest.fixture
def ticket(desk: WiredDesk, rasa: Consultant) -> Ticket:
    assert rasa.active
    ticket = desk.ticket_of(a_mail(text=QUESTION))
    desk.new_debts()
    return ticket


def mailed(ticket: Ticket, who: Consultant, text: str, **given: Any) -> MailedReply:
    message = a_mail(text=text, sender=Address(Channel.MAIL, who.email), **given)
    return MailedReply(ticket=ticket.id, consultant=who.id, message=message)


def replies(desk: WiredDesk, ticket: Ticket) -> list[str]:
    return [text for kind, text in desk.thread(ticket) if kind == "reply"]


def test_an_answer_that_is_surely_whole_is_sent(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    desk.carry_out(mailed(ticket, rasa, "Taip, jei yra laisvų."))

    assert replies(desk, ticket) == ["Taip, jei yra laisvų."]


UNSURE: Final[dict[str, Any]] = {
    "text": "Taip, jei yra laisvų.\nPetras rašė: vidinis",
    "is_sure": False,
}


def test_an_answer_that_is_not_surely_whole_is_shown_back(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    receipt = desk.carry_out(mailed(ticket, rasa, **UNSURE))

    assert (receipt.outcome, receipt.reason) == (Outcome.FILED, "preview")
    assert desk.thread(ticket) == [("inbound", QUESTION), ("note", UNSURE["text"])]
    [told] = desk.new_debts()
    assert (told, told.values["text"]) == (PREVIEW, UNSURE["text"])


@pytest.mark.parametrize("yes", ["taip", "Taip.", "TAIP!\n", "„taip“", "yes", "Да"])
def test_what_was_shown_is_sent_once_it_is_agreed_to(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant, yes: str
) -> None:
    desk.carry_out(mailed(ticket, rasa, **UNSURE))
    agreed = mailed(ticket, rasa, yes)

    desk.carry_out(agreed)
    desk.carry_out(agreed)

    assert replies(desk, ticket) == [UNSURE["text"]]


def test_another_answer_takes_the_place_of_what_was_shown(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    desk.carry_out(mailed(ticket, rasa, **UNSURE))
    desk.carry_out(mailed(ticket, rasa, "Taip, jei yra laisvų."))
    desk.carry_out(mailed(ticket, rasa, "Taip"))

    assert replies(desk, ticket) == ["Taip, jei yra laisvų.", "Taip"]


def test_agreeing_to_what_another_answer_overtook_is_shown_back(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    """Once the asker got the word „Taip“ alone, which answers nothing they asked."""
    desk.deliver_all()
    desk.carry_out(mailed(ticket, rasa, **UNSURE))
    shown = desk.claim(Kind.STAFF_MAIL)
    desk.do(lambda uow: desk.deliveries.delivered(uow, shown, sent_as(shown.id)))
    desk.carry_out(mailed(ticket, rasa, "Galite, kreipkitės į seniūną."))
    desk.new_debts()

    desk.carry_out(mailed(ticket, rasa, "Taip", thread=Thread(references=(sent_as(shown.id),))))

    assert replies(desk, ticket) == ["Galite, kreipkitės į seniūną."]
    assert [debt for debt in desk.new_debts() if debt.to == RASA] == [PREVIEW]


def test_nobody_agrees_to_what_another_was_shown(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    ieva = desk.hire("ieva@pagalba.lt", name="Ieva")
    desk.carry_out(mailed(ticket, rasa, **UNSURE))

    desk.carry_out(mailed(ticket, ieva, "Taip"))

    assert replies(desk, ticket) == ["Taip"]


def test_one_mail_to_two_addresses_is_shown_once(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    twice = mailed(ticket, rasa, **UNSURE)

    desk.carry_out(twice)
    desk.carry_out(twice)

    assert desk.new_debts() == [PREVIEW]


@pytest.mark.parametrize(
    "leak",
    [
        "Taip.\n> vidinis: skambinti merui asmeniškai",
        f"Taip.\n{QUESTION.upper()}",
        "Taip. Pulte: https://pagalba.lt/console/tickets/NVO-1",
        "Taip. Ieva@pagalba.lt žino daugiau.",
    ],
)
def test_what_only_consultants_may_read_is_shown_back(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant, leak: str
) -> None:
    desk.hire("ieva@pagalba.lt", name="Ieva")
    note = words("Vidinis: skambinti merui asmeniškai")
    desk.do(lambda uow: desk.desk.note(uow, ticket.id, rasa, note))

    desk.carry_out(mailed(ticket, rasa, leak))

    assert replies(desk, ticket) == []
    assert desk.new_debts() == [PREVIEW]


def test_an_answer_that_is_not_authentic_is_refused(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    forged = mailed(ticket, rasa, "Mokėkite čia.")
    forged = replace(forged, message=replace(forged.message, is_authentic=False))

    receipt = desk.carry_out(forged)

    assert (receipt.outcome, receipt.reason) == (Outcome.IGNORED, "mail-not-authentic")
    assert desk.thread(ticket) == [("inbound", QUESTION)]
    [told] = desk.new_debts()
    assert (told, told.values) == (
        Debt(Kind.STAFF_MAIL, RASA, Key.REFUSED),
        {"refusal": "mail-not-authentic"},
    )


def test_an_answer_that_is_proved_is_sent(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    desk.carry_out(mailed(ticket, rasa, "Taip, galite.", is_authentic=True))

    assert replies(desk, ticket) == ["Taip, galite."]


def test_a_mail_passed_on_as_a_file_is_shown_back(
    desk: WiredDesk, ticket: Ticket, rasa: Consultant
) -> None:
    """Some programs append what is answered as a file, with its links for consultants."""
    whole = a_file(name="message.eml", content_type="message/rfc822")

    desk.carry_out(mailed(ticket, rasa, "Taip.", attachments=(whole,)))

    assert replies(desk, ticket) == []
    [told] = desk.new_debts()
    assert (told, told.values["files"]) == (PREVIEW, "message.eml")


@pytest.mark.parametrize(
    "text", ["Atostogauju, grįšiu pirmadienį.", "Atostogauju, rašykite ieva@pagalba.lt."]
)
def test_a_robot_in_a_consultants_mailbox_is_neither_heard_twice_nor_answered_for_ever(
    open_desk: DeskMaker, text: str
) -> None:
    """It marks its mails with nothing, and answers whatever it gets."""
    desk = open_desk(**FRESH_CAPS)
    rasa = desk.hire(RASA)
    desk.hire("ieva@pagalba.lt", name="Ieva")
    ticket = desk.ticket_of(a_mail(text=QUESTION))
    desk.new_debts()

    for _ in range(40):
        desk.carry_out(mailed(ticket, rasa, text))

    assert len(replies(desk, ticket)) <= 1
    assert desk.new_debts().count(PREVIEW) == 10
    assert desk.history(ticket)[-1] == "automatic_mail_held"


def test_a_refusal_obeys_the_caps(open_desk: DeskMaker) -> None:
    desk = open_desk(**FRESH_CAPS)
    rasa = desk.hire(RASA)
    ticket = desk.ticket_of(a_mail(text=QUESTION))
    desk.new_debts()

    for _ in range(40):
        desk.carry_out(mailed(ticket, rasa, "Mokėkite čia.", is_authentic=False))

    assert [debt.key for debt in desk.new_debts()] == [Key.REFUSED] * 10
