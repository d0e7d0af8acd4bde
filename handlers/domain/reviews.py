"""A document under review: its versions, and what was recommended about each."""

from datetime import date, datetime
from enum import StrEnum

from handlers.domain.channels import Attachment
from handlers.domain.ids import ArticleId, TicketId
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What makes a ticket a review: a document, and the day by which it is to be done."""

    ticket: TicketId
    title: str
    due_on: date
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None = None
    reminded_for: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.closed_at is None and self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One version of the document: a file of the conversation, which came in an article."""

    ticket: TicketId
    number: int
    article: ArticleId
    sha256: str
    file: str
    note: str
    at: datetime
    by: str

    def is_of(self, file: Attachment) -> bool:
        """Whether this is the version it was."""
        return file.sha256 == self.sha256


class Verdict(StrEnum):
    """What became of a recommendation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What should be better in one version; `place` is where in the document, if it says."""

    ticket: TicketId
    number: int
    round: int
    text: str
    place: str
    at: datetime
    by: str
    verdict: Verdict = Verdict.OPEN
    reason: str = ""
    settled_at: datetime | None = None
    settled_by: str | None = None
