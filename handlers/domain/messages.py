"""Messages on their way in: what a channel received and what we understood of it."""

from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.ids import InboxId, OutboxId, TicketId
from handlers.domain.tickets import UNREAD
from knowledge_base.decisions import Decision
from knowledge_base.text import Line
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Raw bytes as a channel gave them, before anybody looked inside.

    `external_id` is the channel's own identity (mail: folder:uidvalidity:uid; Telegram: update id;
    web: idempotency key). `digest` is set for mail alone: the same bytes are the same mail.
    `hold` is how long to wait whether the sender goes on with it; zero ends the waiting of earlier
    ones in its lane; None = nothing of this kind waits.
    """

    channel: Channel
    source: str
    external_id: str
    lane: str | None
    raw: bytes
    received_at: datetime
    digest: str | None = None
    history: bool = False
    hold: timedelta | None = None


class InboxState(StrEnum):
    """CONTRACT, "States"."""

    PENDING = "pending"
    DONE = "done"
    SHUNTED = "shunted"


class Outcome(StrEnum):
    """What became of a message that is done."""

    FILED = "filed"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """A message right behind a claimed one in its lane, which may be a part of the same."""

    id: InboxId
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An inbox row under a lease; `fence` proves the lease when the row is finished.

    Nobody else can have the `followers` while the lease is held; whoever takes some of them in
    ends them with it.
    """

    id: InboxId
    fence: int
    channel: Channel
    source: str
    external_id: str
    raw: bytes
    received_at: datetime
    attempts: int
    history: bool
    followers: tuple[Follower, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What became of a claimed message; `forget` drops its bytes."""

    message: InboxId
    fence: int
    outcome: Outcome
    reason: str
    ticket: TicketId | None = None
    forget: bool = False


class Automatic(StrEnum):
    """Mail that no person wrote to us (RFC 3834, RFC 3464)."""

    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    BULK = "bulk"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a message says about the conversation it belongs to.

    `token` is a ticket named by a verified signature; `tag` by a plain subject tag, which proves
    nothing; `references` are ids of earlier messages, newest first.
    """

    token: TicketId | None = None
    tag: TicketId | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a delivery report tells of one of our messages.

    `outbox` is proved by a signature in the address the report came to. A delay is no failure;
    only a permanent failure says that the address itself is of no use.
    """

    outbox: OutboxId | None = None
    status: str | None = None
    is_delay: bool = False
    is_permanent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A parsed message with the knowledge base's decision, ready to be filed.

    `sender` is None when the channel could not tell who wrote (then nothing is sent back).
    `copies` are the mail addresses of others who got it, `programme` is its mailbox's.
    `text` is what was said; `full_text` still has the quoted history. `bounced` are ids of messages
    of ours that a delivery report names; `returned` is what else it tells. `is_sure`: `text` surely
    holds nothing of what it answers. `is_authentic`: whether the
    sender was proved; None = not asked. `also` are the ids of further messages that are part of it,
    `left` of those with a file that only the channel itself can pass on. `notes` say what a reader
    must know besides the words (`UNREAD`, `FORWARDED`).
    """

    channel: Channel
    sender: Address | None
    sender_name: str
    subject: str
    text: str
    full_text: str
    external_id: str
    received_at: datetime
    decision: Decision
    thread: Thread = Thread()
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic | None = None
    bounced: tuple[str, ...] = ()
    returned: Returned = Returned()
    is_sure: bool = True
    is_authentic: bool | None = None
    programme: str | None = None
    copies: tuple[str, ...] = ()
    silent: bool = False
    also: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    said: Line = field(init=False, repr=False, compare=False)
    """The text, read once for all who ask what it says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", Line(self.text))

    def decided(self, decision: Decision) -> "Prepared":
        """Return the message with this decision: itself, nearly always, as it is its own."""
        return self if decision is self.decision else replace(self, decision=decision)

    @property
    def unread(self) -> str:
        """Why its words could not be read here, if they could not."""
        return next((note for note in self.notes if note in UNREAD), "")
