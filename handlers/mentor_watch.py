"""Reminds mentors of organisations that fell silent, and of days that draw near in projects."""

from datetime import date, timedelta
from typing import Final

from handlers.domain.mentorships import Mentorship, Plan
from handlers.domain.outgoing import Key, Values
from handlers.domain.people import Consultant
from handlers.domain.projects import Check
from handlers.ports import Clock, UnitOfWork
from handlers.rhythm import awaited, in_force, missed, net
from handlers.staff_notices import StaffNotices
from handlers.staff_readers import steering
from handlers.working_time import WorkingTime, local_day
from knowledge_base.values import dataclass

BEFORE: Final = timedelta(days=7)
"""How long before a day of a checklist one is reminded of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorWatch:
    """Tells people in working hours; each thing once, whoever runs the timers.

    - An organisation not heard of for a rhythm: its mentor; for another one: those who steer too,
      and so on once a rhythm. Heard of = it wrote, was called or visited, or time was given to it;
      nothing is known here of what is in a restricted queue.
    - A day of a checklist: the organisation's mentors, else those who steer. A day moved is
      reminded of anew.
    """

    clock: Clock
    working_time: WorkingTime
    notices: StaffNotices

    def look(self, uow: UnitOfWork) -> int:
        """Owe whatever is due to be told; return how much was."""
        if not self.working_time.is_open(self.clock.now()):
            return 0
        rows = [row for row in uow.mentorships.rows() if row.lasts(self._today)]
        silent = sum(self._silence(uow, row) for row in rows)
        return silent + sum(
            self._due(uow, check) for check in uow.projects.due(self._today + BEFORE)
        )

    def heard_on(self, uow: UnitOfWork, mentorship: Mentorship, plan: Plan | None) -> date:
        """Return the day from which silence is counted."""
        known = [mentorship.starts_on]
        if plan is not None:
            known.append(plan.from_on)
        known += net(uow.mentorships.contacts(mentorship.id))
        queues = self.notices.room.access.queues.values()
        restricted = {queue.id for queue in queues if queue.restricted}
        heard = uow.mentorships.heard_at(mentorship.organisation, besides=restricted)
        if heard is not None:
            known.append(local_day(heard))
        return max(known)

    @property
    def _today(self) -> date:
        return local_day(self.clock.now())

    def _silence(self, uow: UnitOfWork, mentorship: Mentorship) -> bool:
        plan = in_force(uow.mentorships.plans(mentorship.id), self._today)
        if plan is None:
            return False
        heard = self.heard_on(uow, mentorship, plan)
        by = awaited(heard, self._today, every_days=plan.every_days)
        if by is None or mentorship.reminded_for == by:
            return False
        if not uow.mentorships.reminded(mentorship.id, awaited=by):
            return False
        mentor = uow.consultants.get(mentorship.mentor)
        again = missed(heard, self._today, every_days=plan.every_days) > 1
        others = steering(uow) if again or not mentor.active else ()
        people = {one.id: one for one in (mentor, *others)}
        values: Values = {
            "organisation": uow.organisations.get(mentorship.organisation).name,
            "mentor": mentor.name,
            "heard_on": heard.isoformat(),
            "every": plan.every_days,
        }
        once = f"silent:{mentorship.id}:{by}"
        self.notices.tell(uow, people.values(), Key.STAFF_SILENT, values, once=once)
        return True

    def _due(self, uow: UnitOfWork, check: Check) -> bool:
        if check.due_on is None or not uow.projects.told(check.id, due_on=check.due_on):
            return False
        project = uow.projects.get(check.project)
        rows = uow.mentorships.rows(organisation=project.organisation)
        lasting = [row for row in rows if row.lasts(self._today)]
        own = [row for row in lasting if row.programme == project.programme] or lasting
        mentors = {row.mentor: uow.consultants.get(row.mentor) for row in own}
        people: list[Consultant] = [one for one in mentors.values() if one.active]
        values: Values = {
            "organisation": uow.organisations.get(project.organisation).name,
            "project": project.title,
            "check": check.title,
            "due_on": check.due_on.isoformat(),
            "late": "yes" if check.is_late(self._today) else "no",
        }
        once = f"check:{check.id}:{check.due_on}"
        self.notices.tell(uow, people or steering(uow), Key.STAFF_CHECK_DUE, values, once=once)
        return True
