"""A consultant's private chat with the bot, where a member's chat and a desk are in one.

Which of the two a message belongs to is never guessed from its words:

- What replies to a message that only consultants get is the consultant's work.
- So are the buttons under such a message, and the commands of the desk.
- Everything else is a member's, as if nobody knew that this member answers others.
"""

from typing import Final

from aiogram import F, Router
from aiogram.types import Message

from bot.telegram.routers.filters import fits, says
from bot.telegram.routers.staff import DRAFT, PRIVATELY, REQUESTS, TEMPLATE, Consultants
from bot.telegram.routers.staff_places import explicitly_replied
from bot.telegram.routers.staff_sorting import SORTING
from bot.units import Units
from handlers.commands import Command
from handlers.domain.outgoing import STAFF_KINDS
from handlers.staff_commands import StaffRequest
from knowledge_base.values import dataclass

_COMMANDS: Final = (
    PRIVATELY,
    DRAFT,
    TEMPLATE,
    *SORTING.values(),
    *(name for names in REQUESTS.values() for name in names),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateDesk:
    """Takes from a private chat what is a consultant's work; the desk judges who may."""

    consultants: Consultants
    units: Units

    def router(self) -> Router:
        """Return the router; it has to stand before the members'."""
        router = Router(name="private desk")
        router.message.filter(fits(F.chat.type == "private"), self.is_work)
        router.edited_message.filter(fits(F.chat.type == "private"), self.is_work)
        router.callback_query.filter(
            fits(F.message.chat.type == "private"), fits(F.data.regexp(r"^[sl]:").as_("staff"))
        )
        router.message.register(self.place, says(PRIVATELY))
        self.consultants.register(router)
        return router

    async def place(self, message: Message) -> Command:
        """Get new tickets here, or here no longer."""
        return self.consultants.ask(message, StaffRequest.PRIVATELY)

    async def is_work(self, message: Message) -> bool:
        """Tell whether a message of a private chat is a consultant's work."""
        replied = explicitly_replied(message)
        if replied is not None:
            if self.consultants.shows_asker(replied):
                return True
            chat = self.consultants.chat(message)
            spot = await self.consultants.conversations.spot(chat, None, replied.message_id)
            if spot.replied is not None and spot.replied.kind in STAFF_KINDS:
                return True
        is_command = await says(*_COMMANDS)(message) is not False
        return is_command and await self._is_consultant(message)

    async def _is_consultant(self, message: Message) -> bool:
        telegram = str(message.chat.id)
        found = await self.units.read(lambda uow: uow.consultants.by_telegram(telegram))
        return found is not None
