"""Messages on their way out: what we owe, under which policy, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from handlers.domain.channels import Attachment, Channel
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from knowledge_base.values import dataclass

Values = Mapping[str, str | int]


class OutboxState(StrEnum):
    """CONTRACT, "States". A lease is columns, never a state."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"
    DEAD = "dead"


class Kind(StrEnum):
    """What a message is for; it decides the policy of an unknown outcome."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    REPLY = "reply"
    COPY = "copy"
    NOTICE = "notice"
    EDIT = "edit"
    STAFF_TOPIC = "staff_topic"
    STAFF_CARD = "staff_card"
    STAFF_MESSAGE = "staff_message"
    STAFF_EDIT = "staff_edit"
    STAFF_MAIL = "staff_mail"
    WELCOME = "welcome"


class Key(StrEnum):
    """The texts `handlers` owes; `bot/texts.py` knows the sentences behind them."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ACKNOWLEDGEMENT_RESTRICTED = "acknowledgement-restricted"
    ACKNOWLEDGEMENT_SENSITIVE = "acknowledgement-sensitive"
    ANSWER = "answer"
    ANSWER_IN_PART = "answer-in-part"
    SUGGESTIONS = "suggestions"
    UNTRANSLATED = "untranslated"
    HANDED_OVER = "handed-over"
    CLOSING_SOON = "closing-soon"
    THANKED = "thanked"
    REPLY = "reply"
    CALL_REMINDER_SET = "call-reminder-set"
    CALL_REMINDER_ENDED = "call-reminder-ended"
    CALL_REMINDER = "call-reminder"
    SELECTION_DECIDED = "selection-decided"
    TRAINING_SEATED = "training-seated"
    TRAINING_WAITING = "training-waiting"
    TRAINING_SEAT = "training-seat"
    TRAINING_LEFT = "training-left"
    TRAINING_CLOSED = "training-closed"
    TRAINING_MOVED = "training-moved"
    TRAINING_CALLED_OFF = "training-called-off"
    TRAINING_REMINDER = "training-reminder"
    MERGED = "merged"
    UNMERGED = "unmerged"
    SPLIT_OFF = "split-off"
    SAY_MORE = "say-more"
    START = "start"
    HELP = "help"
    PRIVACY = "privacy"
    LINKED = "linked"
    LINK_REFUSED = "link-refused"
    REFUSED = "refused"
    MEMBER_TICKETS = "member-tickets"
    MEMBER_NO_TICKETS = "member-no-tickets"
    MEMBER_TICKET = "member-ticket"
    MEMBER_LANGUAGE = "member-language"
    MEMBER_LANGUAGE_SET = "member-language-set"
    MEMBER_EXPORTED = "member-exported"
    MEMBER_NO_DATA = "member-no-data"
    MEMBER_ERASE = "member-erase"
    MEMBER_ERASE_SURELY = "member-erase-surely"
    MEMBER_ERASED = "member-erased"
    MEMBER_RATING = "member-rating"
    MEMBER_RATED = "member-rated"
    MEMBER_CANCELLED = "member-cancelled"
    MEMBER_PLACES = "member-places"
    MEMBER_WHICH_PLACE = "member-which-place"
    MEMBER_PLACE_SET = "member-place-set"
    MEMBER_CALL_NUMBER = "member-call-number"
    MEMBER_CALL_NUMBER_WRONG = "member-call-number-wrong"
    MEMBER_CALL_NOTED = "member-call-noted"
    MEMBER_CALL_CANCELLED = "member-call-cancelled"
    MEMBER_TRAININGS = "member-trainings"
    MEMBER_NO_TRAININGS = "member-no-trainings"
    MEMBER_UNSUPPORTED = "member-unsupported"
    STAFF_COPY = "staff-copy"
    MEMBER_LINK_HOW = "member-link-how"
    MEMBER_LINK_SENT = "member-link-sent"
    MEMBER_LINK_OFTEN = "member-link-often"
    MEMBER_LINK_LATER = "member-link-later"
    MEMBER_LINK_WRONG = "member-link-wrong"
    MEMBER_LINK_NONE = "member-link-none"
    MEMBER_LINKED = "member-linked"
    MEMBER_PARTED = "member-parted"
    LINK_CODE = "link-code"
    LINK_MADE = "link-made"
    STAFF_REMOVAL = "staff-removal"
    STAFF_LEFT_BEHIND = "staff-left-behind"
    STAFF_GOODBYE = "staff-goodbye"
    STAFF_NO_TOPICS = "staff-no-topics"
    STAFF_TOPIC = "staff-topic"
    STAFF_NEW = "staff-new"
    STAFF_RESTRICTED = "staff-restricted"
    STAFF_FOLLOW_UP = "staff-follow-up"
    STAFF_HANDED_OVER = "staff-handed-over"
    STAFF_UNDELIVERED = "staff-undelivered"
    STAFF_MOVED = "staff-moved"
    STAFF_SENDING = "staff-sending"
    STAFF_UNATTENDED = "staff-unattended"
    STAFF_DUE = "staff-due"
    STAFF_LATE = "staff-late"
    STAFF_RELEASED = "staff-released"
    STAFF_REVIEW_DUE = "staff-review-due"
    STAFF_DELIVERABLE_DUE = "staff-deliverable-due"
    STAFF_DONE = "staff-done"
    STAFF_PREVIEW = "staff-preview"
    STAFF_SIGN_IN = "staff-sign-in"
    STAFF_ALERT = "staff-alert"
    STAFF_ALL_CLEAR = "staff-all-clear"
    STAFF_DRAFT = "staff-draft"
    STAFF_DRAFT_ASKED = "staff-draft-asked"
    STAFF_QUEUE = "staff-queue"
    STAFF_MINE = "staff-mine"
    STAFF_WEEK = "staff-week"
    STAFF_TEMPLATES = "staff-templates"
    STAFF_PRIVATELY = "staff-privately"
    STAFF_CLOSED = "staff-closed"
    STAFF_DIGEST = "staff-digest"
    STAFF_WATCHED = "staff-watched"
    STAFF_SORTED = "staff-sorted"
    STAFF_STALE = "staff-stale"
    STAFF_CHAT_TROUBLE = "staff-chat-trouble"
    STAFF_MENTOR_ASSIGNED = "staff-mentor-assigned"
    STAFF_MENTOR_ASKED = "staff-mentor-asked"
    STAFF_SILENT = "staff-silent"
    STAFF_CHECK_DUE = "staff-check-due"
    STAFF_ORGANISATIONS = "staff-organisations"
    WELCOME = "welcome"
    TALK_SUMMARY = "talk-summary"
    STAFF_TALK = "staff-talk"
    CALL_MISSED = "call-missed"
    STAFF_CALL_DUE = "staff-call-due"
    VISIT_INVITED = "visit-invited"
    VISIT_CHANGED = "visit-changed"
    VISIT_CANCELLED = "visit-cancelled"
    REFERRAL_CONSENT = "referral-consent"
    REFERRAL_SENT = "referral-sent"
    REFERRED = "referred"
    STAFF_REFERRAL_DUE = "staff-referral-due"


