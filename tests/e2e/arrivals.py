"""What arrived, held against what the helpdesk says it sent."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from handlers.domain.outgoing import EDITS, REPEATED_WHEN_UNCERTAIN, Kind
from handlers.views import OutboxView
from tests.servers.smtp_sink import SmtpSink
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

_REFERENCE = re.compile(r"\bNVO-\d+\b")


def seen_by_mail(sink: SmtpSink) -> Counter[str]:
    return Counter(str(told.message["Message-ID"]) for told in sink.messages)


def seen_on_telegram(telegram: EmulatorThread, room: int | None = None) -> Counter[str]:
    """Count what the bot put into the world: private messages, topics, and words in topics."""
    return telegram.run(partial(_said_by_the_bot, room=room))


def _said_by_the_bot(emulator: Emulator, *, room: int | None) -> Counter[str]:
    seen: Counter[str] = Counter()
    for chat in emulator.world.rooms.values():
        for message in chat.messages.values():
            if message.from_user == emulator.bot and message.text:
                about = f":{_reference(message.text)}" if chat.id == room else ""
                seen[f"{chat.id}{about}"] += 1
        for topic in chat.topics.values():
            seen[f"{chat.id}:topic:{_reference(topic.name)}"] += 1
    return seen


def _reference(text: str) -> str:
    found = _REFERENCE.search(text)
    return found[0] if found else "no reference"


def check_deliveries(
    rows: Iterable[OutboxView], seen: Mapping[str, int], *, room: str = ""
) -> None:
    """What is called delivered arrived; what arrived twice was in doubt, and may be repeated."""
    owed: defaultdict[str, list[OutboxView]] = defaultdict(list)
    for row in rows:
        if row["kind"] not in EDITS:
            owed[_key(row, room)].append(row)
    assert set(seen) - set(owed) == set()
    wrong = [
        (key, seen.get(key, 0), group)
        for key, group in owed.items()
        if not _fits(group, seen.get(key, 0))
    ]
    assert wrong == []


def _key(row: OutboxView, room: str) -> str:
    if row["channel"] == "mail":
        return str(row["external_id"])
    if row["to"] != room:
        return row["to"]
    topic = "topic:" if row["kind"] == Kind.STAFF_TOPIC else ""
    return f"{room}:{topic}{row['reference']}"


def _fits(group: Iterable[OutboxView], times: int) -> bool:
    least = sum(row["state"] == "delivered" for row in group)
    most = sum(1 + row["doubts"] * (row["kind"] in REPEATED_WHEN_UNCERTAIN) for row in group)
    # A kind that may be repeated is left uncertain only when its repeat was cut short as well.
    left = [row for row in group if row["state"] == "uncertain"]
    settled = all(row["kind"] not in REPEATED_WHEN_UNCERTAIN or row["doubts"] > 1 for row in left)
    return least <= times <= most and settled
