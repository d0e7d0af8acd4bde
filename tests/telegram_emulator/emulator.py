"""The emulator: start it, point a bot at it, act as people, look at what happened.

Not as the real one: no https for webhooks, no rate limits of its own (ask for `faults.flood`), one
bot, no Markdown, inline mode, payments, channels or business chats; unusual calls are answered
with 599 and kept in `violations` instead of being believed.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self, TypeVar

from aiogram.methods import GetUpdates
from aiogram.types import Message, User
from aiohttp import web

from tests.telegram_emulator import errors
from tests.telegram_emulator.chats import Chats
from tests.telegram_emulator.clock import Clock, Pulse
from tests.telegram_emulator.control import Control
from tests.telegram_emulator.control import effect as effect_named
from tests.telegram_emulator.editing import Editing
from tests.telegram_emulator.faults import UNAUTHORIZED, Effect, Fault, Refuse
from tests.telegram_emulator.files import Files
from tests.telegram_emulator.groups import Where, Who
from tests.telegram_emulator.schema import JsonObject
from tests.telegram_emulator.sending import Sending
from tests.telegram_emulator.server import Call, Server, Violation
from tests.telegram_emulator.talk import Talk
from tests.telegram_emulator.topics import Topics
from tests.telegram_emulator.transcript import transcript
from tests.telegram_emulator.updates import Updates
from tests.telegram_emulator.webhook import Webhook
from tests.telegram_emulator.world import World

TOKEN = "1234567890:AAEmulatorEmulatorEmulatorEmulator0"
BOT = User(id=1234567890, is_bot=True, first_name="NVO konsultantas", username="nvo_testas_bot")
_RECHECK = 0.05
_SHUTDOWN_SECONDS = 0.01  # aiohttp takes 0 for ever
# What other processes may do by `POST /__emu__/{op}`.
_OPERATIONS = (
    "user", "forum", "group", "upgrade", "join", "leave", "promote", "demote", "kick_bot",
    "make_anonymous", "block", "unblock", "deactivate", "open_topic", "rename_topic",
    "close_topic", "reopen_topic", "delete_topic", "say", "reply", "edit", "send", "send_album",
    "send_contact", "send_location", "forward", "click", "forge", "press", "react", "delete",
    "calls", "messages", "last", "transcript", "wait_calls", "wait_text", "advance", "poison",
)  # fmt: skip
T = TypeVar("T")


class Emulator(Talk):
    """A Bot API server on 127.0.0.1 with one bot and its world.

    `async with Emulator() as emu:` serves at `emu.url` for the bot with `emu.token`.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot: User = BOT,
        now: Callable[[], float] = time.time,
        first_update_id: int = 700_000_001,
    ) -> None:
        super().__init__()
        self.token = token
        self._pulse = Pulse()
        self.clock = Clock(self._pulse, now)
        self.updates = Updates(self.clock, self._pulse, first_id=first_update_id)
        self.world = World(bot, self.clock, self._pulse, self.updates)
        self.files = Files()
        self.chats = Chats(world=self.world, files=self.files)
        self.topics = Topics(world=self.world)
        self.server = Server(
            token=token, clock=self.clock, files=self.files, changed=self._pulse.beat
        )
        self.webhook = Webhook(self.updates, self.clock, self.server.execute, self._pulse.beat)
        sending = Sending(world=self.world, files=self.files)
        editing = Editing(world=self.world, sending=sending)
        self.server.handlers = {
            **self.chats.handlers,
            **self.topics.handlers,
            **sending.handlers,
            **editing.handlers,
            **self.webhook.handlers,
            GetUpdates: self.updates.get,
        }
        self._control = Control(
            {name: getattr(self, name) for name in _OPERATIONS}
            | {"violations": lambda: self.violations, "fault": self._remote_fault}
        )
        self._stack = AsyncExitStack()
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        background = await self._stack.enter_async_context(asyncio.TaskGroup())
        delivery = background.create_task(self.webhook.run())
        self._stack.callback(delivery.cancel)
        await self.listen()
        self._stack.push_async_callback(self.stop_listening)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        """Return the address to give to the bot."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def bot(self) -> User:
        return self.world.bot

    @property
    def violations(self) -> list[Violation]:
        """Return what no Bot API would have understood; should be empty after a test."""
        return self.server.violations

    @property
    def journal(self) -> list[Call]:
        """Return every call of the bot, also those that failed."""
        return self.server.journal

    def calls(self, method: str | None = None) -> list[Call]:
        """Return the calls of a method, or all but getUpdates."""
        if method is None:
            return [call for call in self.journal if call.method != "getUpdates"]
        return [call for call in self.journal if call.method.lower() == method.lower()]

    def messages(self, chat: Where | Who) -> list[Message]:
        """Return what stands in a chat now (a person means their chat with the bot)."""
        return list(self._messages(chat).values())

    def last(self, chat: Where | Who) -> Message:
        """Return the newest message of a chat."""
        return self.messages(chat)[-1]

    def transcript(self, chat: Where | Who) -> str:
        """Return the conversation as text to read."""
        number = chat if isinstance(chat, int) else chat.id
        return transcript(self.world.rooms[number], self.chats.clicks, self.bot)

    async def wait(
        self,
        predicate: Callable[[], T],
        timeout: float = 5.0,  # noqa: ASYNC109 -- running out of it tells the whole story
        *,
        what: str = "the condition",
    ) -> T:
        """Return the predicate's value as soon as it is true.

        Raises:
            TimeoutError: it never became so; the sentence tells what happened instead.
        """
        deadline = time.monotonic() + timeout
        while not (value := predicate()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {timeout} s for {what}; {self._story()}")
            await self._pulse.wait(_RECHECK)
        return value

    async def wait_text(self, chat: Where | Who, fragment: str, timeout: float = 5.0) -> Message:  # noqa: ASYNC109 -- as in `wait`
        """Return the newest message of the bot that has these words, once there is one."""

        def said() -> list[Message]:
            own = [m for m in self.messages(chat) if m.from_user == self.bot]
            return [m for m in own if fragment in (m.text or m.caption or "")]

        return (await self.wait(said, timeout, what=f"the bot to say {fragment!r}"))[-1]

    async def wait_calls(self, method: str, number: int = 1, timeout: float = 5.0) -> list[Call]:  # noqa: ASYNC109 -- as in `wait`
        """Return the calls of a method once there are so many."""

        def made() -> list[Call]:
            calls = self.calls(method)
            return calls if len(calls) >= number else []

        return await self.wait(made, timeout, what=f"{number} calls of {method}")

    def poison(self, chat: int = 1) -> int:
        """Send an update that aiogram cannot read, as new kinds of things do; return its id."""
        origin = {"type": "hidden_user", "date": self.world.now}  # without its name
        message = {"message_id": 1, "date": self.world.now, "chat": {"id": chat, "type": "private"}}
        return self.updates.add_raw("message", {**message, "forward_origin": origin})

    def second_instance(self, *, times: int | None = 1) -> Fault:
        """Let another process ask for updates with the same token."""
        other = errors.OTHER_GET_UPDATES
        return self.fault("getUpdates", Refuse(other.code, other.text), times=times)

    def revoke_token(self) -> Fault:
        """Let the owner of the bot revoke its token; `lift` of the result gives it back."""
        return self.fault("*", UNAUTHORIZED, times=None)

    def fault(
        self,
        method: str,
        effect: Effect,
        *,
        times: int | None = 1,
        when: Callable[[JsonObject], bool] | None = None,
    ) -> Fault:
        """Let something go wrong with the next calls of a method (`*` and `?` allowed)."""
        return self.server.faults.add(Fault(method, effect, times, when))

    def advance(self, seconds: float) -> None:
        """Let time pass: queries expire, waits end, retries come due."""
        self.clock.advance(seconds)

    async def listen(self) -> None:
        """Start to serve; once stopped, again on the same port."""
        self._runner = web.AppRunner(
            self.server.application(self._control.handle),
            handler_cancellation=True,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop_listening(self) -> None:
        """Refuse connections and cut those there are, as a dead network does."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _messages(self, chat: Where | Who) -> dict[int, Message]:
        return self.world.rooms[chat if isinstance(chat, int) else chat.id].messages

    def _story(self) -> str:
        calls = [f"{call.method} {call.status} {call.description or ''}" for call in self.calls()]
        talks = [self.transcript(room.chat) for room in self.world.rooms.values() if room.messages]
        return "\n".join(["calls:", *calls, "chats:", *talks])

    def _remote_fault(
        self, method: str, effect: str, times: int | None = 1, **fields: object
    ) -> None:
        self.fault(method, effect_named(effect, fields), times=times)