REPEATED_WHEN_UNCERTAIN = frozenset(
    {
        Kind.ANSWER,
        Kind.REPLY,
        Kind.COPY,
        Kind.EDIT,
        Kind.STAFF_TOPIC,
        Kind.STAFF_CARD,
        Kind.STAFF_MESSAGE,
        Kind.STAFF_EDIT,
        Kind.STAFF_MAIL,
        Kind.WELCOME,
    }
)
"""Kinds sent once more when nobody can tell whether they arrived; the others are left alone.

An answer that may be missing is worse than one seen twice under the same number; an
acknowledgement is not. The second try carries the same Message-ID.
"""

EDITS = frozenset({Kind.EDIT, Kind.STAFF_EDIT})
"""Kinds that change what was said before; making one twice is as good as once."""

_ANSWERS = frozenset({Kind.ANSWER, Kind.REPLY})
_CAN_WAIT = EDITS | {Kind.WELCOME}
FIRST_TO_LAST = (_ANSWERS, frozenset(Kind) - _ANSWERS - _CAN_WAIT, _CAN_WAIT)
"""Which kinds go first when there is more to send than may be sent; within a lane order is kept."""

STAFF_KINDS = frozenset(
    {
        Kind.STAFF_TOPIC,
        Kind.STAFF_CARD,
        Kind.STAFF_MESSAGE,
        Kind.STAFF_EDIT,
        Kind.STAFF_MAIL,
        Kind.WELCOME,
    }
)
"""Kinds that consultants read, never an asker."""

