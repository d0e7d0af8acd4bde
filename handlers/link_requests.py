"""Port of the codes by which two addresses become one person's."""

from datetime import datetime
from typing import Protocol

from handlers.domain.links import LinkRequest


class LinkRequests(Protocol):
    """Requests to join a chat and a mail address; each is kept for a day, for the limits' sake."""

    def add(self, request: LinkRequest) -> None:
        """Keep a request; an earlier one of the same chat can be answered no more."""
        ...

    def made_since(self, moment: datetime, *, chat: str, address: str) -> int:
        """Count the requests of the chat or for the address, whichever are more."""
        ...

    def is_open(self, chat: str, *, now: datetime) -> bool:
        """Tell whether a code is awaited in the chat."""
        ...

    def redeem(self, *, chat: str, digest: str, now: datetime, tries: int) -> LinkRequest | None:
        """Use the code up; None when it is wrong, spent, expired, or was guessed at too often."""
        ...

    def forget_before(self, moment: datetime) -> None:
        """Remove what was asked before the moment."""
        ...
