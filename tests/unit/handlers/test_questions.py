"""A new question: what is decided, what is kept, and what is owed to whom."""

from datetime import timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.messages import Outcome, Prepared, Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import UNREAD, Status, Ticket, TicketEvent
from handlers.intake import Receipt
from handlers.policy import AutoAnswers
from knowledge_base.decisions import Decision
from knowledge_base.language import Language
from tests.builders import (
    CALL,
    COUNCIL,
    MARK,
    NOON,
    ONA,
    UNAPPROVED,
    a_file,
    a_mail,
    a_telegram_message,
    a_web_question,
    an_answer,
    suggestions,
    unsure,
)
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import Debt, WiredDesk

RASA = "rasa@pagalba.lt"
DAY = timedelta(days=1)
ASKERS = {
    Channel.MAIL: ONA.value,
    Channel.TELEGRAM: "77",
    Channel.WEB: None,
}
DECISIONS = {
    "answer": an_answer(),
    "unapproved": an_answer(UNAPPROVED),
    "suggestions": suggestions(),
    "unsure": unsure("steigimas"),
}
ANSWERED = {
    (mode, channel, kind)
    for mode, channel, kind in [
        *(
            (AutoAnswers.ON, channel, kind)
            for channel in ASKERS
            for kind in ("answer", "unapproved")
        ),
        *((AutoAnswers.AUTO, channel, "answer") for channel in ASKERS),
        (AutoAnswers.AUTO, Channel.WEB, "unapproved"),
    ]
}
"""Who is answered by a machine."""


def a_question(channel: Channel, decision: Decision) -> Prepared:
    build = {
        Channel.MAIL: a_mail,
        Channel.TELEGRAM: a_telegram_message,
        Channel.WEB: a_web_question,
    }
    return build[channel](decision=decision)


def owed_to_asker(channel: Channel, kind: Kind, key: Key) -> list[Debt]:
    to = ASKERS[channel]
    return [Debt(kind, to, key)] if to else []


@pytest.mark.parametrize("kind", list(DECISIONS))
@pytest.mark.parametrize("channel", list(ASKERS))
@pytest.mark.parametrize("mode", list(AutoAnswers))
def test_a_question_is_answered_or_waits_and_somebody_hears_of_it(
    open_desk: DeskMaker, mode: AutoAnswers, channel: Channel, kind: str
) -> None:
    desk = open_desk(auto_answers=mode)
    desk.hire()
    shown = kind == "suggestions" and mode in {AutoAnswers.ON, AutoAnswers.AUTO}

    ticket = desk.ticket_of(a_question(channel, DECISIONS[kind]))

    if (mode, channel, kind) in ANSWERED:
        status, history = Status.ANSWERED, ["decided", "answered"]
        debts = owed_to_asker(channel, Kind.ANSWER, Key.ANSWER)
    else:
        status, history = Status.NEW, ["decided"]
        told = (Kind.SUGGESTIONS, Key.SUGGESTIONS)
        if not shown:
            told = (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT)
        card = Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW)
        debts = [card, *owed_to_asker(channel, *told)]
    assert (ticket.status, desk.history(ticket), desk.new_debts()) == (status, history, debts)
    assert ticket.offered == ((MARK.id, COUNCIL.id) if shown else ())


def test_a_question_is_filed_whole(desk: WiredDesk) -> None:
    message = a_mail(
        "Kas yra NVO žyma?",
        full_text="Kas yra NVO žyma?\n> Labas",
        decision=unsure("steigimas", municipality="Kauno miesto savivaldybė"),
        attachments=(a_file(),),
    )

    receipt = desk.receive(message)

    ticket = receipt.ticket
    assert ticket is not None
    assert receipt == Receipt(outcome=Outcome.FILED, reason="question", ticket=ticket)
    assert ticket == Ticket(
        id=ticket.id,
        version=1,
        status=Status.NEW,
        queue="steigimas",
        owner=None,
        requester=ticket.requester,
        channel=Channel.MAIL,
        language="lt",
        municipality="Kauno miesto savivaldybė",
        topic="steigimas",
        subject="Klausimas",
        offered=(),
        practice=False,
        created_at=NOON,
        updated_at=NOON,
    )
    (article,) = desk.articles(ticket)
    assert (article.text, article.full_text, article.author, article.external_id) == (
        message.text,
        message.full_text,
        "Ona Onaitė",
        message.external_id,
    )
    assert (article.person, article.attachments) == (ticket.requester, (a_file(),))


