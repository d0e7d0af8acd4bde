"""Mail by other roads: handed over, answered by a colleague, copied to others, read by tokens."""

import imaplib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, Self

import pytest
from aiogram.types import Chat

from tests.e2e.chat import Chatting
from tests.e2e.correspondent import Correspondent, text_of
from tests.e2e.desk import Town, appoint, mailbox, newcomer, submission
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.e2e.web import get
from tests.servers.courier import COURIER_DOMAIN
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST, until

HANDED: Final = f"konsultacijos@{COURIER_DOMAIN}"
"""An address whose mail Postfix hands over by LMTP."""

QUESTION = "Kodėl mūsų katinas miega ant stogo?"


class TokenServer:
    """Gives out tokens for a mailbox; once `expired`, such as a mail server no longer takes."""

    def __init__(self, dovecot: Dovecot, account: Account) -> None:
        self.expired = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                token = dovecot.access_token(account, seconds=-300 if outer.expired else 300)
                # So short a life that none is used twice.
                body = json.dumps({"access_token": token, "expires_in": 60}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                return

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self.url = f"http://{HOST}:{self._server.server_port}/token"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """A desk whose mail comes in by four roads."""

    helpdesk: Helpdesk
    town: Town
    shared: Account
    project: Account
    tokens: TokenServer
    room: Chat
    web: str

    def newcomer(self, name: str = "Ona Onaitė") -> Correspondent:
        return newcomer(self.helpdesk, self.town, name)

    def source_of(self, reference: str) -> str:
        """Return by which road the first message of a ticket came."""
        rows = json.loads(self.helpdesk.do("inbox", "--json"))
        return next(str(row["source"]) for row in reversed(rows) if row["reference"] == reference)


@pytest.fixture(scope="module")
def roads(
    town: Town, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Roads]:
    shared, project = town.dovecot.new_account(), town.dovecot.new_account()
    room = town.telegram.run(lambda telegram: telegram.forum())
    with TokenServer(town.dovecot, project) as tokens:
        by_token = {
            "name": "projektai",
            "host": HOST,
            "port": town.dovecot.imaps,
            "user": project.address,
            "ca_file": str(town.dovecot.certificates.authority),
            "programme": "Aktyvūs miestai",
            "oauth": {"token_url": tokens.url, "client_id": "desk", "refresh_token": "ilgas"},
        }
        settings = {
            **mailbox(shared, town.dovecot),
            **submission(town.postfix),
            "MAIL_ALIASES": f"{HANDED},{project.address}",
            "IMAP_READ_SENT_FOLDER": "Sent",
            "MAILBOXES": json.dumps([by_token]),
            "LMTP_PORT": str(town.postfix.courier),
            "TELEGRAM_TOKEN": town.telegram.token,
            "TELEGRAM_API": town.telegram.url,
            "TELEGRAM_STAFF_CHAT": str(room.id),
            "ALERT_SECONDS": "0.2",
            "WEB_PORT": "0",
            "WEB_RATE": "0",
        }
        with installed(
            tmp_path_factory.mktemp("roads"), settings, launch=nursery.launch
        ) as helpdesk:
            helpdesk.secrets |= {shared.address, project.address, str(room.id)}
            appoint(helpdesk, "Rūta", "ruta@centras.test", queue="bendra")
            yield Roads(
                helpdesk=helpdesk,
                town=town,
                shared=shared,
                project=project,
                tokens=tokens,
                room=room,
                web=helpdesk.start().wait_ready(),
            )


def test_a_mail_server_of_our_own_hands_mail_over(roads: Roads) -> None:
    ona = roads.newcomer()

    ona.write(HANDED, f"{QUESTION} ({roads.helpdesk.word()})")
    acknowledged = ona.wait_for()

    [ticket] = roads.helpdesk.tickets_of(ona.address)
    assert ticket["reference"] in str(acknowledged["Subject"])
    assert roads.source_of(ticket["reference"]) == "lmtp"


def test_a_colleagues_own_answer_stops_the_clock_and_is_not_sent_again(roads: Roads) -> None:
    word = roads.helpdesk.word()
    ona = roads.newcomer()
    question = ona.write(roads.shared.address, f"{QUESTION} ({roads.helpdesk.word()})")
    acknowledged = ona.wait_for()

    answer = EmailMessage()
    answer["From"], answer["To"] = roads.shared.address, ona.address
    answer["Message-ID"], answer["In-Reply-To"] = f"<{word}@nisc.test>", question
    answer.set_content(f"Stogas šiltas, {word}.")
    with roads.town.dovecot.session(roads.shared) as imap:
        # Our own copies lie in the same folder.
        for mail in (acknowledged, answer):
            imap.append("Sent", "\\Seen", imaplib.Time2Internaldate(0), mail.as_bytes())

    def waits() -> bool:
        return roads.helpdesk.tickets_of(ona.address)[0]["status"] == "waiting"

    until(waits, timeout=15, what="the ticket waiting for its requester")
    [ticket] = roads.helpdesk.tickets_of(ona.address)
    assert [(row["kind"], row["delivery"]) for row in ticket["articles"][1:]] == [("reply", None)]
    assert ticket["articles"][1]["text"] == f"Stogas šiltas, {word}."
    assert len(ona.mails()) == 1


def test_somebody_in_copy_gets_the_answer_when_a_consultant_says_so(roads: Roads) -> None:
    word = roads.helpdesk.word()
    ona, jonas, ieva = (roads.newcomer(name) for name in ("Ona", "Jonas", "Ieva"))
    copies = f"{jonas.address}, {ieva.address}"
    ona.write(roads.shared.address, f"{QUESTION} ({roads.helpdesk.word()})", cc=copies)
    ona.wait_for()
    [ticket] = roads.helpdesk.tickets_of(ona.address)
    words = ["desk", "reply", ticket["reference"], "--as", "ruta@centras.test", "--text", word]

    strange = roads.helpdesk.run(*words, "--cc", "kita@nisc.test")
    roads.helpdesk.do(*words, "--cc", jonas.address)
    own, copied = ona.wait_for(word), jonas.wait_for(word)
    # The same word once meant Telegram's own messages to be copied, and no card came.
    Chatting(roads.town.telegram).wait_for(roads.room, copies)

    assert ticket["articles"][0]["copies"] == [jonas.address, ieva.address]
    assert (strange.status, "kita@nisc.test" in strange.errors) == (2, True)
    assert [mail["To"] for mail in (own, copied)] == [ona.address, jonas.address]
    assert [mail["Cc"] or mail["Auto-Submitted"] for mail in (own, copied)] == [None, None]
    # But for the number in the line to write above.
    assert text_of(own).partition("\n")[2] == text_of(copied).partition("\n")[2]
    # Their own mail brought them the question; nobody brought them an answer.
    assert [word in text_of(mail) for mail in ieva.mails()] == [False]


def test_a_mailbox_that_lets_us_in_no_more_is_told_in_the_chat_and_read_on(roads: Roads) -> None:
    ona = roads.newcomer()
    chat = Chatting(roads.town.telegram)
    roads.tokens.expired = True
    roads.town.dovecot.drop_sessions()

    chat.wait_for(roads.room, "Pašto dėžutė „projektai“ neįsileidžia")
    state = get(f"{roads.web}/ready")
    ona.write(roads.project.address, f"{QUESTION} ({roads.helpdesk.word()})")
    roads.tokens.expired = False
    chat.wait_for(roads.room, "Prie pašto dėžutės „projektai“ vėl prisijungiame")
    ona.wait_for()

    assert (state.status_code, "projektai" in state.text) == (503, True)
    [ticket] = roads.helpdesk.tickets_of(ona.address)
    assert ticket["programme"] == "Aktyvūs miestai"
    assert len([said for said in chat.texts(roads.room) if "neįsileidžia" in said]) == 1
