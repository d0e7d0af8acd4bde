"""Bursts: the parts of an album, and short messages written one right after another.

A member's message waits a moment in the inbox for those that follow it, and is understood with
them as one question. A command, a press, an edit or somebody's contact ends the waiting.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from aiogram.types import Message

from bot.telegram.ids import name_of
from handlers.domain.ids import InboxId
from handlers.domain.messages import Received
from handlers.phones import looks_like_phone
from knowledge_base.values import dataclass

_APART: Final = timedelta(seconds=20)
"""What was written further apart is no burst, though it may reach us in one batch."""


@dataclass(frozen=True, slots=True)
class Part:
    """A message that followed another, and its row in the inbox."""

    row: InboxId
    message: Message


@dataclass(frozen=True, slots=True)
class Burst:
    """A message with those that are parts of what it says."""

    first: Message
    more: tuple[Part, ...] = ()

    @property
    def messages(self) -> list[Message]:
        """All of them, in their order."""
        return [self.first, *(part.message for part in self.more)]

    @property
    def rows(self) -> tuple[InboxId, ...]:
        """Where the further ones stand in the inbox."""
        return tuple(part.row for part in self.more)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the further ones."""
        found = (part.message for part in self.more)
        return tuple(name_of(message.chat.id, message.message_id) for message in found)


def held(received: Received, window: timedelta) -> Received:
    """Let a member's words wait for what follows them; a window of nothing holds nothing."""
    if not window:
        return received
    return replace(received, hold=window if _may_go_on(received.raw) else timedelta())


def together(first: Message, others: Sequence[Part]) -> list[Part]:
    """Return those of the next messages that are parts of what the first one says.

    A number alone may be a code or a telephone that we asked for, and speaks for itself.
    """
    parts: list[Part] = []
    last, target = first, first.reply_to_message
    for other in others:
        message, replied = other.message, other.message.reply_to_message
        if replied is not None and (target is None or replied.message_id != target.message_id):
            break
        if message.date - last.date > _APART or looks_like_phone(message.text or ""):
            break
        parts.append(other)
        last = message
    return parts


def _may_go_on(raw: bytes) -> bool:
    try:
        update = json.loads(raw)
    except ValueError:
        return False
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict) or "contact" in message:
        return False
    chat, text = message.get("chat"), message.get("text")
    is_command = isinstance(text, str) and text.startswith("/")
    return isinstance(chat, dict) and chat.get("type") == "private" and not is_command
