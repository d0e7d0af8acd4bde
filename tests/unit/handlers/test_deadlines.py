"""By when things are to be done, and how that is reckoned."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.deadlines import OURS, Aim, Deadline, Deadlines, Span
from handlers.domain.channels import Channel
from handlers.domain.ids import PersonId, TicketId
from handlers.domain.messages import Thread
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Stay, Ticket, TicketEvent
from handlers.typed import Wish
from handlers.views import ticket_view
from knowledge_base.queues import SENSITIVE
from tests.builders import NOON, TestClock, a_mail, an_answer, unsure, words
from tests.unit.handlers.minutes import MINUTE, Minutes, count_minutes
from tests.wired import CLOSES, HOURS, OPENS, TARGETS, WiredDesk

HOUR = timedelta(hours=1)


def deadlines(desk: WiredDesk, ticket: Ticket) -> dict[Aim, Deadline]:
    """Return a ticket's deadlines as they are now."""
    now = desk.ticket(ticket)
    return {each.aim: each for each in desk.do(lambda uow: desk.deadlines.of(uow, [now]))[now.id]}


def reply(desk: WiredDesk, ticket: Ticket, rasa: Consultant) -> None:
    desk.do(lambda uow: desk.desk.reply(uow, ticket.id, rasa, words()))


def write_again(desk: WiredDesk, question: str) -> None:
    thread = Thread(references=(question,))
    desk.receive(a_mail("O kaip?", received_at=desk.clock.now(), thread=thread))


def test_a_question_is_due_in_working_time_from_when_it_came(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())
    desk.clock.move(hours=18)

    found = deadlines(desk, ticket)

    assert found[Aim.REPLY] == Deadline(
        aim=Aim.REPLY,
        since=NOON,
        target=18 * HOUR,
        worked=4 * HOUR,
        due=datetime(2026, 3, 4, 12, 0, tzinfo=UTC),
        pauses=(),
        met_at=None,
    )
    assert found[Aim.RESOLUTION].due == datetime(2026, 3, 17, 12, 0, tzinfo=UTC)


def test_the_clock_stands_while_the_asker_is_waited_for(desk: WiredDesk) -> None:
    rasa, question = desk.hire(queues=["bendra"]), a_mail()
    ticket = desk.ticket_of(question)
    desk.clock.move(hours=2)
    replied = desk.clock.now()
    reply(desk, ticket, rasa)
    desk.clock.move(days=1)

    paused = deadlines(desk, ticket)

    assert (paused[Aim.REPLY].met_at, paused[Aim.REPLY].worked) == (replied, 2 * HOUR)
    assert paused[Aim.RESOLUTION].state == "paused"
    assert paused[Aim.RESOLUTION].pauses == (Span(replied, None),)

    write_again(desk, question.external_id)
    again = desk.clock.now()
    desk.clock.move(hours=1)

    running = deadlines(desk, ticket)
    assert (running[Aim.REPLY].since, running[Aim.REPLY].worked) == (again, HOUR)
    assert running[Aim.RESOLUTION].pauses == (Span(replied, again),)
    assert running[Aim.RESOLUTION].worked == 3 * HOUR


def test_asking_once_more_moves_no_deadline(desk: WiredDesk) -> None:
    question = a_mail()
    ticket = desk.ticket_of(question)
    before = deadlines(desk, ticket)[Aim.REPLY].due
    desk.clock.move(hours=1)

    write_again(desk, question.external_id)

    assert deadlines(desk, ticket)[Aim.REPLY].due == before


def test_a_reply_taken_back_was_none(desk: WiredDesk) -> None:
    rasa = desk.hire(queues=["bendra"])
    ticket = desk.ticket_of(a_mail())
    desk.clock.move(hours=1)
    article = desk.do(
        lambda uow: desk.desk.reply(uow, ticket.id, rasa, words(), delay=timedelta(minutes=5))
    )
    desk.clock.move(minutes=1)

    desk.do(lambda uow: desk.desk.take_back(uow, ticket.id, rasa, article.id))
    desk.clock.move(hours=1)

    found = deadlines(desk, ticket)[Aim.REPLY]
    assert (found.since, found.worked, found.state) == (NOON, 2 * HOUR, "running")


