"""What routers look at before they take a message."""

import re
from collections.abc import Callable

from aiogram.types import Message

from knowledge_base.text import fold

_COMMAND = re.compile(r"/(?P<word>\w{1,32})(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)


def says(*words: str) -> Callable[[Message], bool | dict[str, str]]:
    """Take a command by any of its names, with or without diacritics; give `rest` along.

    Without names, take any command.
    """
    names = frozenset(words)

    def look(message: Message) -> bool | dict[str, str]:
        found = _COMMAND.fullmatch(message.text or "")
        if found is None or (names and fold(found["word"]) not in names):
            return False
        return {"rest": (found["rest"] or "").strip()}

    return look


def is_command(text: str | None) -> bool:
    """Tell whether a text is a command to the bot."""
    return _COMMAND.fullmatch(text or "") is not None
