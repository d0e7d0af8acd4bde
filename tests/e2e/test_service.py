"""The process itself: stopped, killed, split, and patient with servers that are away."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psycopg
import psycopg.sql
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.e2e.correspondent import text_of
from tests.e2e.desk import Town, database, mailbox, newcomer, submission
from tests.e2e.helpdesk import installed
from tests.e2e.nursery import Nursery
from tests.e2e.service import Service
from tests.e2e.web import ask, get
from tests.servers.dovecot import Dovecot
from tests.servers.loopback import HOST, free_ports, short_folder, until

KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
CAT = "Kodėl mūsų katinas miega ant stogo?"


def test_a_mailbox_that_is_away_is_named_and_read_once_it_is_back(
    tmp_path: Path, nursery: Nursery
) -> None:
    with short_folder("dl") as folder:
        dovecot = Dovecot(folder)
        account, asker = dovecot.new_account(), dovecot.new_account()
        [port] = free_ports(1)
        settings = {**mailbox(account, dovecot), "WEB_PORT": str(port), "IMAP_SINCE": "2026-01-01"}
        with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
            service = helpdesk.start()
            web = f"http://{HOST}:{port}"
            until(lambda: _answers(web), what="the pages being served")
            until(lambda: _mail_role(web)["detail"] not in {"starting", "connecting"})
            away = _mail_role(web)
            status = get(f"{web}/ready").status_code
            asked = ask(web, f"{KITES} ({helpdesk.word()})")
            dovecot.start()
            service.wait_ready()
            dovecot.deliver(_letter(account.address, asker.address), to=account.address)
            until(lambda: len(helpdesk.tickets()) == 2, what="the mail being filed")
            ready = get(f"{web}/ready")
        dovecot.stop()

    assert (status, away["ok"]) == (503, False)
    assert "mailbox inbox" in str(away["detail"])
    assert asked["decision"] == "answer"
    assert (ready.status_code, ready.json()["roles"]["mail"]["ok"]) == (200, True)


def test_a_killed_service_reads_on_at_the_next_start(
    tmp_path: Path, town: Town, nursery: Nursery, database_url: str | None
) -> None:
    """Once the leases of the dead process kept mail unread for half a minute.

    And in a mailbox that was empty at the first start, a mail dated by the server in the second of
    that start counted as older.
    """
    account = town.dovecot.new_account()
    settings = {
        **database(database_url),
        **mailbox(account, town.dovecot),
        **submission(town.postfix),
        "LEASE_SECONDS": "2",
        "WEB_PORT": "0",
    }
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
        ona = newcomer(helpdesk, town, "Ona")
        first = helpdesk.start()
        first.wait_ready()
        first.kill()
        ona.write(account.address, f"{KITES} ({helpdesk.word()})")

        helpdesk.start()
        answer = ona.wait_for()

    assert "Aitvarus šventėje leisti galima" in text_of(answer)


def test_processes_of_different_roles_share_postgresql(
    tmp_path: Path, town: Town, nursery: Nursery, postgresql_url: str
) -> None:
    account = town.dovecot.new_account()
    settings = {
        **database(postgresql_url),
        **mailbox(account, town.dovecot),
        **submission(town.postfix),
        "WEB_PORT": "0",
    }
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
        ona = newcomer(helpdesk, town, "Ona")
        services = [helpdesk.start("--only", roles) for roles in ("mail,web", "worker,relay")]
        services += [helpdesk.start("--only", "worker,relay")]
        for service in services:
            service.wait_ready()
        until(lambda: all(_knows(service) for service in services), what="the entries being read")

        for _ in range(3):
            ona.write(account.address, f"{KITES} ({helpdesk.word()})")
        answers = ona.wait_for_mails(3)

        assert len({str(answer["In-Reply-To"]) for answer in answers}) == 3
        assert len(helpdesk.tickets_of(ona.address)) == 3
        assert [service.stop() for service in services] == [0, 0, 0]


def test_a_database_that_goes_away_is_found_again(
    tmp_path: Path, town: Town, nursery: Nursery, postgresql_url: str
) -> None:
    account = town.dovecot.new_account()
    settings = {
        **database(postgresql_url),
        **mailbox(account, town.dovecot),
        **submission(town.postfix),
        "LEASE_SECONDS": "1",
        "WEB_PORT": "0",
    }
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
        ona = newcomer(helpdesk, town, "Ona")
        service = helpdesk.start()
        web = service.wait_ready()

        with _closed(postgresql_url):
            ona.write(account.address, f"{KITES} ({helpdesk.word()})")
            until(lambda: _complaints(service) > 3, what="the service noticing")
            status = get(f"{web}/ready").status_code
        helpdesk.expected_errors |= {"the database cannot be used", "mail not stored"}
        answer = ona.wait_for()

        assert "Aitvarus šventėje leisti galima" in text_of(answer)
        assert (status, get(f"{web}/ready").status_code) == (503, 200)
        assert service.runs


def test_a_stop_in_the_middle_of_a_delivery_leaves_it_in_doubt(
    tmp_path: Path, nursery: Nursery
) -> None:
    with _deaf_server() as (port, reached):
        settings = {
            "MAIL_ADDRESS": "konsultacijos@nisc.test",
            "SMTP_HOST": HOST,
            "SMTP_PORT": str(port),
            "SMTP_TLS": "none",
            "WEB_PORT": "0",
        }
        with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
            service = helpdesk.start()
            web = service.wait_ready()
            ask(web, f"{CAT} ({helpdesk.word()})", email="ona@namai.test")
            assert reached.wait(10)

            ended = service.stop()
            [left] = helpdesk.outbox()
            helpdesk.start().wait_ready()
            [settled] = helpdesk.outbox()

    assert (ended, left["kind"], left["state"]) == (0, "acknowledgement", "sending")
    # An acknowledgement is not repeated when nobody can tell whether it arrived.
    assert (settled["state"], settled["doubts"], settled["next_attempt_at"]) == (
        "uncertain",
        1,
        None,
    )


@contextmanager
def _closed(url: str) -> Iterator[None]:
    """Cut every connection to the database, and refuse new ones."""
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    alter = psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(url, dbname="postgres", autocommit=True) as administrator:

        def allow(word: str) -> None:
            administrator.execute(
                alter.format(psycopg.sql.Identifier(str(name)), psycopg.sql.SQL(word))
            )

        allow("false")
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        allow("true")


def _knows(service: Service) -> bool:
    return any(event["event"] == "knowledge base ready" for event in service.events())


def _complaints(service: Service) -> int:
    events = [line["event"] for line in service.events()]
    return events.count("the database cannot be used")


def _answers(web: str) -> bool:
    try:
        return get(f"{web}/health").status_code == 200
    except httpx2.TransportError:
        return False


def _mail_role(web: str) -> dict[str, object]:
    role: dict[str, object] = get(f"{web}/ready").json()["roles"]["mail"]
    return role


def _letter(to: str, sender: str) -> bytes:
    return f"From: {sender}\r\nTo: {to}\r\nSubject: Katinas\r\n\r\nKodel?\r\n".encode()


class _Deaf:
    """Takes a mail and never says so."""

    def __init__(self) -> None:
        self.reached = threading.Event()

    async def handle_DATA(  # noqa: N802 -- the hook's name is aiosmtpd's
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        self.reached.set()
        await asyncio.Event().wait()
        return "250 never said"


@contextmanager
def _deaf_server() -> Iterator[tuple[int, threading.Event]]:
    deaf = _Deaf()
    [port] = free_ports(1)
    controller = Controller(deaf, hostname=HOST, port=port)
    controller.start()
    yield port, deaf.reached
    controller.stop()
