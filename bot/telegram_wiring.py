"""Builds the Telegram channel from the app; imported only when a bot is configured."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.app import App
from bot.settings import Settings
from bot.status import RoleStatus
from bot.telegram.api import Api, TelegramError
from bot.telegram.places import learn, places_of
from bot.telegram.preparing import TelegramPreparer, telegram_preparer
from bot.telegram.receiver import Receiver
from bot.telegram.render import Renderer
from bot.telegram.transport import TelegramTransport
from bot.wakeup import Wakeup
from handlers.domain.messages import Received

_SHORT_WAIT = 5.0


def open_api(app: App) -> Api:
    """Open the Bot API of the configured bot; whoever opens it closes it."""
    token = app.settings.telegram_token
    return Api(server=app.settings.telegram_api, token=token.get_secret_value() if token else "")


@asynccontextmanager
async def open_preparer(app: App) -> AsyncIterator[TelegramPreparer]:
    """Build what understands updates."""
    api = open_api(app)
    places = places_of(chat.chat for chat in app.settings.all_staff_chats)
    try:
        await learn(api, places)
        yield telegram_preparer(
            api=api,
            units=app.units,
            files=app.files,
            texts=app.texts,
            knowledge=app.knowledge,
            clock=app.clock,
            variables=app.settings.answer_variables,
            places=places,
        )
    finally:
        await api.close()


@asynccontextmanager
async def open_receiver(
    app: App, *, arrivals: Wakeup, report: Callable[[RoleStatus], None]
) -> AsyncIterator[Receiver]:
    """Build what reads updates into the inbox."""
    api = open_api(app)

    async def store(messages: Sequence[Received]) -> None:
        await app.units.write(lambda uow: [uow.inbox.add(message) for message in messages])
        arrivals.ring()

    try:
        yield Receiver(api=api, store=store, clock=app.clock, report=report)
    finally:
        await api.close()


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
        places=places_of(chat.chat for chat in app.settings.all_staff_chats),
    )


def _about(settings: Settings) -> dict[str, str]:
    """Return what every text may say of the organisation."""
    return {
        "organisation": settings.organisation,
        "phone": settings.phone,
        "privacy_url": settings.privacy_url,
    }


async def bot_link(app: App) -> str:
    """Return `https://t.me/<bot>`, or nothing while Telegram cannot be asked."""
    api = open_api(app)
    try:
        me = await api.call("getMe", seconds=_SHORT_WAIT)
    except TelegramError:
        return ""
    finally:
        await api.close()
    name = me.get("username") if isinstance(me, dict) else None
    return f"https://t.me/{name}" if isinstance(name, str) else ""
