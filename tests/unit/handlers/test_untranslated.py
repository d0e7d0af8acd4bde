"""Who asks in a language we have no answer in is told so in it, and a person answers."""

import pytest

from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Status
from handlers.policy import AutoAnswers
from knowledge_base.language import Language
from knowledge_base.queues import PRIVACY
from tests.builders import MARK, ONA, a_mail, unsure
from tests.unit.handlers.conftest import DeskMaker
from tests.wired import Debt, WiredDesk

ENGLISH = "What is the NGO mark?"
UKRAINIAN = "Чи можемо ми отримати підтримку для громади?"
POLISH = "Czy możemy założyć stowarzyszenie społeczności?"
LATVIAN = "Vai mēs varam dibināt biedrību?"


def test_the_lithuanian_text_is_shown_as_what_it_is(desk: WiredDesk) -> None:
    decision = unsure("steigimas", language=Language.EN, untranslated=(MARK,))

    ticket = desk.ticket_of(a_mail(ENGLISH, decision=decision))

    assert [kind for kind, _ in desk.thread(ticket)] == ["inbound"]
    assert (ticket.status, desk.events(ticket)[1].reasons) == (Status.NEW, ("en", "nvo-zyma@1"))
    owed = desk.claim()
    assert (owed.kind, owed.key, owed.language) == (Kind.ACKNOWLEDGEMENT, Key.UNTRANSLATED, "en")
    assert owed.values["original1"] == MARK.answer
    assert owed.values["original1_question"] == MARK.question


@pytest.mark.parametrize(("text", "language"), [(UKRAINIAN, "uk"), (POLISH, "pl"), (LATVIAN, "en")])
def test_who_is_understood_by_nobody_here_is_told_so_in_their_language(
    desk: WiredDesk, text: str, language: str
) -> None:
    ticket = desk.ticket_of(a_mail(text, decision=unsure(language=Language.OTHER)))

    owed = desk.claim()
    assert (owed.key, owed.language) == (Key.UNTRANSLATED, language)
    assert (ticket.language, ticket.status) == ("other", Status.NEW)


def test_while_machines_are_off_the_sentence_comes_without_the_text(
    open_desk: DeskMaker,
) -> None:
    desk = open_desk(auto_answers=AutoAnswers.OFF)
    decision = unsure("steigimas", language=Language.RU, untranslated=(MARK,))

    desk.ticket_of(a_mail("Что такое знак НПО?", decision=decision))

    owed = desk.claim()
    assert (owed.key, owed.language) == (Key.UNTRANSLATED, "ru")
    assert "original1" not in owed.values


def test_a_restricted_matter_stays_restricted_in_every_language(desk: WiredDesk) -> None:
    desk.ticket_of(a_mail(UKRAINIAN, decision=unsure(PRIVACY, language=Language.OTHER)))

    assert desk.new_debts() == [
        Debt(Kind.ACKNOWLEDGEMENT, ONA.value, Key.ACKNOWLEDGEMENT_RESTRICTED)
    ]
