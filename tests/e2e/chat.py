"""Telegram as people see it, for a bot that is another process."""

from dataclasses import dataclass

from aiogram.types import Chat, Message, User

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.threaded import EmulatorThread

_SECONDS = 90.0
"""On a slow machine a role fails four or five times before a test goes on, and waits 16 s then."""


@dataclass(frozen=True, slots=True)
class Chatting:
    """What people do; where no chat is named, it is their own with the bot."""

    telegram: EmulatorThread

    def say(
        self, who: User, text: str, *, chat: Chat | None = None, topic: int | None = None
    ) -> Message:
        return self.telegram.run(lambda emulator: emulator.say(who, text, chat=chat, topic=topic))

    def reply(self, who: User, to: Message, text: str) -> Message:
        return self.telegram.run(lambda emulator: emulator.reply(who, to, text))

    def press(self, who: User, button: str, *, under: Message) -> None:
        self.telegram.run(lambda emulator: emulator.click(who, button, message=under))

    def wait_for(self, where: User | Chat, about: str, *, count: int = 1) -> Message:
        """Return the newest of the bot's messages with these words, once there are so many."""

        def look(emulator: Emulator) -> list[Message]:
            found = [
                message
                for message in emulator.messages(where)
                if message.from_user == emulator.bot and message.text and about in message.text
            ]
            return found if len(found) >= count else []

        return self.telegram.wait(look, _SECONDS)[-1]

    def texts(self, where: User | Chat) -> list[str]:
        """Return every word the bot said there."""
        return self.telegram.run(
            lambda emulator: [
                message.text
                for message in emulator.messages(where)
                if message.text and message.from_user == emulator.bot
            ]
        )

    def topic_of(self, chat: Chat, reference: str) -> int:
        """Return the topic of a ticket."""
        return self.telegram.run(
            lambda emulator: next(
                topic.id
                for topic in emulator.world.rooms[chat.id].topics.values()
                if topic.name.split(" · ")[0] == reference
            )
        )
