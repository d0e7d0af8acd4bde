"""Channels, the addresses people have on them, and the files they carry."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """A way people reach us; `command` is a consultant at the command line or the console."""

    MAIL = "mail"
    TELEGRAM = "telegram"
    WEB = "web"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached: a lower-case mail address or a Telegram chat id as text."""

    channel: Channel
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept in the store under its SHA-256; the name is only for show."""

    sha256: str
    name: str
    content_type: str
    size: int
