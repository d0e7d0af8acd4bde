"""What the bot may do in the staff chats: learnt at the start, kept by updates, shown on /ready."""

from collections.abc import Callable
from dataclasses import field
from typing import Final

from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUnion,
)
from pydantic import TypeAdapter

from bot.status import RoleStatus
from bot.telegram.api import Api, TelegramError
from bot.telegram.places import Places
from handlers.staff_commands import Trouble
from knowledge_base.values import dataclass

PRESENT: Final = (ChatMemberOwner, ChatMemberAdministrator, ChatMemberMember, ChatMemberRestricted)
_SAID: Final = {
    Trouble.NO_TOPICS: "may not open topics, cards stand in the group",
    Trouble.SILENCED: "may not write",
    Trouble.REMOVED: "is not in the group",
}


@dataclass(slots=True)
class StaffWatch:
    """Reports what is wrong in the staff chats, and once all is right again that too.

    Of chats where nothing ever was wrong it says nothing. Without topics the desk works: that is
    told, but is no failure.
    """

    places: Places
    report: Callable[[RoleStatus], None]
    _troubles: dict[str, Trouble] = field(default_factory=dict)

    def note(self, chat: str, trouble: Trouble | None) -> None:
        """Remember how things are in a chat."""
        if self._troubles.get(chat) is trouble:
            return
        self._troubles.pop(chat, None)
        if trouble is not None:
            self._troubles[chat] = trouble
        said = [f"the bot {_SAID[each]}: {name}" for name, each in self._troubles.items()]
        works = set(self._troubles.values()) <= {Trouble.NO_TOPICS}
        self.report(RoleStatus(ok=works, detail="; ".join(said) or "working"))


def trouble_of(member: object, *, is_forum: bool) -> Trouble | None:
    """Say what the bot's membership lacks for the work in a staff chat."""
    match member:
        case ChatMemberRestricted(is_member=False) | ChatMemberRestricted(can_send_messages=False):
            return Trouble.SILENCED
        case ChatMemberAdministrator(can_manage_topics=manages):
            return None if manages or not is_forum else Trouble.NO_TOPICS
        case ChatMemberOwner():
            return None
        case ChatMemberMember() | ChatMemberRestricted():
            return Trouble.NO_TOPICS if is_forum else None
        case _:
            return Trouble.REMOVED


async def inspect(api: Api, watch: StaffWatch) -> None:
    """Look at each staff chat; what cannot be asked now is learnt by the next change."""
    members: TypeAdapter[ChatMemberUnion] = TypeAdapter(ChatMemberUnion)
    for chat in sorted(watch.places.chats):
        where = {"chat_id": watch.places.now(chat)}
        try:
            known = await api.call("getChat", where)
            member = await api.call("getChatMember", {**where, "user_id": api.bot_id})
        except TelegramError:
            continue
        is_forum = isinstance(known, dict) and bool(known.get("is_forum"))
        watch.note(chat, trouble_of(members.validate_python(member), is_forum=is_forum))
