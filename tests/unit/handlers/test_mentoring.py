"""Mentorships and projects: who may do what, what is refused, and what files bring."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from handlers.domain.errors import InvalidError
from handlers.domain.mentorships import (
    Aim,
    Contact,
    Mode,
    NewMentorRequest,
    NewResult,
    Phase,
    RequestState,
)
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.projects import NewProject, Project, Stage
from handlers.domain.talks import Particulars
from handlers.domain.tickets import ArticleKind
from handlers.mentor_imports import MentorImports
from handlers.organisations import OrganisationCards
from handlers.ports import UnitOfWork
from knowledge_base.queues import PRIVACY
from knowledge_base.record_rows import read_rows
from tests.builders import NOON, a_knowledge_base, a_mail, unsure
from tests.contract.builders import an_article
from tests.unit.handlers.accompanied import (
    BOSS,
    JONAS,
    PROGRAMME,
    RASA,
    TODAY,
    Accompanied,
    a_project,
    accompany,
    refused,
)
from tests.wired import WiredDesk


@pytest.fixture
def here(desk: WiredDesk) -> Accompanied:
    return accompany(desk)


def test_a_mentor_works_in_mentorships_of_their_own_and_those_who_steer_in_all(
    here: Accompanied,
) -> None:
    desk, mentoring, number = here.desk, here.views.mentoring, here.mentorship.id
    assert here.told() == [(RASA, Key.STAFF_MENTOR_ASSIGNED)]
    plan, contact = here.plan(), Contact(on=TODAY, minutes=90, mode=Mode.VISIT)
    result = NewResult(
        mentorship=number, aim=Aim.FINAL, planned="20", due_on=TODAY, at=NOON, by=RASA
    )

    acts: list[Callable[..., object]] = [
        lambda uow, who: mentoring.plan(uow, plan, who),
        lambda uow, who: mentoring.record(uow, number, contact, who),
        lambda uow, who: mentoring.expect(uow, result, who),
    ]
    for act in acts:
        assert refused(desk, partial(act, who=here.jonas)) == "mentorship-not-yours"
        desk.do(partial(act, who=here.rasa))
        desk.do(partial(act, who=here.boss))
    (first, _) = desk.do(lambda uow: uow.mentorships.results(number))
    desk.do(lambda uow: mentoring.achieve(uow, first.id, here.rasa, achieved=" 25 ", on=TODAY))
    for who in (here.rasa, here.jonas):
        assert refused(desk, partial(mentoring.assign, new=here.new(), who=who)) == (
            "only-steering"
        )

    file = desk.do(lambda uow: here.views.file(uow, here.mentorship, here.rasa))
    seen = {
        who.email: [row.mentorship.id for row in desk.do(partial(here.views.listing, who=who))]
        for who in (here.rasa, here.jonas, here.boss)
    }
    assert [(month.planned, month.given) for month in file.months] == [(240, 180)]
    assert [each.achieved for each in file.results] == ["25", ""]
    assert seen == {RASA: [number], JONAS: [], BOSS: [number]}


def test_calls_and_visits_of_the_mentor_count_as_time_given(here: Accompanied) -> None:
    ticket = here.desk.ticket_of(a_mail())

    def talk(uow: UnitOfWork, who: Consultant, minutes: int) -> None:
        uow.people.ask_for(ticket.requester, None, here.organisation)
        kind = ArticleKind.VISIT
        article = uow.tickets.write(an_article(ticket, kind=kind, consultant=who.id))
        uow.talks.add(article.id, Particulars(minutes=minutes))

    here.desk.do(lambda uow: talk(uow, here.rasa, 45))
    here.desk.do(lambda uow: talk(uow, here.jonas, 60))

    file = here.desk.do(lambda uow: here.views.file(uow, here.mentorship))
    assert file.contacts == (Contact(on=TODAY, minutes=45, mode=Mode.VISIT),)
    assert [month.given for month in file.months] == [45]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"phase": Phase.RUNNING}, "mentored-already"),
        ({"ends_on": date(2026, 3, 1)}, "ends-before-it-begins"),
        ({"programme": "kita"}, "no-such-programme"),
        ({"source": " "}, "no-words"),
    ],
)
def test_what_cannot_be_assigned_is_refused(
    here: Accompanied, given: dict[str, Any], key: str
) -> None:
    new = here.new(**given)

    assert refused(here.desk, lambda u: here.views.mentoring.assign(u, new, here.boss)) == key


def test_what_nobody_can_follow_is_refused(here: Accompanied) -> None:
    desk, mentoring, number = here.desk, here.views.mentoring, here.mentorship.id
    plans: list[dict[str, Any]] = [
        {"need": " "},
        {"modes": ()},
        {"minutes_a_month": 0},
        {"every_days": 400},
    ]
    contacts = [
        Contact(on=TODAY, minutes=minutes, mode=Mode.PHONE) for minutes in (0, -5, 1441)
    ] + [
        Contact(on=day, minutes=5, mode=Mode.PHONE) for day in (date(2026, 3, 1), date(2026, 3, 3))
    ]

    for given in plans:
        plan = here.plan(**given)
        with pytest.raises(InvalidError):
            desk.do(partial(mentoring.plan, plan=plan, who=here.rasa))
    for contact in contacts:
        with pytest.raises(InvalidError):
            desk.do(partial(mentoring.record, number=number, contact=contact, who=here.rasa))


def test_a_mentorship_ends_and_another_takes_its_place(here: Accompanied) -> None:
    desk, mentoring, number = here.desk, here.views.mentoring, here.mentorship.id
    desk.do(lambda uow: mentoring.end(uow, number, here.boss, on=date(2026, 3, 3)))
    after = here.new(phase=Phase.RUNNING, starts_on=date(2026, 3, 4))
    desk.do(lambda uow: mentoring.assign(uow, after, here.boss))
    desk.clock.move(days=5)

    assert refused(desk, lambda uow: mentoring.plan(uow, here.plan(), here.rasa)) == (
        "mentorship-over"
    )
    assert [row.mentor for row in desk.do(mentoring.rows)] == [here.jonas.id]


def test_a_request_is_told_to_those_who_steer_and_settled_once(here: Accompanied) -> None:
    desk, mentoring = here.desk, here.views.mentoring
    here.told()
    request = NewMentorRequest(
        organisation=here.organisation,
        programme=PROGRAMME.id,
        phase=Phase.PREPARING,
        reason="Rengia pirmą paraišką",
        at=NOON,
        by=JONAS,
    )
    secret = desk.ticket_of(a_mail(decision=unsure(PRIVACY)))
    here.told()
    asked = desk.do(lambda uow: mentoring.ask(uow, request, here.jonas))

    assert here.told() == [(BOSS, Key.STAFF_MENTOR_ASKED)]
    hidden = replace(request, ticket=secret.id)
    assert refused(desk, lambda uow: mentoring.ask(uow, hidden, here.boss)) == "ticket-not-yours"
    assert [len(desk.do(partial(mentoring.requests, who=w))) for w in (here.rasa, here.boss)]
    desk.do(lambda uow: mentoring.assign(uow, here.new(), here.boss, request=asked.id))
    assert refused(desk, lambda uow: mentoring.decline(uow, asked.id, here.boss)) == (
        "request-settled"
    )
    (row,) = desk.do(lambda uow: uow.mentor_requests.rows())
    assert (row.state, row.settled_by) == (RequestState.GRANTED, BOSS)


def test_a_projects_steps_are_kept_and_none_is_dated_before_the_last(here: Accompanied) -> None:
    desk, projects = here.desk, here.views.projects
    project = a_project(here)

    def reach(stage: Stage, day: int) -> Project:
        on = date(2026, 3, day)
        return desk.do(lambda uow: projects.reach(uow, project.id, stage, here.rasa, on=on))

    for stage, day in ((Stage.RUNNING, 1), (Stage.RUNNING, 3), (Stage.CONTRACT, 2)):
        with pytest.raises(InvalidError):
            reach(stage, day)
    reach(Stage.RUNNING, 2)
    steps = desk.do(lambda uow: uow.projects.stages(project.id))

    assert [step.stage for step in steps] == [Stage.CONTRACT, Stage.RUNNING]
    assert refused(desk, lambda uow: projects.add(uow, _again(here), here.rasa)) == "project-known"


def _again(here: Accompanied) -> NewProject:
    return NewProject(
        organisation=here.organisation,
        programme=PROGRAMME.id,
        title="Kiemo šventė",
        stage=Stage.APPLIED,
        on=TODAY,
        at=NOON,
        by=RASA,
    )


MENTORSHIPS = """organizacija;mentorius;priemone;etapas;nuo;saltinis;poreikis;sudetingumas;budai;\
valandos;kas dienų
123456789;jonas@pagalba.lt;bendruomenes;rengimas;2026-03-01;Sutartis;Paraiška;vidutinis;telefonu;\
2,5;21
Pievų bendruomenė;jonas@pagalba.lt;bendruomenes;rengimas;2026-03-02;Sutartis;;;;;
Nėra;jonas@pagalba.lt;bendruomenes;rengimas;2026-03-02;Sutartis;;;;;
Pievų bendruomenė;nera@pagalba.lt;bendruomenes;rengimas;2026-03-02;Sutartis;;;;;
Pievų bendruomenė;jonas@pagalba.lt;bendruomenes;niekas;2026-03-02;Sutartis;;;;;
"""
PROJECTS = """- organizacija: "123456789"
  priemone: bendruomenes
  pavadinimas: Šventė
  stadija: sutartis
  darbai:
    - {darbas: Ataskaita, terminas: 2026-12-01}
    - {darbas: Nuotraukos, padaryta: 2026-03-02}
    - {darbas: Kvitai, padaryta: 2026-03-03}
