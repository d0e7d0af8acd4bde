"""An organisation with a mentor, and ways to look at what becomes of it."""
# ruff: noqa: ANN401 -- the values refuse what they do not have

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from handlers.domain.errors import HelpdeskError
from handlers.domain.ids import OrganisationId
from handlers.domain.mentorships import (
    Complexity,
    Mentorship,
    Mode,
    NewMentorship,
    Phase,
    Plan,
)
from handlers.domain.organisations import AskerType, Details
from handlers.domain.people import Consultant, Role
from handlers.domain.projects import NewProject, Project, Stage
from handlers.mentorship_views import MentorshipViews, mentorship_views
from handlers.ports import UnitOfWork
from knowledge_base.records import Programme, Seen
from tests.builders import NOON
from tests.contract.builders import a_consultant
from tests.wired import WiredDesk

TODAY = date(2026, 3, 2)
RASA, JONAS, BOSS = "rasa@pagalba.lt", "jonas@pagalba.lt", "vadove@pagalba.lt"
PROGRAMME = Programme(
    id="bendruomenes",
    name="Stiprinti bendruomeninę veiklą",
    funder="SADM",
    seen=Seen(source="Aprašas", checked_on=date(2026, 2, 1)),
)


@dataclass(slots=True)
class Accompanied:
    """An organisation with a mentor, Rasa, beside whom Jonas and a coordinator work."""

    desk: WiredDesk
    views: MentorshipViews
    organisation: OrganisationId
    rasa: Consultant
    jonas: Consultant
    boss: Consultant
    mentorship: Mentorship

    def told(self) -> list[tuple[str, str]]:
        return [(debt.to, debt.key) for debt in self.desk.new_debts()]

    def look(self) -> list[tuple[str, str]]:
        self.desk.do(self.views.watch.look)
        return self.told()

    def plan(self, **given: Any) -> Plan:
        default = Plan(
            mentorship=self.mentorship.id,
            need="Išlaidų dokumentai",
            complexity=Complexity.MEDIUM,
            modes=(Mode.PHONE,),
            minutes_a_month=240,
            every_days=7,
            from_on=TODAY,
            at=NOON,
            by=RASA,
        )
        return replace(default, **given)

    def new(self, **given: Any) -> NewMentorship:
        default = NewMentorship(
            organisation=self.organisation,
            mentor=self.jonas.id,
            programme=PROGRAMME.id,
            phase=Phase.PREPARING,
            starts_on=TODAY,
            source="Sutartis",
            at=NOON,
            by=BOSS,
        )
        return replace(default, **given)


def accompany(desk: WiredDesk) -> Accompanied:
    views = mentorship_views(desk.clock, desk.reactions.working_time, desk.reactions.staff_room)

    def prepare(uow: UnitOfWork) -> Accompanied:
        uow.programmes.put_programme(PROGRAMME, at=NOON, by="rasa")
        details = Details(name="Pievų bendruomenė", kind=AskerType.COMMUNITY, code="123456789")
        organisation = uow.organisations.add(details, at=NOON).id
        rasa, jonas, boss = (
            uow.consultants.add(a_consultant(email=email, name=email, telegram=None, role=role))
            for email, role in (
                (RASA, Role.MENTOR),
                (JONAS, Role.CONSULTANT),
                (BOSS, Role.COORDINATOR),
            )
        )
        new = NewMentorship(
            organisation=organisation,
            mentor=rasa.id,
            programme=PROGRAMME.id,
            phase=Phase.RUNNING,
            starts_on=TODAY,
            source="Sutartis A1-1",
            at=NOON,
            by=BOSS,
        )
        added = views.mentoring.assign(uow, new, boss)
        return Accompanied(desk, views, organisation, rasa, jonas, boss, added)

    return desk.do(prepare)


def refused(desk: WiredDesk, work: Callable[[UnitOfWork], object]) -> str:
    with pytest.raises(HelpdeskError) as refusal:
        desk.do(work)
    return refusal.value.key


def a_project(here: Accompanied, **given: Any) -> Project:
    new = NewProject(
        organisation=here.organisation,
        programme=PROGRAMME.id,
        title="Kiemo šventė",
        stage=Stage.CONTRACT,
        on=TODAY,
        at=NOON,
        by=RASA,
    )
    project = here.desk.do(
        lambda uow: here.views.projects.add(uow, replace(new, **given), here.rasa)
    )
    here.told()
    return project
