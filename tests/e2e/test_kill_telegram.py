"""Killed the moment Telegram is called, the service loses no update and handles none twice."""

import signal
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import pytest
from aiogram.types import Message, User

from handlers.domain.outgoing import EDITS, REPEATED_WHEN_UNCERTAIN
from handlers.views import OutboxView
from tests.e2e.chat import Chatting
from tests.e2e.desk import database
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.servers.loopback import until
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import After, Before
from tests.telegram_emulator.threaded import EmulatorThread

_KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
_CAT = "Kodėl mūsų katinas miega ant stogo?"
_MEMBERS, _SPEAKERS = 20, 5
_MANY = 200


@dataclass(frozen=True, slots=True)
class Point:
    """A call of the service at which it is ended; `offset`: only what acknowledges updates."""

    method: str
    effect: type[Before | After]
    number: signal.Signals
    offset: bool = False

    def applies(self, arguments: dict[str, object]) -> bool:
        return bool(arguments.get("offset")) is self.offset


POINTS = (
    # Receiving: given but not stored; stored but not acknowledged.
    Point("getUpdates", After, signal.SIGKILL),
    Point("getUpdates", Before, signal.SIGKILL, offset=True),
    Point("getUpdates", Before, signal.SIGTERM, offset=True),
    # Handling.
    Point("answerCallbackQuery", Before, signal.SIGKILL),
    Point("answerCallbackQuery", After, signal.SIGTERM),
    # Sending: not taken; taken, and nobody heard of it.
    Point("sendMessage", Before, signal.SIGKILL),
    Point("sendMessage", After, signal.SIGKILL),
    Point("sendMessage", After, signal.SIGTERM),
)


@dataclass(slots=True)
class Crowd:
    """Twenty members who write in turns, each their own words in order; one presses a button."""

    helpdesk: Helpdesk
    chat: Chatting
    members: list[User]
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    presses: int = 0
    _turn: int = 0

    def speak(self, card: Message, data: str) -> None:
        """Let the next members write, and the button be pressed once more."""
        for _ in range(_SPEAKERS):
            member = self.members[self._turn % _MEMBERS]
            text = f"{_CAT} ({self.helpdesk.word()})"
            self.chat.say(member, text)
            self.said[str(member.id)].append(text)
            self._turn += 1
        presser = self.members[0]
        self.chat.telegram.run(lambda emulator: emulator.forge(presser, card, data))
        self.presses += 1


@pytest.mark.soak
def test_killed_at_any_call_it_loses_no_update_and_handles_none_twice(
    tmp_path: Path,
    database_url: str | None,
    telegram_thread: EmulatorThread,
    nursery: Nursery,
    *,
    soak: bool,
) -> None:
    few = POINTS[::2] if database_url is None else POINTS[1::2]
    points = islice(cycle(POINTS), _MANY) if soak else few
    settings = {
        **database(database_url),
        "MAIL_ADDRESS": "pagalba@nvo.test",
        "TELEGRAM_TOKEN": telegram_thread.token,
        "TELEGRAM_API": telegram_thread.url,
        "TELEGRAM_GATHER_SECONDS": "0",
        "WEB_PORT": "0",
        "LEASE_SECONDS": "2",
        "SETTLE_SECONDS": "0.2",
    }
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
        chat = Chatting(telegram_thread)
        members = telegram_thread.run(
            lambda emulator: [emulator.user(f"Narys {n}") for n in range(_MEMBERS)]
        )
        crowd = Crowd(helpdesk, chat, members)
        card, data = _an_answer(crowd)
        for point in points:
            _end_at(point, crowd, card, data)
        helpdesk.start().wait_ready()
        until(lambda: not _unsettled(helpdesk, telegram_thread), timeout=60, what="peace")

        _check_updates(helpdesk, telegram_thread)
        _check_order(helpdesk, crowd)
        _check_deliveries(helpdesk.outbox(), telegram_thread)


