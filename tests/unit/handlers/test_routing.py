"""Where a question goes and whose it becomes: by route, by turn, by hand, and back."""
# ruff: noqa: ANN401 -- `Route` and `Remit` refuse what they do not have

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handlers.domain.errors import NotFoundError, TakenError
from handlers.domain.ids import ConsultantId
from handlers.domain.outgoing import Key, Kind
from handlers.domain.people import Consultant, Role
from handlers.domain.tickets import Status, Ticket
from handlers.staffing import Mode, NewAbsence, QueueRule, Remit
from handlers.typed import Wish
from handlers.unrouting import Unrouting
from knowledge_base.queues import GENERAL, PRIVACY
from knowledge_base.routes import Condition, Route
from tests.builders import NOON, a_mail, an_answer, mail_of, unsure
from tests.contract.builders import a_consultant
from tests.wired import Debt, WiredDesk

BO = "bo-atstovavimas"
ONA, JONAS, RASA = "ona@pagalba.lt", "jonas@pagalba.lt", "rasa@pagalba.lt"
RURAL = "Ar mūsų kaimo bendruomenė gali deleguoti narį?"


def lead(desk: WiredDesk, name: str = "kaimo-klausimai", **given: Any) -> None:
    """Write a route down; unless said otherwise, rural questions of a topic go to `bendra`."""
    default = Route(
        name=name,
        queue=GENERAL,
        conditions=((Condition.TOPIC, (BO,)), (Condition.TERRAIN, ("kaimas",))),
        source="Bandymas",
    )
    desk.do(lambda uow: uow.routes.put(replace(default, **given), at=NOON, by="rasa"))


def hired(desk: WiredDesk, email: str = ONA, *queues: str, **given: Any) -> Consultant:
    """Add a consultant without a welcome, who serves everything that is not restricted."""
    served = frozenset(queues) or frozenset({BO, GENERAL, "finansai", "steigimas"})
    new = a_consultant(email=email, name=email, queues=served, **given)
    return desk.do(lambda uow: uow.consultants.add(new))


def share_out(desk: WiredDesk, queue: str = BO) -> None:
    rule = QueueRule(queue=queue, mode=Mode.ROUND_ROBIN)
    desk.do(lambda uow: uow.staffing.put_rule(rule, at=NOON, by="rasa"))


def remit(desk: WiredDesk, who: Consultant, **given: Any) -> None:
    put = Remit(consultant=who.id, **given)
    desk.do(lambda uow: uow.staffing.put_remit(put, at=NOON, by="rasa"))


def send_away(desk: WiredDesk, who: Consultant, substitute: ConsultantId | None = None) -> None:
    away = NewAbsence(
        consultant=who.id, first=date(2026, 3, 1), last=date(2026, 3, 9), substitute=substitute
    )
    desk.do(lambda uow: uow.staffing.add_absence(away, at=NOON, by="rasa"))


def asked(desk: WiredDesk, text: str = RURAL, queue: str = BO, **given: Any) -> Ticket:
    return desk.ticket_of(a_mail(text, decision=unsure(queue), **given))


def lines(desk: WiredDesk, ticket: Ticket) -> list[tuple[str, tuple[str, ...]]]:
    placed = {"routed", "assigned", "unassigned", "unrouted"}
    return [(event.type, event.reasons) for event in desk.events(ticket) if event.type in placed]


def undo(desk: WiredDesk, ticket: Ticket, who: Consultant) -> Ticket:
    return desk.do(lambda uow: Unrouting(desk=desk.desk).undo(uow, ticket.id, who))


def test_without_routes_a_question_waits_in_the_queue_of_its_topic(desk: WiredDesk) -> None:
    hired(desk, ONA)

    ticket = asked(desk)

    assert (ticket.queue, ticket.owner, ticket.status) == (BO, None, Status.NEW)
    assert lines(desk, ticket) == []


