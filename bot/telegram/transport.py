"""Telegram as the relay knows it: makes the calls and says what became of the message."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Final

from bot.telegram.api import Api, JsonObject, RefusedError, TelegramError, Upload
from bot.telegram.errors import Outcome, delivery_error, outcome_of
from bot.telegram.ids import name_of
from bot.telegram.limits import Limits, Made
from bot.telegram.places import Places
from bot.telegram.render import Call, Renderer, from_bytes, to_bytes
from handlers.domain.channels import Attachment
from handlers.domain.errors import (
    DeliveryError,
    NotFoundError,
    PermanentDeliveryError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from handlers.domain.outgoing import EDITS, Kind, Outgoing, Rendered, Taken, Tried
from handlers.ports import FileStore
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_AT_ONCE: Final = 10
"""Half of what the relay takes at a time: the beginnings of the second half and the outcomes of the
first are one commit."""

_BESIDES: Final = frozenset({"copyMessage", "setMyCommands"})
"""Methods that go with a message, which alone gives it its name."""

_NEW_TOPIC: Final = "createForumTopic"
_TRIES_OF_A_LATER_PART: Final = 3
_REPEATABLE: Final = frozenset(
    {"editMessageText", "deleteForumTopic", "deleteMessages", "leaveChat"}
)
"""Methods that done twice are as good as done once."""

_REMOVES: Final = frozenset({"deleteForumTopic"})
"""Methods that want gone what may be gone already."""

_MARKS: Final = frozenset({"entities", "caption_entities"})
_IN_A_TOPIC: Final = frozenset({Kind.STAFF_CARD, Kind.STAFF_MESSAGE})
_LONGEST_WAIT: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramTransport:
    """Implements `bot.relay.Transport`.

    - The topic is looked up anew for every try: it is the one thing a repeat may do differently.
    - Of a message in several parts, one that fails after an earlier was taken is tried again at
      once; if it still fails, nobody can say that the message arrived, nor that it did not.
    """

    api: Api
    renderer: Renderer
    files: FileStore
    limits: Limits = field(default_factory=Limits)
    places: Places = field(default_factory=Places)

    @property
    def at_once(self) -> int:
        return _AT_ONCE

    def render(self, message: Outgoing) -> Rendered:
        """Write the message down as calls."""
        return Rendered(content=to_bytes(self.renderer.calls(message)))

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        """Make the calls; return `<chat>:<message>`, of a new topic its thread."""
        place = _place(message)
        last, names = "", []
        for number, call in enumerate(from_bytes(rendered.content)):
            if number == 0:
                result = await self._make(message, call, place)
            else:
                result = await self._make_later(message, call, place)
            name = _external_id(message, result)
            if call.file is None and not (last and call.method in _BESIDES):
                last = name
            names.append(name)
        return Taken(last, tuple(name for name in names if name not in {"", last}))

    def begin(self, lately: Sequence[Tried], now: datetime) -> None:
        """Let the limits go on from what was handed over lately, by whichever process."""
        self.limits.recall(
            Made(
                chat=tried.to,
                ago=(now - tried.at).total_seconds(),
                new_topic=call.method == _NEW_TOPIC,
            )
            for tried in lately
            for call in from_bytes(tried.content)
        )

    async def delivered(self, rendered: Rendered) -> None:
        """Nothing is left to do."""

    async def close(self) -> None:
        """Let go of the connections."""
        await self.api.close()

    async def _make_later(self, message: Outgoing, call: Call, place: dict[str, object]) -> object:
        tries = 0
        while True:
            tries += 1
            try:
                return await self._make(message, call, place)
            except DeliveryError as error:
                wait = _wait(error)
                if wait is None or tries == _TRIES_OF_A_LATER_PART:
                    raise UncertainDeliveryError(f"only a part was taken: {error}") from error
            await asyncio.sleep(wait)

    async def _make(self, message: Outgoing, call: Call, place: dict[str, object]) -> object:
        upload = await self._upload(call.file) if call.file else None
        await self.limits.turn(message.to, new_topic=call.method == _NEW_TOPIC)
        try:
            return await self._call(message, call, place, upload)
        except TelegramError as error:
            outcome = outcome_of(error)
            if outcome is Outcome.DONE or (outcome is Outcome.GONE and call.method in _REMOVES):
                return {}
            if (other := _otherwise(message, call, outcome)) is not None:
                return await self._make(message, other, place)
            if outcome is Outcome.NEVER and (ones := _one_by_one(call)):
                return await self._make_each(message, ones, place)
            if outcome is Outcome.UNKNOWN and call.method in _REPEATABLE:
                raise TransientDeliveryError(str(error)) from error
            if isinstance(error, RefusedError) and error.retry_after is not None:
                self.limits.pause(message.to, error.retry_after)
            raise delivery_error(error) from error

    async def _make_each(
        self, message: Outgoing, calls: Sequence[Call], place: dict[str, object]
    ) -> object:
        """Make all that can be made; one that cannot holds up none."""
        refused = None
        for call in calls:
            try:
                await self._make(message, call, place)
            except PermanentDeliveryError as error:
                refused = error
        if refused is not None:
            raise refused
        return {}

    async def _call(
        self, message: Outgoing, call: Call, place: dict[str, object], upload: Upload | None
    ) -> object:
        """Make the call where the chat is now; one that moved meanwhile is followed."""
        parameters = {**call.parameters, **place}
        try:
            return await self._call_there(message, call, parameters, upload)
        except RefusedError as refused:
            if refused.migrated_to is None or message.to not in self.places.chats:
                raise
            self.places.move(message.to, refused.migrated_to)
            return await self._call_there(message, call, parameters, upload)

    async def _call_there(
        self, message: Outgoing, call: Call, parameters: JsonObject, upload: Upload | None
    ) -> object:
        there = {"chat_id": self.places.now(message.to)} if "chat_id" in parameters else {}
        return await self.api.call(call.method, {**parameters, **there}, upload=upload)

    async def _upload(self, file: Attachment) -> Upload:
        try:
            content = await asyncio.to_thread(self.files.get, file.sha256)
        except NotFoundError as gone:
            raise PermanentDeliveryError("an attachment is no longer kept") from gone
        return Upload(
            field="document", name=file.name, content=content, content_type=file.content_type
        )


def _wait(error: DeliveryError) -> float | None:
    """Return how long to wait before the same part is tried again; None = it is not."""
    if not isinstance(error, TransientDeliveryError):
        return None
    wait = 1.0 if error.retry_after is None else error.retry_after
    return wait if wait <= _LONGEST_WAIT else None


def _otherwise(message: Outgoing, call: Call, outcome: Outcome) -> Call | None:
    """Return the call that takes the place of one that can never be done; None = there is none."""
    if outcome is Outcome.PLAIN and _MARKS & call.parameters.keys():
        logger.error("marks refused, the words alone are sent", extra={"outbox": message.id})
        plain = {name: each for name, each in call.parameters.items() if name not in _MARKS}
        return replace(call, parameters=plain)
    if outcome is Outcome.ANEW and call.method == "editMessageText":
        anew = {name: each for name, each in call.parameters.items() if name != "message_id"}
        if message.kind is Kind.STAFF_EDIT and message.topic is not None:
            anew["message_thread_id"] = int(message.topic)
        return replace(call, method="sendMessage", parameters=anew)
    return None


def _one_by_one(call: Call) -> list[Call]:
    """Take apart what Telegram does whole or not at all: one message too old keeps the others."""
    numbers = call.parameters.get("message_ids")
    if not isinstance(numbers, list) or len(numbers) == 1:
        return []
    return [
        replace(call, parameters={**call.parameters, "message_ids": [number]}) for number in numbers
    ]


def _place(message: Outgoing) -> dict[str, object]:
    """Return the topic a message for consultants belongs to.

    The outbox keeps order within a chat: what still has no topic now will get none (the group has
    no topics, or the bot may not open them), and stands in the group itself rather than nowhere.
    """
    if message.kind not in _IN_A_TOPIC or message.topic is None:
        return {}
    return {"message_thread_id": int(message.topic)}


def _external_id(message: Outgoing, result: object) -> str:
    known = result if isinstance(result, dict) else {}
    if message.kind is Kind.STAFF_TOPIC:
        return str(known.get("message_thread_id", ""))
    number = known.get("message_id")
    name = name_of(message.to, number) if isinstance(number, int) else ""
    # What was changed in place has its name already; said anew, it has another from now on.
    return "" if message.kind in EDITS and name == message.edits else name
