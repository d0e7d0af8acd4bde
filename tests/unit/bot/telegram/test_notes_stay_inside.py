"""Whatever is written in the staff forum, only explicit replies ever reach the members."""

import random
from dataclasses import dataclass, field

import pytest
from aiogram.types import Chat, Message, User

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

_MESSAGES = 40
_PER_ROUND = 5


@dataclass(kw_only=True)
class _Forum:
    """Consultants who write at random; each remark has words of its own."""

    emu: Emulator
    chat: Chat
    staff: list[User]
    dice: random.Random
    meant_for: dict[str, int] = field(default_factory=dict)
    written: int = 0

    def cards(self) -> list[Message]:
        """List the messages of the bot that show what a member wrote."""
        return [m for m in self.emu.messages(self.chat) if UNKNOWN in (m.text or "")]

    def others(self) -> list[Message]:
        """List everything else one can reply to, the first message of each topic included."""
        return [m for m in self.emu.messages(self.chat) if UNKNOWN not in (m.text or "")]

    def write(self) -> None:
        """Write one message of a random sort."""
        self.written += 1
        words = f"žodžiai {self.written:04}"
        card, who = self.dice.choice(self.cards()), self.dice.choice(self.staff)
        topic = card.message_thread_id
        match self.dice.randrange(6):
            case 0:
                self.emu.reply(who, card, words)
                self.meant_for[words] = topic or 0
            case 1:
                self.emu.say(who, words, chat=self.chat, topic=topic)
            case 2:
                self.emu.reply(who, self.dice.choice(self.others()), words)
            case 3:
                self.emu.reply(who, card, f"/ats {words}")
            case 4:
                self.emu.say(who, words, chat=self.chat)
            case _:
                self.emu.send(
                    who, Attachment(name=f"{words}.pdf"), caption=words, chat=self.chat, topic=topic
                )


@pytest.mark.parametrize("seed", range(3))
async def test_only_explicit_replies_reach_members_and_each_its_own(
    desk: Desk, emu: Emulator, forum: Chat, seed: int
) -> None:
    staff = [emu.user("Jonas"), emu.user("Rasa"), emu.user("Svetimas")]
    for number, person in enumerate(staff[:2]):
        desk.consultant(person, email=f"k{number}@example.org")
    for person in staff:
        emu.join(forum, person)
    members = [emu.user("Ona"), emu.user("Petras")]
    for member in members:
        emu.say(member, UNKNOWN)
    await desk.settle()
    crowd = _Forum(emu=emu, chat=forum, staff=staff[:2], dice=random.Random(seed))  # noqa: S311
    topics = [card.message_thread_id for card in crowd.cards()]

    for _ in range(_MESSAGES // _PER_ROUND):
        for _ in range(_PER_ROUND):
            crowd.write()
        await desk.settle()

    for member, topic in zip(members, topics, strict=True):
        words = [text.split("\n")[2] for text in desk.texts(member) if text.startswith("Atsakymas")]
        assert words == [said for said, meant in crowd.meant_for.items() if meant == topic]
        assert not [m for m in emu.messages(member) if m.document]
