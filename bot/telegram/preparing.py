"""From a raw update to one command, by aiogram's types and routers; nothing is sent from here."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Final

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.knowledge import Knowledge
from bot.preparing import UnreadableError
from bot.telegram.api import Api, TelegramError
from bot.telegram.bursts import Part, together
from bot.telegram.contents import Contents
from bot.telegram.conversations import Conversations
from bot.telegram.mute import mute_bot
from bot.telegram.plain import PlainWords, words_in
from bot.telegram.routers.groups import Groups
from bot.telegram.routers.linking import Links
from bot.telegram.routers.member import Members, is_plain
from bot.telegram.routers.presses import Presses
from bot.telegram.routers.private_desk import PrivateDesk
from bot.telegram.routers.staff import Consultants
from bot.telegram.routers.talks import Talks
from bot.telegram.staff_watch import StaffWatch
from bot.texts import Texts
from bot.units import Units
from handlers.commands import Command, Skip
from handlers.domain.messages import Claimed
from handlers.ports import Clock, FileStore
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_ANSWER_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramPreparer:
    """Implements `bot.preparing.Preparer`; made by `telegram_preparer`.

    The routers name the command, with some twenty filters on the way to a member's words. What most
    members write can be nothing else, and goes there straight; bare words without aiogram.
    """

    api: Api
    bot: Bot
    dispatcher: Dispatcher
    members: Members
    plain: PlainWords

    async def prepare(self, message: Claimed) -> Command:
        """Read the update and name the command."""
        content = _json(message.raw)
        if not message.followers and (words := words_in(content)) is not None:
            return await self.plain.understand(words, message)
        update = self._update(content)
        if update.message is not None and is_plain(update.message):
            return await self.members.question(
                update.message, message, self._parts(update, message)
            )
        if not _is_known(update):
            return Skip(reason="unknown-kind")
        if update.callback_query is None:
            return await self._dispatch(update, message, self._parts(update, message))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._stop_the_clock(update.callback_query.id))
            return await self._dispatch(update, message, [])

    def _parts(self, update: Update, message: Claimed) -> list[Part]:
        """Read what followed; from what cannot be read on, nothing belongs to the burst."""
        followed: list[Part] = []
        for follower in message.followers:
            try:
                next_one = self._update(_json(follower.raw)).message
            except UnreadableError:
                break
            if next_one is None:
                break
            followed.append(Part(follower.id, next_one))
        return together(update.message, followed) if update.message else []

    def _update(self, content: object) -> Update:
        try:
            return Update.model_validate(content, context={"bot": self.bot})
        except ValidationError as unknown:
            places = sorted({".".join(map(str, e["loc"][:3])) for e in unknown.errors()})
            raise UnreadableError(f"aiogram cannot read it: {', '.join(places[:3])}") from None

    async def _dispatch(self, update: Update, message: Claimed, more: Sequence[Part]) -> Command:
        command = await self.dispatcher.feed_update(self.bot, update, claimed=message, more=more)
        return command if isinstance(command, Command) else Skip(reason="not-for-us")

    async def _stop_the_clock(self, query: str) -> None:
        """Let the pressed button stop turning; what was pressed counts whether this works or not.

        The one call outside the relay, and without content.
        """
        try:
            await self.api.call(
                "answerCallbackQuery", {"callback_query_id": query}, seconds=_ANSWER_SECONDS
            )
        except TelegramError as error:
            logger.info("button not answered", extra={"error": type(error).__name__})


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        raise UnreadableError("it is no JSON") from None


def _is_known(update: Update) -> bool:
    """Tell whether aiogram knows this kind of event; of another it would print every word."""
    try:
        return bool(update.event_type)
    except UpdateTypeLookupError:
        return False


def telegram_preparer(
    *,
    api: Api,
    units: Units,
    knowledge: Knowledge,
    files: FileStore,
    texts: Texts,
    clock: Clock,
    watch: StaffWatch,
    variables: Mapping[str, str],
) -> TelegramPreparer:
    """Put routers together; `watch` knows the groups where consultants work."""
    conversations = Conversations(units, clock)
    contents = Contents(api, files, texts)
    dispatcher = Dispatcher(disable_fsm=True)
    consultants = Consultants(
        conversations=conversations,
        contents=contents,
        places=watch.places,
        bot_id=api.bot_id,
    )
    members = Members(
        knowledge=knowledge,
        conversations=conversations,
        contents=contents,
        texts=texts,
        clock=clock,
        variables=variables,
    )
    dispatcher.include_router(Groups(watch=watch).router())
    dispatcher.include_router(Talks(consultants=consultants, units=units).router())
    dispatcher.include_router(PrivateDesk(consultants=consultants, units=units).router())
    dispatcher.include_router(Links(conversations=conversations).router())
    dispatcher.include_router(Presses(conversations).router())
    dispatcher.include_router(members.router())
    dispatcher.include_router(consultants.router())
    return TelegramPreparer(
        api=api,
        bot=mute_bot(api.bot_id),
        dispatcher=dispatcher,
        members=members,
        plain=PlainWords(
            knowledge=knowledge, conversations=conversations, clock=clock, variables=variables
        ),
    )
