"""A city and a district of one name: always asked about, never guessed, answered in any channel."""

from dataclasses import replace

import pytest

from bot.texts import load_texts
from handlers.domain.channels import Channel
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key, Kind
from handlers.domain.tickets import Ticket
from knowledge_base.queues import SENSITIVE
from knowledge_base.routes import Condition, Route
from knowledge_base.shipped import shipped_places
from tests.builders import NOON, ONA, a_mail, a_telegram_message, an_answer, unsure
from tests.wired import Debt, WiredDesk

BO = "bo-atstovavimas"
TWINS = {
    "Alytuje": "Alytaus",
    "Kaune": "Kauno",
    "Klaipėdoje": "Klaipėdos",
    "Panevėžyje": "Panevėžio",
    "Šiauliuose": "Šiaulių",
    "Vilniuje": "Vilniaus",
}


def asked(desk: WiredDesk, text: str) -> tuple[Ticket, Debt]:
    """Ask, and return the ticket with what the asker was told."""
    ticket = desk.ticket_of(a_mail(text, decision=unsure(BO)))
    return ticket, next(debt for debt in desk.new_debts() if debt.to == ONA.value)


def follow(desk: WiredDesk, ticket: Ticket, text: str, municipality: str) -> Ticket:
    decision = replace(unsure(), municipality=municipality)
    return desk.ticket_of(a_mail(text, decision=decision, thread=Thread(token=ticket.id)))


def lead(desk: WiredDesk, name: str, what: Condition, value: str) -> None:
    route = Route(name=name, queue="bendra", conditions=((what, (value,)),), source="Bandymas")
    desk.do(lambda uow: uow.routes.put(route, at=NOON, by="rasa"))


@pytest.mark.parametrize("said", TWINS)
def test_a_name_that_two_municipalities_share_is_asked_about(desk: WiredDesk, said: str) -> None:
    """No route that needs the municipality, or whether it is a city, holds until it is known."""
    either = [f"{TWINS[said]} {kind} sav." for kind in ("m.", "r.")]
    lead(desk, "miestas", Condition.TERRAIN, "miestas")
    for number, official in enumerate(either):
        lead(desk, f"vieta-{number}", Condition.MUNICIPALITY, official)

    ticket, told = asked(desk, f"Kas {said} atsakingas už bendruomenes?")

    assert (ticket.municipality, ticket.queue) == (None, BO)
    values = {**told.values, "reference": "NVO-1", "page": "", "bot": "", "closure": ""}
    paragraphs = load_texts().paragraphs("mail-acknowledgement", "lt", values)
    assert (
        f"Kuri savivaldybė – {either[0]} ar {either[1]}? Parašykite, prašome: "
        "tvarka jose gali skirtis."
    ) in paragraphs


def test_the_answer_is_taken_and_routes_are_asked_anew(desk: WiredDesk) -> None:
    lead(desk, "klaipeda", Condition.MUNICIPALITY, "Klaipėdos r. sav.")
    ticket, _ = asked(desk, "Kas Klaipėdoje atsakingas?")

    elsewhere = follow(desk, ticket, "Zarasuose taip pat.", "Zarasų r. sav.")
    there = follow(desk, ticket, "Klaipėdos rajone.", "Klaipėdos r. sav.")

    assert ticket.id == elsewhere.id == there.id
    assert (elsewhere.municipality, elsewhere.queue) == (None, BO)
    assert (there.municipality, there.queue) == ("Klaipėdos r. sav.", "bendra")


def test_what_is_known_of_the_asker_settles_it_if_it_is_one_of_the_two(desk: WiredDesk) -> None:
    first, _ = asked(desk, "Kas Klaipėdoje atsakingas?")
    follow(desk, first, "Klaipėdos rajone.", "Klaipėdos r. sav.")

    again, told = asked(desk, "O kas Klaipėdoje skelbia konkursą?")
    other, other_told = asked(desk, "O Kaune?")

    assert first.municipality is None
    assert (again.municipality, told.values.get("place1", "")) == ("Klaipėdos r. sav.", "")
    assert (other.municipality, other_told.values["place1"]) == (None, "Kauno m. sav.")


def test_in_telegram_each_has_its_button_number(desk: WiredDesk) -> None:
    desk.ticket_of(a_telegram_message("Kas Kaune atsakingas?", decision=unsure(BO)))

    told = next(debt for debt in desk.new_debts() if debt.key == Key.ACKNOWLEDGEMENT)
    known = shipped_places().officials
    numbers = [int(told.values[f"place{number}_id"]) for number in (1, 2)]
    assert [known[number] for number in numbers] == ["Kauno m. sav.", "Kauno r. sav."]


def test_of_a_restricted_matter_nothing_is_asked(desk: WiredDesk) -> None:
    desk.ticket_of(a_mail("Kaune pirmininkas grasina nariams.", decision=unsure(SENSITIVE)))

    told = next(debt for debt in desk.new_debts() if debt.to == ONA.value)

    assert "place1" not in told.values


def test_who_is_answered_at_once_is_not_asked_back(desk: WiredDesk) -> None:
    ticket = desk.ticket_of(a_mail("Kas Kaune yra NVO žyma?", decision=an_answer()))

    told = [debt for debt in desk.new_debts() if debt.to == ONA.value]

    assert ticket.channel is Channel.MAIL
    assert [(debt.kind, "place1" in debt.values) for debt in told] == [(Kind.ANSWER, False)]
