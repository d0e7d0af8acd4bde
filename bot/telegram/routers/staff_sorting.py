"""Commands by which consultants keep tickets in order, in a ticket's topic or under its card."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from aiogram import Router
from aiogram.types import Message

from bot.telegram.conversations import Spot
from bot.telegram.routers.filters import says
from bot.telegram.routers.staff_places import author as author_of
from handlers.commands import Command, Skip, StaffAct
from knowledge_base.values import dataclass

SORTING: Final = {
    "merge": "sujungti",
    "split": "atskirti",
    "link": "sieti",
    "tag": "zyma",
    "rank": "skubu",
    "watch": "sekti",
}
"""What each command does; a message is split off by a reply to it."""


@dataclass(frozen=True, slots=True)
class SortingCommands:
    """Understands the commands; `spot` looks where a message stands.

    Without a ticket there, `unclear` asks which one is meant.
    """

    spot: Callable[[Message], Awaitable[Spot]]
    chat: Callable[[Message], str]
    unclear: Callable[[Message], Command]

    def register(self, router: Router) -> None:
        """Take the commands in a router's chats."""
        for act, name in SORTING.items():
            router.message.register(partial(self.sort, act=act), says(name))

    async def sort(self, message: Message, rest: str, *, act: str) -> Command:
        """Do what a command says to the ticket of its place."""
        author, spot = author_of(message), await self.spot(message)
        if author is None:
            return Skip(reason="own")
        if spot.ticket is None:
            return self.unclear(message)
        article = spot.replied.article if spot.replied is not None else None
        return StaffAct(
            ticket=spot.ticket,
            telegram=author,
            act=act,
            argument=str(article or "") if act == "split" else rest,
            chat=self.chat(message),
        )
