"""The settings of one mailbox, and how a mail server is signed in to by tokens."""

from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, model_validator

from bot.email.tls import Tls
from knowledge_base.values import dataclass

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class OAuthSettings(BaseModel):
    """How to get access tokens where a mail server takes no passwords."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token_url: str
    client_id: str
    client_secret: SecretStr = SecretStr("")
    refresh_token: SecretStr
    scope: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        host = urlsplit(self.token_url).hostname or ""
        if not self.token_url.startswith("https://") and host not in LOOPBACK:
            raise ValueError("oauth_token_url: an address that begins with https:// is needed")
        return self


SENT = "/sent"
LMTP = "lmtp"
IMPORT = "import"
"""Names under which mail is stored that no mailbox may have."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is read. `source` is what its mail is stored under; it has a cursor of its own.

    `is_sent`: what lies there was written by colleagues, not by those who ask.
    """

    source: str
    name: str
    is_sent: bool = False


class MailboxSettings(BaseModel):
    """One IMAP mailbox that is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = "inbox"
    host: str
    port: int = 993
    user: str = ""
    password: SecretStr = SecretStr("")
    folder: str = "INBOX"
    read_sent_folder: str = ""
    move_to: str = ""
    tls: Tls = Tls.IMPLICIT
    ca_file: Path | None = None
    oauth: OAuthSettings | None = None
    since: date | None = None
    queue: str | None = None
    programme: str | None = None

    @property
    def folders(self) -> tuple[Folder, ...]:
        """The folders that are read."""
        inbox = Folder(source=self.name, name=self.folder)
        if not self.read_sent_folder:
            return (inbox,)
        return (inbox, Folder(source=self.name + SENT, name=self.read_sent_folder, is_sent=True))


def oauth(
    *,
    token_url: str,
    client_id: str,
    client_secret: SecretStr,
    refresh_token: SecretStr,
    scope: str,
) -> OAuthSettings | None:
    """Put the keys together; without a token server's address there is nothing to sign in by."""
    if not token_url:
        return None
    return OAuthSettings(
        token_url=token_url,
        client_id=client_id,
        client_secret=client_secret,
        refresh_token=refresh_token,
        scope=scope,
    )
