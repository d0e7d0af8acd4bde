"""Mail as a channel the outbox relay can deliver to."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.email.smtp import Smtp
from handlers.domain.outgoing import Outgoing, Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTransport:
    """Writes a debt down as a mail and hands exactly those bytes to the server."""

    write: Callable[[Outgoing], Rendered]
    smtp: Smtp
    sender: str

    @property
    def at_once(self) -> int:
        """One: the mails share a connection, and a stop then leaves one in doubt at most."""
        return 1

    def render(self, message: Outgoing) -> Rendered:
        return self.write(message)

    async def deliver(self, message: Outgoing, rendered: Rendered) -> str:
        said = await self.smtp.send(sender=self.sender, recipient=message.to, raw=rendered.content)
        return rendered.external_id or said

    async def close(self) -> None:
        await self.smtp.close()
