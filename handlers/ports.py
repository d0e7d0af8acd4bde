"""What the use cases need from the outside world; `storage` and `bot` provide it.

All of a `UnitOfWork`'s repositories share one transaction: nothing is kept until `commit`.
Ids given back by an `add` are valid inside the transaction at once.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from handlers.applications import Applications
from handlers.appointments import Appointments
from handlers.call_reminders import CallReminders
from handlers.call_wishes import CallWishes
from handlers.cards import Changes, Domains, Organisations, People
from handlers.deliverable_records import Deliverables
from handlers.domain.messages import Prepared
from handlers.enrolments import Trainings
from handlers.link_requests import LinkRequests
from handlers.mentorships import MentorRequests, Mentorships
from handlers.preparation import Drafts, Templates
from handlers.project_records import Projects
from handlers.reading import Cursor, Cursors, Leases
from handlers.records import Programmes, Registry
from handlers.referrals import Referrals
from handlers.repositories import (
    Consultants,
    Entries,
    OneTimeCodes,
    PersonalData,
    Sessions,
    Tickets,
    Topics,
)
from handlers.review_records import Reviews
from handlers.staffing import Routes, Staffing
from handlers.talks import Talks
from handlers.ties import Marks, Ties
from handlers.upkeep import Reconciled, Reconciliations, Standing, Troubles, Waits
from handlers.work import Inbox, InboxEntry, Outbox, OutboxEntry

__all__ = [
    "Applications",
    "Appointments",
    "CallReminders",
    "CallWishes",
    "Changes",
    "Clock",
    "Consultants",
    "Cursor",
    "Cursors",
    "Deliverables",
    "Domains",
    "Drafts",
    "Entries",
    "FileStore",
    "Inbox",
    "InboxEntry",
    "Leases",
    "LinkRequests",
    "Marks",
    "MentorRequests",
    "Mentorships",
    "OneTimeCodes",
    "Organisations",
    "Outbox",
    "OutboxEntry",
    "People",
    "PersonalData",
    "Programmes",
    "Projects",
    "Reconciled",
    "Reconciliations",
    "Referrals",
    "Registry",
    "Reviews",
    "Routes",
    "Sessions",
    "Staffing",
    "Standing",
    "Talks",
    "Templates",
    "Tickets",
    "Ties",
    "Topics",
    "Trainings",
    "Troubles",
    "UnitOfWork",
    "UnitOfWorkFactory",
    "Waits",
]


class Clock(Protocol):
    """The time, so that tests can move it."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        ...


class FileStore(Protocol):
    """Bytes kept on disk under their SHA-256, written and fsynced before any row names them."""

    @property
    def is_sealed(self) -> bool:
        """Whether what is kept can be read only with a key."""
        ...

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hex. Safe to repeat."""
        ...

    def get(self, sha256: str) -> bytes:
        """Return the bytes.

        Raises:
            NotFoundError: no such file.
        """
        ...

    def delete(self, sha256: str) -> None:
        """Remove the bytes; absent is fine."""
        ...

    def unused_since(self, part: int, moment: datetime) -> Sequence[str]:
        """List the bytes of one of 256 parts that nobody put since."""
        ...

    def delete_unused(self, sha256: str, *, since: datetime) -> None:
        """Remove the bytes unless somebody put them since."""
        ...


class UnitOfWork(Protocol):
    """One transaction over everything that is remembered."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def cursors(self) -> Cursors: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def people(self) -> People: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def domains(self) -> Domains: ...
    @property
    def consultants(self) -> Consultants: ...
    @property
    def codes(self) -> OneTimeCodes: ...
    @property
    def links(self) -> LinkRequests: ...
    @property
    def calls(self) -> CallWishes: ...
    @property
    def talks(self) -> Talks: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def topics(self) -> Topics: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def ties(self) -> Ties: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def templates(self) -> Templates: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def registry(self) -> Registry: ...
    @property
    def programmes(self) -> Programmes: ...
    @property
    def call_reminders(self) -> CallReminders: ...
    @property
    def routes(self) -> Routes: ...
    @property
    def staffing(self) -> Staffing: ...
    @property
    def mentorships(self) -> Mentorships: ...
    @property
    def mentor_requests(self) -> MentorRequests: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def trainings(self) -> Trainings: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def applications(self) -> Applications: ...
    @property
    def deliverables(self) -> Deliverables: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def troubles(self) -> Troubles: ...
    @property
    def waits(self) -> Waits: ...
    @property
    def reconciliations(self) -> Reconciliations: ...
    @property
    def personal_data(self) -> PersonalData: ...

    def expect(self, messages: Sequence[Prepared]) -> None:
        """Be told what is about to be filed: it may be looked up for all of it at once.

        A hint within this transaction: nothing else depends on it.
        """
        ...

    def commit(self) -> None:
        """Keep everything done so far. Leaving without it keeps nothing."""
        ...


UnitOfWorkFactory = Callable[[], AbstractContextManager[UnitOfWork]]
"""Begins a unit of work; leaving the block without `commit` rolls it back."""
