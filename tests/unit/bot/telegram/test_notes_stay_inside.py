"""Whatever is written in the staff forum, only explicit replies of consultants reach the members.

Hypothesis writes the messages: replies, notes, edits, commands, files and presses, in topics and
in General, by consultants, strangers and an anonymous administrator. What each member must get is
counted beside it, by the rule alone.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiogram.types import Chat, Message, User
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import open_desk
from bot.settings import Settings, StaffChatSettings
from bot.telegram.api import Api
from handlers.policy import AutoAnswers
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk, MovableClock

_COMMANDS = ("/ats", "/juodrastis", "/juodraštis@bot", "/sablonas", "/eile", "/mano", "/imu")


class Sort(Enum):
    """What is done; only the first may reach a member."""

    REPLY = auto()
    NOTE = auto()
    REPLY_TO_OTHER = auto()
    COMMAND = auto()
    GENERAL = auto()
    FILE = auto()
    CAPTIONED_COMMAND = auto()
    EDIT_OF_NOTE = auto()
    EDIT_INTO_COMMAND = auto()
    ASK_FOR_DRAFT = auto()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing somebody does; numbers choose among whatever there is."""

    sort: Sort
    who: int
    where: int
    which: int


_DEEDS = st.builds(
    Deed, st.sampled_from(Sort), st.integers(0, 3), st.integers(0, 1), st.integers(0, 99)
)


@dataclass(kw_only=True)
class Forum:
    """Consultants and others who write; each remark has words of its own."""

    emu: Emulator
    chat: Chat
    people: list[User]
    consultants: int
    meant: dict[int, list[str]] = field(default_factory=dict)
    notes: list[tuple[User, Message]] = field(default_factory=list)
    answers: list[tuple[User, Message]] = field(default_factory=list)
    written: int = 0

    def cards(self) -> list[Message]:
        return [m for m in self.emu.messages(self.chat) if UNKNOWN in (m.text or "")]

    def others(self) -> list[Message]:
        """List everything else one can reply to, the first message of each topic included."""
        return [m for m in self.emu.messages(self.chat) if UNKNOWN not in (m.text or "")]

    def do(self, deed: Deed) -> None:  # noqa: C901 -- one case for each sort
        self.written += 1
        words, who = f"žodžiai {self.written:04}", self.people[deed.who]
        card = self.cards()[deed.where]
        topic, chat = card.message_thread_id or 0, self.chat
        command = f"{_COMMANDS[deed.which % len(_COMMANDS)]} {words}"
        match deed.sort:
            case Sort.REPLY:
                self.answers.append((who, self.emu.reply(who, card, words)))
                if deed.who < self.consultants:
                    self.meant.setdefault(topic, []).append(words)
            case Sort.NOTE:
                self.notes.append((who, self.emu.say(who, words, chat=chat, topic=topic)))
            case Sort.REPLY_TO_OTHER:
                others = self.others()
                self.emu.reply(who, others[deed.which % len(others)], words)
            case Sort.COMMAND:
                self.emu.reply(who, card, command)
            case Sort.GENERAL:
                self.emu.say(who, words, chat=chat)
            case Sort.FILE:
                self.emu.send(who, Attachment(), caption=words, chat=chat, topic=topic)
            case Sort.CAPTIONED_COMMAND:
                self.emu.send(who, Attachment(), caption=command, chat=chat, reply_to=card)
            case Sort.EDIT_OF_NOTE if self.notes:
                author, note = self.notes[deed.which % len(self.notes)]
                self.emu.edit(author, note, words)
            case Sort.EDIT_INTO_COMMAND if self.answers:
                author, answer = self.answers[deed.which % len(self.answers)]
                self.emu.edit(author, answer, command)
            case Sort.ASK_FOR_DRAFT if _offers(card, button := "Rengti juodraštį"):
                self.emu.click(who, button, message=card)
            case _:
                return


def _offers(card: Message, button: str) -> bool:
    """Tell whether the card has the button now; one with a draft has others instead."""
    rows = card.reply_markup.inline_keyboard if card.reply_markup else []
    return any(each.text == button for row in rows for each in row)


@asynccontextmanager
async def a_forum(folder: Path) -> AsyncIterator[tuple[Desk, Chat]]:
    async with Emulator() as emu:
        api, forum = Api(server=emu.url, token=TOKEN), emu.forum()
        wanted = Settings(
            data_dir=folder,
            auto_answers=AutoAnswers.ON,
            telegram_token=TOKEN,
            telegram_undo_seconds=0,
            staff_chats=(StaffChatSettings(chat=str(forum.id)),),
        )
        clock = MovableClock()
        try:
            with open_desk(wanted, clock=clock) as app:
                yield Desk(app=app, emu=emu, clock=clock, api=api, chats=(str(forum.id),)), forum
        finally:
            await api.close()
        assert emu.violations == []


async def _what_members_get(deeds: list[Deed]) -> None:
    with TemporaryDirectory() as folder:
        async with a_forum(Path(folder)) as (desk, forum):
            emu = desk.emu
            people = [emu.user(name) for name in ("Jonas", "Rasa", "Svetimas", "Slapukas")]
            for number, person in enumerate(people):
                emu.join(forum, person)
                if number < 2 or person is people[3]:
                    desk.consultant(person, email=f"k{number}@example.org")
            emu.make_anonymous(forum, people[3])
            members = [emu.user("Ona"), emu.user("Petras")]
            for member in members:
                emu.say(member, UNKNOWN)
            await desk.settle()
            crowd = Forum(emu=emu, chat=forum, people=people, consultants=2)
            topics = [card.message_thread_id for card in crowd.cards()]

            for start in range(0, len(deeds), 5):
                for deed in deeds[start : start + 5]:
                    crowd.do(deed)
                await desk.settle()

            for member, topic in zip(members, topics, strict=True):
                texts = desk.texts(member)
                got = [text.split("\n")[2] for text in texts if text.startswith("Atsakymas")]
                assert got == crowd.meant.get(topic or 0, [])
                assert not [m for m in emu.messages(member) if m.document]
                heard = "\n".join(texts)
                assert heard.count("žodžiai") == len(got)
                assert "/" not in heard.replace(UNKNOWN, "")


@pytest.mark.soak
def test_only_explicit_replies_reach_members_and_each_its_own(*, soak: bool) -> None:
    @settings(max_examples=200 if soak else 2)
    @given(st.lists(_DEEDS, min_size=15, max_size=20))
    def check(deeds: list[Deed]) -> None:
        asyncio.run(_what_members_get(deeds))

    check()
