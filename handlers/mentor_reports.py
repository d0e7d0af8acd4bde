"""Figures of mentoring for the funder: one row for each mentorship, and no names."""

from collections.abc import Sequence
from datetime import date

from handlers.access import Access
from handlers.domain.mentorships import Mentorship
from handlers.mentorship_views import time_given
from handlers.ports import UnitOfWork
from handlers.rhythm import by_month, net
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentored:
    """One mentorship between two days; `organisation` is the number of its card.

    `planned_minutes` are of whole months that the days touch. Results count where their day is
    among the days; `project` is the stage of the newest project under the programme.
    """

    mentorship: int
    organisation: int
    municipality: str
    asker_type: str
    programme: str
    phase: str
    mentor: str
    starts_on: date
    ends_on: date | None
    complexity: str
    planned_minutes: int
    given_minutes: int
    days_met: int
    results_planned: int
    results_achieved: int
    project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorReports:
    """Counts mentorships that lasted on some day of a period."""

    access: Access

    def mentored(self, uow: UnitOfWork, *, first: date, last: date) -> Sequence[Mentored]:
        """Return a row for each, the one that began first first."""
        rows = uow.mentorships.rows()
        lasting = [row for row in rows if row.starts_on <= last and not row.is_over(first)]
        return [self._row(uow, row, first, last) for row in reversed(lasting)]

    def _row(self, uow: UnitOfWork, row: Mentorship, first: date, last: date) -> Mentored:
        plans = uow.mentorships.plans(row.id)
        contacts = [each for each in time_given(uow, row, self.access) if first <= each.on <= last]
        months = by_month(row, plans, contacts, last)
        organisation = uow.organisations.get(row.organisation)
        due = [each for each in uow.mentorships.results(row.id) if first <= each.due_on <= last]
        projects = uow.projects.rows(organisation=row.organisation)
        own = [each for each in projects if each.programme == row.programme]
        return Mentored(
            mentorship=row.id,
            organisation=row.organisation,
            municipality=organisation.municipality or "",
            asker_type=organisation.kind.value,
            programme=row.programme,
            phase=row.phase.value,
            mentor=uow.consultants.get(row.mentor).email,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            complexity=plans[-1].complexity.value if plans else "",
            planned_minutes=sum(
                month.planned for month in months if month.first >= first.replace(day=1)
            ),
            given_minutes=sum(each.minutes for each in contacts),
            days_met=len(net(contacts)),
            results_planned=len(due),
            results_achieved=sum(each.achieved_on is not None for each in due),
            project=own[0].stage.value if own else "",
        )
