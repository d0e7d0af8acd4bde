"""How work is shared out: routes with their versions, rules, remits, absences, turns and loads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from handlers.domain.tickets import Status
from handlers.ports import UnitOfWorkFactory
from handlers.release_watch import ReleaseWatch
from handlers.staffing import KnownRoute, Mode, NewAbsence, QueueRule, Remit
from knowledge_base.routes import Condition, Route
from storage.database import SqlDatabase
from storage.files import open_files
from tests.builders import a_mail, mail_of
from tests.contract.builders import MINUTE, NOON, a_consultant, a_ticket
from tests.wired import HOURS, wired

ROUTE = Route(
    name="kaimas",
    queue="bendra",
    conditions=((Condition.TERRAIN, ("kaimas",)), (Condition.ASKER, ("nvo", "kita"))),
    source="Sutartis",
    owner="ona@pavyzdys.lt",
    ends_on=date(2026, 12, 31),
)
DAY = date(2026, 3, 2)


def test_every_version_of_a_route_is_kept(begin: UnitOfWorkFactory) -> None:
    gone = replace(ROUTE, withdrawn=True)
    with begin() as uow:
        put = [uow.routes.put(each, at=NOON, by="rasa") for each in (ROUTE, ROUTE, gone)]
        uow.commit()

    with begin() as uow:
        versions = [
            KnownRoute(route=each, version=number, at=NOON, by="rasa")
            for number, each in enumerate((ROUTE, gone), 1)
        ]
        assert put == [True, False, True]
        assert uow.routes.rows() == versions[1:]
        assert uow.routes.history("kaimas") == versions


def test_rules_and_remits_are_what_was_said_last(begin: UnitOfWorkFactory) -> None:
    rule = QueueRule(queue="bendra", mode=Mode.ROUND_ROBIN, release_hours=4.5)
    with begin() as uow:
        who = uow.consultants.add(a_consultant()).id
        remit = Remit(consultant=who, languages=("lt",), municipalities=("Zarasų r. sav.",))
        limited = replace(remit, capacity=3)
        rules = [uow.staffing.put_rule(each, at=NOON, by="rasa") for each in (rule, rule)]
        remits = [uow.staffing.put_remit(each, at=NOON, by="rasa") for each in (remit, limited)]
        uow.commit()

    with begin() as uow:
        assert (rules, remits) == ([True, False], [True, True])
        assert uow.staffing.rules() == {"bendra": rule}
        assert uow.staffing.remits() == {who: limited}


def test_an_absence_counts_until_it_is_over_or_ended(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona, jonas = (uow.consultants.add(a_consultant()).id for _ in range(2))
        new = NewAbsence(consultant=ona, first=DAY, last=DAY + timedelta(days=3), substitute=jonas)
        alone = NewAbsence(consultant=jonas, first=DAY, last=DAY)
        away, short = (uow.staffing.add_absence(each, at=NOON, by="rasa") for each in (new, alone))
        uow.commit()

    with begin() as uow:
        assert uow.staffing.absences(DAY) == [away, short]
        assert uow.staffing.absences(DAY + timedelta(days=1)) == [away]
        for _ in range(2):
            uow.staffing.end_absence(away.id, at=NOON, by="rasa")
        assert uow.staffing.absences(DAY) == [short]
        assert (away.consultant, away.substitute, short.substitute) == (ona, jonas, None)


def test_turns_and_loads_are_counted(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona, jonas = (uow.consultants.add(a_consultant()).id for _ in range(2))
        for queue, at in (("bendra", NOON), ("finansai", NOON), ("bendra", NOON + MINUTE)):
            uow.staffing.had_turn(queue, ona, at=at)
        for status in (Status.OPEN, Status.OPEN, Status.WAITING, Status.RESOLVED):
            a_ticket(uow, status=status, owner=ona)
        a_ticket(uow, status=Status.OPEN)
        a_ticket(uow, status=Status.OPEN, owner=jonas, practice=True)
        uow.commit()

    with begin() as uow:
        assert uow.staffing.take_turns("bendra") == {ona: NOON + MINUTE}
        assert uow.staffing.take_turns("steigimas") == {}
        assert uow.staffing.loads() == {ona: 2}


def test_two_who_give_questions_out_at_once_keep_to_the_turns_and_the_room(
    engine: sa.Engine, tmp_path: Path
) -> None:
    """Eight questions, two who take three each: nobody gets a fourth, and two wait for all."""
    desk = wired(SqlDatabase(engine, open_files(tmp_path), tmp_path))
    with desk.database.begin() as uow:
        people = [uow.consultants.add(a_consultant()).id for _ in range(2)]
        uow.staffing.put_rule(QueueRule(queue="bendra", mode=Mode.ROUND_ROBIN), at=NOON, by="rasa")
        for who in people:
            uow.staffing.put_remit(Remit(consultant=who, capacity=3), at=NOON, by="rasa")
        uow.commit()
    questions = [
        a_mail(f"Klausimas {number}?", sender=mail_of(f"{number}@x.lt")) for number in range(8)
    ]

    with ThreadPoolExecutor(4) as threads:
        owners = list(threads.map(lambda question: desk.ticket_of(question).owner, questions))

    assert Counter(owners) == {people[0]: 3, people[1]: 3, None: 2}


def test_a_silent_owner_loses_a_ticket_once_whoever_runs_or_dies(
    engine: sa.Engine, tmp_path: Path
) -> None:
    desk = wired(SqlDatabase(engine, open_files(tmp_path), tmp_path))
    who = desk.do(lambda uow: uow.consultants.add(a_consultant()))
    asked = desk.ticket_of(a_mail())
    desk.do(lambda uow: desk.desk.take(uow, asked.id, who))
    watch = ReleaseWatch(
        assigning=desk.routing.assigning,
        reactions=desk.reactions,
        working_time=HOURS,
        usual=timedelta(hours=9),
    )
    desk.clock.move(hours=25)

    with desk.database.begin() as uow:
        dies = watch.look(uow)
    done = [desk.do(watch.look) for _ in range(2)]

    ticket = desk.ticket(asked)
    assert (dies, done) == (1, [1, 0])
    assert (ticket.owner, ticket.status) == (None, Status.NEW)
    assert desk.history(asked).count("released") == 1
