"""Two addresses of one person, joined by a code."""

from datetime import datetime

from handlers.domain.ids import TicketId
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRequest:
    """A Telegram chat asked to be known under a mail address as well.

    `digest` is the SHA-256 of the code that was mailed; `ticket` the matter that is to go on in
    the chat, where the asker came through its link.
    """

    chat: str
    address: str
    digest: str
    at: datetime
    expires: datetime
    ticket: TicketId | None = None
