"""What a channel asks of us: one message from outside becomes one of these values."""

from datetime import datetime
from enum import StrEnum

from handlers.domain.channels import Address, Attachment
from handlers.domain.ids import ConsultantId, InboxId, TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import Key
from handlers.staff_commands import StaffAsk, StaffAsker, StaffChatChanged, StaffDraft
from handlers.talk_commands import MendTalk, TellTalk, VisitAnswer
from handlers.typed import Wish
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """Somebody wrote; `parts` are the followers of the message that were taken in with it."""

    message: Prepared
    parts: tuple[InboxId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """An asker pressed a button under an answer."""

    ticket: TicketId
    wish: Wish
    by: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedReply:
    """A mail to a consultant's signed address; from anybody else it is only a `message`."""

    ticket: TicketId
    consultant: ConsultantId
    message: Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOutside:
    """A colleague's own mail in a shared mailbox's Sent folder; `copies` are all it went to."""

    message: Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffReply:
    """A consultant answered in a staff topic by replying to a card or an asker's message.

    `left` names the message, if its file is too big to be fetched. `seen_at` is until when they can
    have read what the chat showed.
    """

    ticket: TicketId
    telegram: str
    text: str
    chat: str
    external_id: str
    attachments: tuple[Attachment, ...] = ()
    left: tuple[str, ...] = ()
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNote:
    """A consultant wrote in a staff topic without replying to anything."""

    ticket: TicketId
    telegram: str
    text: str
    external_id: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEdit:
    """A consultant changed the words of a message, `original`, in a staff topic.

    `is_draft`: it says by a command that it is one; then it corrects no answer.
    """

    ticket: TicketId
    telegram: str
    text: str
    chat: str
    original: str
    external_id: str
    is_draft: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAct:
    """A consultant pressed a button in a staff chat; `argument` is what the act is done with."""

    ticket: TicketId
    telegram: str
    act: str
    chat: str
    argument: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Somebody asked the bot for a standing text: start, help, privacy."""

    to: Address
    key: Key
    language: str | None
    once: str


class Request(StrEnum):
    """What a member asks of the desk itself."""

    TICKETS = "tickets"
    SHOW = "show"
    LANGUAGE = "lang"
    EXPORT = "export"
    ERASE = "erase"
    RATE = "rate"
    JOIN = "join"
    APART = "apart"
    CANCEL = "cancel"
    PLACES = "places"
    PLACE = "place"
    CALL = "call"
    PHONE = "phone"
    WHEN = "when"
    UNCALL = "uncall"
    TRAININGS = "trainings"
    ENROL = "enrol"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A member asked for something by a command or a button; `argument` says which or how.

    `words` is what was said besides; `parts` are the followers taken in with the message.
    """

    by: Address
    name: str
    what: Request
    language: str
    once: str
    argument: str = ""
    words: str = ""
    parts: tuple[InboxId, ...] = ()


class Particular(StrEnum):
    """What an asker can say about a waiting question by a button."""

    TOPIC = "topic"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Specify:
    """An asker said by a button what a question is about.

    A topic's `value` is a queue id, a municipality's its official name.
    """

    ticket: TicketId
    what: Particular
    value: str
    by: Address


class Joining(StrEnum):
    """What becomes of a member's addresses: a mail address named, a code typed, parted, dead."""

    LINK = "link"
    CONFIRM = "confirm"
    PART = "part"
    BLOCKED = "blocked"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A member joins a mail address or parts from it; `argument` is the address, or the code."""

    by: Address
    name: str
    what: Joining
    language: str
    once: str
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    """Somebody came through a one-time link: a consultant's, or an asker's invitation."""

    code_digest: str
    by: Address
    name: str
    language: str
    once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Nothing to do, and why."""

    reason: str


Command = (
    Receive
    | Press
    | MailedReply
    | SentOutside
    | StaffReply
    | StaffNote
    | StaffEdit
    | StaffAct
    | StaffDraft
    | StaffAsker
    | StaffAsk
    | StaffChatChanged
    | TellTalk
    | MendTalk
    | VisitAnswer
    | Tell
    | Ask
    | Specify
    | Link
    | FollowLink
    | Skip
)
