"""Calls and visits written down by consultants, in their chats or in private with the bot."""

from functools import partial
from typing import Final

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.telegram.ids import name_of, read_talk_button
from bot.telegram.routers.filters import fits, is_command, says
from bot.telegram.routers.staff import Consultants
from bot.telegram.routers.staff_places import author, explicitly_replied, topic
from bot.units import Units
from handlers.commands import Command, Skip
from handlers.domain.outgoing import Key
from handlers.domain.tickets import ArticleKind
from handlers.talk_commands import MendTalk, TellTalk
from knowledge_base.values import dataclass

_COMMANDS: Final = {ArticleKind.CALL: "skambutis", ArticleKind.VISIT: "vizitas"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """Takes `/skambutis` and `/vizitas`, replies to the cards of talks, and their buttons.

    In a private chat the commands are a consultant's alone: a member who writes one is told how
    the bot works, as of any command they do not have.
    """

    consultants: Consultants
    units: Units

    def router(self) -> Router:
        """Return the router; it has to stand before those of chats and of members."""
        router = Router(name="talks")
        router.message.filter(self.is_ours)
        router.edited_message.filter(self.is_ours)
        for kind, name in _COMMANDS.items():
            router.message.register(partial(self.tell, kind=kind), says(name))
            router.edited_message.register(partial(self.tell, kind=kind), says(name))
        router.message.register(self.reply, self.answers_card)
        router.callback_query.register(self.press, fits(F.data.startswith("k:")))
        return router

    async def is_ours(self, message: Message) -> bool:
        """Tell whether it is a chat of consultants, or the private one of one of them."""
        if message.chat.type != "private":
            return self.consultants.places.known(message.chat.id) is not None
        wanted = await says(*_COMMANDS.values())(message) is not False
        if not wanted and explicitly_replied(message) is None:
            return False
        telegram = str(message.chat.id)
        found = await self.units.read(lambda uow: uow.consultants.by_telegram(telegram))
        return found is not None

    async def answers_card(self, message: Message) -> bool:
        """Tell whether the message replies to the card of a talk, and is no command."""
        replied = explicitly_replied(message)
        if replied is None or not message.text or is_command(message.text):
            return False
        spot = await self.consultants.conversations.spot(
            self.consultants.chat(message), topic(message), replied.message_id
        )
        return spot.replied is not None and spot.replied.key == Key.STAFF_TALK

    async def tell(self, message: Message, *, kind: ArticleKind, rest: str) -> Command:
        """Write a call or a visit down; in a ticket's topic, to that ticket."""
        chat, where, replied = (
            self.consultants.chat(message),
            topic(message),
            explicitly_replied(message),
        )
        spot = await self.consultants.conversations.spot(
            chat, where, replied.message_id if replied else None
        )
        return TellTalk(
            kind=kind,
            line=rest,
            telegram=author(message) or "",
            chat=chat,
            message=name_of(chat, message.message_id),
            thread=str(where) if where is not None else "",
            ticket=spot.ticket,
            edited=int(message.edit_date or 0),
        )

    async def reply(self, message: Message) -> Command:
        """Mend what was understood."""
        chat, replied = self.consultants.chat(message), explicitly_replied(message)
        if replied is None:
            return Skip(reason="no-card")
        return MendTalk(
            telegram=author(message) or "",
            chat=chat,
            shown=name_of(chat, replied.message_id),
            once=name_of(chat, message.message_id),
            line=message.text or "",
        )

    async def press(self, query: CallbackQuery) -> Command:
        """Take a pressed button of a card."""
        button, message = read_talk_button(query.data), query.message
        if button is None or message is None:
            return Skip(reason="forged")
        chat = self.consultants.chat(message)
        return MendTalk(
            telegram=str(query.from_user.id),
            chat=chat,
            shown=name_of(chat, message.message_id),
            once=query.id,
            article=button.article,
            act=button.act,
            argument=button.argument,
        )
