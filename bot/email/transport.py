"""Mail as a channel the outbox relay can deliver to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.email.smtp import Smtp
from handlers.domain.outgoing import Outgoing, Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTransport:
    """Writes a debt down as a mail and hands exactly those bytes to the server.

    `keep_copy` gets each mail that was taken, if copies are wanted.
    """

    write: Callable[[Outgoing], Rendered]
    smtp: Smtp
    sender: str
    keep_copy: Callable[[bytes], Awaitable[None]] | None = None

    @property
    def at_once(self) -> int:
        """One: the mails share a connection, and a stop then leaves one in doubt at most."""
        return 1

    def render(self, message: Outgoing) -> Rendered:
        return self.write(message)

    async def deliver(self, message: Outgoing, rendered: Rendered) -> str:
        said = await self.smtp.send(sender=self.sender, recipient=message.to, raw=rendered.content)
        return rendered.external_id or said

    async def delivered(self, rendered: Rendered) -> None:
        if self.keep_copy is not None:
            await self.keep_copy(rendered.content)

    async def close(self) -> None:
        await self.smtp.close()