def test_a_route_leads_a_question_to_its_queue_and_says_why(desk: WiredDesk) -> None:
    lead(desk)
    hired(desk, ONA, GENERAL)
    hired(desk, JONAS, BO)

    ticket = asked(desk)

    why = "Maršrutas „kaimo-klausimai“ (tema – bo-atstovavimas, vietovė – kaimas), 1 versija."
    assert (ticket.queue, ticket.topic, ticket.status) == (GENERAL, BO, Status.NEW)
    assert lines(desk, ticket) == [("routed", (BO, why))]
    told = [debt for debt in desk.new_debts() if debt.kind is Kind.STAFF_MAIL]
    assert told == [Debt(Kind.STAFF_MAIL, ONA, Key.STAFF_NEW)]
    assert why in told[0].values["why"]


def test_what_a_route_asks_for_and_nobody_knows_is_not_met(desk: WiredDesk) -> None:
    lead(desk)

    assert asked(desk, "Kaip deleguoti narį į tarybą?").queue == BO


def test_the_owner_of_a_route_has_the_question_and_alone_is_told(desk: WiredDesk) -> None:
    lead(desk, owner=ONA)
    ona = hired(desk, ONA, GENERAL)
    hired(desk, JONAS, GENERAL)

    ticket = asked(desk)

    assert (ticket.owner, ticket.status) == (ona.id, Status.OPEN)
    assert [debt.to for debt in desk.new_debts() if debt.kind is Kind.STAFF_MAIL] == [ONA]
    assert lines(desk, ticket)[-1][1][0] == ONA


def test_an_owner_who_is_away_is_stood_in_for(desk: WiredDesk) -> None:
    lead(desk, owner=ONA)
    ona, jonas = (hired(desk, each, GENERAL) for each in (ONA, JONAS))
    send_away(desk, ona, jonas.id)

    assert asked(desk).owner == jonas.id


@pytest.mark.parametrize("limit", ["away", "full", "gone", "elsewhere"])
def test_where_no_owner_can_have_it_the_queue_does(desk: WiredDesk, limit: str) -> None:
    lead(desk, owner=ONA)
    ona = hired(desk, ONA, BO if limit == "elsewhere" else GENERAL)
    hired(desk, JONAS, GENERAL)
    if limit == "away":
        send_away(desk, ona)
    elif limit == "full":
        remit(desk, ona, capacity=0)
    elif limit == "gone":
        desk.do(lambda uow: desk.staff.disable(uow, ONA))
    desk.new_debts()

    ticket = asked(desk)

    assert (ticket.queue, ticket.owner, ticket.status) == (GENERAL, None, Status.NEW)
    assert JONAS in [debt.to for debt in desk.new_debts()]


def test_a_route_neither_leaves_nor_enters_a_restricted_queue(desk: WiredDesk) -> None:
    lead(desk, "is", conditions=((Condition.TOPIC, (PRIVACY,)),))
    lead(desk, "i", queue=PRIVACY)

    assert asked(desk, queue=PRIVACY).queue == PRIVACY
    assert asked(desk).queue == BO


def test_questions_of_a_queue_with_turns_go_round(desk: WiredDesk) -> None:
    share_out(desk)
    people = [hired(desk, each, BO) for each in (ONA, JONAS, RASA)]

    owners = []
    for _ in range(5):
        owners.append(asked(desk).owner)
        desk.clock.move(minutes=1)

    assert owners == [people[number].id for number in (0, 1, 2, 0, 1)]


def test_only_who_is_there_fits_and_has_room_is_given_one(desk: WiredDesk) -> None:
    share_out(desk)
    full, mute, far, gone, one = (
        hired(desk, f"{name}@pagalba.lt", BO)
        for name in ("pilnas", "nekalba", "toli", "atostogauja", "tinka")
    )
    remit(desk, full, capacity=0)
    remit(desk, mute, languages=("en",))
    remit(desk, far, municipalities=("Zarasų r. sav.",))
    send_away(desk, gone)
    remit(desk, one, capacity=1, languages=("lt",))

    first, second = asked(desk), asked(desk)

    assert (first.owner, second.owner) == (one.id, None)
    assert lines(desk, second)[-1][0] == "unassigned"


