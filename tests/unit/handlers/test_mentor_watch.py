"""Who is told of a silent organisation, and of days that draw near in projects."""

from datetime import date
from functools import partial

import pytest

from bot.texts import load_texts
from handlers.domain.errors import NotAllowedError
from handlers.domain.mentorships import Contact, Mode
from handlers.domain.outgoing import Key
from tests.builders import a_mail
from tests.unit.handlers.accompanied import (
    BOSS,
    RASA,
    Accompanied,
    a_project,
    accompany,
)
from tests.wired import WiredDesk


@pytest.fixture
def here(desk: WiredDesk) -> Accompanied:
    return accompany(desk)


def test_of_a_silent_organisation_the_mentor_is_told_then_those_who_steer(
    here: Accompanied,
) -> None:
    desk = here.desk
    desk.do(lambda uow: here.views.mentoring.plan(uow, here.plan(), here.rasa))
    here.told()

    desk.clock.move(days=7)
    assert here.look() == []
    desk.clock.move(days=1)
    assert [here.look(), here.look()] == [[(RASA, Key.STAFF_SILENT)], []]
    desk.clock.move(days=7)
    assert here.look() == [(RASA, Key.STAFF_SILENT), (BOSS, Key.STAFF_SILENT)]

    ticket = desk.ticket_of(a_mail(received_at=desk.clock.now()))
    desk.do(lambda uow: uow.people.ask_for(ticket.requester, None, here.organisation))
    here.told()
    desk.clock.move(days=7)
    assert here.look() == []
    desk.clock.move(days=1)
    assert here.look() == [(RASA, Key.STAFF_SILENT)]


def test_time_taken_back_is_no_time_given(here: Accompanied) -> None:
    desk, mentoring, number = here.desk, here.views.mentoring, here.mentorship.id
    desk.do(lambda uow: mentoring.plan(uow, here.plan(), here.rasa))
    here.told()
    desk.clock.move(days=7)
    for minutes in (900, -900):
        contact = Contact(on=date(2026, 3, 9), minutes=minutes, mode=Mode.PHONE)
        desk.do(partial(mentoring.record, number=number, contact=contact, who=here.rasa))

    desk.clock.move(days=1)

    assert here.look() == [(RASA, Key.STAFF_SILENT)]


def test_nobody_is_told_by_night_and_who_left_is_not_told_at_all(here: Accompanied) -> None:
    desk = here.desk
    desk.do(lambda uow: here.views.mentoring.plan(uow, here.plan(), here.rasa))
    desk.do(lambda uow: uow.consultants.disable(here.rasa.id))
    here.told()

    desk.clock.move(days=8, hours=9)
    assert here.look() == []
    desk.clock.move(hours=36)  # the day between is a holiday
    assert here.look() == [(BOSS, Key.STAFF_SILENT)]


def test_a_due_day_is_told_once_and_once_more_when_it_moves(here: Accompanied) -> None:
    desk, projects = here.desk, here.views.projects
    project = a_project(here)

    def due(day: date) -> None:
        desk.do(
            lambda uow: projects.expect(uow, project.id, "Ataskaita", here.rasa, due_on=day),
        )

    due(date(2026, 3, 10))
    assert here.look() == []
    due(date(2026, 3, 9))
    assert [here.look(), here.look()] == [[(RASA, Key.STAFF_CHECK_DUE)], []]
    due(date(2026, 3, 8))
    assert here.look() == [(RASA, Key.STAFF_CHECK_DUE)]
    with pytest.raises(NotAllowedError):
        desk.do(lambda uow: projects.project(uow, project.id, here.jonas))


@pytest.mark.parametrize(
    "key",
    [Key.STAFF_MENTOR_ASSIGNED, Key.STAFF_MENTOR_ASKED, Key.STAFF_SILENT, Key.STAFF_CHECK_DUE],
)
@pytest.mark.parametrize("channel", ["mail", "telegram"])
def test_each_notice_has_its_words(key: Key, channel: str) -> None:
    values: dict[str, str | int] = {
        "organisation": "Pievos",
        "programme": "Stiprinti",
        "phase": "running",
        "starts_on": "2026-03-02",
        "by": "Jonas",
        "mentor": "Rasa",
        "heard_on": "2026-03-02",
        "every": 7,
        "project": "Šventė",
        "check": "Ataskaita",
        "due_on": "2026-03-09",
        "late": "no",
        "console": "https://pagalba.lt/console",
    }

    keys = (f"{channel}-{key}", f"{channel}-{key}-below")
    texts = load_texts()
    said = [
        each
        for name in keys
        if texts.has(name, "lt")
        for each in texts.paragraphs(name, "lt", values)
    ]

    assert any("Pievos" in each for each in said)