def test_why_is_written_down(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(decision=suggestions(reasons=("near",))))

    assert desk.events(ticket) == [
        TicketEvent(
            type="decided",
            at=NOON,
            actor="machine",
            reasons=(
                "suggestions",
                "near",
                "nvo-zyma: Kas yra NVO žyma? (40 %)",
                "nvo-taryba: Kas yra NVO taryba? (40 %)",
            ),
        )
    ]


@pytest.mark.parametrize("mode", [AutoAnswers.OFF, AutoAnswers.SHADOW])
def test_an_answer_that_was_held_back_is_shown_to_consultants(
    open_desk: DeskMaker, mode: AutoAnswers
) -> None:
    desk = open_desk(auto_answers=mode)
    desk.hire()

    ticket = desk.ticket_of(a_mail(decision=an_answer()))

    assert desk.events(ticket)[0].reasons[-1] == "held_back"
    card = desk.new_debts()[0]
    assert card.values["candidates"] == "nvo-zyma: Kas yra NVO žyma? (93 %)"


def test_an_answer_names_its_sources_and_pins_its_version(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(decision=an_answer(MARK, COUNCIL)))

    text = f"{MARK.answer}\n\nNVO taryba patariamoji. Rašykite mums: konsultacijos@pagalba.lt."
    (debt,) = desk.new_debts()
    assert debt.values == {
        "reference": ticket.reference,
        "answer": text,
        "sources": "Registrų centras (2024); NVO plėtros įstatymas",
        "checked_on": "",
        "page": "",
    }
    answer = desk.articles(ticket)[1]
    assert (answer.text, answer.entry, answer.entry_version) == (text, MARK.id, 1)
    assert desk.events(ticket)[1].reasons == (MARK.id, COUNCIL.id)


def test_an_answer_that_promises_a_person_leaves_the_question_with_one(desk: WiredDesk) -> None:
    desk.hire()

    ticket = desk.ticket_of(a_mail(decision=an_answer(CALL)))

    assert ticket.status is Status.NEW
    assert desk.new_debts() == [
        Debt(Kind.ANSWER, ONA.value, Key.ANSWER),
        Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW),
    ]


def test_the_asker_learns_the_number_and_the_day(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail(decision=unsure("steigimas")))

    acknowledgement = desk.new_debts()[1]

    assert acknowledgement.values == {
        "reference": ticket.reference,
        "topic": "Steigimas, registracija, NVO žyma, JANGIS",
        "municipality": "",
        "due_on": "2026-03-04",
        "closed": "",
        "page": "",
    }


def test_out_of_hours_the_asker_is_told_so(desk: WiredDesk) -> None:
    desk.hire()
    desk.clock.move(hours=5)
    desk.ticket_of(a_mail())

    values = desk.new_debts()[1].values

    assert (values["due_on"], values["closed"]) == ("2026-03-05", "1")


def test_while_nobody_answers_no_time_is_promised(desk: WiredDesk) -> None:
    desk.clock.move(hours=5)
    desk.ticket_of(a_mail())

    (acknowledgement,) = desk.new_debts()

    assert (acknowledgement.values["due_on"], acknowledgement.values["closed"]) == ("", "")


def test_a_web_asker_with_an_address_gets_mail_with_the_secret_page(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_web_question(sender=ONA))

    (acknowledgement,) = desk.new_debts()

    assert (acknowledgement.to, acknowledgement.values["page"].rpartition(".")[0]) == (
        ONA.value,
        f"https://pagalba.lt/t/w.{ticket.id}",
    )


