"""Whatever members write at once, each one's words and answers stay with that one.

Hypothesis writes who does what: questions, replies, presses, edits, files and consultants' answers,
several before anything is handled. Each remark carries a mark of whom it is by or for.
"""

import asyncio
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiogram.types import Chat, Message, User
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk
from tests.unit.bot.telegram.test_notes_stay_inside import a_forum

_NAMES = ("Ona", "Petras", "Rasa")
_MARK = re.compile(r"žymė(\d)")


class Sort(Enum):
    """What is done in a member's chat, or in the forum for that member."""

    ASK = auto()
    REPLY = auto()
    PRESS = auto()
    EDIT = auto()
    SEND = auto()
    ANSWER = auto()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing somebody does; `which` chooses among whatever there is."""

    sort: Sort
    member: int
    which: int


_DEEDS = st.builds(Deed, st.sampled_from(Sort), st.integers(0, 2), st.integers(0, 99))


@dataclass(kw_only=True)
class Crowd:
    """Members who write, and a consultant who answers them in the forum."""

    emu: Emulator
    forum: Chat
    jonas: User
    members: list[User]
    asked: dict[int, list[Message]] = field(default_factory=dict)
    written: int = 0

    def do(self, deed: Deed) -> None:
        self.written += 1
        who, emu = self.members[deed.member], self.emu
        words = f"{UNKNOWN} žymė{deed.member} {self.written}"
        ours = [m for m in emu.messages(who) if m.from_user and m.from_user.is_bot]
        own = self.asked.setdefault(deed.member, [])
        match deed.sort:
            case Sort.REPLY if ours:
                own.append(emu.reply(who, ours[deed.which % len(ours)], words))
            case Sort.PRESS if buttons := _buttons(ours):
                message, text = buttons[deed.which % len(buttons)]
                emu.click(who, text, message=message)
            case Sort.EDIT if own:
                emu.edit(who, own[deed.which % len(own)], words)
            case Sort.SEND:
                emu.send(who, Attachment(), caption=words)
            case Sort.ANSWER if cards := self._cards(deed.member):
                emu.reply(self.jonas, cards[deed.which % len(cards)], f"Atsakau, žymė{deed.member}")
            case _:
                own.append(emu.say(who, words))

    def _cards(self, member: int) -> list[Message]:
        shown = self.emu.messages(self.forum)
        return [m for m in shown if f"žymė{member}" in _words(m) and m.from_user != self.jonas]


def _buttons(messages: Iterable[Message]) -> list[tuple[Message, str]]:
    return [
        (message, button.text)
        for message in messages
        if message.reply_markup
        for row in message.reply_markup.inline_keyboard
        for button in row
        if button.callback_data
    ]


def _words(message: Message) -> str:
    return message.text or message.caption or ""


def _marks(texts: Iterable[str]) -> set[int]:
    return {int(number) for text in texts for number in _MARK.findall(text)}


async def _what_stays_apart(seeded: Path, deeds: list[Deed]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(seeded, folder, dirs_exist_ok=True)
        async with a_forum(Path(folder)) as (desk, forum):
            jonas = desk.emu.user("Jonas")
            desk.emu.join(forum, jonas)
            desk.consultant(jonas)
            members = [desk.emu.user(name) for name in _NAMES]
            crowd = Crowd(emu=desk.emu, forum=forum, jonas=jonas, members=members)
            for start in range(0, len(deeds), 6):
                for deed in deeds[start : start + 6]:
                    crowd.do(deed)
                await desk.settle()
            _check(desk, crowd)


def _check(desk: Desk, crowd: Crowd) -> None:
    for number, member in enumerate(crowd.members):
        own = {number}
        assert _marks(desk.texts(member)) <= own
        for ticket in desk.tickets(member):
            assert _marks(text for _, text in desk.articles(ticket)) <= own
    for topic in crowd.emu.world.rooms[crowd.forum.id].topics:
        shown = crowd.emu.messages(crowd.forum)
        assert len(_marks(_words(m) for m in shown if m.message_thread_id == topic)) <= 1


@pytest.mark.soak
def test_members_at_once_never_mix(seeded: Path, *, soak: bool) -> None:
    @settings(max_examples=200 if soak else 2)
    @given(st.lists(_DEEDS, min_size=12, max_size=18))
    def check(deeds: list[Deed]) -> None:
        asyncio.run(_what_stays_apart(seeded, deeds))

    check()
