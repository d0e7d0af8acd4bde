"""Buttons members press; who presses is what Telegram says, never what the button says."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.telegram.conversations import Conversations
from bot.telegram.ids import (
    AskerButton,
    MemberButton,
    read_button,
    read_member_button,
    read_particular,
)
from bot.telegram.routers.filters import fits
from handlers.commands import Ask, Command, Press, Skip, Specify
from handlers.domain.channels import Address, Channel
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class Presses:
    """Understands the buttons of private chats.

    Whether this member may, and whether there is still something to do, is decided where the
    ticket is known. What no button of ours carries was made up.
    """

    conversations: Conversations

    def router(self) -> Router:
        """Return the router of members' buttons."""
        router = Router(name="presses")
        router.callback_query.filter(fits(F.message.chat.type == "private"))
        router.callback_query.register(self.press)
        return router

    async def press(self, query: CallbackQuery) -> Command:
        """Take a pressed button."""
        by = Address(Channel.TELEGRAM, str(query.from_user.id))
        if own := read_member_button(query.data):
            return await self._own(query, own, by)
        if said := read_particular(query.data):
            return Specify(ticket=said.ticket, what=said.what, value=said.value, by=by)
        button = read_button(query.data)
        if not isinstance(button, AskerButton):
            return Skip(reason="forged")
        return Press(ticket=button.ticket, wish=button.wish, by=by)

    async def _own(self, query: CallbackQuery, button: MemberButton, by: Address) -> Command:
        who = query.from_user
        asker = await self.conversations.asker(str(who.id))
        return Ask(
            by=by,
            name=who.full_name,
            what=button.what,
            argument=button.argument,
            language=asker.spoken(who.language_code),
            once=query.id,
        )
