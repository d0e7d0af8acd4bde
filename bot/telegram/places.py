"""Staff chats by the ids they were set up with, though Telegram may have moved one since.

A group that becomes a supergroup, as it does when topics are switched on, gets another id. What we
remember keeps the old one; only calls carry the new.
"""

import logging
from collections.abc import Iterable
from dataclasses import field

from bot.telegram.api import Api, RefusedError, TelegramError
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Places:
    """Knows where each chat is now, and which chat an id means to us."""

    chats: frozenset[str] = frozenset()
    _moved: dict[str, str] = field(default_factory=dict)

    def move(self, chat: str, to: int) -> None:
        """Remember that a chat has another id now."""
        if self._moved.get(chat) != str(to):
            logger.error("staff chat has a new id; set it", extra={"chat": chat, "now": to})
            self._moved[chat] = str(to)

    def now(self, chat: str) -> str:
        """Return the id to be called."""
        return self._moved.get(chat, chat)

    def known(self, chat: int) -> str | None:
        """Return the id a staff chat was set up with; None for any other chat."""
        names = {self._moved.get(name, name): name for name in self.chats}
        return str(chat) if str(chat) in self.chats else names.get(str(chat))


def places_of(chats: Iterable[str]) -> Places:
    """Begin with the chats of the settings."""
    return Places(frozenset(chat.strip() for chat in chats))


async def learn(api: Api, places: Places) -> None:
    """Ask where the staff chats are; what cannot be asked now is learnt by its next message."""
    for chat in sorted(places.chats):
        try:
            await api.call("getChat", {"chat_id": chat})
        except RefusedError as refused:
            if refused.migrated_to is not None:
                places.move(chat, refused.migrated_to)
        except TelegramError:
            return
