"""Builds the Telegram channel from the app; imported only when a bot is configured."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Protocol

import bot.telegram.lean_aiogram  # noqa: F401 -- before whatever else imports aiogram
from bot.app import App
from bot.rights import Right
from bot.settings import Settings
from bot.shared import Role
from bot.status import RoleStatus
from bot.telegram.api import Api
from bot.telegram.bursts import held
from bot.telegram.introduction import address_of, introduce, introduce_to_staff
from bot.telegram.limits import Limits, Paces, Quota
from bot.telegram.places import learn, places_of
from bot.telegram.preparing import TelegramPreparer, telegram_preparer
from bot.telegram.receiver import Receiver, Store, tell_of_gap
from bot.telegram.render import Renderer
from bot.telegram.staff_watch import StaffWatch, inspect
from bot.telegram.transport import TelegramTransport
from bot.telegram.webhook import HEADER, PATH, Announcement, WebhookDoor, persist, secret_of
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.messages import Received

_COUNTED_OVER = 60
"""Seconds; the longest stretch over which Telegram counts calls."""

_TAKEN_OVER_WITHIN = timedelta(seconds=10)
"""Members wait for an answer, and two senders for a moment do no more harm than too quick a one."""


class Posting(Protocol):
    """A request as the web server hands it over."""

    @property
    def body(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


def open_api(app: App) -> Api:
    """Open the Bot API of the configured bot; whoever opens it closes it."""
    token = app.settings.telegram_token
    return Api(server=app.settings.telegram_api, token=token.get_secret_value() if token else "")


@asynccontextmanager
async def open_preparer(
    app: App, *, report: Callable[[RoleStatus], None]
) -> AsyncIterator[TelegramPreparer]:
    """Build what understands updates; `report` is told what is wrong with the staff chats."""
    api = open_api(app)
    places = places_of(chat.chat for chat in app.settings.all_staff_chats)
    watch = StaffWatch(places=places, report=report)
    try:
        await learn(api, places)
        await inspect(api, watch)
        yield telegram_preparer(
            api=api,
            units=app.units,
            files=app.files,
            texts=app.texts,
            knowledge=app.knowledge,
            clock=app.clock,
            variables=app.settings.answer_variables,
            watch=watch,
        )
    finally:
        await api.close()


@asynccontextmanager
async def open_receiver(
    app: App, *, arrivals: Wakeup, report: Callable[[RoleStatus], None]
) -> AsyncIterator[Callable[[], Coroutine[None, None, None]]]:
    """Build what brings updates into the inbox: Telegram itself, or our asking for them."""
    api = open_api(app)
    url = app.settings.telegram_webhook_url
    receiver = Receiver(api=api, store=_store(app, arrivals), clock=app.clock, report=report)

    await _look_back(app)
    chats = [chat.chat for chat in app.settings.all_staff_chats]

    async def poll() -> None:
        await introduce(api, app.texts)
        await introduce_to_staff(api, app.texts, chats)
        # Telegram refuses to be asked while a webhook of earlier days is set.
        await persist(lambda: api.call("deleteWebhook"), report=report)
        await receiver.run()

    async def listen() -> None:
        await introduce(api, app.texts)
        await introduce_to_staff(api, app.texts, chats)
        await Announcement(api=api, url=url, secret=_secret(app), report=report).run()

    try:
        if url:
            yield listen
        else:
            yield poll
    finally:
        await api.close()


async def _look_back(app: App) -> None:
    """Notice that no process read the bot for longer than Telegram waits."""
    last = await app.units.read(lambda uow: uow.leases.held_until(Role.TELEGRAM))
    if last is not None:
        tell_of_gap(last, app.clock.now())


def webhooks(app: App, *, arrivals: Wakeup) -> dict[str, Callable[[Posting], Awaitable[int]]]:
    """Return what takes posted updates, by its path; nothing where we ask for them."""
    if not app.settings.telegram_webhook_url:
        return {}
    door = WebhookDoor(
        secret=_secret(app),
        source=str(open_api(app).bot_id),
        store=_store(app, arrivals),
        clock=app.clock,
    )

    async def take(posted: Posting) -> int:
        return await door.take(posted.body, posted.headers.get(HEADER, ""))

    return {PATH: take}


def _store(app: App, arrivals: Wakeup) -> Store:
    window = timedelta(seconds=app.settings.telegram_gather_seconds)

    async def store(messages: Sequence[Received]) -> None:
        waiting = [held(message, window) for message in messages]
        await app.units.write(lambda uow: [uow.inbox.add(message) for message in waiting])
        arrivals.ring()

    return store


def _secret(app: App) -> str:
    token = app.settings.telegram_token
    return secret_of(token.get_secret_value() if token else "")


def open_transport(app: App) -> TelegramTransport:
    """Build what sends."""
    return TelegramTransport(
        api=open_api(app),
        renderer=Renderer(
            texts=app.texts,
            about=_about(app.settings),
            queues={queue.id: queue.title for queue in app.access.queues.values()},
        ),
        files=app.files,
        limits=Limits(paces=Paces(group=Quota(app.settings.telegram_group_calls, _COUNTED_OVER))),
        places=places_of(chat.chat for chat in app.settings.all_staff_chats),
    )


def sole_sender(transport: TelegramTransport, *, holder: str, lease: timedelta) -> Right:
    """Let one process at a time send: Telegram counts the calls of a bot, not of a process."""
    return Right(
        channel=Channel.TELEGRAM,
        holder=holder,
        lease=min(lease, _TAKEN_OVER_WITHIN),
        memory=timedelta(seconds=_COUNTED_OVER),
        begin=transport.begin,
    )


def _about(settings: Settings) -> dict[str, str]:
    """Return what every text may say of the organisation."""
    return {
        "organisation": settings.organisation,
        "phone": settings.phone,
        "privacy_url": settings.privacy_url,
        "console": f"{settings.base_url}/console",
    }


async def bot_link(app: App) -> str:
    """Return `https://t.me/<bot>`, or nothing while Telegram cannot be asked."""
    return await address_of(open_api(app))
