"""Channels, the addresses people have on them, and the files they carry."""

from enum import StrEnum

from knowledge_base.values import dataclass


class Channel(StrEnum):
    """A way people reach us; `command` is a consultant at the command line or the console.

    Nothing is ever sent by `phone` or by `visit`: a consultant wrote down what was said there.
    """

    MAIL = "mail"
    TELEGRAM = "telegram"
    WEB = "web"
    COMMAND = "command"
    PHONE = "phone"
    VISIT = "visit"


SPEAKING = frozenset({Channel.PHONE, Channel.VISIT})
"""Channels on which nothing is written."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached.

    A lower-case mail address, a Telegram chat id as text, or a number like +37061234567.
    """

    channel: Channel
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept in the store under its SHA-256; the name is only for show."""

    sha256: str
    name: str
    content_type: str
    size: int
