"""Groups the bot is brought into: it works in its staff chats and leaves all others."""

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
)

from bot.telegram.ids import name_of
from bot.telegram.places import Places
from handlers.commands import Command, Skip, Tell
from handlers.domain.channels import Address, Channel
from handlers.domain.outgoing import Key

_PRESENT = (ChatMemberOwner, ChatMemberAdministrator, ChatMemberMember, ChatMemberRestricted)
_LANGUAGE = "lt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Understands what becomes of the bot in groups.

    - In a foreign group it says what it is for, and goes.
    - In a staff chat where it may no longer open topics it says so: cards stand in the group then.
    - A staff chat that moved is followed.
    """

    places: Places

    def router(self) -> Router:
        """Return the router of groups."""
        router = Router(name="groups")
        router.my_chat_member.filter(F.chat.type.in_({"group", "supergroup"}))
        router.my_chat_member.register(self.changed)
        router.message.register(self.moved, F.migrate_to_chat_id)
        router.message.register(self.moved, F.migrate_from_chat_id)
        return router

    async def changed(self, event: ChatMemberUpdated) -> Command:
        """Look at what the bot is in a group now."""
        now, before = event.new_chat_member, event.old_chat_member
        if not isinstance(now, _PRESENT):
            return Skip(reason="left-a-group")
        if self.places.known(event.chat.id) is None:
            return Tell(
                to=Address(Channel.TELEGRAM, str(event.chat.id)),
                key=Key.STAFF_GOODBYE,
                language=_LANGUAGE,
                once=f"goodbye:{name_of(event.chat.id, int(event.date.timestamp()))}",
            )
        if _may_open_topics(now) or not _may_open_topics(before):
            return Skip(reason="rights-changed")
        return Tell(
            to=Address(Channel.TELEGRAM, self.places.known(event.chat.id) or ""),
            key=Key.STAFF_NO_TOPICS,
            language=_LANGUAGE,
            once=f"no-topics:{name_of(event.chat.id, int(event.date.timestamp()))}",
        )

    async def moved(self, message: Message) -> Command:
        """Follow a staff chat that got another id."""
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        if str(old) in self.places.chats:
            self.places.move(str(old), new)
        return Skip(reason="group-moved")


def _may_open_topics(member: object) -> bool:
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
