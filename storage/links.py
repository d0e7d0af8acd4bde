"""Requests to join a chat and a mail address."""

from datetime import datetime

import sqlalchemy as sa

from handlers.domain.ids import TicketId
from handlers.domain.links import LinkRequest
from knowledge_base.values import dataclass
from storage.columns import optional
from storage.rows import link_requests

_row = link_requests.c


@dataclass(frozen=True, slots=True)
class SqlLinkRequests:
    """The port `LinkRequests`."""

    connection: sa.Connection

    def add(self, request: LinkRequest) -> None:
        before = (_row.chat == request.chat, _row.expires_at > request.at)
        self.connection.execute(
            sa.update(link_requests).where(*before).values(expires_at=request.at)
        )
        self.connection.execute(
            sa.insert(link_requests).values(
                chat=request.chat,
                address=request.address,
                digest=request.digest,
                ticket_id=request.ticket,
                tries=0,
                at=request.at,
                expires_at=request.expires,
            )
        )

    def made_since(self, moment: datetime, *, chat: str, address: str) -> int:
        count = sa.select(sa.func.count()).select_from(link_requests).where(_row.at >= moment)
        by_chat = self.connection.scalar(count.where(_row.chat == chat)) or 0
        by_address = self.connection.scalar(count.where(_row.address == address)) or 0
        return max(by_chat, by_address)

    def is_open(self, chat: str, *, now: datetime) -> bool:
        statement = sa.select(_row.id).where(_row.chat == chat, _row.expires_at > now).limit(1)
        return self.connection.scalar(statement) is not None

    def redeem(self, *, chat: str, digest: str, now: datetime, tries: int) -> LinkRequest | None:
        # One update counts the try and locks the row: guesses made at once are counted one by one.
        tried = (
            sa.update(link_requests)
            .where(_row.chat == chat, _row.expires_at > now, _row.tries < tries)
            .values(tries=_row.tries + 1)
            .returning(link_requests)
        )
        found = self.connection.execute(tried).one_or_none()
        if found is None or found.digest != digest:
            return None
        spent = sa.update(link_requests).where(_row.id == found.id).values(expires_at=now)
        self.connection.execute(spent)
        return LinkRequest(
            chat=found.chat,
            address=found.address,
            digest=found.digest,
            at=found.at,
            expires=found.expires_at,
            ticket=optional(TicketId, found.ticket_id),
        )

    def forget_before(self, moment: datetime) -> None:
        self.connection.execute(sa.delete(link_requests).where(_row.at < moment))
