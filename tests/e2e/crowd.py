"""Askers on every channel, all at once, who write down what they did.

The ledger stands outside of the helpdesk: every message sent in carries a word of its own.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from itertools import count
from types import TracebackType
from typing import Final, Protocol, Self

import httpx2
from aiogram.types import Message, User

from tests.e2e.web import post_question
from tests.servers.dovecot import Account, Dovecot
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

ANSWERED: Final = "Ar bendruomenės šventėje galima leisti aitvarus?"
WAITING: Final = "Kodėl mūsų katinas miega ant stogo?"
IN_CHAT: Final = "Kada skambinamas salės varpas?"
RESTRICTED: Final = "Prašau ištrinti visus mano duomenis."
_CHAT_EVERY: Final = 10
"""A new topic is opened every four seconds at most."""

_LARGE: Final = 500_000
"""Octets; so much is no longer kept in a row of the database."""


@dataclass(slots=True)
class Ledger:
    """What was sent in, by its word; `follow_ups` name the word they add to.

    `owed` says who must hear something because of a word: a mail address or a Telegram account.
    `notes` are for consultants alone; so is every word of what is `restricted`.
    """

    inbound: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    restricted: set[str] = field(default_factory=set)
    follow_ups: dict[str, str] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)
    doubled: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Say how many messages of each kind were sent in, and how many came twice."""
        return {
            "questions": len(self.inbound),
            "follow-ups": len(self.follow_ups),
            "replies": len(self.replies),
            "notes": len(self.notes),
            "restricted": len(self.restricted),
            "mails doubled": self.doubled,
        }


class Road(Protocol):
    """What one of the crowd does from time to time; the number counts the times."""

    def __call__(self, number: int, /) -> None: ...


def at_most(times: int, road: Road) -> Road:
    """Walk a road so many times and no more: on a slow machine a short run stays short."""

    def walk(number: int) -> None:
        if number < times:
            road(number)

    return walk


@dataclass(slots=True)
class Crowd:
    """Each walks their road again and again while the block runs; what was begun is finished."""

    roads: Sequence[Road]
    pause: float
    given_up: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)
    _walks: list[Future[None]] = field(default_factory=list)
    _threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        self._threads = ThreadPoolExecutor(len(self.roads), "crowd")
        self._walks = [self._threads.submit(self._walk, road) for road in self.roads]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if kind is not None:
            self.given_up.set()
        if self._threads is not None:
            self._threads.shutdown()
        for walk in self._walks:
            walk.result()

    def _walk(self, road: Road) -> None:
        for number in count():
            road(number)
            if self._over.wait(self.pause):
                return


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMail:
    """Asks, adds something to every question that waits; the network doubles and reorders."""

    desk: Account
    dovecot: Dovecot
    word: Callable[[], str]
    ledger: Ledger

    def __call__(self, number: int) -> None:
        word, asked = self.word(), make_msgid(domain="asker.test")
        sender = f"{word}@asker.test"
        text = (ANSWERED, WAITING, WAITING, RESTRICTED)[number % 4]
        letters = [self._letter(sender, f"{text} ({word})", {"Message-ID": asked}, number)]
        self.ledger.owed[word] = sender
        if text == WAITING:
            added = self.word()
            thread = {"Message-ID": make_msgid(), "In-Reply-To": asked, "References": asked}
            letters.append(self._letter(sender, f"Dar pridursiu: {added}.", thread))
            self.ledger.follow_ups[added] = word
        if text == RESTRICTED:
            self.ledger.restricted.add(word)
        if number % 6 == 5:
            letters.reverse()
        for letter in letters:
            self.deliver(letter, sender)
        self.ledger.inbound.append(word)
        if number % 3 == 2:
            self.deliver(letters[0], sender)
            self.ledger.doubled += 1

    def deliver(self, letter: EmailMessage, sender: str) -> None:
        self.dovecot.deliver(letter.as_bytes(), to=self.desk.address, sender=sender)

    def ask_at_length(self) -> None:
        """Send a mail that needs a file of its own."""
        word = self.word()
        sender = f"{word}@asker.test"
        asked = {"Message-ID": make_msgid(domain="asker.test")}
        self.deliver(self._letter(sender, f"{WAITING} ({word})", asked, large=True), sender)
        self.ledger.inbound.append(word)
        self.ledger.owed[word] = sender

    def _letter(
        self,
        sender: str,
        text: str,
        headers: dict[str, str],
        number: int = 0,
        *,
        large: bool = False,
    ) -> EmailMessage:
        letter = written(sender, self.desk.address, text, headers)
        if large or number % 8 == 7:
            content = sender.encode() * (_LARGE // len(sender))
            letter.add_attachment(content, maintype="application", subtype="octet-stream")
        return letter


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTelegram:
    """Asks, each question by somebody new, who now and then adds to it once the bot said a word."""

    telegram: EmulatorThread
    word: Callable[[], str]
    ledger: Ledger
    waiting: list[tuple[User, str]] = field(default_factory=list)

    def __call__(self, number: int) -> None:
        word = self.word()
        text = IN_CHAT if number % _CHAT_EVERY == 1 else (WAITING, ANSWERED)[number % 2]
        user = self.telegram.run(lambda emulator: _newcomer(emulator, f"{text} ({word})"))
        self.ledger.owed[word] = str(user.id)
        self.ledger.inbound.append(word)
        if number % 4 == 0:
            self.waiting.append((user, word))
        if self.waiting and self._adds(*self.waiting[0]):
            self.waiting.pop(0)

    def _adds(self, user: User, word: str) -> bool:
        added = self.word()

        def add(emulator: Emulator) -> bool:
            heard = [m for m in emulator.messages(user) if m.from_user == emulator.bot]
            if heard:
                emulator.reply(user, heard[0], f"Dar pridursiu: {added}.")
            return bool(heard)

        if not self.telegram.run(add):
            return False
        self.ledger.follow_ups[added] = word
        return True


def _newcomer(emulator: Emulator, text: str) -> User:
    user = emulator.user("Petras")
    emulator.say(user, text)
    return user


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWeb:
    """Asks, and asks again with the same key until the answer is there."""

    web: str
    word: Callable[[], str]
    ledger: Ledger
    given_up: threading.Event = field(default_factory=threading.Event)

    def __call__(self, number: int) -> None:
        word = self.word()
        sender = f"{word}@web.test"
        question = {"text": f"{(ANSWERED, WAITING)[number % 2]} ({word})", "email": sender}
        while not self._is_taken(question, key=word):
            if self.given_up.wait(0.05):
                return
        self.ledger.inbound.append(word)
        self.ledger.owed[word] = sender

    def _is_taken(self, question: dict[str, str], *, key: str) -> bool:
        try:
            answer = post_question(self.web, question, key=key)
        except httpx2.TransportError:
            return False
        assert answer.status_code in {201, 503}, answer.text
        return answer.status_code == 201


def written(sender: str, to: str, text: str, headers: dict[str, str]) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = "Klausimas"
    for name, value in headers.items():
        letter[name] = value
    letter.set_content(text + "\n")
    return letter


def said_by_the_bot(emulator: Emulator, messages: list[Message]) -> list[Message]:
    return [each for each in messages if each.from_user == emulator.bot and each.text]
