"""The same conversations on a rich IMAP server and on a poor one."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.email.receiver import INGESTED
from tests.e2e.correspondent import Correspondent, text_of
from tests.e2e.desk import BY_MAIL, appoint, submission
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.servers import courier
from tests.servers.courier import Courier
from tests.servers.dovecot import Dovecot
from tests.servers.loopback import HOST, short_folder, until
from tests.servers.postfix import Postfix

SERVERS = ["dovecot", *(["courier"] if courier.is_unpacked() else [])]
KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
CAT = "Kodėl mūsų katinas miega ant stogo?"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDesk:
    """A helpdesk that knows mail alone, and what its mailbox's server can be made to do."""

    helpdesk: Helpdesk
    server: Dovecot | Courier
    address: str
    ruta: Correspondent
    ona: Correspondent


@pytest.fixture(params=SERVERS)
def desk(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    dovecot: Dovecot,
    postfix: Postfix,
    nursery: Nursery,
) -> Iterator[MailDesk]:
    """Lend a desk whose mailbox is on this server; everybody else's are on Dovecot."""
    people = [
        Correspondent(account=dovecot.new_account(), dovecot=dovecot, postfix=postfix, name=name)
        for name in ("Rūta", "Ona")
    ]
    with short_folder("co") as folder:
        poor = Courier(folder, lmtp=postfix.courier) if request.param == "courier" else None
        if poor:
            poor.start()
        server = poor or dovecot
        address = poor.address if poor else dovecot.new_account().address
        settings = {
            "MAIL_ADDRESS": address,
            "MAIL_PLUS": "true",
            "IMAP_HOST": HOST,
            "IMAP_PORT": str(server.imap),
            "IMAP_TLS": "none",
            "IMAP_USER": address,
            "IMAP_PASSWORD": courier.PASSWORD,
            **submission(postfix),
        }
        with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
            appoint(helpdesk, "Rūta", people[0].address, queue=BY_MAIL)
            helpdesk.start("--only", "mail,worker,relay").wait_ready()
            yield MailDesk(
                helpdesk=helpdesk,
                server=server,
                address=address,
                ruta=people[0],
                ona=people[1],
            )
        if poor:
            poor.stop()


def test_conversations_work_and_survive_a_cut_and_a_rebuilt_folder(desk: MailDesk) -> None:
    asked, said = desk.helpdesk.word(), desk.helpdesk.word()

    desk.ona.write(desk.address, KITES, subject="Šventė")
    desk.ona.wait_for("Aitvarus šventėje leisti galima")
    desk.server.drop_sessions()
    desk.ona.write(desk.address, f"{CAT} ({asked})", subject="Katinas")
    desk.ruta.reply(desk.ruta.wait_for(asked), f"Stogas šiltas, {said}.")
    reply = desk.ona.wait_for(said)
    desk.server.drop_sessions()
    desk.server.new_uid_validity()
    desk.ona.reply(reply, "O kodėl jis šiltas?")
    until(lambda: len(desk.helpdesk.inbox("--state", "done")) == 4, what="the last mail filed")

    assert "\n\nLaba diena,\n\nStogas šiltas" in text_of(reply)
    answered, ticket = desk.helpdesk.tickets_of(desk.ona.address)
    assert [row["kind"] for row in answered["articles"]] == ["inbound", "suggested"]
    assert [(row["kind"], row["text"]) for row in ticket["articles"]] == [
        ("inbound", f"{CAT} ({asked})"),
        ("reply", f"Stogas šiltas, {said}."),
        ("inbound", "O kodėl jis šiltas?"),
    ]
    assert len(desk.ona.mails()) == 3
    with session(desk.server, desk.address) as imap:
        assert len(imap.search(None, "KEYWORD", INGESTED)[1][0].split()) == 4
    audit = desk.helpdesk.run("audit")
    assert (audit.status, audit.output.splitlines()[-1]) == (0, "0 missing, 0 stuck")


def test_the_poor_server_is_poor(postfix: Postfix) -> None:
    """Without these lacks the conversations would show no more there than on Dovecot."""
    for name in SERVERS[1:]:
        with short_folder(name) as folder:
            server = Courier(folder, lmtp=postfix.courier)
            server.start()
            with session(server, server.address) as imap:
                said = imap.capability()[1][0].split()
                assert {b"MOVE", b"CONDSTORE", b"SPECIAL-USE"} & set(said) == set()
                assert imap.response("UIDNEXT") == ("UIDNEXT", [None])
            server.stop()


@contextmanager
def session(server: Dovecot | Courier, address: str) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4(HOST, server.imap, timeout=15) as imap:
        imap.login(address, courier.PASSWORD)
        imap.select(readonly=True)
        yield imap
