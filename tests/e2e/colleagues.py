"""Consultants at work: they answer by mail and in the staff chat, and write notes to each other."""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import make_msgid
from typing import Final

from aiogram.types import Chat, Message, User

from tests.e2e.correspondent import read, text_of
from tests.e2e.crowd import ByMail, Ledger, said_by_the_bot, written
from tests.e2e.helpdesk import Helpdesk
from tests.servers.smtp_sink import Delivered, SmtpSink
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

_ASKED: Final = re.compile(r"\((zq\w+)\)")
_SHOWN_BACK: Final = "dar neišsiuntėme"
"""What was written from an older view waits for a yes."""

_REFERENCE: Final = re.compile(r"\bNVO-\d+\b")


@dataclass(slots=True, kw_only=True)
class AnswersByMail:
    """Answers every other matter, once, and says yes where an answer is shown back.

    At rest they begin nothing, but finish what they began.
    """

    address: str
    sink: SmtpSink
    mail: ByMail
    rests: threading.Event = field(default_factory=threading.Event)
    read: set[str] = field(default_factory=set)
    known: list[str] = field(default_factory=list)
    looked_at: int = 0

    def __call__(self, _number: int) -> None:
        messages = self.sink.messages
        for told in messages[self.looked_at :]:
            name = str(told.message["Message-ID"])
            if told.recipients == (self.address,) and name not in self.read:
                self.read.add(name)
                if _SHOWN_BACK in text_of(read(told.raw)):
                    self._say(name, "Taip")
                elif self._is_theirs(told) and not self.rests.is_set():
                    self._answer(name)
        self.looked_at = len(messages)

    def _is_theirs(self, told: Delivered) -> bool:
        """Choose every other matter they are told of, when they are told of it first."""
        found = _REFERENCE.search(str(told.message["Subject"]))
        if found is None or found[0] in self.known or _is_about_delivery(told):
            return False
        self.known.append(found[0])
        return len(self.known) % 2 == 1

    def _answer(self, name: str) -> None:
        word = self.mail.word()
        self._say(name, f"Atsakau: {word}.")
        self.mail.ledger.replies.append(word)

    def _say(self, name: str, text: str) -> None:
        thread = {"Message-ID": make_msgid(), "In-Reply-To": name, "References": name}
        self.mail.deliver(written(self.address, self.mail.desk.address, text, thread), self.address)


@dataclass(slots=True, kw_only=True)
class AnswersInChat:
    """Writes a note under every new question in the staff chat, and then answers it.

    A card whose topic stayed in doubt stands outside of all topics; what is said there is no note.
    """

    who: User
    room: Chat
    telegram: EmulatorThread
    word: Callable[[], str]
    ledger: Ledger
    answered: set[str] = field(default_factory=set)

    def __call__(self, _number: int) -> None:
        for card in self.telegram.run(self._cards):
            asked = _ASKED.search(card.text or "")
            if asked and asked[1] not in self.answered:
                self.answered.add(asked[1])
                self._answer(card)

    def _cards(self, emulator: Emulator) -> list[Message]:
        return said_by_the_bot(emulator, emulator.messages(self.room))

    def _answer(self, card: Message) -> None:
        note, word = self.word(), self.word()

        def answer(emulator: Emulator) -> None:
            topic = card.message_thread_id
            if topic is not None:
                emulator.say(self.who, f"Vidinis {note}", chat=self.room, topic=topic)
            emulator.reply(self.who, card, f"Atsakau: {word}.")

        self.telegram.run(answer)
        self.ledger.replies.append(word)
        if card.message_thread_id is not None:
            self.ledger.notes.append(note)


@dataclass(slots=True, kw_only=True)
class Notes:
    """Writes a note, by command, on each restricted matter they are told of."""

    address: str
    helpdesk: Helpdesk
    sink: SmtpSink
    ledger: Ledger
    noted: set[str] = field(default_factory=set)

    def __call__(self, _number: int) -> None:
        told = (each for each in self.sink.messages if each.recipients == (self.address,))
        found = (_REFERENCE.search(str(each.message["Subject"])) for each in told)
        for reference in sorted({each[0] for each in found if each} - self.noted)[:1]:
            self._note(reference)

    def _note(self, reference: str) -> None:
        """Write it, and look whether it is there before trying again."""
        word, who = self.helpdesk.word(), ("--as", self.address)
        words = ("desk", "note", reference, *who, "--text", f"Vidinis {word}")
        while self.helpdesk.run(*words).status != 0:
            shown = self.helpdesk.run("ticket", reference, "--json")
            if shown.status == 0 and word in json.dumps(json.loads(shown.output)):
                break
        self.noted.add(reference)
        self.ledger.notes.append(word)
        self.ledger.restricted.add(word)


def _is_about_delivery(told: Delivered) -> bool:
    """Say whether the mail tells only that a message may not have arrived."""
    return re.search(r"\(zq\w+\)|Dar pridursiu", text_of(read(told.raw))) is None
