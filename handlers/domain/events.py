"""What happened to a ticket, in the past tense; `handlers.reactions` turns each into debts."""

from dataclasses import field
from datetime import datetime

from handlers.domain.channels import Channel
from handlers.domain.drafts import Draft
from handlers.domain.ids import ArticleId, OutboxId
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Status, Ticket
from handlers.domain.verdicts import Verdict
from knowledge_base.decisions import Candidate
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    """A machine answered: `articles` hold the entries' texts as they are sent."""

    ticket: Ticket
    entries: tuple[Entry, ...]
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredInPart:
    """A machine answered some questions of a letter; the others wait for a person.

    `topics` are queues the asker may name by a button, `where` the places one name may mean.
    """

    ticket: Ticket
    said: Verdict
    article: Article
    topics: tuple[str, ...] = ()
    where: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionQueued:
    """A new question waits for a person; the asker is acknowledged unless `said` answers them.

    `likely` are the entries a consultant may send with one press, `candidates` what they read of
    them; `topics` are queues the asker may name by a button, `where` the places one name may mean.
    """

    ticket: Ticket
    said: Verdict
    candidates: tuple[str, ...]
    likely: tuple[Candidate, ...] = ()
    topics: tuple[str, ...] = ()
    where: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReceived:
    """The asker wrote again, or something automatic came for a known ticket."""

    ticket: Ticket
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked:
    """The asker wants a person after an automatic answer."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsDeclined:
    """None of the offered questions was meant; the ticket waits for a person as it did before."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """The asker said that the answer helped."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A ticket is not what its cards say."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """A consultant answered; the answer may be taken back until `not_before`.

    `left` names messages of Telegram whose files go with it and are too big to be fetched.
    """

    ticket: Ticket
    article: Article
    by: Consultant
    not_before: datetime | None = None
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A consultant settled the matter."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A consultant prepared an answer; nothing is sent."""

    ticket: Ticket
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySettled:
    """A consultant's answer was delivered, or taken back."""

    ticket: Ticket
    article: ArticleId
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """A ticket came to its queue from elsewhere; nobody owns it there."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """A message to the asker will never arrive, or nobody can tell whether it did.

    `message` is set where sending it once more may help.
    """

    ticket: Ticket
    kind: Kind
    message: OutboxId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryMoved:
    """What did not reach the asker on one channel was sent on another."""

    ticket: Ticket
    kind: Kind
    channel: Channel
    message: OutboxId


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChatFailed:
    """A staff chat will never take a message: `key` and `values` are what it would have said."""

    ticket: Ticket
    message: OutboxId
    chat: str
    key: Key
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A consultant wrote something for consultants' eyes."""

    ticket: Ticket
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A consultant made two tickets one; `before` is what the merged one's state was."""

    ticket: Ticket
    into: Ticket
    before: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmerged:
    """A consultant parted them again; `before` is what its state was when they were merged."""

    ticket: Ticket
    into: Ticket
    before: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A message became a ticket of its own."""

    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeOpened:
    """A consultant's exercise was prepared."""

    ticket: Ticket
    article: Article
    consultant: Consultant


Event = (
    QuestionAnswered
    | AnsweredInPart
    | QuestionQueued
    | FollowUpReceived
    | PersonAsked
    | SuggestionsDeclined
    | Helped
    | Changed
    | Replied
    | Drafted
    | ReplySettled
    | Resolved
    | Transferred
    | DeliveryFailed
    | DeliveryMoved
    | StaffChatFailed
    | Noted
    | Merged
    | Unmerged
    | Split
    | PracticeOpened
)
