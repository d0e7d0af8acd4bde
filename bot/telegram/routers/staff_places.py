"""Where a message of a chat of consultants stands, who wrote it, and what it replies to."""

import re
from typing import Final

from aiogram.types import Message

from bot.telegram.styled import QUOTES, Style
from handlers.domain.ids import TicketId
from handlers.domain.tickets import parse_reference

_FIRST_WORD: Final = re.compile(r"\S+")


def topic(message: Message) -> int | None:
    """Return the topic; a thread of replies in an ordinary group has a number too, but is none."""
    return message.message_thread_id if message.is_topic_message else None


def explicitly_replied(message: Message) -> Message | None:
    """Return what was replied to; in a topic every message "replies" to the topic's first."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    # Where there are no topics, that number is the first message of a thread of replies.
    return replied if replied.message_id != topic(message) else None


def author(message: Message) -> str | None:
    """Return who wrote; a chat's own id stands for those who write in its name."""
    if message.sender_chat is not None:
        return str(message.sender_chat.id)
    return str(message.from_user.id) if message.from_user else None


def shows_asker(replied: Message, *, bot: int) -> bool:
    """Tell whether the bot quoted an asker there, in whichever part or copy of a message."""
    if replied.from_user is None or replied.from_user.id != bot:
        return False
    marks = (*(replied.entities or ()), *(replied.caption_entities or ()))
    return any(mark.type in QUOTES for mark in marks)


def headed(replied: Message) -> TicketId | None:
    """Return the ticket a message of ours is headed with.

    The heading is bold from its first sign; what an asker wrote never is.
    """
    words = _FIRST_WORD.match(replied.text or "")
    marks = replied.entities or []
    if words is None or not any((m.type, m.offset) == (Style.BOLD.value, 0) for m in marks):
        return None
    return parse_reference(words[0])
