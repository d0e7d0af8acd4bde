"""What consultants prepare: an answer not sent yet, and answers kept for many questions."""

from datetime import datetime

from handlers.domain.ids import ConsultantId, DraftId, TicketId
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """An answer about to be prepared; `external_id` names the message that brought it."""

    ticket: TicketId
    consultant: ConsultantId
    text: str
    at: datetime
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The one prepared answer of a ticket; other words make another draft, with another id."""

    id: DraftId
    ticket: TicketId
    consultant: ConsultantId
    text: str
    at: datetime
    external_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A canned reply, by its short name; `{names}` in it are filled from the ticket."""

    name: str
    text: str
    by: str
    at: datetime
