"""Mentorships and projects from files: every line is taken or refused, and a refusal says why."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from handlers.domain.errors import HelpdeskError
from handlers.domain.ids import MentorshipId
from handlers.domain.mentorships import Complexity, Mentorship, Mode, NewMentorship, Phase, Plan
from handlers.domain.people import Consultant
from handlers.domain.projects import NewProject, Project, Stage
from handlers.mentoring import Mentoring, refuse_impossible
from handlers.organisations import OrganisationCards
from handlers.ports import UnitOfWork
from handlers.projects import ProjectDesk
from handlers.record_imports import Taken, take_in
from handlers.rhythm import in_force
from knowledge_base.record_rows import Parsed, Refused, Row
from knowledge_base.text import fold
from knowledge_base.values import dataclass

E = TypeVar("E", bound=StrEnum)

_NUMBER: Final = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,2})?", re.ASCII)

PHASES: Final = {"rengimas": Phase.PREPARING, "igyvendinimas": Phase.RUNNING}
COMPLEXITIES: Final = {
    "paprastas": Complexity.SIMPLE,
    "vidutinis": Complexity.MEDIUM,
    "sudetingas": Complexity.COMPLEX,
}
MODES: Final = {
    "telefonu": Mode.PHONE,
    "el. pastu": Mode.MAIL,
    "nuotoliu": Mode.ONLINE,
    "vizitas": Mode.VISIT,
}
STAGES: Final = {
    "paraiska": Stage.APPLIED,
    "atrinktas": Stage.SELECTED,
    "sutartis": Stage.CONTRACT,
    "vykdomas": Stage.RUNNING,
    "atsiskaityta": Stage.REPORTED,
    "neatrinktas": Stage.DECLINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorImports:
    """Takes lines in as those who steer do by hand, under the same rules.

    A line that says what is known changes nothing, so the same file may be taken in again.
    """

    mentoring: Mentoring
    projects: ProjectDesk
    cards: OrganisationCards

    def mentorships(self, uow: UnitOfWork, rows: Sequence[Row | Refused], who: Consultant) -> Taken:
        """Assign mentors, one line each, perhaps with a plan."""
        return take_in(_parsed(rows), _told(lambda row: self._mentorship(uow, row, who)))

    def project_lines(
        self, uow: UnitOfWork, rows: Sequence[Row | Refused], who: Consultant
    ) -> Taken:
        """Write projects down, one line each or one for each line of the checklist."""
        return take_in(_parsed(rows), _told(lambda row: self._project(uow, row, who)))

    def _mentorship(self, uow: UnitOfWork, row: Row, who: Consultant) -> bool:
        mentor = uow.consultants.by_email(row.need("mentor"))
        if mentor is None:
            raise ValueError(f"mentor: nobody works here as {row.text('mentor')}")
        starts_on, ends_on = row.span("the mentorship")
        new = NewMentorship(
            organisation=self.cards.find(uow, row.need("organisation")).id,
            mentor=mentor.id,
            programme=row.name("programme"),
            phase=one_of(row.need("phase"), Phase, PHASES, "phase"),
            starts_on=_needed(starts_on, "from"),
            ends_on=ends_on,
            source=row.need("source"),
            at=self.mentoring.clock.now(),
            by=who.email,
        )
        plan = self._plan(row, new)
        known = _known(uow, new)
        if known is None:
            known, changed = self.mentoring.assign(uow, new, who), True
        else:
            changed = ends_on is not None and ends_on != known.ends_on
            if changed:
                self.mentoring.end(uow, known.id, who, on=_needed(ends_on, "to"))
        return self._planned(uow, known, plan, who) or changed

    def _plan(self, row: Row, new: NewMentorship) -> Plan | None:
        if not row.text("need"):
            return None
        plan = Plan(
            mentorship=MentorshipId(0),
            need=row.need("need"),
            complexity=one_of(row.need("complexity"), Complexity, COMPLEXITIES, "complexity"),
            modes=tuple(one_of(each, Mode, MODES, "modes") for each in row.several("modes")),
            minutes_a_month=round(60 * _number(row.need("hours"), "hours")),
            every_days=int(_number(row.need("every"), "every")),
            from_on=row.day("plan_from") or new.starts_on,
            at=new.at,
            by=new.by,
        )
        refuse_impossible(plan)
        return plan

    def _planned(
        self, uow: UnitOfWork, known: Mentorship, plan: Plan | None, who: Consultant
    ) -> bool:
        if plan is None:
            return False
        plan = replace(plan, mentorship=known.id)
        before = in_force(uow.mentorships.plans(known.id), plan.from_on)
        if before is not None and replace(before, at=plan.at, by=plan.by) == plan:
            return False
        self.mentoring.plan(uow, plan, who)
        return True

    def _project(self, uow: UnitOfWork, row: Row, who: Consultant) -> bool:
        today = self.projects.today
        new = NewProject(
            organisation=self.cards.find(uow, row.need("organisation")).id,
            programme=row.name("programme"),
            call=row.text("call"),
            title=row.need("title"),
            contract=row.text("contract"),
            stage=one_of(row.need("stage"), Stage, STAGES, "stage"),
            on=row.day("on") or today,
            at=self.projects.clock.now(),
            by=who.email,
        )
        check, due, done = row.text("check"), row.day("due"), row.day("done")
        if done is not None and done > today:
            raise ValueError(f"done: {done} has not come yet")
        known = uow.projects.rows(organisation=new.organisation)
        alike = [one for one in known if (one.programme, one.title) == (new.programme, new.title)]
        project = alike[0] if alike else self.projects.add(uow, new, who)
        changed = not alike or self._reached(uow, project, new, who)
        return self._checked(uow, project, who, (check, due, done)) or changed

    def _reached(self, uow: UnitOfWork, project: Project, new: NewProject, who: Consultant) -> bool:
        contract = new.contract or project.contract
        if (new.stage, contract) == (project.stage, project.contract):
            return False
        self.projects.reach(uow, project.id, new.stage, who, on=new.on, contract=contract)
        return True

    def _checked(
        self,
        uow: UnitOfWork,
        project: Project,
        who: Consultant,
        line: tuple[str, date | None, date | None],
    ) -> bool:
        title, due, done = line
        if not title:
            return False
        before = [each for each in uow.projects.checks(project.id) if each.title == title]
        check = self.projects.expect(uow, project.id, title, who, due_on=due)
        if done is not None and done != check.done_on:
            check = self.projects.tick(uow, check.id, who, on=done)
        return before != [check]


def one_of(said: str, kind: type[E], words: Mapping[str, E], column: str) -> E:
    """Return what a word means: as people write it, or as it is kept.

    Raises:
        ValueError: it means nothing.
    """
    meant = {**{each.value: each for each in kind}, **words}
    if fold(said) not in meant:
        raise ValueError(f"{column}: {said} is none of {', '.join(meant)}")
    return meant[fold(said)]


def _known(uow: UnitOfWork, new: NewMentorship) -> Mentorship | None:
    same = (new.mentor, new.programme, new.phase, new.starts_on)
    rows = uow.mentorships.rows(organisation=new.organisation)
    found = [row for row in rows if (row.mentor, row.programme, row.phase, row.starts_on) == same]
    return found[0] if found else None


def _parsed(rows: Sequence[Row | Refused]) -> Parsed[Row]:
    refused = tuple(row for row in rows if isinstance(row, Refused))
    return Parsed(records={row.line: row for row in rows if isinstance(row, Row)}, refused=refused)


def _told(write: Callable[[Row], bool]) -> Callable[[Row], bool]:
    """Refuse a line by what our rules say of it."""

    def written(row: Row) -> bool:
        try:
            return write(row)
        except HelpdeskError as refused:
            raise ValueError(str(refused)) from refused

    return written


def _needed(day: date | None, column: str) -> date:
    if day is None:
        raise ValueError(f"{column} is missing")
    return day


def _number(said: str, column: str) -> float:
    if not _NUMBER.fullmatch(said):
        raise ValueError(f"{column}: {said} is no number")
    return float(said.replace(",", "."))
