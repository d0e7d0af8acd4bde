"""A desk with one staff forum, on the emulated Telegram."""
# ruff: noqa: ANN401 -- what is given is checked by the settings it is given to

import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from aiogram.types import Chat

from bot.app import open_desk
from bot.settings import Settings, StaffChatSettings
from bot.telegram.api import Api
from handlers.policy import AutoAnswers
from knowledge_base.decide import KnowledgeBase
from knowledge_base.entries import Entry
from knowledge_base.files import build
from knowledge_base.semantic import Meanings
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.unit.bot.telegram.desk import Desk, MovableClock

DeskMaker = Callable[..., Desk]


@pytest.fixture(scope="session", autouse=True)
def _one_knowledge_base() -> Iterator[None]:
    """Build each knowledge base once: it is immutable, and most desks have the shipped entries."""
    known: dict[object, KnowledgeBase] = {}

    def once(
        entries: Sequence[Entry],
        *,
        max_wrong_answers: float,
        models: None,
        meanings: Meanings | None,
    ) -> KnowledgeBase:
        assert models is None, "no desk here learns"
        asked = tuple(entries), max_wrong_answers, meanings is None
        if asked not in known:
            known[asked] = build(entries, max_wrong_answers=max_wrong_answers, meanings=meanings)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.knowledge_making.build", once)
        yield


@pytest.fixture
async def emu() -> AsyncIterator[Emulator]:
    """Lend a Bot API server; nothing may have been said to it that the real one would not know."""
    async with Emulator() as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def api(emu: Emulator) -> AsyncIterator[Api]:
    api = Api(server=emu.url, token=TOKEN)
    yield api
    await api.close()


@pytest.fixture
def forum(emu: Emulator) -> Chat:
    """Found the consultants' group."""
    return emu.forum()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data directory with the shipped entries, to be copied."""
    folder = tmp_path_factory.mktemp("seeded")
    with open_desk(Settings(data_dir=folder)):
        return folder


@pytest.fixture
def desk_with(emu: Emulator, api: Api, seeded: Path, tmp_path: Path) -> Iterator[DeskMaker]:
    """Lend a way to open desks of the test's own wishes, each with its own database."""
    with ExitStack() as stack:

        def opened(*chats: Chat, **wishes: Any) -> Desk:
            folder = Path(mkdtemp(dir=tmp_path))
            shutil.copytree(seeded, folder, dirs_exist_ok=True)
            groups = tuple(StaffChatSettings(chat=str(chat.id)) for chat in chats)
            defaults: dict[str, Any] = {
                "auto_answers": AutoAnswers.ON,
                "telegram_token": TOKEN,
                "telegram_undo_seconds": 0,
                "staff_chats": groups,
            }
            settings = Settings(data_dir=folder, **{**defaults, **wishes})
            clock = MovableClock()
            app = stack.enter_context(open_desk(settings, clock=clock))
            known = tuple(chat.chat for chat in settings.all_staff_chats)
            return Desk(app=app, emu=emu, clock=clock, api=api, chats=known)

        yield opened


@pytest.fixture
def desk(desk_with: DeskMaker, forum: Chat) -> Desk:
    """Open a desk that answers by itself and works in the forum."""
    return desk_with(forum, mail_address="pagalba@example.org")
