"""Mentorships, requests and projects: what is written is read back, and each thing noted once."""

from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.domain.channels import Channel
from handlers.domain.ids import OrganisationId
from handlers.domain.mentorships import (
    Aim,
    Complexity,
    Contact,
    Mentorship,
    Mode,
    NewMentorRequest,
    NewMentorship,
    NewResult,
    Phase,
    Plan,
    RequestState,
)
from handlers.domain.projects import NewProject, Stage, StageReached
from handlers.domain.tickets import ArticleKind
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from tests.contract.builders import (
    NOON,
    a_consultant,
    a_details,
    a_person,
    a_ticket,
    an_article,
)

FIRST = date(2026, 3, 1)


def an_organisation(uow: UnitOfWork) -> OrganisationId:
    return uow.organisations.add(a_details(), at=NOON).id


def a_mentorship(uow: UnitOfWork, organisation: OrganisationId) -> Mentorship:
    return uow.mentorships.add(
        NewMentorship(
            organisation=organisation,
            mentor=uow.consultants.add(a_consultant()).id,
            programme="bendruomenes",
            phase=Phase.RUNNING,
            starts_on=FIRST,
            source="Sutartis A1-1",
            at=NOON,
            by="vadove@pagalba.lt",
        )
    )


def test_a_mentorship_keeps_its_plans_time_and_results(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        added = a_mentorship(uow, an_organisation(uow))
        plan = Plan(
            mentorship=added.id,
            need="Išlaidų dokumentai",
            complexity=Complexity.COMPLEX,
            modes=(Mode.PHONE, Mode.VISIT),
            minutes_a_month=240,
            every_days=14,
            from_on=FIRST,
            at=NOON,
            by="rasa@pagalba.lt",
        )
        more = replace(plan, minutes_a_month=360)
        for each in (plan, more):
            uow.mentorships.put_plan(each)
        later, earlier = (
            Contact(on=date(2026, 3, day), minutes=30, mode=Mode.PHONE) for day in (9, 2)
        )
        for contact in (later, earlier):
            uow.mentorships.add_contact(added.id, contact, at=NOON, by="rasa@pagalba.lt")
        new = NewResult(
            mentorship=added.id,
            aim=Aim.FINAL,
            planned="20 dalyvių",
            due_on=date(2026, 6, 1),
            at=NOON,
            by="rasa@pagalba.lt",
        )
        result = uow.mentorships.add_result(new)
        uow.mentorships.achieve(result.id, achieved="25 dalyviai", on=FIRST, by="r")
        noted = [uow.mentorships.reminded(added.id, awaited=FIRST) for _ in range(2)]
        uow.mentorships.end(added.id, on=date(2026, 6, 30))
        uow.commit()

    with begin() as uow:
        ended = replace(added, ends_on=date(2026, 6, 30), reminded_for=FIRST)
        assert uow.mentorships.claim(added.organisation) == [ended]
        assert uow.mentorships.rows(mentor=added.mentor) == uow.mentorships.rows() == [ended]
        assert uow.mentorships.plans(added.id) == [plan, more]
        assert uow.mentorships.contacts(added.id) == [earlier, later]
        achieved = replace(result, achieved="25 dalyviai", achieved_on=FIRST)
        assert uow.mentorships.results(added.id) == [achieved]
        assert noted == [True, False]


def test_a_request_is_settled_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        organisation = an_organisation(uow)
        asked = uow.mentor_requests.add(
            NewMentorRequest(
                organisation=organisation,
                programme="bendruomenes",
                phase=Phase.PREPARING,
                reason="Pirmą kartą rengia paraišką",
                ticket=a_ticket(uow).id,
                at=NOON,
                by="rasa@pagalba.lt",
            )
        )
        granted = a_mentorship(uow, organisation)
        settled = [
            uow.mentor_requests.settle(
                asked.id, state, at=NOON, by="vadove@pagalba.lt", mentorship=granted.id
            )
            for state in (RequestState.GRANTED, RequestState.DECLINED)
        ]

        assert settled == [True, False]
        assert uow.mentor_requests.rows(state=RequestState.ASKED) == []
        assert uow.mentor_requests.rows() == [
            replace(
                asked,
                state=RequestState.GRANTED,
                settled_at=NOON,
                settled_by="vadove@pagalba.lt",
                mentorship=granted.id,
            )
        ]


def test_a_project_keeps_its_way_and_each_due_day_is_told_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        new = NewProject(
            organisation=an_organisation(uow),
            programme="bendruomenes",
            title="Kiemo šventė",
            stage=Stage.SELECTED,
            on=FIRST,
            at=NOON,
            by="rasa@pagalba.lt",
        )
        added = uow.projects.add(new)
        step = StageReached(stage=Stage.CONTRACT, on=date(2026, 3, 5), at=NOON, by="r")
        uow.projects.reach(added.id, step, contract="A-7")
        someday, report = (
            uow.projects.add_check(added.id, title, due_on=due, at=NOON, by="r")
            for title, due in (("Nuotraukos", None), ("Ataskaita", date(2026, 12, 1)))
        )
        before = uow.projects.due(date(2026, 11, 30))
        due = uow.projects.due(date(2026, 12, 1))
        told = [uow.projects.told(report.id, due_on=date(2026, 12, 1)) for _ in range(2)]
        after = uow.projects.due(date(2026, 12, 1))
        uow.projects.move_check(report.id, due_on=date(2026, 12, 5))
        moved = [each.id for each in uow.projects.due(date(2026, 12, 9))]
        uow.projects.settle_check(report.id, on=FIRST, by="r")
        done = uow.projects.due(date(2026, 12, 9))
        uow.projects.settle_check(report.id, on=None, by="r")
        over = StageReached(stage=Stage.DECLINED, on=date(2026, 3, 6), at=NOON, by="r")
        uow.projects.reach(added.id, over, contract="A-7")

        assert uow.projects.rows(organisation=added.organisation) == [
            replace(added, stage=Stage.DECLINED, stage_on=date(2026, 3, 6), contract="A-7")
        ]
        assert uow.projects.stages(added.id) == [
            StageReached(stage=Stage.SELECTED, on=FIRST, at=NOON, by="rasa@pagalba.lt"),
            step,
            over,
        ]
        assert (before, due, told, after) == ([], [report], [True, False], [])
        assert (moved, done, uow.projects.due(date(2026, 12, 9))) == ([report.id], [], [])
        assert [each.id for each in uow.projects.checks(added.id)] == [report.id, someday.id]


def test_an_organisation_is_heard_of_by_what_its_people_say(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        organisation = an_organisation(uow)
        silent = uow.mentorships.heard_at(organisation, besides=())
        ticket = a_ticket(uow, a_person(uow), organisation=organisation)
        for day, kind in ((2, ArticleKind.INBOUND), (9, ArticleKind.REPLY), (4, ArticleKind.VISIT)):
            at = datetime(2026, 3, day, 12, tzinfo=UTC)
            uow.tickets.write(an_article(ticket, kind=kind, at=at, channel=Channel.MAIL))

        heard = uow.mentorships.heard_at(organisation, besides={"privatumas"})
        hidden = uow.mentorships.heard_at(organisation, besides={ticket.queue})

    assert (silent, heard, hidden) == (None, datetime(2026, 3, 4, 12, tzinfo=UTC), None)