@pytest.mark.parametrize(
    ("settle", "aims"),
    [
        (lambda desk: desk.desk.resolve, {Aim.REPLY, Aim.RESOLUTION}),
        (lambda desk: desk.desk.spam, set()),
    ],
)
def test_what_is_settled_has_no_clock_that_runs(
    desk: WiredDesk, settle: Callable[..., Callable[..., Ticket]], aims: set[Aim]
) -> None:
    rasa = desk.hire(queues=["bendra"])
    ticket = desk.ticket_of(a_mail())

    act = settle(desk)
    desk.do(lambda uow: act(uow, ticket.id, rasa))

    found = deadlines(desk, ticket)
    assert set(found) == aims
    assert all(each.state == "met" for each in found.values())


def test_an_automatic_answer_is_due_only_once_a_person_is_wanted(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(decision=an_answer()))
    before = deadlines(desk, ticket)
    desk.clock.move(hours=3)

    desk.do(lambda uow: desk.feedback.fulfil(uow, desk.ticket(ticket), Wish.PERSON))

    assert before == {}
    assert deadlines(desk, ticket)[Aim.REPLY].since == desk.clock.now()


def test_a_queue_may_have_a_target_of_its_own_and_none_is_no_deadline(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail(decision=unsure(SENSITIVE)))

    found = deadlines(desk, ticket)

    assert [(aim, each.target) for aim, each in found.items()] == [(Aim.REPLY, 4 * HOUR)]


def test_the_arithmetic_is_shown_in_minutes(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail())
    desk.clock.move(days=3)

    shown = desk.do(
        lambda uow: ticket_view(uow, ticket, desk.deadlines.of(uow, [ticket])[ticket.id])
    )["deadlines"][0]

    assert shown == {
        "aim": "reply",
        "state": "running",
        "late": True,
        "since": "2026-03-02T12:00:00Z",
        "target_minutes": 1080,
        "worked_minutes": 1620,
        "left_minutes": 0,
        "due": "2026-03-04T12:00:00Z",
        "met_at": None,
        "pauses": [],
    }


_STATES = some.sampled_from([Status.NEW, Status.OPEN, Status.WAITING, Status.ANSWERED])


@given(some.lists(some.tuples(_STATES, some.integers(1, 3000)), min_size=1, max_size=8))
def test_what_is_counted_are_the_working_minutes_of_ours(
    history: list[tuple[Status, int]],
) -> None:
    """Around Easter and the change of the clock, against counting minute by minute."""
    start = datetime(2026, 3, 26, 10, 0, tzinfo=UTC)
    minutes = _counted(start)
    marks = [0]
    for _, lasts in history:
        marks.append(marks[-1] + lasts)
    stays = [
        Stay(status, minutes.at(first), minutes.at(last))
        for (status, _), (first, last) in zip(history, pairwise(marks), strict=True)
    ]
    stays[-1] = replace(stays[-1], end=None)
    clock = TestClock(minutes.at(marks[-1]))

    found = Deadlines(clock=clock, working_time=HOURS, targets=TARGETS).reckon(
        _ticket(history[-1][0], start), stays, ()
    )

    counted = sum(
        (
            minutes.between(first, last)
            for (status, _), (first, last) in zip(history, pairwise(marks), strict=True)
            if status in OURS
        ),
        timedelta(),
    )
    if not any(status in OURS for status, _ in history):
        assert found == ()
        return
    assert [each.worked for each in found] == [counted, counted]
    for each in found:
        assert each.is_late == (counted > each.target)
        if each.due is not None and each.is_late:
            by = (each.due - start) // MINUTE
            assert by <= marks[-1]


def test_a_reply_is_due_anew_only_when_the_asker_is_heard() -> None:
    ours, theirs = Status.OPEN, Status.WAITING
    moments = [NOON + each * HOUR for each in range(4)]
    stays = [
        Stay(ours, moments[0], moments[1]),
        Stay(theirs, moments[1], moments[2]),
        Stay(ours, moments[2], None),
    ]
    reckon = Deadlines(clock=TestClock(moments[3]), working_time=HOURS, targets=TARGETS).reckon
    heard = TicketEvent(type="follow_up", at=moments[2], actor="requester")

    since = [reckon(_ticket(ours, NOON), stays, events)[0].since for events in ((), (heard,))]

    assert since == [moments[0], moments[2]]


@cache
def _counted(start: datetime) -> Minutes:
    return count_minutes(start, 20, opens=OPENS, closes=CLOSES)


def _ticket(status: Status, at: datetime) -> Ticket:
    return Ticket(
        id=TicketId(1),
        version=1,
        status=status,
        queue="bendra",
        owner=None,
        requester=PersonId(1),
        channel=Channel.MAIL,
        language="lt",
        municipality=None,
        topic=None,
        subject="Klausimas",
        offered=(),
        practice=False,
        created_at=at,
        updated_at=at,
    )
