"""A programme and an organisation to be accompanied, and a mentorship with something of all."""

from datetime import date

from handlers.domain.mentorships import (
    Aim,
    Complexity,
    Contact,
    Mode,
    NewMentorship,
    NewResult,
    Phase,
    Plan,
)
from handlers.domain.organisations import AskerType, Details
from handlers.domain.people import Consultant
from handlers.domain.projects import NewProject, Stage
from handlers.ports import UnitOfWork
from knowledge_base.records import Programme, Seen
from tests.unit.bot.console.desk import MONDAY

FIRST = date(2026, 11, 2)


def prepare(uow: UnitOfWork) -> None:
    """Write a programme and an organisation down."""
    seen = Seen(source="Aprašas", checked_on=MONDAY.date())
    programme = Programme(id="bo", name="Stiprinti", funder="SADM", seen=seen)
    uow.programmes.put_programme(programme, at=MONDAY, by="rasa")
    details = Details(name="Pievos", kind=AskerType.COMMUNITY, code="123456789")
    uow.organisations.add(details, at=MONDAY)


def accompany(uow: UnitOfWork, mentor: Consultant) -> None:
    """Put a mentor beside the organisation, and fill every part of their page."""
    prepare(uow)
    (organisation,) = uow.organisations.rows()
    new = NewMentorship(
        organisation=organisation.id,
        mentor=mentor.id,
        programme="bo",
        phase=Phase.RUNNING,
        starts_on=FIRST,
        source="Sutartis A1-1",
        at=MONDAY,
        by=mentor.email,
    )
    number = uow.mentorships.add(new).id
    plan = Plan(
        mentorship=number,
        need="Išlaidų dokumentai",
        complexity=Complexity.COMPLEX,
        modes=(Mode.PHONE,),
        minutes_a_month=270,
        every_days=14,
        from_on=FIRST,
        at=MONDAY,
        by=mentor.email,
    )
    uow.mentorships.put_plan(plan)
    contact = Contact(on=FIRST, minutes=90, mode=Mode.VISIT)
    uow.mentorships.add_contact(number, contact, at=MONDAY, by=mentor.email)
    result = NewResult(
        mentorship=number,
        aim=Aim.FINAL,
        planned="20 dalyvių",
        due_on=FIRST,
        at=MONDAY,
        by=mentor.email,
    )
    uow.mentorships.add_result(result)
    project = NewProject(
        organisation=organisation.id,
        programme="bo",
        title="Šventė",
        stage=Stage.APPLIED,
        on=FIRST,
        at=MONDAY,
        by=mentor.email,
    )
    added = uow.projects.add(project)
    lines = [
        uow.projects.add_check(added.id, title, due_on=FIRST, at=MONDAY, by=mentor.email)
        for title in ("Ataskaita", "Kvitai")
    ]
    uow.projects.settle_check(lines[0].id, on=FIRST, by=mentor.email)
