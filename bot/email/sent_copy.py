"""A copy of each sent mail in the mailbox's own Sent folder, for those who read it there."""

import logging

from bot.email.imap import ImapAccount, signed_in
from bot.email.imap_wire import ImapError
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCopies:
    """Appends to one folder. A copy is a courtesy: without it the mail is sent all the same."""

    account: ImapAccount
    folder: str

    async def keep(self, raw: bytes) -> None:
        """Put the mail into the folder, or say in the log that it could not be done."""
        try:
            async with signed_in(self.account) as mailbox:
                await mailbox.append(self.folder, raw)
        except ImapError as error:
            logger.warning("no copy in the Sent folder", extra={"error": str(error)})
