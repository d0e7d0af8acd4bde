"""What goes back to its queue by itself, or to who stands in, and who is told; each time once."""

from datetime import date, timedelta

import pytest

from bot.texts import load_texts
from handlers.domain.ids import ConsultantId
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket
from handlers.release_watch import ReleaseWatch
from handlers.staffing import NewAbsence, QueueRule
from handlers.unrouting import Unrouting
from tests.builders import NOON, a_mail, words
from tests.contract.builders import a_consultant
from tests.wired import HOURS, Debt, WiredDesk

ONA, JONAS = "ona@pagalba.lt", "jonas@pagalba.lt"


@pytest.fixture
def ona(desk: WiredDesk) -> Consultant:
    return hired(desk, ONA, "Ona")


@pytest.fixture
def jonas(desk: WiredDesk) -> Consultant:
    return hired(desk, JONAS, "Jonas")


@pytest.fixture
def taken(desk: WiredDesk, ona: Consultant) -> Ticket:
    """Ask, and let Ona take it on Monday at 14:00."""
    ticket = desk.ticket_of(a_mail())
    taken = desk.do(lambda uow: desk.desk.take(uow, ticket.id, ona))
    desk.new_debts()
    return taken


def hired(desk: WiredDesk, email: str, name: str) -> Consultant:
    queues = frozenset({"bendra"})
    new = a_consultant(email=email, name=name, telegram=None, queues=queues)
    return desk.do(lambda uow: uow.consultants.add(new))


def watch(desk: WiredDesk, hours: float = 9) -> int:
    """Look, giving back after so many working hours."""
    watch = ReleaseWatch(
        assigning=desk.routing.assigning,
        reactions=desk.reactions,
        working_time=HOURS,
        usual=timedelta(hours=hours),
    )
    return desk.do(watch.look)


def send_away(
    desk: WiredDesk, who: Consultant, first: int, substitute: ConsultantId | None = None
) -> None:
    away = NewAbsence(
        consultant=who.id,
        first=date(2026, 3, first),
        last=date(2026, 3, 9),
        substitute=substitute,
    )
    desk.do(lambda uow: uow.staffing.add_absence(away, at=NOON, by="rasa"))


def test_a_silent_owners_ticket_goes_back_once_and_all_are_told(
    desk: WiredDesk, taken: Ticket, jonas: Consultant
) -> None:
    """Nine working hours from Monday 14:00 end on Tuesday at 14:00."""
    desk.clock.move(hours=24)
    early = watch(desk)
    desk.clock.move(minutes=1)

    done = [watch(desk), watch(desk)]

    now = desk.ticket(taken)
    assert (early, done) == (0, [1, 0])
    assert (now.owner, now.status) == (None, Status.NEW)
    assert desk.events(taken)[-1].reasons == ("owner_silent",)
    told = [debt for debt in desk.new_debts() if debt.key == Key.STAFF_RELEASED]
    assert told == [Debt(Kind.STAFF_MAIL, each, Key.STAFF_RELEASED) for each in (ONA, JONAS)]
    assert in_words(told[1]) == (
        "kreipinys NVO-1 grąžintas į eilę: jį paėmęs konsultantas ilgai nieko nedarė. Turėjo: Ona."
    )
    assert jonas.active


def test_silence_begins_anew_with_whatever_the_owner_does(
    desk: WiredDesk, taken: Ticket, ona: Consultant
) -> None:
    desk.clock.move(hours=23)
    desk.do(lambda uow: desk.desk.note(uow, taken.id, ona, words("Aiškinuosi.")))
    desk.clock.move(hours=24)

    assert watch(desk) == 0
    desk.clock.move(minutes=1)
    assert watch(desk) == 1


def test_who_waits_for_the_asker_is_not_silent(
    desk: WiredDesk, taken: Ticket, ona: Consultant
) -> None:
    desk.do(lambda uow: desk.desk.reply(uow, taken.id, ona, words("Kuri savivaldybė?")))
    desk.clock.move(days=9)

    assert watch(desk) == 0


@pytest.mark.parametrize(("hours", "queue_hours", "released"), [(0, None, 0), (9, 0, 0), (0, 9, 1)])
def test_a_queue_may_have_hours_of_its_own_and_none_are_never(
    desk: WiredDesk, taken: Ticket, hours: float, queue_hours: float | None, released: int
) -> None:
    rule = QueueRule(queue=taken.queue, release_hours=queue_hours)
    desk.do(lambda uow: uow.staffing.put_rule(rule, at=NOON, by="rasa"))
    desk.clock.move(days=2)

    assert watch(desk, hours) == released


def test_nothing_goes_back_at_night(desk: WiredDesk, taken: Ticket, ona: Consultant) -> None:
    send_away(desk, ona, 3)
    desk.clock.move(hours=12)

    assert watch(desk) == 0
    desk.clock.move(hours=8)
    assert watch(desk) == 1
    assert desk.ticket(taken).owner is None


def test_who_stands_in_gets_what_an_absent_owner_had(
    desk: WiredDesk, taken: Ticket, ona: Consultant, jonas: Consultant
) -> None:
    send_away(desk, ona, 3, jonas.id)
    before = watch(desk)
    desk.clock.move(hours=20)

    done = [watch(desk), watch(desk)]

    now = desk.ticket(taken)
    assert (before, done) == (0, [1, 0])
    assert (now.owner, now.status) == (jonas.id, Status.OPEN)
    assert desk.events(taken)[-1].reasons == (ONA, JONAS, "Ona nedirba, pavaduoja Jonas.")
    told = [debt for debt in desk.new_debts() if debt.key == Key.STAFF_RELEASED]
    assert in_words(told[0]) == (
        "kreipinys NVO-1 perduodamas: jį turėjęs konsultantas nedirba. Turėjo: Ona. "
        "Dabar atsako: Jonas."
    )
    assert [debt.to for debt in told] == [JONAS]


def test_what_is_passed_on_can_be_given_back_and_stays_there(
    desk: WiredDesk, taken: Ticket, ona: Consultant, jonas: Consultant
) -> None:
    send_away(desk, ona, 3, jonas.id)
    desk.clock.move(hours=20)
    watch(desk)

    back = desk.do(lambda uow: Unrouting(desk=desk.desk).undo(uow, taken.id, jonas))

    desk.clock.move(days=1)
    assert (back.owner, back.status) == (ona.id, Status.OPEN)
    assert watch(desk, hours=0) == 0


def test_who_works_on_a_ticket_while_away_keeps_it_for_that_day(
    desk: WiredDesk, taken: Ticket, ona: Consultant
) -> None:
    """Whoever leaves at noon has done something in the morning."""
    send_away(desk, ona, 2)

    today = watch(desk)
    desk.clock.move(hours=20)

    assert (today, watch(desk)) == (0, 1)
    assert desk.events(taken)[-1].reasons == ("owner_away",)


def in_words(debt: Debt) -> str:
    values = {**debt.values, "reference": "NVO-1", "console": ""}
    return " ".join(load_texts().paragraphs(f"mail-{debt.key}", "lt", values))