def _an_answer(crowd: Crowd) -> tuple[Message, str]:
    """Let the first member get an answer; return it, and what its button carries."""
    service = crowd.helpdesk.start()
    service.wait_ready()
    member = crowd.members[0]
    text = f"{_KITES} ({crowd.helpdesk.word()})"
    crowd.chat.say(member, text)
    crowd.said[str(member.id)].append(text)
    card = crowd.chat.wait_for(member, "Aitvarus šventėje leisti galima")
    service.stop()
    assert card.reply_markup is not None
    [data] = [
        button.callback_data
        for row in card.reply_markup.inline_keyboard
        for button in row
        if button.callback_data and button.callback_data.endswith(":not_helped")
    ]
    return card, data


def _end_at(point: Point, crowd: Crowd, card: Message, data: str) -> None:
    """Start a service and end it the moment it makes this call."""
    service = crowd.helpdesk.start()
    struck = threading.Event()

    def strike() -> None:
        service.send(point.number)
        struck.set()

    when: Callable[[dict[str, object]], bool] | None = None
    if point.method == "getUpdates":
        when = point.applies
    effect = point.effect(strike)
    fault = crowd.chat.telegram.run(
        lambda emulator: emulator.fault(point.method, effect, when=when)
    )
    crowd.speak(card, data)
    until(struck.is_set, timeout=30, what=f"a call of {point.method}")
    until(lambda: not service.runs, timeout=12, what="the end of the service")
    crowd.chat.telegram.run(lambda _: fault.lift())


def _unsettled(helpdesk: Helpdesk, telegram: EmulatorThread) -> bool:
    if telegram.run(lambda emulator: len(emulator.updates.pending)):
        return True
    if any(row["state"] == "pending" for row in helpdesk.inbox()):
        return True
    return any(
        row["state"] in {"queued", "sending", "deferred"}
        or (row["state"] == "uncertain" and row["next_attempt_at"] is not None)
        for row in helpdesk.outbox()
    )


def _check_updates(helpdesk: Helpdesk, telegram: EmulatorThread) -> None:
    """Every update there ever was is one row, and it is done."""
    given = telegram.run(lambda emulator: emulator.updates.given)
    rows = Counter((row["external_id"], row["state"]) for row in helpdesk.inbox())
    assert rows == Counter((str(number), "done") for number in given)


def _check_order(helpdesk: Helpdesk, crowd: Crowd) -> None:
    """Each member's words are articles, each once, in the order they were written."""
    filed: defaultdict[str, list[str]] = defaultdict(list)
    threads = sorted(helpdesk.threads(), key=lambda ticket: int(ticket["reference"][4:]))
    for ticket in threads:
        [address] = ticket["requester"]["addresses"]
        filed[address] += [row["text"] for row in ticket["articles"] if row["kind"] == "inbound"]
    assert filed == crowd.said
    [answered] = [t for t in threads if _KITES in t["articles"][0]["text"]]
    asked = [event for event in answered["events"] if event["type"] == "person_asked"]
    assert (len(asked), answered["status"]) == (1, "new")


def _check_deliveries(rows: list[OutboxView], telegram: EmulatorThread) -> None:
    """What is called delivered arrived; only a doubt of a kind that may be repeated was."""
    seen = telegram.run(_said)
    owed: defaultdict[str, list[OutboxView]] = defaultdict(list)
    for row in rows:
        if row["kind"] not in EDITS:
            owed[row["to"]].append(row)
    for chat, group in owed.items():
        least = sum(row["state"] == "delivered" for row in group)
        most = sum(1 + row["doubts"] * (row["kind"] in REPEATED_WHEN_UNCERTAIN) for row in group)
        assert least <= seen[chat] <= most, (chat, group)
    assert set(seen) <= set(owed)


def _said(emulator: Emulator) -> Counter[str]:
    return Counter(
        str(room.id)
        for room in emulator.world.rooms.values()
        for message in room.messages.values()
        if message.from_user == emulator.bot
    )
