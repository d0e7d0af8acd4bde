"""A member's other address: an invitation followed, a mail address named, a code typed."""

import re
from functools import partial
from typing import Final

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated, Message, User

from bot.telegram.conversations import Conversations
from bot.telegram.ids import name_of
from bot.telegram.routers.filters import fits, says
from handlers.commands import Command, FollowLink, Joining, Link, Skip
from handlers.domain.channels import Address, Channel
from handlers.staff import digest
from knowledge_base.values import dataclass

_INVITATION: Final = re.compile(r"/start(?:@\w+)?\s+([A-Za-z0-9_-]{16,64})\s*", re.ASCII)
_CODE: Final = re.compile(r"\s*([0-9]{3})\s?([0-9]{3})\s*", re.ASCII)
_CHANGES: Final = {"kicked": Joining.BLOCKED, "member": Joining.BACK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Understands what joins a chat to a mail address, and what becomes of the chat itself.

    Six digits are a code only while one is awaited in the chat; else they are a question.
    """

    conversations: Conversations

    def router(self) -> Router:
        """Return the router of private chats that comes before the one of questions."""
        router = Router(name="linking")
        router.message.filter(fits(F.chat.type == "private"))
        router.my_chat_member.filter(fits(F.chat.type == "private"))
        router.message.register(self.follow, fits(F.text.regexp(_INVITATION, mode="fullmatch")))
        router.message.register(partial(self.ask, what=Joining.LINK), says("susieti", "link"))
        router.message.register(partial(self.ask, what=Joining.PART), says("atsieti", "unlink"))
        router.message.register(
            self.confirm, fits(F.text.regexp(_CODE, mode="fullmatch")), self.awaits
        )
        router.my_chat_member.register(self.changed)
        return router

    async def awaits(self, message: Message) -> bool:
        """Tell whether a code was sent for this chat."""
        return await self.conversations.awaits_code(str(message.chat.id))

    async def follow(self, message: Message) -> Command:
        """Take up a one-time link: an asker's invitation, or a consultant's."""
        found = _INVITATION.fullmatch(message.text or "")
        if found is None:
            return Skip(reason="not-for-us")
        return FollowLink(
            code_digest=digest(found[1]),
            by=_address(message.chat.id),
            name=message.from_user.full_name if message.from_user else "",
            language=await self._language(message.chat.id, message.from_user),
            once=f"link:{name_of(message.chat.id, message.message_id)}",
        )

    async def ask(self, message: Message, rest: str, *, what: Joining) -> Command:
        """Ask for the chat to be joined to a mail address, or parted from it."""
        return await self._asked(message, what, rest)

    async def confirm(self, message: Message) -> Command:
        """Take a typed code."""
        found = _CODE.fullmatch(message.text or "")
        code = "".join(found.groups()) if found else ""
        return await self._asked(message, Joining.CONFIRM, code)

    async def changed(self, event: ChatMemberUpdated) -> Command:
        """Remember that a member blocked the bot, or lets it write again."""
        what = _CHANGES.get(event.new_chat_member.status)
        if what is None:
            return Skip(reason="unknown-kind")
        return Link(
            by=_address(event.chat.id),
            name=event.from_user.full_name,
            what=what,
            language=await self._language(event.chat.id, event.from_user),
            once=name_of(event.chat.id, int(event.date.timestamp())),
        )

    async def _asked(self, message: Message, what: Joining, argument: str) -> Command:
        return Link(
            by=_address(message.chat.id),
            name=message.from_user.full_name if message.from_user else "",
            what=what,
            language=await self._language(message.chat.id, message.from_user),
            once=name_of(message.chat.id, message.message_id),
            argument=argument,
        )

    async def _language(self, chat: int, user: User | None) -> str:
        asker = await self.conversations.asker(str(chat))
        return asker.spoken(user.language_code if user else None)


def _address(chat: int) -> Address:
    return Address(Channel.TELEGRAM, str(chat))
