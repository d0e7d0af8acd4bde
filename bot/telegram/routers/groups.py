"""Groups the bot is brought into: it works in its staff chats and leaves all others."""

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated, Message

from bot.telegram.ids import name_of
from bot.telegram.routers.filters import fits
from bot.telegram.staff_watch import PRESENT, StaffWatch, trouble_of
from handlers.commands import Command, Skip, Tell
from handlers.domain.channels import Address, Channel
from handlers.domain.outgoing import Key
from handlers.staff_commands import StaffChatChanged
from knowledge_base.values import dataclass

_LANGUAGE = "lt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Understands what becomes of the bot in groups.

    - In a foreign group it says what it is for, and goes.
    - In a staff chat where it may no longer open topics it says so: cards stand in the group then.
      Of this, and of being silenced or removed, coordinators are told by mail.
    - A staff chat that moved is followed.
    """

    watch: StaffWatch

    def router(self) -> Router:
        """Return the router of groups."""
        router = Router(name="groups")
        router.my_chat_member.filter(fits(F.chat.type.in_({"group", "supergroup"})))
        router.my_chat_member.register(self.changed)
        router.message.register(self.moved, fits(F.migrate_to_chat_id))
        router.message.register(self.moved, fits(F.migrate_from_chat_id))
        return router

    async def changed(self, event: ChatMemberUpdated) -> Command:
        """Look at what the bot is in a group now."""
        now = event.new_chat_member
        chat = self.watch.places.known(event.chat.id)
        if chat is not None:
            return self._compare(event, chat)
        if isinstance(now, PRESENT):
            return Tell(
                to=Address(Channel.TELEGRAM, str(event.chat.id)),
                key=Key.STAFF_GOODBYE,
                language=_LANGUAGE,
                once=f"goodbye:{name_of(event.chat.id, int(event.date.timestamp()))}",
            )
        return Skip(reason="left-a-group")

    def _compare(self, event: ChatMemberUpdated, chat: str) -> Command:
        """Tell of rights that were lost in a staff chat, and remember what is wrong there now."""
        before = trouble_of(event.old_chat_member, is_forum=bool(event.chat.is_forum))
        now = trouble_of(event.new_chat_member, is_forum=bool(event.chat.is_forum))
        self.watch.note(chat, now)
        if now is None or now is before:
            return Skip(reason="rights-changed")
        moment = name_of(event.chat.id, int(event.date.timestamp()))
        return StaffChatChanged(chat=chat, trouble=now, once=f"{now}:{moment}")

    async def moved(self, message: Message) -> Command:
        """Follow a staff chat that got another id."""
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        if str(old) in self.watch.places.chats:
            self.watch.places.move(str(old), new)
        return Skip(reason="group-moved")