CARDS = frozenset({Key.STAFF_NEW, Key.STAFF_HANDED_OVER})
"""What shows consultants the question itself; nobody is told of a ticket without one first."""

SHOWS_ASKER = CARDS | {Key.STAFF_FOLLOW_UP}
"""What shows consultants the asker's words: a reply to it is an answer."""

TO_ONE = frozenset(
    {Key.TALK_SUMMARY, Key.VISIT_INVITED, Key.VISIT_CHANGED, Key.VISIT_CANCELLED}
    | {Key.REFERRAL_CONSENT, Key.REFERRAL_SENT}
)
"""What is said to one asker of a matter alone, even where several asked."""

ON_ANY_CHANNEL = frozenset(
    {
        Key.ACKNOWLEDGEMENT,
        Key.ANSWER,
        Key.SUGGESTIONS,
        Key.HANDED_OVER,
        Key.REPLY,
    }
)
"""What may be said on another channel of the asker's when the first is dead."""

AUTOMATIC = frozenset({Kind.ACKNOWLEDGEMENT, Kind.ANSWER, Kind.SUGGESTIONS, Kind.NOTICE})
"""Kinds no person wrote and an asker receives: marked `Auto-Submitted` and capped."""

ERROR_NOTICES = frozenset({Key.REFUSED, Key.STAFF_PREVIEW, Key.STAFF_STALE})
"""What a consultant's mail brings back when it was not sent on: capped as well, robots answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A message we owe: key and values of a text, in a language, to an address.

    `once` makes the debt unique: owing the same thing twice owes it once.
    """

    kind: Kind
    channel: Channel
    to: str
    key: str
    values: Values
    language: str
    at: datetime
    ticket: TicketId | None = None
    article: ArticleId | None = None
    once: str | None = None
    not_before: datetime | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A debt under a lease, with all a transport needs to render it.

    `thread` holds the external ids of the conversation with this recipient, oldest first;
    `topic` is the staff topic of the ticket in the chat `to`. `rendered` is set on a repeat.
    `doubts` counts how often nobody could tell whether it was taken. `edits` is the external id of
    the message an edit changes; None while that has none.
    """

    id: OutboxId
    fence: int
    kind: Kind
    channel: Channel
    to: str
    key: str
    values: Values
    language: str
    at: datetime
    attempts: int
    doubts: int
    ticket: TicketId | None
    article: ArticleId | None
    subject: str
    thread: tuple[str, ...]
    topic: str | None
    attachments: tuple[Attachment, ...]
    rendered: bytes | None
    external_id: str | None
    edits: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The exact bytes a transport will hand over; kept, so that every try sends the same.

    `external_id` is known beforehand for mail (its Message-ID), else None.
    """

    content: bytes
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """How its channel knows a message that it took.

    `beside` names the other messages a long text or its files needed; they say what it says.
    """

    name: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """A delivery about to begin."""

    message: Outgoing
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class Arrived:
    """A delivery that its channel took."""

    message: Outgoing
    taken: Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was handed to a channel, and when its last try began."""

    to: str
    at: datetime
    content: bytes
