"""People: those who ask, and those who answer."""

from datetime import datetime
from enum import StrEnum

from handlers.domain.channels import Address
from handlers.domain.ids import ConsultantId, OrganisationId, PersonId
from handlers.domain.organisations import AskerType
from knowledge_base.values import dataclass

NOWHERE = "@localhost"
"""Where an address ends that only signs in: no mail leads there from another machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asked; `addresses` are the ways to reach them, the oldest first.

    `language` is a guess from what they wrote; `chosen_language` what they asked for.
    `asker_type` and `organisation` say for whom they ask; each ticket keeps its own. `proved` are
    the mail addresses known to be theirs.
    """

    id: PersonId
    name: str
    language: str | None
    municipality: str | None
    addresses: tuple[Address, ...]
    chosen_language: str | None = None
    asker_type: AskerType | None = None
    organisation: OrganisationId | None = None
    proved: frozenset[Address] = frozenset()


class Proof(StrEnum):
    """How it became certain that an address is the person's own."""

    CHANNEL = "channel"
    CODE = "code"
    SIGNED = "signed"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An address with what is known of it; without a proof it is what somebody said.

    Whoever writes from a Telegram account has it: its channel says so.
    """

    address: Address
    proof: Proof | None
    proved_at: datetime | None
    bounced_at: datetime | None


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

    @property
    def reads_mail(self) -> bool:
        """Whether the address is a mailbox; the first administrator's is a name to sign in with."""
        return not self.email.endswith(NOWHERE)


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
