"""Mail as a channel the outbox relay can deliver to."""

from collections.abc import Awaitable, Callable

from bot.email.smtp import Smtp
from handlers.domain.outgoing import AUTOMATIC, Outgoing, Rendered, Taken
from handlers.tokens import Tokens
from knowledge_base.values import dataclass

_LOCAL_PART = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPaths:
    """Where the network sends back what it cannot deliver: the envelope sender of a mail.

    - With plus addresses each mail has a return path of its own, signed.
    - Else nothing may come back of what a machine wrote to an asker (`<>`), so that no two
      machines can answer each other for ever; the rest comes back to our own address.
    """

    address: str
    tokens: Tokens
    mail_plus: bool

    def of(self, message: Outgoing) -> str:
        """Return the envelope sender; empty is `<>`."""
        local, _, domain = self.address.rpartition("@")
        signed = f"{local}+{self.tokens.sign_return(message.id)}"
        if self.mail_plus and len(signed) <= _LOCAL_PART:
            return f"{signed}@{domain}"
        return "" if message.kind in AUTOMATIC else self.address


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTransport:
    """Writes a debt down as a mail and hands exactly those bytes to the server.

    `keep_copy` gets each mail that was taken, if copies are wanted; `archive` is a second
    recipient of every mail, if there is one.
    """

    write: Callable[[Outgoing], Rendered]
    smtp: Smtp
    return_paths: ReturnPaths
    archive: str = ""
    keep_copy: Callable[[bytes], Awaitable[None]] | None = None

    @property
    def at_once(self) -> int:
        """As many as there are connections; a kill leaves so many in doubt at most."""
        return self.smtp.connections

    def render(self, message: Outgoing) -> Rendered:
        return self.write(message)

    async def deliver(self, message: Outgoing, rendered: Rendered) -> Taken:
        said = await self.smtp.send(
            sender=self.return_paths.of(message),
            recipient=message.to,
            raw=rendered.content,
            archive=self.archive,
        )
        return Taken(rendered.external_id or said)

    async def delivered(self, rendered: Rendered) -> None:
        if self.keep_copy is not None:
            await self.keep_copy(rendered.content)

    async def close(self) -> None:
        await self.smtp.close()
