"""What is read of mentorships and projects: on pages, in chats and as JSON."""

from collections.abc import Sequence
from datetime import date

from handlers.access import Access
from handlers.domain.mentorships import Contact, Mentorship, Mode, Plan, Result, foremost
from handlers.domain.organisations import Organisation
from handlers.domain.people import Consultant
from handlers.domain.projects import Check, Project, StageReached
from handlers.domain.tickets import ArticleKind
from handlers.mentor_watch import MentorWatch
from handlers.mentoring import Mentoring
from handlers.ports import Clock, UnitOfWork
from handlers.projects import ProjectDesk
from handlers.rhythm import Month, awaited, by_month, in_force
from handlers.staff_notices import StaffNotices
from handlers.staff_room import StaffRoom
from handlers.working_time import WorkingTime, local_day
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompanied:
    """One mentorship at a glance; `silent_since` is set while the organisation is silent."""

    mentorship: Mentorship
    organisation: Organisation
    mentor: Consultant
    plan: Plan | None
    heard_on: date
    silent_since: date | None
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """A project with its way and its checklist; `mentors` accompany the organisation today."""

    project: Project
    organisation: Organisation
    mentors: tuple[Consultant, ...]
    stages: tuple[StageReached, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorshipFile:
    """All of one mentorship, with the organisation's projects."""

    at_a_glance: Accompanied
    plans: tuple[Plan, ...]
    months: tuple[Month, ...]
    contacts: tuple[Contact, ...]
    results: tuple[Result, ...]
    projects: tuple[ProjectFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorshipViews:
    """Collects what may be read; who may is judged by `Mentoring` and `ProjectDesk`.

    Nobody named = the command line, which reads all.
    """

    mentoring: Mentoring
    projects: ProjectDesk
    watch: MentorWatch

    def listing(
        self, uow: UnitOfWork, who: Consultant | None = None, *, over: bool = False
    ) -> Sequence[Accompanied]:
        """List those a consultant may see, the silent and the late first; all for nobody named."""
        rows = [self.glance(uow, row) for row in self.mentoring.rows(uow, who, over=over)]
        return sorted(rows, key=lambda row: (row.silent_since is None, not row.late))

    def glance(self, uow: UnitOfWork, row: Mentorship) -> Accompanied:
        """Say how a mentorship stands."""
        today = self.mentoring.today
        plan = in_force(uow.mentorships.plans(row.id), today)
        heard = self.watch.heard_on(uow, row, plan)
        by = awaited(heard, today, every_days=plan.every_days) if plan else None
        waiting = [each for each in uow.mentorships.results(row.id) if not each.achieved_on]
        return Accompanied(
            mentorship=row,
            organisation=uow.organisations.get(row.organisation),
            mentor=uow.consultants.get(row.mentor),
            plan=plan,
            heard_on=heard,
            silent_since=heard if by and row.lasts(today) else None,
            late=sum(each.is_late(today) for each in waiting),
        )

    def file(
        self, uow: UnitOfWork, row: Mentorship, who: Consultant | None = None
    ) -> MentorshipFile:
        """Return everything about a mentorship that somebody, if named, may see."""
        plans = uow.mentorships.plans(row.id)
        contacts = time_given(uow, row, self.mentoring.notices.room.access)
        sees = who is None or self.projects.sees(uow, row.organisation, who)
        projects = uow.projects.rows(organisation=row.organisation) if sees else ()
        return MentorshipFile(
            at_a_glance=self.glance(uow, row),
            plans=tuple(plans),
            months=tuple(by_month(row, plans, contacts, self.mentoring.today)),
            contacts=tuple(contacts),
            results=tuple(uow.mentorships.results(row.id)),
            projects=tuple(self.project_file(uow, each) for each in projects),
        )

    def project_file(self, uow: UnitOfWork, project: Project) -> ProjectFile:
        """Return everything about a project."""
        today = self.mentoring.today
        rows = uow.mentorships.rows(organisation=project.organisation)
        mentors = dict.fromkeys(row.mentor for row in rows if row.lasts(today))
        return ProjectFile(
            project=project,
            organisation=uow.organisations.get(project.organisation),
            mentors=tuple(uow.consultants.get(each) for each in mentors),
            stages=tuple(uow.projects.stages(project.id)),
            checks=tuple(uow.projects.checks(project.id)),
        )


def time_given(uow: UnitOfWork, row: Mentorship, access: Access) -> Sequence[Contact]:
    """List the time a mentor gave: what was recorded by hand, and calls and visits.

    A talk counts once, in the mentorship its ticket would have gone to on that day.
    """
    tickets = {
        ticket.id: ticket
        for ticket in uow.tickets.of_organisation(row.organisation)
        if not access.is_restricted(ticket.queue)
    }
    others = uow.mentorships.rows(organisation=row.organisation, mentor=row.mentor)
    found = list(uow.mentorships.contacts(row.id))
    for number, talks in uow.talks.of(tickets).items():
        for talk in talks:
            day = local_day(talk.held_at)
            own = foremost(others, day, programme=tickets[number].programme)
            if talk.consultant == row.mentor and own is not None and own.id == row.id:
                mode = Mode.VISIT if talk.kind is ArticleKind.VISIT else Mode.PHONE
                found.append(Contact(on=day, minutes=talk.about.minutes or 0, mode=mode))
    return sorted(found, key=lambda contact: contact.on)


def mentorship_views(clock: Clock, working_time: WorkingTime, room: StaffRoom) -> MentorshipViews:
    """Put together what is done with mentorships and projects."""
    notices = StaffNotices(clock=clock, room=room)
    return MentorshipViews(
        mentoring=Mentoring(clock=clock, notices=notices),
        projects=ProjectDesk(clock=clock),
        watch=MentorWatch(clock=clock, working_time=working_time, notices=notices),
    )
