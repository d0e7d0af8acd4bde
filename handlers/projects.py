"""Projects of organisations: their way from an application to the report, and their checklists."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.access import STEERING
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.ids import CheckId, OrganisationId, ProjectId
from handlers.domain.people import Consultant
from handlers.domain.projects import Check, NewProject, Project, Stage, StageReached
from handlers.ports import Clock, UnitOfWork
from handlers.working_time import local_day
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDesk:
    """What is done with projects.

    - Those who steer, and whoever is the organisation's mentor today, see and change them.
    - A step is dated no earlier than the one before; every step is kept, a wrong one is followed by
      the right one.
    """

    clock: Clock

    @property
    def today(self) -> date:
        """The day in Lithuania."""
        return local_day(self.clock.now())

    def sees(self, uow: UnitOfWork, organisation: OrganisationId, who: Consultant) -> bool:
        """Tell whether a consultant may see and change an organisation's projects."""
        if not who.active or who.role in STEERING:
            return who.active
        rows = uow.mentorships.rows(organisation=organisation, mentor=who.id)
        return any(row.lasts(self.today) for row in rows)

    def rows(self, uow: UnitOfWork, who: Consultant) -> Sequence[Project]:
        """List the projects a consultant may see, the newest first."""
        found = uow.projects.rows()
        seen = {each: self.sees(uow, each, who) for each in {row.organisation for row in found}}
        return [row for row in found if seen[row.organisation]]

    def project(self, uow: UnitOfWork, number: ProjectId, who: Consultant) -> Project:
        """Return a project.

        Raises:
            NotAllowedError: it is of an organisation others accompany.
        """
        found = uow.projects.get(number)
        self._require(uow, found.organisation, who)
        return found

    def add(self, uow: UnitOfWork, new: NewProject, who: Consultant) -> Project:
        """Write a project down.

        Raises:
            InvalidError: see `check`.
            NotAllowedError: others accompany the organisation.
        """
        self._require(uow, new.organisation, who)
        self.check(uow, new)
        return uow.projects.add(new)

    def check(self, uow: UnitOfWork, new: NewProject) -> None:
        """Refuse what cannot be a new project.

        Raises:
            InvalidError: no title, no such programme or call, a day to come, or it is known.
        """
        if not new.title.strip():
            raise InvalidError("no-words", field="title")
        if uow.programmes.programme(new.programme) is None:
            raise InvalidError("no-such-programme", field="programme", programme=new.programme)
        calls = {(each.call.programme, each.call.id) for each in uow.programmes.calls()}
        if new.call and (new.programme, new.call) not in calls:
            raise InvalidError("no-such-programme-call", field="call", call=new.call)
        if new.on > self.today:
            raise InvalidError("day-to-come", field="on")
        known = uow.projects.rows(organisation=new.organisation)
        if any((row.programme, row.title) == (new.programme, new.title) for row in known):
            raise InvalidError("project-known", field="title")

    def reach(
        self,
        uow: UnitOfWork,
        number: ProjectId,
        stage: Stage,
        who: Consultant,
        *,
        on: date,
        contract: str | None = None,
    ) -> Project:
        """Take a project a step further; a contract's number may come with any step.

        Raises:
            InvalidError: it is there, the day has not come, or an earlier step is later.
        """
        found = self.project(uow, number, who)
        if on > self.today:
            raise InvalidError("day-to-come", field="on")
        if on < found.stage_on:
            raise InvalidError("before-last-step", field="on", day=found.stage_on.isoformat())
        told = found.contract if contract is None else contract.strip()
        if (stage, told) == (found.stage, found.contract):
            raise InvalidError("stage-reached", field="stage", stage=stage.value)
        step = StageReached(stage=stage, on=on, at=self.clock.now(), by=who.email)
        uow.projects.reach(number, step, contract=told)
        return uow.projects.get(number)

    def expect(
        self,
        uow: UnitOfWork,
        number: ProjectId,
        title: str,
        who: Consultant,
        *,
        due_on: date | None,
    ) -> Check:
        """Add a line to a checklist, or give the line of this title another day.

        Raises:
            InvalidError: it has no words.
        """
        found, title = self.project(uow, number, who), title.strip()
        if not title:
            raise InvalidError("no-words", field="title")
        for check in uow.projects.checks(found.id):
            if check.title == title:
                uow.projects.move_check(check.id, due_on=due_on)
                return replace(check, due_on=due_on)
        at = self.clock.now()
        return uow.projects.add_check(found.id, title, due_on=due_on, at=at, by=who.email)

    def tick(self, uow: UnitOfWork, number: CheckId, who: Consultant, *, on: date | None) -> Check:
        """Tick a line off; without a day it is to be done after all.

        Raises:
            InvalidError: the day has not come.
        """
        check = uow.projects.check(number)
        self.project(uow, check.project, who)
        if on is not None and on > self.today:
            raise InvalidError("day-to-come", field="on")
        uow.projects.settle_check(number, on=on, by=who.email)
        return uow.projects.check(number)

    def _require(self, uow: UnitOfWork, organisation: OrganisationId, who: Consultant) -> None:
        if not self.sees(uow, organisation, who):
            raise NotAllowedError("organisation-not-yours")
