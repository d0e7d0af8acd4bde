"""What consultants tell of calls and visits in a chat."""

from enum import StrEnum

from handlers.domain.appointments import Attendance
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.messages import Prepared
from handlers.domain.tickets import ArticleKind
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TellTalk:
    """A consultant told of a call or a visit in one line.

    `message` is the message that says so, `thread` the topic it stands in, `ticket` the one the
    place is about. `edited` is when its words were changed, if they were.
    """

    kind: ArticleKind
    line: str
    telegram: str
    chat: str
    message: str
    thread: str = ""
    ticket: TicketId | None = None
    edited: int = 0


class TalkAct(StrEnum):
    """What the buttons of a talk's card do."""

    MINUTES = "min"
    PLACE = "place"
    TOPIC = "topic"
    SUMMARY = "summary"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class MendTalk:
    """A consultant pressed a button of the card `shown`, or replied to it with a line."""

    telegram: str
    chat: str
    shown: str
    once: str
    line: str = ""
    article: ArticleId | None = None
    act: TalkAct | None = None
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAnswer:
    """An answer that came by mail from a calendar; `message` is the mail."""

    uid: str
    sequence: int
    answer: Attendance
    message: Prepared
