"""The chats of consultants, as the settings name them."""

from bot.settings import Settings
from handlers.access import Access
from handlers.ports import Clock
from handlers.staff_room import StaffChat, StaffRoom


def open_staff_room(settings: Settings, clock: Clock, access: Access) -> StaffRoom:
    """Return where consultants are told; without a bot there is no chat."""
    return StaffRoom(
        clock=clock,
        access=access,
        chats=tuple(
            StaffChat(chat.chat, frozenset(chat.queues), chat.topics)
            for chat in settings.all_staff_chats
        )
        if settings.telegram_token
        else (),
        sends_mail=settings.sends_mail,
        writes_privately=settings.telegram_token is not None,
    )
