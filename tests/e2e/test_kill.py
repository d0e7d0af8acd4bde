"""Killed at random moments, the service loses nothing and repeats only what policy allows."""

import json
import random
import re
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from handlers.domain.outgoing import EDITS
from handlers.views import OutboxView, TicketView
from tests.e2e.arrivals import check_deliveries, seen_by_mail, seen_on_telegram
from tests.e2e.correspondent import read, text_of
from tests.e2e.crowd import Crowd, Ledger
from tests.e2e.desk import appoint, database, mailbox
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.e2e.service import Service
from tests.e2e.web import get
from tests.servers.dovecot import Dovecot
from tests.servers.loopback import HOST, free_ports, until
from tests.servers.smtp_sink import SmtpSink
from tests.telegram_emulator.threaded import EmulatorThread

_CONSULTANT = "ruta@centras.test"
_WORD = re.compile(r"\bzq[bdfghkmnprstvz]{10}\b")
_COUNT = re.compile(r'^helpdesk_(?:inbox|outbox)\{state="(\w+)"\} (\S+)', re.MULTILINE)
_FEW, _MANY = 8, 100
_LONGEST_LIFE = 0.8


@pytest.mark.soak
def test_killed_at_random_moments_it_loses_nothing(
    tmp_path: Path,
    database_url: str | None,
    dovecot: Dovecot,
    smtp_sink: SmtpSink,
    telegram_thread: EmulatorThread,
    nursery: Nursery,
    *,
    soak: bool,
) -> None:
    account, [port] = dovecot.new_account(), free_ports(1)
    room = telegram_thread.run(lambda emulator: emulator.forum())
    settings = {
        **database(database_url),
        **mailbox(account, dovecot),
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(smtp_sink.port),
        "SMTP_TLS": "none",
        "MAIL_AUTO_PER_DOMAIN": "999999/1h",
        "TELEGRAM_TOKEN": telegram_thread.token,
        "TELEGRAM_API": telegram_thread.url,
        "STAFF_CHATS": json.dumps([{"chat": str(room.id), "queues": ["savanoryste"]}]),
        "WEB_PORT": str(port),
        "WEB_RATE": "0",
        "LEASE_SECONDS": "2",
        "SETTLE_SECONDS": "0.2",
    }
    with installed(tmp_path, settings) as helpdesk:
        helpdesk.launch = nursery.launch
        appoint(helpdesk, "Rūta", _CONSULTANT, queue="bendra")
        crowd = Crowd(
            desk=account,
            consultant=_CONSULTANT,
            dovecot=dovecot,
            telegram=telegram_thread,
            sink=smtp_sink,
            web=f"http://{HOST}:{port}",
            word=helpdesk.word,
        )
        # What came before the first start is not ours to answer, so the crowd waits for it.
        first = helpdesk.start()
        first.wait_ready()
        with crowd:
            _die_soon(first)
            for _ in range((_MANY if soak else _FEW) - 1):
                service = helpdesk.start()
                service.wait_for_a_sign()
                _die_soon(service)
            helpdesk.start().wait_ready()
        ledger = crowd.ledger
        # A staff chat takes 18 messages a minute.
        _wait_until_settled(helpdesk, crowd.web, ledger, seconds=900 if soak else 60)

        _check_articles(helpdesk, ledger)
        seen = seen_by_mail(smtp_sink) + seen_on_telegram(telegram_thread, room.id)
        check_deliveries(helpdesk.outbox(), seen, room=str(room.id))
        _check_askers(helpdesk.outbox(), ledger, smtp_sink, telegram_thread)
        audit = helpdesk.run("audit", "--json")
    assert (audit.status, json.loads(audit.output)["stuck"]) == (0, [])


def _die_soon(service: Service) -> None:
    threading.Event().wait(random.uniform(0, _LONGEST_LIFE))  # noqa: S311 -- when is no secret
    assert service.runs, service.log.read_text(encoding="utf-8")
    service.kill()


def _wait_until_settled(helpdesk: Helpdesk, web: str, ledger: Ledger, *, seconds: float) -> None:
    """Ask the service itself first: looking at everything would slow the servers it talks to."""
    try:
        until(lambda: _is_quiet(web) and not _unsettled(helpdesk, ledger), timeout=seconds)
    except TimeoutError:
        assert _unsettled(helpdesk, ledger) == []


def _is_quiet(web: str) -> bool:
    counts = dict(_COUNT.findall(get(f"{web}/metrics").text))
    return all(float(counts[state]) == 0 for state in ("pending", "queued", "sending", "deferred"))


def _unsettled(helpdesk: Helpdesk, ledger: Ledger) -> list[object]:
    """Return what still has to be filed, sent, or sent again."""
    sent_in = len(ledger.inbound) + len(ledger.follow_ups) + len(ledger.replies)
    received = helpdesk.inbox()
    missing = sent_in - sum(row["outcome"] == "filed" for row in received)
    return [
        *([f"{missing} not filed"] if missing > 0 else []),
        *(row for row in received if row["state"] != "done"),
        *(row for row in helpdesk.outbox() if row["state"] != "delivered" and not _is_left(row)),
    ]


def _is_left(row: OutboxView) -> bool:
    """Tell whether nobody knows if it arrived and it will not be sent again.

    What was to be changed in a message nobody knows of is left as well.
    """
    if row["kind"] in EDITS and row["state"] == "dead":
        return True
    return row["state"] == "uncertain" and row["next_attempt_at"] is None


def _check_articles(helpdesk: Helpdesk, ledger: Ledger) -> None:
    """Every message sent in is exactly one article, in the ticket it belongs to."""
    tickets = helpdesk.threads()
    said = {kind: Counter(_words(tickets, kind)) for kind in ("inbound", "reply")}
    asked = [*ledger.inbound, *ledger.follow_ups]
    assert said == {"inbound": Counter(asked), "reply": Counter(ledger.replies)}
    place = {word: ticket["reference"] for ticket in tickets for word in _words([ticket])}
    apart = [word for word, first in ledger.follow_ups.items() if place[word] != place[first]]
    assert apart == []


def _words(tickets: Iterable[TicketView], *kinds: str) -> list[str]:
    return [
        word
        for ticket in tickets
        for article in ticket["articles"]
        if not kinds or article["kind"] in kinds
        for word in _WORD.findall(article["text"])
    ]


def _check_askers(
    rows: Iterable[OutboxView], ledger: Ledger, sink: SmtpSink, telegram: EmulatorThread
) -> None:
    """Everybody who asked heard of it, and every reply of a consultant reached its asker."""
    doubtful = {row["to"] for row in rows if row["state"] == "uncertain"}
    mails = [told for told in sink.messages if told.recipients != (_CONSULTANT,)]
    chats = telegram.run(
        lambda emulator: {
            str(room.id): [
                m.text or "" for m in room.messages.values() if m.from_user == emulator.bot
            ]
            for room in emulator.world.rooms.values()
            if room.is_private
        }
    )
    reached = {told.recipients[0] for told in mails} | {
        chat for chat, said in chats.items() if said
    }
    assert set(ledger.owed.values()) - reached - doubtful == set()
    said = "\n".join(text_of(read(told.raw)) for told in mails)
    said += "\n".join(text for texts in chats.values() for text in texts)
    assert [word for word in ledger.replies if word not in said] == []
