"""What routers look at before they take a message.

aiogram asks what is not `async` in a thread, and an update passes some twenty filters: looking
takes less time than the way there and back.
"""

import re
from collections.abc import Awaitable, Callable

from aiogram.types import Message, TelegramObject
from aiogram.utils.magic_filter import MagicFilter

from knowledge_base.text import fold

_COMMAND = re.compile(r"/(?P<word>\w{1,32})(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)


def fits(what: MagicFilter) -> Callable[[TelegramObject], Awaitable[object]]:
    """Take what the expression holds for, and give along what it names."""

    async def look(event: TelegramObject) -> object:
        found: object = what.resolve(event)
        return found

    return look


def says(*words: str) -> Callable[[Message], Awaitable[bool | dict[str, str]]]:
    """Take a command by any of its names, with or without diacritics; give `rest` along.

    Without names, take any command.
    """
    names = frozenset(words)

    async def look(message: Message) -> bool | dict[str, str]:
        found = _COMMAND.fullmatch(message.text or "")
        if found is None or (names and fold(found["word"]) not in names):
            return False
        return {"rest": (found["rest"] or "").strip()}

    return look


def is_command(text: str | None) -> bool:
    """Tell whether a text is a command to the bot."""
    return _COMMAND.fullmatch(text or "") is not None