def test_a_consultant_of_few_places_gets_what_surely_is_from_there(desk: WiredDesk) -> None:
    share_out(desk)
    zarasai = hired(desk, ONA, BO)
    remit(desk, zarasai, municipalities=("Zarasų r. sav.",))
    there = replace(unsure(BO), municipality="Zarasų r. sav.")

    ticket = desk.ticket_of(a_mail(RURAL, decision=there))

    assert ticket.owner == zarasai.id
    assert asked(desk, sender=mail_of("kitas@pavyzdys.lt")).owner is None


def test_what_is_passed_to_a_queue_with_turns_is_given_out_there(desk: WiredDesk) -> None:
    share_out(desk)
    ona, jonas = hired(desk, ONA), hired(desk, JONAS, BO)
    ticket = asked(desk, queue="finansai")
    desk.new_debts()

    desk.do(lambda uow: desk.desk.transfer(uow, ticket.id, ona, queue=BO))

    assert desk.ticket(ticket).owner == ona.id
    assert [debt.to for debt in desk.new_debts()] == [ONA]
    assert jonas.queues == {BO}


def test_a_placement_is_undone_in_one_step_and_not_made_again(desk: WiredDesk) -> None:
    lead(desk, owner=ONA)
    ona = hired(desk, ONA)
    ticket = asked(desk)

    back = undo(desk, ticket, ona)

    assert (back.queue, back.owner, back.status) == (BO, None, Status.NEW)
    assert lines(desk, ticket)[-1] == ("unrouted", (BO,))
    placed = desk.do(lambda uow: desk.routing.place(uow, back))
    assert placed == back
    with pytest.raises(NotFoundError):
        undo(desk, back, ona)


def test_what_somebody_took_or_moved_since_is_not_undone(desk: WiredDesk) -> None:
    lead(desk)
    ona, jonas = hired(desk, ONA), hired(desk, JONAS)
    boss = hired(desk, "vadove@pagalba.lt", role=Role.COORDINATOR)
    taken, moved = asked(desk), asked(desk)
    desk.do(lambda uow: desk.desk.take(uow, taken.id, jonas))
    desk.do(lambda uow: desk.desk.transfer(uow, moved.id, jonas, queue="finansai"))

    with pytest.raises(TakenError):
        undo(desk, taken, ona)
    with pytest.raises(NotFoundError):
        undo(desk, moved, ona)

    assert undo(desk, taken, boss).queue == BO


def test_a_place_that_is_told_later_lets_the_route_hold(desk: WiredDesk) -> None:
    municipality = (Condition.MUNICIPALITY, ("Klaipėdos r. sav.",))
    lead(desk, conditions=((Condition.TOPIC, (BO,)), municipality))
    hired(desk, ONA)
    ticket = asked(desk, "Kada Klaipėdoje bus rinkimai?")
    desk.new_debts()

    told = desk.do(
        lambda uow: desk.handling.particulars.choose_municipality(uow, ticket, "Klaipėdos r. sav.")
    )

    assert (ticket.queue, told.queue) == (BO, GENERAL)
    assert [debt.to for debt in desk.new_debts()] == [ONA]


def test_who_wants_a_person_after_an_answer_is_placed_then(desk: WiredDesk) -> None:
    share_out(desk, "steigimas")
    ona = hired(desk)
    ticket = desk.ticket_of(a_mail(decision=an_answer()))

    asked_for = desk.do(lambda uow: desk.feedback.fulfil(uow, ticket, Wish.PERSON))

    assert (ticket.status, ticket.owner) == (Status.ANSWERED, None)
    assert (asked_for.status, asked_for.owner) == (Status.OPEN, ona.id)
