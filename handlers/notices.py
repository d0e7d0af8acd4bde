"""What a member is told in answer to what they asked of the desk itself."""

from datetime import datetime

from handlers.commands import Ask
from handlers.domain.channels import Attachment
from handlers.domain.ids import TicketId
from handlers.domain.outgoing import Key, Kind, Owed, Values


def notice(
    ask: Ask,
    key: Key,
    values: Values,
    *,
    at: datetime,
    ticket: TicketId | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Owed:
    """Return the debt; the same request owes it once."""
    return Owed(
        kind=Kind.NOTICE,
        channel=ask.by.channel,
        to=ask.by.value,
        key=key,
        values=values,
        language=ask.language,
        at=at,
        ticket=ticket,
        once=f"{key}:{ask.once}",
        attachments=attachments,
    )
