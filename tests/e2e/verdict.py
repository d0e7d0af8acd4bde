"""The verdict: what the ledger says was sent in, held against all the helpdesk has and sent."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.domain.outgoing import EDITS
from handlers.views import OutboxView, TicketView
from tests.e2e.arrivals import check_deliveries, seen_by_mail, seen_on_telegram
from tests.e2e.correspondent import read, text_of
from tests.e2e.crowd import Ledger
from tests.e2e.helpdesk import Helpdesk
from tests.servers.smtp_sink import SmtpSink
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

_WORD: Final = re.compile(r"\bzq[bdfghkmnprstvz]{10}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is looked at when the weather has cleared; `staff` are the consultants' addresses."""

    helpdesk: Helpdesk
    ledger: Ledger
    sink: SmtpSink
    telegram: EmulatorThread
    room: int
    staff: frozenset[str]

    def unsettled(self) -> list[object]:
        """Return what still has to be filed, sent, or sent again."""
        ledger = self.ledger
        sent_in = len(ledger.inbound) + len(ledger.follow_ups) + len(ledger.replies)
        received = self.helpdesk.inbox()
        missing = sent_in - sum(row["outcome"] == "filed" for row in received)
        rows = self.helpdesk.outbox()
        left: list[object] = [
            *([f"{missing} not filed"] if missing > 0 else []),
            *(row for row in received if row["state"] != "done"),
            *(row for row in rows if row["state"] != "delivered" and not _is_left(row)),
        ]
        if not left:
            tickets = self.helpdesk.threads()
            left += set(ledger.replies) - set(_words(tickets, "reply")) - _unasked(tickets, rows)
        return left

    def check(self) -> dict[str, int]:
        """Hold everything against the ledger; return what was repeated, and left in doubt."""
        rows, tickets = self.helpdesk.outbox(), self.helpdesk.threads()
        unasked = _unasked(tickets, rows)
        self._check_articles(tickets, unasked)
        seen = seen_by_mail(self.sink) + seen_on_telegram(self.telegram, self.room)
        check_deliveries(rows, seen, room=str(self.room))
        self._check_askers(rows, unasked)
        self._check_secrets()
        return _counted(rows, seen_by_mail(self.sink))

    def _check_articles(self, tickets: Sequence[TicketView], unasked: Collection[str]) -> None:
        """Every message sent in is exactly one article, in the ticket it belongs to."""
        ledger = self.ledger
        said = {kind: Counter(_words(tickets, kind)) for kind in ("inbound", "reply", "note")}
        asked = [*ledger.inbound, *ledger.follow_ups]
        assert _differences(said["inbound"], asked) == {}
        assert (
            _differences(said["reply"], (word for word in ledger.replies if word not in unasked))
            == {}
        )
        # What was written from an older view is noted, and shown back before it is sent.
        held = set(ledger.replies) - set(ledger.notes)
        noted = {word: times for word, times in said["note"].items() if word not in held}
        assert _differences(noted, ledger.notes) == {}
        place = {word: ticket["reference"] for ticket in tickets for word in _words([ticket])}
        apart = [word for word, first in ledger.follow_ups.items() if place[word] != place[first]]
        assert apart == []

    def _check_askers(self, rows: Iterable[OutboxView], unasked: Collection[str]) -> None:
        """Everybody who asked heard of it, and every reply of a consultant reached its asker."""
        doubtful = [row for row in rows if row["state"] == "uncertain"]
        mails = [told for told in self.sink.messages if told.recipients[0] not in self.staff]
        chats = self.telegram.run(_private)
        heard = {told.recipients[0] for told in mails} | {chat for chat, said in chats if said}
        owed = set(self.ledger.owed.values())
        assert owed - heard - {row["to"] for row in doubtful} == set()
        said = {word for told in mails for word in _WORD.findall(text_of(read(told.raw)))}
        said |= {word for _, text in chats for word in _WORD.findall(text)}
        unheard = set(self.ledger.replies).difference(said, unasked)
        # A reply in doubt may be sent once more; where that is lost as well, a person is told.
        assert len(unheard) <= sum(row["kind"] == "reply" for row in doubtful), unheard
        assert set(self.ledger.notes) & said == set()

    def _check_secrets(self) -> None:
        """No word of a restricted matter left the house, nor stands in the staff chat."""
        shown = [word for told in self.sink.messages for word in _WORD.findall(_all_of(told.raw))]
        shown += _WORD.findall("\n".join(self.telegram.run(_by_the_bot)))
        assert self.ledger.restricted & set(shown) == set()


def _is_left(row: OutboxView) -> bool:
    """Tell whether nobody knows if it arrived and it will not be sent again.

    What was to be changed in a message nobody knows of is left as well.
    """
    if row["kind"] in EDITS and row["state"] == "dead":
        return True
    return row["state"] == "uncertain" and row["next_attempt_at"] is None


def _unasked(tickets: Iterable[TicketView], rows: Iterable[OutboxView]) -> set[str]:
    """Return the words that were to be shown back before they are sent, by a mail left in doubt.

    If it never arrived nobody says yes: like all that is left in doubt, they are for a person.
    """
    doubtful = {row["reference"] for row in rows if row["kind"] == "staff_mail" and _is_left(row)}
    left = [
        ticket
        for ticket in tickets
        if ticket["reference"] in doubtful
        and any(event["type"] == "previewed" for event in ticket["events"])
    ]
    return set(_words(left, "note")) - set(_words(left, "reply"))


def _differences(found: Mapping[str, int], sent: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """Return, by word, how often it is there and how often it was sent, where that differs."""
    wanted = Counter(sent)
    words = set(found) | set(wanted)
    return {
        word: (found.get(word, 0), wanted[word])
        for word in words
        if found.get(word, 0) != wanted[word]
    }


def _words(tickets: Iterable[TicketView], *kinds: str) -> list[str]:
    return [
        word
        for ticket in tickets
        for article in ticket["articles"]
        if not kinds or article["kind"] in kinds
        for word in _WORD.findall(article["text"])
    ]


def _private(emulator: Emulator) -> list[tuple[str, str]]:
    return [
        (str(room.id), "\n".join(_said(emulator, room.id)))
        for room in emulator.world.rooms.values()
        if room.is_private
    ]


def _by_the_bot(emulator: Emulator) -> list[str]:
    return [text for room in emulator.world.rooms for text in _said(emulator, room)]


def _said(emulator: Emulator, room: int) -> list[str]:
    messages = emulator.world.rooms[room].messages.values()
    return [each.text or "" for each in messages if each.from_user == emulator.bot]


def _all_of(raw: bytes) -> str:
    mail = read(raw)
    return f"{mail['Subject']}\n{text_of(mail)}"


def _counted(rows: Iterable[OutboxView], mails: Mapping[str, int]) -> dict[str, int]:
    rows = list(rows)
    return {
        "delivered": sum(row["state"] == "delivered" for row in rows),
        "in doubt and sent again": sum(row["doubts"] > 0 for row in rows),
        "mails that arrived twice": sum(times - 1 for times in mails.values()),
        "left in doubt": sum(row["state"] == "uncertain" for row in rows),
    }