"""


def test_a_file_is_taken_line_by_line_and_changes_nothing_twice(here: Accompanied) -> None:
    imports = MentorImports(
        mentoring=here.views.mentoring,
        projects=here.views.projects,
        cards=OrganisationCards(clock=here.desk.clock, places=lambda: a_knowledge_base().places),
    )
    lines = read_rows(MENTORSHIPS, is_yaml=False)
    items = read_rows(PROJECTS, is_yaml=True)

    mentors = [
        here.desk.do(lambda uow: imports.mentorships(uow, lines, here.boss)) for _ in range(2)
    ]
    projects = [
        here.desk.do(lambda uow: imports.project_lines(uow, items, here.boss)) for _ in range(2)
    ]

    assert [(each.changed, each.unchanged) for each in (*mentors, *projects)] == [
        (1, 0),
        (0, 1),
        (2, 0),
        (0, 2),
    ]
    assert [each.line for each in mentors[0].refused] == [3, 4, 5, 6]
    assert [each.reason for each in projects[0].refused] == ["done: 2026-03-03 has not come yet"]
    (plan,) = here.desk.do(lambda uow: uow.mentorships.plans(uow.mentorships.rows()[1].id))
    assert (plan.minutes_a_month, plan.every_days, plan.modes) == (150, 21, (Mode.PHONE,))
