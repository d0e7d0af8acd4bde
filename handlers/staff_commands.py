"""What consultants ask of the desk in a chat, besides answering."""

from enum import StrEnum

from handlers.domain.channels import Attachment
from handlers.domain.ids import TicketId
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDraft:
    """A consultant prepared an answer; `template` names a canned reply instead of words."""

    ticket: TicketId
    telegram: str
    text: str
    chat: str
    external_id: str
    template: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAsker:
    """A consultant wrote for whom a ticket is asked: a type, an organisation, or both."""

    ticket: TicketId
    telegram: str
    text: str
    chat: str


class StaffRequest(StrEnum):
    """What can be asked for in a chat of consultants."""

    QUEUE = "queue"
    MINE = "mine"
    WEEK = "week"
    TEMPLATES = "canned"
    PRIVATELY = "private"
    UNCLEAR = "unclear"
    CLOSED = "closed"
    ORGANISATIONS = "mentored"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAsk:
    """A consultant asked for something in `chat`, in its topic `thread` if it has one.

    `shown` names the message that is to change, where a button of it was pressed; `whose` is the
    consultant whose list that is. `ticket` is the one the place is about.
    """

    what: StaffRequest
    telegram: str
    chat: str
    once: str
    thread: str = ""
    page: int = 0
    shown: str = ""
    whose: str = ""
    ticket: TicketId | None = None


class Trouble(StrEnum):
    """What may be wrong between the bot and a staff chat."""

    NO_TOPICS = "no_topics"
    SILENCED = "silenced"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChatChanged:
    """The bot may do less in a staff chat than it could before."""

    chat: str
    trouble: Trouble
    once: str
