"""One transaction over everything that is remembered."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

import sqlalchemy as sa

from handlers.domain.errors import ConflictError
from handlers.domain.messages import Prepared
from handlers.ports import FileStore, UnitOfWork, UnitOfWorkFactory
from storage.applications import SqlApplications
from storage.appointments import SqlAppointments
from storage.blobs import Blobs
from storage.call_reminders import SqlCallReminders
from storage.call_wishes import SqlCallWishes
from storage.consultants import SqlConsultants
from storage.cursors import SqlCursors
from storage.deliverables import SqlDeliverables
from storage.domains import SqlDomains
from storage.engine import for_reading, leave
from storage.entries import SqlEntries
from storage.foresight import Foresight
from storage.inbox import SqlInbox
from storage.later import Later
from storage.leases import SqlLeases
from storage.links import SqlLinkRequests
from storage.memory import Memory
from storage.mentorships import SqlMentorRequests, SqlMentorships
from storage.numbers import Numbers
from storage.organisations import SqlChanges, SqlOrganisations
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.preparation import SqlDrafts, SqlTemplates
from storage.privacy import SqlPersonalData
from storage.programmes import SqlProgrammes
from storage.projects import SqlProjects
from storage.referrals import SqlReferrals
from storage.registry import SqlRegistry
from storage.reviews import SqlReviews
from storage.signin import SqlOneTimeCodes, SqlSessions
from storage.staffing import SqlRoutes, SqlStaffing
from storage.talks import SqlTalks
from storage.tickets import SqlTickets
from storage.ties import SqlMarks, SqlTies
from storage.topics import SqlTopics
from storage.trainings import SqlTrainings
from storage.upkeep import SqlReconciliations, SqlTroubles
from storage.waits import SqlWaits

Repository = TypeVar("Repository")

_LOST_A_RACE = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock: the same again will do."""

_TOO_IDLE = "25P03"
"""SQLSTATE of a transaction the server ended because nothing was heard of us for too long."""

