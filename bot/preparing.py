"""The port a channel's parser fills: from raw bytes to one command, outside any transaction."""

from typing import Protocol

from handlers.commands import Command
from handlers.domain.messages import Claimed


class UnreadableError(Exception):
    """The message can never be understood and is shunted; the text says why, without contents."""


class Preparer(Protocol):
    """Understands the messages of one channel."""

    async def prepare(self, message: Claimed) -> Command:
        """Parse the message, decide about its question, and return what is to be done.

        Raises:
            UnreadableError: it can never be understood.
        """
        ...
