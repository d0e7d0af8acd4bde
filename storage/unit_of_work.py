"""One transaction over everything that is remembered."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
from storage.engine import for_reading
from storage.entries import SqlEntries
from storage.foresight import Foresight
from storage.inbox import SqlInbox
from storage.later import Later
from storage.leases import SqlLeases
from storage.links import SqlLinkRequests
from storage.memory import Memory
from storage.mentorships import SqlMentorRequests, SqlMentorships
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

_LOST_A_RACE = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock: the same again will do."""

_TOO_IDLE = "25P03"
"""SQLSTATE of a transaction the server ended because nothing was heard of us for too long."""

_UNUSABLE = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""The disk, the network or the server refused, or every connection is taken."""


class SqlUnitOfWork:
    """The port `UnitOfWork`. The transaction begins with the first statement."""

    def __init__(self, connection: sa.Connection, files: FileStore) -> None:
        blobs, memory = Blobs(files), Memory(connection)
        later = Later(connection, memory)
        self._connection = connection
        self.inbox = SqlInbox(connection, blobs, memory)
        self.cursors = SqlCursors(connection)
        self.outbox = SqlOutbox(connection, blobs, memory, later)
        self.tickets = SqlTickets(connection, memory, later)
        self.people = SqlPeople(connection, memory)
        self.organisations = SqlOrganisations(connection)
        self.changes = SqlChanges(connection)
        self.domains = SqlDomains(connection)
        self.consultants = SqlConsultants(connection, memory)
        self.codes = SqlOneTimeCodes(connection)
        self.links = SqlLinkRequests(connection)
        self.sessions = SqlSessions(connection)
        self.ties = SqlTies(connection, memory)
        self.calls = SqlCallWishes(connection, memory, self.ties)
        self.talks = SqlTalks(connection)
        self.appointments = SqlAppointments(connection, self.ties)
        self.referrals = SqlReferrals(connection, memory, self.ties)
        self.topics = SqlTopics(connection, memory)
        self.marks = SqlMarks(connection, memory)
        self.drafts = SqlDrafts(connection, memory)
        self.templates = SqlTemplates(connection)
        self.entries = SqlEntries(connection)
        self.registry = SqlRegistry(connection)
        self.programmes = SqlProgrammes(connection)
        self.call_reminders = SqlCallReminders(connection)
        self.routes = SqlRoutes(connection, memory)
        self.staffing = SqlStaffing(connection, memory)
        self.mentorships = SqlMentorships(connection)
        self.mentor_requests = SqlMentorRequests(connection)
        self.projects = SqlProjects(connection)
        self.trainings = SqlTrainings(connection)
        self.reviews = SqlReviews(connection)
        self.applications = SqlApplications(connection)
        self.deliverables = SqlDeliverables(connection)
        self.leases = SqlLeases(connection)
        self.troubles = SqlTroubles(connection)
        self.waits = SqlWaits(connection)
        self.reconciliations = SqlReconciliations(connection)
        self.personal_data = SqlPersonalData(connection, blobs)
        self._later = later
        self._foresight = Foresight(
            connection=connection,
            memory=memory,
            people=self.people,
            tickets=self.tickets,
            outbox=self.outbox,
        )

    def expect(self, messages: Sequence[Prepared]) -> None:
        self._foresight.expect(messages)

    def commit(self) -> None:
        self._later.write()
        self.personal_data.remove_files()
        self._connection.commit()


def units(engine: sa.Engine, files: FileStore) -> UnitOfWorkFactory:
    """Return what begins units of work that write.

    In such a unit, an unusable database surfaces as OSError, a lost race as ConflictError.
    """

    @contextmanager
    def begin() -> Iterator[UnitOfWork]:
        try:
            with engine.connect() as connection:
                yield SqlUnitOfWork(connection, files)
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
