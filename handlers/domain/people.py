"""People: those who ask, and those who answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.domain.channels import Address
from handlers.domain.ids import ConsultantId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asked; `addresses` are the ways to reach them, the oldest first.

    `language` is a guess from what they wrote; `chosen_language` what they asked for.
    """

    id: PersonId
    name: str
    language: str | None
    municipality: str | None
    addresses: tuple[Address, ...]
    chosen_language: str | None = None


class Role(StrEnum):
    """What a consultant may do; see `handlers.access`."""

    CONSULTANT = "consultant"
    COORDINATOR = "coordinator"
    MENTOR = "mentor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultant:
    """Who answers. `signature` is the name askers see; empty = the organisation's.

    `private`: wants new tickets in the private chat with the bot, whatever groups there are.
    """

    id: ConsultantId
    name: str
    email: str
    telegram: str | None
    role: Role
    signature: str
    active: bool
    queues: frozenset[str]
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsultant:
    """A consultant about to be added."""

    name: str
    email: str
    telegram: str | None
    role: Role
    signature: str
    queues: frozenset[str]
    at: datetime
