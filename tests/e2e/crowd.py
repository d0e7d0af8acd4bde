"""Askers on every channel and a consultant who answers by mail, all at once, and a ledger.

The ledger stands outside of the helpdesk: every message sent in carries a word of its own.
"""

import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from functools import partial
from itertools import count
from types import TracebackType
from typing import Self

import httpx2

from tests.e2e.correspondent import read, text_of
from tests.e2e.web import post_question
from tests.servers.dovecot import Account, Dovecot
from tests.servers.smtp_sink import Delivered, SmtpSink
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

ANSWERED = "Ar bendruomenės šventėje galima leisti aitvarus?"
WAITING = "Kodėl mūsų katinas miega ant stogo?"
IN_CHAT = "Kada skambinamas salės varpas?"
_PAUSE = 0.3
_CHAT_EVERY = 15
"""A staff chat takes 18 messages a minute, and a new topic every four seconds."""


@dataclass(slots=True)
class Ledger:
    """What was sent in, by its word; `follow_ups` name the word they add to.

    `owed` says who must hear something because of a word: a mail address or a Telegram account.
    """

    inbound: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    follow_ups: dict[str, str] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Crowd:
    """Writes from the start of the block until its end; what was begun is finished."""

    desk: Account
    consultant: str
    dovecot: Dovecot
    telegram: EmulatorThread
    sink: SmtpSink
    web: str
    word: Callable[[], str]
    ledger: Ledger = field(default_factory=Ledger)
    _over: threading.Event = field(default_factory=threading.Event)
    _given_up: threading.Event = field(default_factory=threading.Event)
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4))
    _roads: list[Future[None]] = field(default_factory=list)

    def __enter__(self) -> Self:
        roads = (self._by_mail, self._by_telegram, self._on_the_web, self._as_consultant)
        self._roads = [self._threads.submit(road) for road in roads]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if kind is not None:
            self._given_up.set()
        self._threads.shutdown()
        for road in self._roads:
            road.result()

    def _by_mail(self) -> None:
        """Ask, and add something to every question that waits."""
        for number in count():
            word, added = self.word(), self.word()
            sender, asked = f"{word}@asker.test", make_msgid(domain="asker.test")
            text = ANSWERED if number % 3 == 0 else WAITING
            self._deliver(sender, f"{text} ({word})", {"Message-ID": asked})
            self.ledger.inbound.append(word)
            self.ledger.owed[word] = sender
            if text == WAITING:
                thread = {"Message-ID": make_msgid(), "In-Reply-To": asked, "References": asked}
                self._deliver(sender, f"Dar pridursiu: {added}.", thread)
                self.ledger.follow_ups[added] = word
            if self._over.wait(_PAUSE):
                return

    def _by_telegram(self) -> None:
        """Ask, each question by somebody new."""
        for number in count(1):
            word = self.word()
            text = IN_CHAT if number % _CHAT_EVERY == 0 else (ANSWERED, WAITING)[number % 2]
            ask = partial(_say_as_newcomer, text=f"{text} ({word})")
            self.ledger.owed[word] = self.telegram.run(ask)
            self.ledger.inbound.append(word)
            if self._over.wait(_PAUSE):
                return

    def _on_the_web(self) -> None:
        """Ask, and ask again with the same key until the answer is there."""
        for number in count():
            word = self.word()
            sender = f"{word}@web.test"
            question = {"text": f"{(ANSWERED, WAITING)[number % 2]} ({word})", "email": sender}
            while not self._is_taken(question, key=word):
                if self._given_up.wait(0.05):
                    return
            self.ledger.inbound.append(word)
            self.ledger.owed[word] = sender
            if self._over.wait(_PAUSE):
                return

    def _is_taken(self, question: dict[str, str], *, key: str) -> bool:
        try:
            answer = post_question(self.web, question, key=key)
        except httpx2.TransportError:
            return False
        assert answer.status_code in {201, 503}, answer.text
        return answer.status_code == 201

    def _as_consultant(self) -> None:
        """Answer every other notification, once, however often it arrives."""
        answered: set[str] = set()
        looked_at = 0
        while not self._over.wait(0.05):
            messages = self.sink.messages
            for told in messages[looked_at:]:
                name = str(told.message["Message-ID"])
                if told.recipients != (self.consultant,) or name in answered:
                    continue
                answered.add(name)
                if len(answered) % 2 and not _is_about_delivery(told):
                    self._answer(name)
            looked_at = len(messages)

    def _answer(self, name: str) -> None:
        word = self.word()
        thread = {"Message-ID": make_msgid(), "In-Reply-To": name, "References": name}
        self._deliver(self.consultant, f"Atsakau: {word}.", thread)
        self.ledger.replies.append(word)

    def _deliver(self, sender: str, text: str, headers: Mapping[str, str]) -> None:
        letter = EmailMessage(policy=SMTP)
        letter["From"] = sender
        letter["To"] = self.desk.address
        letter["Subject"] = "Klausimas"
        for name, value in headers.items():
            letter[name] = value
        letter.set_content(text + "\n")
        self.dovecot.deliver(letter.as_bytes(), to=self.desk.address, sender=sender)


def _say_as_newcomer(emulator: Emulator, *, text: str) -> str:
    user = emulator.user("Petras")
    emulator.say(user, text)
    return str(user.id)


def _is_about_delivery(told: Delivered) -> bool:
    """Say whether the mail tells only that a message may not have arrived."""
    return re.search(r"\(zq\w+\)|Dar pridursiu", text_of(read(told.raw))) is None
