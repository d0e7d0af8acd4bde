"""A document is reviewed version by version; what was recommended is accepted or declined."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.domain.errors import InvalidError, NotAllowedError, NotFoundError
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.reviews import Verdict
from handlers.domain.tickets import Ticket
from handlers.due_watch import DueWatch
from handlers.ports import UnitOfWork
from handlers.reviewing import Reviewing, read_review, versions_ahead
from handlers.staff_notices import StaffNotices
from knowledge_base.queues import GENERAL
from tests.builders import a_consultant, a_file, a_mail
from tests.wired import HOURS, WiredDesk, a_desk

DUE = date(2026, 3, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WiredDesk]:
    with a_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def rasa(desk: WiredDesk) -> Consultant:
    return desk.hire(queues=frozenset({GENERAL}))


@pytest.fixture
def ticket(desk: WiredDesk, rasa: Consultant) -> Ticket:  # noqa: ARG001 -- she is told of it
    files = (a_file("nuostatai.docx", sha256="1" * 64), a_file("priedas.pdf", sha256="2" * 64))
    return desk.ticket_of(a_mail("Peržiūrėkite nuostatus.", attachments=files))


def reviewing(desk: WiredDesk) -> Reviewing:
    return Reviewing(clock=desk.clock, desk=desk.desk)


def test_a_review_goes_from_version_to_version_to_its_end(
    desk: WiredDesk, rasa: Consultant, ticket: Ticket
) -> None:
    steps, number = reviewing(desk), ticket.id

    def review(uow: UnitOfWork) -> list[str]:
        steps.open(uow, number, rasa, title=" Nuostatai ", due_on=DUE)
        first = steps.round(uow, number, rasa, name="nuostatai.docx")
        steps.recommend(uow, number, rasa, text="Nurodyti kadenciją", place="3 str.")
        steps.recommend(uow, number, rasa, text="Taisyti pavadinimą")
        drafted = steps.draft(uow, number, rasa)
        steps.settle(uow, number, rasa, 1, Verdict.ACCEPTED)
        steps.settle(uow, number, rasa, 2, Verdict.DECLINED, reason="Taip vadinasi statute")
        added = a_file("nuostatai-2.docx", sha256="3" * 64)
        second = steps.round(uow, number, rasa, added=added, note="Po pastabų")
        review = steps.close(uow, number, rasa)
        file = read_review(uow, review)
        return [
            first.file,
            second.file,
            drafted.text,
            *(each.verdict for each in file.recommendations),
        ]

    assert desk.do(review) == [
        "nuostatai.docx",
        "nuostatai-2.docx",
        "1. 3 str.: Nurodyti kadenciją\n\n2. Taisyti pavadinimą",
        "accepted",
        "declined",
    ]
    assert [event for event in desk.history(ticket) if event.startswith("review")] == [
        "review_opened",
        "review_round",
        "review_recommended",
        "review_recommended",
        "review_accepted",
        "review_declined",
        "review_round",
        "review_closed",
    ]


def test_a_version_is_a_file_that_was_none_yet(
    desk: WiredDesk, rasa: Consultant, ticket: Ticket
) -> None:
    steps = reviewing(desk)

    def review(uow: UnitOfWork) -> tuple[str, tuple[str, ...]]:
        opened = steps.open(uow, ticket.id, rasa, title="Nuostatai", due_on=DUE)
        begun = steps.round(uow, ticket.id, rasa)
        return begun.file, versions_ahead(uow, read_review(uow, opened))

    assert desk.do(review) == ("priedas.pdf", ("nuostatai.docx",))
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: steps.round(uow, ticket.id, rasa, name="priedas.pdf"))


def test_what_is_not_in_order_is_refused(desk: WiredDesk, rasa: Consultant, ticket: Ticket) -> None:
    steps, number = reviewing(desk), ticket.id
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: steps.round(uow, number, rasa))
    desk.do(lambda uow: steps.open(uow, number, rasa, title="Nuostatai", due_on=DUE))

    for wrong in (
        lambda uow: steps.recommend(uow, number, rasa, text="Taisyti"),
        lambda uow: steps.open(uow, number, rasa, title=" ", due_on=DUE),
    ):
        with pytest.raises(InvalidError):
            desk.do(wrong)
    desk.do(lambda uow: steps.round(uow, number, rasa))
    desk.do(lambda uow: steps.recommend(uow, number, rasa, text="Taisyti"))
    with pytest.raises(InvalidError):
        desk.do(lambda uow: steps.settle(uow, number, rasa, 1, Verdict.DECLINED))
    with pytest.raises(InvalidError):
        desk.do(lambda uow: steps.close(uow, number, rasa))
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: steps.settle(uow, number, rasa, 9, Verdict.ACCEPTED))


def test_who_may_not_read_the_ticket_sees_no_review_of_it(
    desk: WiredDesk, rasa: Consultant, ticket: Ticket
) -> None:
    steps, stranger = reviewing(desk), a_consultant(queues=frozenset({"steigimas"}))
    desk.do(lambda uow: steps.open(uow, ticket.id, rasa, title="Nuostatai", due_on=DUE))

    with pytest.raises(NotAllowedError):
        desk.do(lambda uow: steps.open(uow, ticket.id, stranger, title="X", due_on=DUE))
    assert desk.do(lambda uow: steps.listing(uow, stranger, closed=True)) == []
    assert len(desk.do(lambda uow: steps.listing(uow, rasa, closed=False))) == 1
    assert len(desk.do(lambda uow: steps.listing(uow, None, closed=False))) == 1
    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, rasa, queue="jautri"))
    assert desk.do(lambda uow: steps.listing(uow, None, closed=False)) == []


def test_the_day_of_a_review_is_told_once_three_days_before_and_anew_when_it_moves(
    desk: WiredDesk, rasa: Consultant, ticket: Ticket
) -> None:
    steps = reviewing(desk)
    notices = StaffNotices(clock=desk.clock, room=desk.reactions.staff_room)
    watch = DueWatch(working_time=HOURS, notices=notices)
    desk.do(lambda uow: steps.open(uow, ticket.id, rasa, title="Nuostatai", due_on=DUE))
    desk.new_debts()

    def told(day: int, hour: int = 10) -> list[tuple[str, str]]:
        desk.clock.at = datetime(2026, 3, day, hour, tzinfo=UTC)
        for _ in range(2):
            desk.do(watch.look)
        return [(debt.key, debt.values["late"]) for debt in desk.new_debts()]

    before, by_night, near = told(16), told(17, hour=3), told(17)
    desk.do(
        lambda uow: steps.open(uow, ticket.id, rasa, title="Nuostatai", due_on=date(2026, 3, 16))
    )
    assert (before, by_night, near) == ([], [], [(Key.STAFF_REVIEW_DUE, "no")])
    assert told(18) == [(Key.STAFF_REVIEW_DUE, "yes")]