def test_without_outgoing_mail_a_web_asker_has_the_page_alone(open_desk: DeskMaker) -> None:
    desk = open_desk(sends_mail=False)

    ticket = desk.ticket_of(a_web_question(sender=ONA, decision=an_answer()))

    assert (ticket.status, desk.new_debts()) == (Status.ANSWERED, [])


def test_who_wrote_by_mail_is_owed_mail_even_before_any_can_be_sent(open_desk: DeskMaker) -> None:
    desk = open_desk(sends_mail=False)

    desk.ticket_of(a_mail())

    assert desk.new_debts() == [Debt(Kind.ACKNOWLEDGEMENT, ONA.value, Key.ACKNOWLEDGEMENT)]


@pytest.mark.parametrize(
    ("language", "written"),
    [(Language.LT, "lt"), (Language.EN, "en"), (Language.RU, "ru"), (Language.OTHER, "en")],
)
def test_the_asker_is_written_to_in_their_language(
    desk: WiredDesk, language: Language, written: str
) -> None:
    desk.ticket_of(a_mail(decision=unsure(language=language)))

    assert desk.claim().language == written


@pytest.mark.parametrize("why", sorted(UNREAD))
def test_what_nobody_could_read_is_answered_by_no_machine(desk: WiredDesk, why: str) -> None:
    """A mail too large to be taken was once answered by its subject."""
    desk.hire()

    ticket = desk.ticket_of(a_mail(notes=(why,), decision=an_answer()))

    card, told = desk.new_debts()
    assert (ticket.status, card.key, card.values["notes"]) == (Status.NEW, Key.STAFF_NEW, why)
    assert (told.key, told.values[why]) == (Key.ACKNOWLEDGEMENT, "1")


def test_a_doubtful_sender_gets_a_ticket_and_nothing_else(desk: WiredDesk) -> None:
    desk.hire()

    ticket = desk.ticket_of(a_mail(sender=None, decision=an_answer()))

    assert (ticket.status, desk.history(ticket)) == (Status.NEW, ["decided"])
    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW)]


def test_history_is_filed_as_settled_without_a_word(desk: WiredDesk) -> None:
    desk.hire()

    first = a_mail(silent=True, decision=an_answer())
    ticket = desk.ticket_of(first)
    later = a_mail("konsultantas", silent=True, thread=Thread(references=(first.external_id,)))

    assert desk.receive(later).ticket == ticket
    assert (ticket.status, desk.new_debts()) == (Status.RESOLVED, [])


def test_what_a_cap_holds_back_waits_for_a_person_and_is_noted(open_desk: DeskMaker) -> None:
    """A held answer once left its question answered for nobody, on no list, settled by silence."""
    desk = open_desk(mail_auto_per_address="1/1d")
    desk.hire()
    desk.ticket_of(a_mail("Pirmas", decision=an_answer()))
    desk.new_debts()

    ticket = desk.ticket_of(a_mail("Antras", decision=an_answer()))

    assert ticket.status is Status.NEW
    assert [(event.type, event.reasons[-1]) for event in desk.events(ticket)] == [
        ("decided", "held_back"),
        ("automatic_mail_held", "acknowledgement"),
    ]
    assert desk.new_debts() == [Debt(Kind.STAFF_MAIL, RASA, Key.STAFF_NEW)]


def test_a_cap_holds_no_telegram_and_no_page(open_desk: DeskMaker) -> None:
    desk = open_desk(mail_auto_per_address="0/1d")

    by_telegram = desk.ticket_of(a_telegram_message(decision=an_answer()))
    on_the_page = desk.ticket_of(a_web_question(sender=ONA, decision=an_answer()))

    assert [by_telegram.status, on_the_page.status] == [Status.ANSWERED, Status.ANSWERED]
    assert desk.new_debts() == [Debt(Kind.ANSWER, "77", Key.ANSWER)]
    assert desk.history(on_the_page) == ["decided", "answered", "automatic_mail_held"]
