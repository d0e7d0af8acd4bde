"""Messages about to be sent, with defaults."""

from dataclasses import replace

from handlers.domain.channels import Attachment, Channel
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from handlers.domain.outgoing import Key, Kind, Outgoing, Values
from tests.unit.bot.telegram.desk import MONDAY

CHAT = "5000000001"


def an_outgoing(
    kind: Kind = Kind.REPLY,
    key: str = Key.REPLY,
    *,
    to: str = CHAT,
    values: Values | None = None,
    language: str = "lt",
    topic: str | None = None,
    thread: tuple[str, ...] = (),
    attachments: tuple[Attachment, ...] = (),
) -> Outgoing:
    """Return a debt under a lease."""
    given = {"reference": "NVO-7", "text": "Taip, galite.", "author": "Jonas"}
    return Outgoing(
        id=OutboxId(1),
        fence=1,
        kind=kind,
        channel=Channel.TELEGRAM,
        to=to,
        key=key,
        values=given if values is None else values,
        language=language,
        at=MONDAY,
        attempts=1,
        doubts=0,
        ticket=TicketId(7),
        article=ArticleId(1),
        subject="",
        thread=thread,
        topic=topic,
        attachments=attachments,
        rendered=None,
        external_id=None,
    )


def without_ticket(message: Outgoing) -> Outgoing:
    """Return the same about no ticket."""
    return replace(message, ticket=None, article=None)
