"""Appointments: a visit that is to be, with who is invited and what they said."""

from datetime import datetime
from enum import StrEnum

from handlers.domain.ids import AppointmentId, ConsultantId, TicketId
from knowledge_base.values import dataclass


class Attendance(StrEnum):
    """What became of an invitation; the middle three are the invited one's own words."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAppointment:
    """A visit about to be agreed on; `uid` names it in everybody's calendar (RFC 5545)."""

    uid: str
    ticket: TicketId
    consultant: ConsultantId
    attendee: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(NewAppointment):
    """A visit; `sequence` counts its changes, and an answer to an older one is none."""

    id: AppointmentId
    sequence: int = 0
    state: Attendance = Attendance.INVITED
    answered_at: datetime | None = None
