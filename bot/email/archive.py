"""The archive copy of all that was sent, in which a mail of unknown outcome is looked up."""

from bot.email.imap import ImapAccount, signed_in
from bot.email.imap_wire import ImapError
from handlers.domain.errors import UncertainDeliveryError
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArchive:
    """A folder in which the server itself lays a copy of each mail it takes.

    Either an address of ours that is a second recipient of every mail, in the same transaction,
    or the Sent folder of a provider that fills it.
    """

    account: ImapAccount
    folder: str

    async def holds(self, external_id: str) -> bool:
        """Tell whether the mail is there.

        Raises:
            UncertainDeliveryError: the folder cannot be read now.
        """
        try:
            async with signed_in(self.account) as mailbox:
                await mailbox.select(self.folder)
                return bool(await mailbox.find(external_id))
        except ImapError as error:
            raise UncertainDeliveryError(f"the archive cannot be read: {error}") from error
