"""Every answerable mail begins with the line to write above, and what stands below it is ours."""

import html
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from bot.email.html import to_text
from bot.email.letters import Letters
from bot.email.quotes import Reply, cut
from bot.texts import load_texts
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Key, Kind, Outgoing
from handlers.tokens import Tokens
from storage.files import open_files
from tests.unit.bot.email.test_transport import a_message

SAID = "Taip, gavome.\n\nAčiū"
LANGUAGES = ("lt", "en", "ru", "pl", "uk")
INTRODUCED = (
    "2026-11-22, sk, 10:00 NISC <pagalba@nisc.lt> rašė:",
    "El dom, 22 nov 2026 a las 10:00, NISC (<pagalba@nisc.lt>) escribió:",
    "Op zo 22 nov 2026 om 10:00 schreef\nNISC konsultantai <pagalba@nisc.lt>:",
    "Le 22/11/2026 à 10:00, NISC a écrit :",
    "",
)


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    return Letters(
        texts=load_texts(),
        tokens=Tokens((b"key",)),
        files=open_files(tmp_path),
        address="pagalba@nisc.lt",
        organisation="NISC",
        base_url="https://pagalba.lt",
        privacy_url="",
        bot_link="",
        mail_plus=True,
    )


def written(letters: Letters, message: Outgoing) -> EmailMessage:
    raw = letters.render(message).content
    found = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(found, EmailMessage)
    return found


def form(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def to_an_asker(language: str) -> Outgoing:
    said = {"reference": "NVO-7", "topic": "Tema", "due_on": "2026-11-25"}
    return replace(
        a_message(Kind.ACKNOWLEDGEMENT),
        key=Key.UNTRANSLATED,
        values=said,
        language=language,
        ticket=TicketId(7),
    )


def to_a_consultant() -> Outgoing:
    said = {"reference": "NVO-7", "consultant": "3"}
    return replace(
        a_message(Kind.STAFF_MAIL), key=Key.STAFF_RESTRICTED, values=said, ticket=TicketId(7)
    )


MAILS = [*map(to_an_asker, LANGUAGES), to_a_consultant()]


@pytest.mark.parametrize("message", MAILS)
@pytest.mark.parametrize("introduced", INTRODUCED)
@pytest.mark.parametrize("quote", ["> ", ""])
def test_a_text_above_the_line_is_all_that_was_said(
    letters: Letters, message: Outgoing, introduced: str, quote: str
) -> None:
    ours = form(written(letters, message), "plain")
    quoted = "\n".join(f"{quote}{line}" for line in ours.splitlines())

    assert cut(f"{SAID}\n\n{introduced}\n\n{quoted}\n") == Reply(
        text=SAID, is_cut=True, is_sure=True
    )


@pytest.mark.parametrize("message", MAILS)
@pytest.mark.parametrize("introduced", INTRODUCED)
@pytest.mark.parametrize("element", ["blockquote", "div"])
def test_the_line_survives_html(
    letters: Letters, message: Outgoing, introduced: str, element: str
) -> None:
    ours = form(written(letters, message), "html").partition("<body")[2].partition(">")[2]
    said = "".join(f"<p>{line}</p>" for line in SAID.split("\n\n"))
    quoted = f"<p>{html.escape(introduced)}</p><{element} class=q>{ours}</{element}>"

    assert cut(to_text(f"<body>{said}{quoted}</body>")).text == SAID


def test_a_line_whose_words_a_program_translated_is_known_by_its_number() -> None:
    text = f"{SAID}\n\n--- Schrijf uw antwoord boven deze regel [#0a1b2c3d] ---\n\nLabas"

    assert cut(text) == Reply(text=SAID, is_cut=True, is_sure=True)


def test_an_answer_under_the_line_is_not_lost(letters: Letters) -> None:
    ours = form(written(letters, to_an_asker("lt")), "plain")

    assert cut(f"{ours}\n{SAID}").text.endswith(SAID)


def test_what_the_asker_wrote_before_a_colon_is_no_introduction() -> None:
    text = "Štai mūsų klausimai:\n\n--- Atsakymą rašykite virš šios eilutės [#0a1b2c3d] ---\nLabas"

    assert cut(text).text == "Štai mūsų klausimai:"


def test_a_mail_that_cannot_be_answered_to_a_ticket_has_no_line(letters: Letters) -> None:
    words = form(written(letters, replace(to_an_asker("lt"), ticket=None)), "plain")

    assert "rašykite virš" not in words
