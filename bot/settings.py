"""The settings: read once from HELPDESK_* and helpdesk.toml, validated, secrets hidden."""

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from bot.configuration import from_environment, from_file, from_secrets, refuse_unknown, sentence
from bot.email.tls import Tls
from bot.errors import ConfigurationError
from bot.files_settings import FilesSettings
from bot.hours_settings import HoursSettings
from bot.mail_settings import IMPORT, LMTP, LOOPBACK, MailboxSettings, OAuthSettings, oauth
from handlers.domain.errors import InvalidError
from handlers.policy import AutoAnswers, Limit, MailCaps, parse_limits

_LISTS = frozenset({"closures", "targets", "mailboxes", "staff_chats"})
"""Tables of helpdesk.toml; in the environment they are JSON."""


class StaffChatSettings(BaseModel):
    """A Telegram group of consultants and the queues it serves; none = all unrestricted.

    `topics`: whether each ticket gets a topic; a plain group has none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    chat: str
    queues: tuple[str, ...] = ()
    topics: bool = True


class Settings(HoursSettings, FilesSettings, BaseModel):
    """Every setting of CONTRACT, "Settings", and a few of our own (docs/settings.md)."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    organisation: str = "NVO konsultantai"
    public_url: str = ""
    privacy_url: str = ""
    phone: str = ""
    secret_key: SecretStr | None = None
    secret_key_previous: SecretStr | None = None
    auto_answers: AutoAnswers = AutoAnswers.AUTO
    max_wrong_answers: float = Field(default=0.02, ge=0, le=1)

    mail_address: str = ""
    mail_aliases: tuple[str, ...] = ()
    mail_plus: bool = False
    mail_authserv_id: str = ""
    mail_check_dkim: bool = False
    mail_archive: str = ""
    mail_archive_folder: str = ""
    mail_auto_per_address: str = "10/10m,30/1d"
    mail_auto_per_ticket: str = "5/1d"
    mail_auto_per_domain: str = "200/1h"
    mail_auto_per_subject: str = "5/1d"

    imap_host: str = ""
    imap_port: int = 993
    imap_user: str = ""
    imap_password: SecretStr = SecretStr("")
    imap_folder: str = "INBOX"
    imap_tls: Tls = Tls.IMPLICIT
    imap_ca_file: Path | None = None
    imap_oauth_token_url: str = ""
    imap_oauth_client_id: str = ""
    imap_oauth_client_secret: SecretStr = SecretStr("")
    imap_oauth_refresh_token: SecretStr = SecretStr("")
    imap_oauth_scope: str = ""
    imap_since: date | None = None
    imap_sent_folder: str = ""
    imap_read_sent_folder: str = ""
    imap_move_to: str = ""
    mailboxes: tuple[MailboxSettings, ...] = ()
    lmtp_host: str = "127.0.0.1"
    lmtp_port: int | None = Field(default=None, ge=0, le=65535)

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_connections: int = Field(default=4, ge=1, le=50)
    smtp_tls: Tls = Tls.STARTTLS
    smtp_ca_file: Path | None = None
    smtp_oauth_token_url: str = ""
    smtp_oauth_client_id: str = ""
    smtp_oauth_client_secret: SecretStr = SecretStr("")
    smtp_oauth_refresh_token: SecretStr = SecretStr("")
    smtp_oauth_scope: str = ""

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_staff_chat: str = ""
    telegram_webhook_url: str = ""
    telegram_gather_seconds: float = Field(default=1.5, ge=0, le=30)
    telegram_topics: bool = True
    telegram_digest: time | Literal["off"] = time(8, 30)
    telegram_undo_seconds: int = Field(default=30, ge=0, le=600)
    telegram_group_calls: int = Field(default=18, ge=1)
    staff_chats: tuple[StaffChatSettings, ...] = ()

    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    web_rate: str = "30/1m"
    web_proxies: str = "127.0.0.1,::1"
    status_port: int | None = None
    log_format: Literal["json", "text"] = "json"

    registry_days: int = Field(default=180, ge=1)
    calls_days: int = Field(default=30, ge=1)
    keep_raw_days: int = Field(default=365, ge=1)
    lease_seconds: float = Field(default=60, gt=0)
    settle_seconds: float = Field(default=60, ge=0)
    alert_seconds: float = Field(default=120, ge=0)

    def __init__(self, **given: object) -> None:
        """Take what is given; of the rest the environment first, secrets in files, helpdesk.toml.

        Raises:
            ConfigurationError: a source cannot be read.
            ValidationError: a value is wrong.
        """
        names = type(self).model_fields
        found = from_file() | from_secrets(names) | from_environment(names, lists=_LISTS)
        super().__init__(**(found | given))

    @model_validator(mode="before")
    @classmethod
    def _split_aliases(cls, values: dict[str, object]) -> dict[str, object]:
        aliases = values.get("mail_aliases")
        if isinstance(aliases, str):
            values["mail_aliases"] = tuple(filter(None, re.split(r"[,\s]+", aliases)))
        return values

    @model_validator(mode="after")
    def _check_sources(self) -> Self:
        if self.lmtp_host not in LOOPBACK:
            raise ValueError(f"lmtp_host: only this machine hands mail over, not {self.lmtp_host}")
        names = [*(box.name for box in self.all_mailboxes), LMTP, IMPORT]
        if len(set(names)) < len(names):
            raise ValueError("mailboxes: each needs a name of its own, other than lmtp and import")
        for box in self.all_mailboxes[:1]:
            if box.move_to and self.archive_folder in {box.folder, box.move_to}:
                raise ValueError("imap_move_to: the archive needs a folder nothing is moved from")
        return self

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.imap_host and not (self.imap_user or self.imap_tls is Tls.NONE):
            raise ValueError("imap_user: a mailbox needs a user")
        plain = [("smtp_tls", self.smtp_host, self.smtp_tls)]
        plain += [("imap_tls", box.host, box.tls) for box in self.all_mailboxes]
        for key, host, tls in plain:
            if host and tls is Tls.NONE and host not in LOOPBACK:
                raise ValueError(f"{key}: none is only for this machine; {host} is another")
        if any(box.tls is Tls.STARTTLS for box in self.all_mailboxes):
            raise ValueError("imap_tls: use implicit; STARTTLS is not offered for IMAP")
        if (self.smtp_host or self.takes_mail) and "@" not in self.mail_address:
            raise ValueError("mail_address: the desk's own address is needed for mail")
        if self.archive_folder and not self.all_mailboxes:
            raise ValueError("mail_archive: no mailbox is read in which a copy could be looked up")
        if self.archive_folder and self.archive_folder == self.imap_sent_folder:
            raise ValueError(
                "mail_archive_folder: imap_sent_folder gets its copies only after delivery"
            )
        try:
            _ = (self.caps, self.web_limits, self.imap_oauth, self.smtp_oauth)
        except InvalidError as wrong:
            raise ValueError(f"{wrong.field}: write limits like 10/10m,30/1d") from wrong
        return self

    @property
    def all_mailboxes(self) -> tuple[MailboxSettings, ...]:
        """The mailbox of the IMAP_* keys, if any, then those of `[[mailboxes]]`."""
        if not self.imap_host:
            return self.mailboxes
        first = MailboxSettings(
            host=self.imap_host,
            port=self.imap_port,
            user=self.imap_user,
            password=self.imap_password,
            folder=self.imap_folder,
            tls=self.imap_tls,
            ca_file=self.imap_ca_file,
            oauth=self.imap_oauth,
            since=self.imap_since,
            read_sent_folder=self.imap_read_sent_folder,
            move_to=self.imap_move_to,
        )
        return (first, *self.mailboxes)

    @property
    def all_staff_chats(self) -> tuple[StaffChatSettings, ...]:
        """The chat of TELEGRAM_STAFF_CHAT, if any, then those of `[[staff_chats]]`."""
        if not self.telegram_staff_chat:
            return self.staff_chats
        first = StaffChatSettings(chat=self.telegram_staff_chat, topics=self.telegram_topics)
        return (first, *self.staff_chats)

    @property
    def takes_mail(self) -> bool:
        """Whether mail comes in."""
        return bool(self.all_mailboxes) or self.lmtp_port is not None

    @property
    def sends_mail(self) -> bool:
        """Whether mail can go out."""
        return bool(self.smtp_host and self.mail_address)

    @property
    def imap_oauth(self) -> OAuthSettings | None:
        """How the mailbox of the IMAP_* keys is signed in to by tokens, if it is."""
        return oauth(
            token_url=self.imap_oauth_token_url,
            client_id=self.imap_oauth_client_id,
            client_secret=self.imap_oauth_client_secret,
            refresh_token=self.imap_oauth_refresh_token,
            scope=self.imap_oauth_scope,
        )

    @property
    def smtp_oauth(self) -> OAuthSettings | None:
        """How sending is signed in to by tokens, if it is."""
        return oauth(
            token_url=self.smtp_oauth_token_url,
            client_id=self.smtp_oauth_client_id,
            client_secret=self.smtp_oauth_client_secret,
            refresh_token=self.smtp_oauth_refresh_token,
            scope=self.smtp_oauth_scope,
        )

    @property
    def archive_folder(self) -> str:
        """Where the first mailbox holds a copy of each sent mail; empty = nowhere."""
        if self.mail_archive_folder or not (self.mail_archive and self.all_mailboxes):
            return self.mail_archive_folder or self.mail_archive
        return self.all_mailboxes[0].folder

    @property
    def own_addresses(self) -> frozenset[str]:
        """The desk's own mail addresses, in lower case."""
        return frozenset(
            address.lower() for address in (self.mail_address, *self.mail_aliases) if address
        )

    @property
    def caps(self) -> MailCaps:
        """The caps of automatic mail."""
        return MailCaps(
            per_address=parse_limits(self.mail_auto_per_address, field="mail_auto_per_address"),
            per_ticket=parse_limits(self.mail_auto_per_ticket, field="mail_auto_per_ticket"),
            per_domain=parse_limits(self.mail_auto_per_domain, field="mail_auto_per_domain"),
            per_subject=parse_limits(self.mail_auto_per_subject, field="mail_auto_per_subject"),
        )

    @property
    def web_limits(self) -> tuple[Limit, ...]:
        """How often one client address may ask; none = off."""
        if self.web_rate.strip() == "0":
            return ()
        return parse_limits(self.web_rate, field="web_rate")

    @property
    def answer_variables(self) -> dict[str, str]:
        """What the answers of the knowledge base may name."""
        return {
            "mail_address": self.mail_address,
            "phone": self.phone,
            "organisation": self.organisation,
            "public_url": self.public_url,
        }

    @property
    def base_url(self) -> str:
        """The address people open, as far as the settings tell."""
        return self.public_url.rstrip("/") or f"http://{self.web_host}:{self.web_port}"

    @property
    def sqlite_path(self) -> Path:
        """The file of the embedded database."""
        url = self.database_url.get_secret_value() if self.database_url else ""
        return Path(url.partition("///")[2]) if url else self.data_dir / "helpdesk.db"

    @property
    def lease(self) -> timedelta:
        """How long a worker may hold a piece of work."""
        return timedelta(seconds=self.lease_seconds)

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url is None or self.database_url.get_secret_value().startswith(
            "sqlite"
        )


def load_settings() -> Settings:
    """Read the settings of this process.

    Raises:
        ConfigurationError: a key is unknown or its value wrong; the sentence names it.
    """
    refuse_unknown(Settings.model_fields)
    try:
        return Settings()
    except ValidationError as wrong:
        raise ConfigurationError(sentence(wrong)) from None
