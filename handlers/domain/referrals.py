"""Referrals: a matter shown to another body, because its asker agreed."""

from datetime import date, datetime
from enum import StrEnum

from handlers.domain.ids import ConsultantId, ReferralId, TicketId
from knowledge_base.values import dataclass


class ReferralState(StrEnum):
    """How far a referral is; nothing leaves before the asker agreed."""

    ASKED = "asked"
    DECLINED = "declined"
    SENT = "sent"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """A referral about to be made.

    `body` is the institution, `contact` the mail address there, `words` what is passed on, and
    `consent` how the asker agreed; empty = they are asked.
    """

    ticket: TicketId
    consultant: ConsultantId
    body: str
    contact: str
    words: str
    state: ReferralState
    consent: str
    follow_up_on: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(NewReferral):
    """A referral; its ticket stays with our own consultant, who looks at it on `follow_up_on`."""

    id: ReferralId
    reminded_at: datetime | None = None
