"""Consultants in their chats: replies, notes and the buttons of cards.

The rule that keeps notes from leaking: only an explicit reply to a card, or to a message of the
bot that shows the asker's words, is an answer. Whatever else is written stays inside.
"""

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from bot.telegram.contents import Contents
from bot.telegram.conversations import Conversations
from bot.telegram.ids import CardButton, name_of, read_button
from bot.telegram.places import Places
from bot.telegram.routers.filters import is_command
from bot.telegram.styled import QUOTES
from handlers.commands import Command, Skip, StaffAct, StaffEdit, StaffNote, StaffReply
from handlers.domain.messages import Claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultants:
    """Understands what happens in the staff chats.

    - Who writes is judged by the desk; an anonymous administrator or a channel is nobody there.
    - A command is never sent to an asker, even as a reply.
    - A card's button counts only where that card's ticket is shown.
    """

    conversations: Conversations
    contents: Contents
    places: Places
    bot_id: int

    def router(self) -> Router:
        """Return the router of the staff chats."""
        here = F.chat.func(lambda chat: self.places.known(chat.id) is not None)
        router = Router(name="staff")
        router.message.filter(here)
        router.edited_message.filter(here)
        router.callback_query.filter(F.message.func(self._is_here))
        router.message.register(self.words)
        router.edited_message.register(self.edited)
        router.callback_query.register(self.press)
        return router

    async def words(self, message: Message, claimed: Claimed) -> Command:
        """Take a reply or a note."""
        author = _author(message)
        if author is None or author == str(self.bot_id):
            return Skip(reason="own")
        chat, topic = self._chat(message), _topic(message)
        replied = _explicitly_replied(message)
        spot = await self.conversations.spot(chat, topic, replied.message_id if replied else None)
        if spot.ticket is None:
            return Skip(reason="no-ticket")
        content = await self.contents.of(message, attempts=claimed.attempts)
        if content is None:
            return Skip(reason="nothing-said")
        name = name_of(chat, message.message_id)
        answers = replied is not None and (spot.is_answer or self._shows_asker(replied))
        if answers and not is_command(message.text):
            return StaffReply(
                ticket=spot.ticket,
                telegram=author,
                text=content.text,
                chat=chat,
                external_id=name,
                attachments=content.attachments,
            )
        return StaffNote(
            ticket=spot.ticket,
            telegram=author,
            text=content.text,
            external_id=name,
            attachments=content.attachments,
        )

    async def edited(self, message: Message, claimed: Claimed) -> Command:
        """Take other words for what was written before: what was an answer is corrected."""
        author, chat = _author(message), self._chat(message)
        spot = await self.conversations.spot(chat, _topic(message), None)
        replied = _explicitly_replied(message)
        if spot.ticket is None and replied is not None:
            spot = await self.conversations.spot(chat, None, replied.message_id)
        content = await self.contents.of(message, attempts=claimed.attempts)
        if spot.ticket is None or author is None or content is None:
            return Skip(reason="no-ticket")
        name = name_of(chat, message.message_id)
        return StaffEdit(
            ticket=spot.ticket,
            telegram=author,
            text=content.text,
            chat=chat,
            original=name,
            external_id=f"{name}:{message.edit_date or 0}",
            attachments=content.attachments,
        )

    async def press(self, query: CallbackQuery) -> Command:
        """Take a pressed button of a card."""
        button, message = read_button(query.data), query.message
        if not isinstance(button, CardButton) or message is None:
            return Skip(reason="forged")
        chat = self._chat(message)
        topic = None if isinstance(message, InaccessibleMessage) else _topic(message)
        spot = await self.conversations.spot(chat, topic, message.message_id)
        if spot.ticket != button.ticket:
            return Skip(reason="forged")
        return StaffAct(
            ticket=button.ticket,
            telegram=str(query.from_user.id),
            act=button.act,
            argument=button.argument,
            chat=chat,
        )

    def _is_here(self, message: Message | InaccessibleMessage) -> bool:
        return self.places.known(message.chat.id) is not None

    def _chat(self, message: Message | InaccessibleMessage) -> str:
        return self.places.known(message.chat.id) or str(message.chat.id)

    def _shows_asker(self, replied: Message) -> bool:
        """Tell whether the bot quoted an asker there, in whichever part or copy of a message."""
        if replied.from_user is None or replied.from_user.id != self.bot_id:
            return False
        marks = (*(replied.entities or ()), *(replied.caption_entities or ()))
        return any(mark.type in QUOTES for mark in marks)


def _topic(message: Message) -> int | None:
    """Return the topic; a thread of replies in an ordinary group has a number too, but is none."""
    return message.message_thread_id if message.is_topic_message else None


def _explicitly_replied(message: Message) -> Message | None:
    """Return what was replied to; in a topic every message "replies" to the topic's first."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    return replied if replied.message_id != message.message_thread_id else None


def _author(message: Message) -> str | None:
    """Return who wrote; a chat's own id stands for those who write in its name."""
    if message.sender_chat is not None:
        return str(message.sender_chat.id)
    return str(message.from_user.id) if message.from_user else None
