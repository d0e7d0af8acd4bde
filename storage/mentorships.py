"""Mentorships with their plans, time given and results; requests for a mentor."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.errors import NotFoundError
from handlers.domain.ids import (
    ConsultantId,
    MentorRequestId,
    MentorshipId,
    OrganisationId,
    ResultId,
    TicketId,
)
from handlers.domain.mentorships import (
    Aim,
    Complexity,
    Contact,
    MentorRequest,
    Mentorship,
    Mode,
    NewMentorRequest,
    NewMentorship,
    NewResult,
    Phase,
    Plan,
    RequestState,
    Result,
)
from handlers.domain.tickets import ArticleKind
from knowledge_base.values import dataclass
from storage.columns import optional
from storage.rows import (
    articles,
    mentor_contacts,
    mentor_plans,
    mentor_requests,
    mentor_results,
    mentorships,
    tickets,
)

# Any number of ours: two who assign mentors at once take turns by it.
_ASSIGNING_LOCK: Final = 6_822_017
_HEARD: Final = (ArticleKind.INBOUND, ArticleKind.CALL, ArticleKind.VISIT)


@dataclass(frozen=True, slots=True)
class SqlMentorships:
    """The port `Mentorships`."""

    connection: sa.Connection

    def add(self, mentorship: NewMentorship) -> Mentorship:
        values = {
            "organisation": mentorship.organisation,
            "mentor": mentorship.mentor,
            "programme": mentorship.programme,
            "phase": mentorship.phase,
            "starts_on": mentorship.starts_on,
            "ends_on": mentorship.ends_on,
            "source": mentorship.source,
            "at": mentorship.at,
            "by": mentorship.by,
        }
        statement = sa.insert(mentorships).values(values).returning(mentorships.c.id)
        return self.get(MentorshipId(self.connection.execute(statement).scalar_one()))

    def get(self, mentorship: MentorshipId) -> Mentorship:
        row = _one(self.connection, mentorships, mentorship)
        if row is None:
            raise NotFoundError("no-such-mentorship", id=str(mentorship))
        return _mentorship(row)

    def rows(
        self, *, organisation: OrganisationId | None = None, mentor: ConsultantId | None = None
    ) -> Sequence[Mentorship]:
        row = mentorships.c
        statement = sa.select(mentorships).order_by(row.starts_on.desc(), row.id.desc())
        if organisation is not None:
            statement = statement.where(row.organisation == organisation)
        if mentor is not None:
            statement = statement.where(row.mentor == mentor)
        return [_mentorship(found) for found in self.connection.execute(statement)]

    def claim(self, organisation: OrganisationId) -> Sequence[Mentorship]:
        if self.connection.dialect.name == "postgresql":
            lock = sa.func.pg_advisory_xact_lock(_ASSIGNING_LOCK)
            self.connection.execute(sa.select(lock))
        return self.rows(organisation=organisation)

    def end(self, mentorship: MentorshipId, *, on: date) -> None:
        own = mentorships.c.id == mentorship
        self.connection.execute(sa.update(mentorships).where(own).values(ends_on=on))

    def reminded(self, mentorship: MentorshipId, *, awaited: date) -> bool:
        row = mentorships.c
        others = sa.or_(row.reminded_for.is_(None), row.reminded_for != awaited)
        statement = sa.update(mentorships).where(row.id == mentorship, others)
        return self.connection.execute(statement.values(reminded_for=awaited)).rowcount == 1

    def plans(self, mentorship: MentorshipId) -> Sequence[Plan]:
        row = mentor_plans.c
        statement = sa.select(mentor_plans).where(row.mentorship == mentorship).order_by(row.id)
        return [
            Plan(
                mentorship=mentorship,
                need=found.need,
                complexity=Complexity(found.complexity),
                modes=tuple(Mode(mode) for mode in found.modes),
                minutes_a_month=found.minutes_a_month,
                every_days=found.every_days,
                from_on=found.from_on,
                at=found.at,
                by=found.by,
            )
            for found in self.connection.execute(statement)
        ]

    def put_plan(self, plan: Plan) -> None:
        self.connection.execute(
            sa.insert(mentor_plans).values(
                mentorship=plan.mentorship,
                need=plan.need,
                complexity=plan.complexity,
                modes=list(plan.modes),
                minutes_a_month=plan.minutes_a_month,
                every_days=plan.every_days,
                from_on=plan.from_on,
                at=plan.at,
                by=plan.by,
            )
        )

    def contacts(self, mentorship: MentorshipId) -> Sequence[Contact]:
        row = mentor_contacts.c
        own = row.mentorship == mentorship
        statement = sa.select(mentor_contacts).where(own).order_by(row.on, row.id)
        return [
            Contact(on=found.on, minutes=found.minutes, mode=Mode(found.mode))
            for found in self.connection.execute(statement)
        ]

    def add_contact(
        self, mentorship: MentorshipId, contact: Contact, *, at: datetime, by: str
    ) -> None:
        values = {"on": contact.on, "minutes": contact.minutes, "mode": contact.mode}
        statement = sa.insert(mentor_contacts).values(mentorship=mentorship, **values, at=at, by=by)
        self.connection.execute(statement)

    def results(self, mentorship: MentorshipId) -> Sequence[Result]:
        row = mentor_results.c
        own = row.mentorship == mentorship
        statement = sa.select(mentor_results).where(own).order_by(row.due_on, row.id)
        return [_result(found) for found in self.connection.execute(statement)]

    def result(self, result: ResultId) -> Result:
        row = _one(self.connection, mentor_results, result)
        if row is None:
            raise NotFoundError("no-such-result", id=str(result))
        return _result(row)

    def add_result(self, result: NewResult) -> Result:
        statement = sa.insert(mentor_results).values(
            mentorship=result.mentorship,
            aim=result.aim,
            planned=result.planned,
            due_on=result.due_on,
            achieved="",
            at=result.at,
            by=result.by,
        )
        added = self.connection.execute(statement.returning(mentor_results.c.id)).scalar_one()
        return self.result(ResultId(added))

    def achieve(self, result: ResultId, *, achieved: str, on: date, by: str) -> None:
        own = mentor_results.c.id == result
        values = {"achieved": achieved, "achieved_on": on, "achieved_by": by}
        self.connection.execute(sa.update(mentor_results).where(own).values(values))

    def heard_at(
        self, organisation: OrganisationId, *, besides: Collection[str]
    ) -> datetime | None:
        row = articles.c
        open_ones = tickets.c.queue.not_in(sorted(besides))
        statement = (
            sa.select(row.at)
            .join_from(articles, tickets)
            .where(tickets.c.organisation == organisation, open_ones, row.kind.in_(_HEARD))
            .order_by(row.at.desc())
            .limit(1)
        )
        return self.connection.scalar(statement)


@dataclass(frozen=True, slots=True)
class SqlMentorRequests:
    """The port `MentorRequests`."""

    connection: sa.Connection

    def add(self, request: NewMentorRequest) -> MentorRequest:
        statement = sa.insert(mentor_requests).values(
            organisation=request.organisation,
            programme=request.programme,
            phase=request.phase,
            reason=request.reason,
            ticket_id=request.ticket,
            asked_at=request.at,
            asked_by=request.by,
            state=RequestState.ASKED,
        )
        added = self.connection.execute(statement.returning(mentor_requests.c.id)).scalar_one()
        return self.get(MentorRequestId(added))

    def get(self, request: MentorRequestId) -> MentorRequest:
        row = _one(self.connection, mentor_requests, request)
        if row is None:
            raise NotFoundError("no-such-request", id=str(request))
        return _request(row)

    def rows(self, *, state: RequestState | None = None) -> Sequence[MentorRequest]:
        statement = sa.select(mentor_requests).order_by(mentor_requests.c.id)
        if state is not None:
            statement = statement.where(mentor_requests.c.state == state)
        return [_request(row) for row in self.connection.execute(statement)]

    def settle(
        self,
        request: MentorRequestId,
        state: RequestState,
        *,
        at: datetime,
        by: str,
        mentorship: MentorshipId | None = None,
    ) -> bool:
        row = mentor_requests.c
        open_one = sa.and_(row.id == request, row.state == RequestState.ASKED)
        values = {"state": state, "settled_at": at, "settled_by": by, "mentorship": mentorship}
        statement = sa.update(mentor_requests).where(open_one).values(values)
        return self.connection.execute(statement).rowcount == 1


def _one(connection: sa.Connection, table: sa.Table, number: int) -> sa.Row[Any] | None:
    return connection.execute(sa.select(table).where(table.c.id == number)).one_or_none()


def _mentorship(row: sa.Row[Any]) -> Mentorship:
    return Mentorship(
        id=MentorshipId(row.id),
        organisation=OrganisationId(row.organisation),
        mentor=ConsultantId(row.mentor),
        programme=row.programme,
        phase=Phase(row.phase),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=row.source,
        reminded_for=row.reminded_for,
    )


def _result(row: sa.Row[Any]) -> Result:
    return Result(
        id=ResultId(row.id),
        mentorship=MentorshipId(row.mentorship),
        aim=Aim(row.aim),
        planned=row.planned,
        due_on=row.due_on,
        achieved=row.achieved,
        achieved_on=row.achieved_on,
    )


def _request(row: sa.Row[Any]) -> MentorRequest:
    return MentorRequest(
        id=MentorRequestId(row.id),
        organisation=OrganisationId(row.organisation),
        programme=row.programme,
        phase=Phase(row.phase),
        reason=row.reason,
        ticket=optional(TicketId, row.ticket_id),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        state=RequestState(row.state),
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        mentorship=optional(MentorshipId, row.mentorship),
    )