_UNUSABLE = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""The disk, the network or the server refused, or every connection is taken."""


class _Lazy(Generic[Repository]):
    """A repository, made when it is first asked for: of forty, a transaction needs a few."""

    def __init__(self, make: "Callable[[SqlUnitOfWork], Repository]") -> None:
        self._make = make

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, unit: "SqlUnitOfWork", _owner: type) -> Repository:
        made = unit.__dict__[self._name] = self._make(unit)  # found before us from now on
        return made


class SqlUnitOfWork:
    """The port `UnitOfWork`. The transaction begins with the first statement."""

    def __init__(self, connection: sa.Connection, files: FileStore) -> None:
        self.connection = connection
        self.blobs = Blobs(files)
        self.memory = Memory(connection)
        self.later = Later(connection, self.memory)
        self.numbers = Numbers(connection)

    inbox = _Lazy(lambda unit: SqlInbox(unit.connection, unit.blobs, unit.memory))
    cursors = _Lazy(lambda unit: SqlCursors(unit.connection))
    outbox = _Lazy(lambda unit: SqlOutbox(unit.connection, unit.blobs, unit.memory, unit.later))
    people = _Lazy(lambda unit: SqlPeople(unit.connection, unit.memory, unit.later, unit.numbers))
    tickets = _Lazy(
        lambda unit: SqlTickets(unit.connection, unit.memory, unit.later, unit.numbers, unit.people)
    )
    organisations = _Lazy(lambda unit: SqlOrganisations(unit.connection))
    changes = _Lazy(lambda unit: SqlChanges(unit.connection))
    domains = _Lazy(lambda unit: SqlDomains(unit.connection))
    consultants = _Lazy(lambda unit: SqlConsultants(unit.connection, unit.memory))
    codes = _Lazy(lambda unit: SqlOneTimeCodes(unit.connection))
    links = _Lazy(lambda unit: SqlLinkRequests(unit.connection))
    sessions = _Lazy(lambda unit: SqlSessions(unit.connection))
    ties = _Lazy(lambda unit: SqlTies(unit.connection, unit.memory))
    calls = _Lazy(lambda unit: SqlCallWishes(unit.connection, unit.memory, unit.ties))
    talks = _Lazy(lambda unit: SqlTalks(unit.connection))
    appointments = _Lazy(lambda unit: SqlAppointments(unit.connection, unit.ties))
    referrals = _Lazy(lambda unit: SqlReferrals(unit.connection, unit.memory, unit.ties))
    topics = _Lazy(lambda unit: SqlTopics(unit.connection, unit.memory))
    marks = _Lazy(lambda unit: SqlMarks(unit.connection, unit.memory))
    drafts = _Lazy(lambda unit: SqlDrafts(unit.connection, unit.memory))
    templates = _Lazy(lambda unit: SqlTemplates(unit.connection))
    entries = _Lazy(lambda unit: SqlEntries(unit.connection))
    registry = _Lazy(lambda unit: SqlRegistry(unit.connection))
    programmes = _Lazy(lambda unit: SqlProgrammes(unit.connection))
    call_reminders = _Lazy(lambda unit: SqlCallReminders(unit.connection))
    routes = _Lazy(lambda unit: SqlRoutes(unit.connection, unit.memory))
    staffing = _Lazy(lambda unit: SqlStaffing(unit.connection, unit.memory))
    mentorships = _Lazy(lambda unit: SqlMentorships(unit.connection))
    mentor_requests = _Lazy(lambda unit: SqlMentorRequests(unit.connection))
    projects = _Lazy(lambda unit: SqlProjects(unit.connection))
    trainings = _Lazy(lambda unit: SqlTrainings(unit.connection))
    reviews = _Lazy(lambda unit: SqlReviews(unit.connection))
    applications = _Lazy(lambda unit: SqlApplications(unit.connection))
    deliverables = _Lazy(lambda unit: SqlDeliverables(unit.connection))
    leases = _Lazy(lambda unit: SqlLeases(unit.connection))
    troubles = _Lazy(lambda unit: SqlTroubles(unit.connection))
    waits = _Lazy(lambda unit: SqlWaits(unit.connection))
    reconciliations = _Lazy(lambda unit: SqlReconciliations(unit.connection))
    personal_data = _Lazy(lambda unit: SqlPersonalData(unit.connection, unit.blobs))

    def expect(self, messages: Sequence[Prepared]) -> None:
        foresight = Foresight(
            connection=self.connection,
            memory=self.memory,
            people=self.people,
            tickets=self.tickets,
            outbox=self.outbox,
            numbers=self.numbers,
        )
        foresight.expect(messages)

    def commit(self) -> None:
        self.later.write()
        self.personal_data.remove_files()
        self.connection.commit()
        self.numbers.forget()


def units(engine: sa.Engine, files: FileStore) -> UnitOfWorkFactory:
    """Return what begins units of work that write.

    In such a unit, an unusable database surfaces as OSError, a lost race as ConflictError.
    """

    @contextmanager
    def begin() -> Iterator[UnitOfWork]:
        try:
            with engine.connect() as connection:
                yield SqlUnitOfWork(connection, files)
                leave(connection)
        except _UNUSABLE as failure:
            raise _translated(failure) from failure
        except sa.exc.InternalError as failure:
            if getattr(failure.orig, "sqlstate", None) != _TOO_IDLE:
                raise
            raise _translated(failure) from failure

    return begin


def readers(engine: sa.Engine, files: FileStore) -> UnitOfWorkFactory:
    """Return what begins units of work that only read and block no writer."""
    return units(for_reading(engine), files)


def _translated(failure: sa.exc.SQLAlchemyError) -> Exception:
    cause = getattr(failure, "orig", None) or failure
    if getattr(cause, "sqlstate", None) in _LOST_A_RACE:
        return ConflictError("changed-meanwhile")
    return ConnectionError(f"the database cannot be used: {cause}")
