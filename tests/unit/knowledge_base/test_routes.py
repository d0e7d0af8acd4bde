"""Routes: which holds for a question, what is refused, and that twins are never guessed apart."""
# ruff: noqa: ANN401 -- `Route` refuses what it does not have

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.record_rows import Refused, read_rows
from knowledge_base.route_files import parse_routes
from knowledge_base.routes import Condition, Route, Terrain, choose, terrain_of, twins
from knowledge_base.shipped import shipped_places, shipped_queues

TODAY = date(2026, 3, 2)
PLACES = shipped_places()
TWINS = ("Alytus", "Kaunas", "Klaipėda", "Panevėžys", "Šiauliai", "Vilnius")
QUEUES = ("bo-atstovavimas", "bendra")
ASKERS = ("nvo", "savivaldybe")
WHAT = st.sampled_from(list(Condition)[:3])
VALUE = st.sampled_from(["vienas", "kitas"])
HEAD = "id;topic;municipality;terrain;asker;language;order;queue;owner;from;to;source\n"


def a_route(name: str = "r", queue: str = "bendra", **values: Any) -> Route:
    asked = {Condition(what): values.pop(what) for what in list(values) if what in set(Condition)}
    conditions = tuple((what, tuple(said.split("; "))) for what, said in asked.items())
    return Route(name=name, queue=queue, conditions=conditions, source="Sprendimas", **values)


def known(**values: str) -> dict[Condition, str]:
    return {Condition(what): value for what, value in values.items()}


def test_the_route_that_asks_most_holds_then_the_lower_order_then_the_name() -> None:
    topic = a_route("tema", topic="bo-atstovavimas", order=1)
    both = a_route("abu", topic="bo-atstovavimas", terrain="kaimas", order=9)
    later = a_route("vėlesnis", topic="bo-atstovavimas", asker="nvo", order=9)
    asked = known(topic="bo-atstovavimas", terrain="kaimas", asker="nvo")

    assert choose([topic, later, both], asked, TODAY) == both
    assert choose([topic, later, both], known(topic="bo-atstovavimas"), TODAY) == topic
    assert choose([both], known(topic="bo-atstovavimas"), TODAY) is None


def test_any_value_of_a_condition_meets_it() -> None:
    few = a_route(municipality="Zarasų r. sav.; Molėtų r. sav.")

    assert choose([few], known(municipality="Molėtų r. sav."), TODAY) == few
    assert few.unmet(known(municipality="Kauno r. sav.")) == (Condition.MUNICIPALITY,)


@pytest.mark.parametrize(
    "limit", [{"withdrawn": True}, {"ends_on": date(2026, 3, 1)}, {"starts_on": date(2026, 3, 3)}]
)
def test_a_route_counts_while_it_is_in_force(limit: dict[str, Any]) -> None:
    assert choose([a_route(topic="bendra", **limit)], known(topic="bendra"), TODAY) is None


@pytest.mark.parametrize(
    ("text", "municipality", "terrain"),
    [
        ("Esame kaimo bendruomenė", None, Terrain.RURAL),
        ("esame kaimieciai", "Kauno m. sav.", Terrain.RURAL),
        ("Miesto bendruomenės klausimas", "Raseinių r. sav.", Terrain.URBAN),
        ("Kaip įkurti bendruomenę?", "Kauno m. sav.", Terrain.URBAN),
        ("Kaip įkurti bendruomenę?", "Kauno r. sav.", None),
        ("Kaimo ir miesto bendruomenės", "Kauno m. sav.", None),
        ("Kaimynai skundžiasi", None, None),
    ],
)
def test_a_village_is_told_from_a_town_only_where_something_says_so(
    text: str, municipality: str | None, terrain: Terrain | None
) -> None:
    place = PLACES.named(municipality)[0] if municipality else None

    assert terrain_of(text, place) == terrain


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_is_always_asked_about_and_never_routed_by(name: str) -> None:
    said = f"Kada {name} skelbs konkursą?"
    found = twins(said, PLACES)

    assert [place.kind for place in found] == ["m.", "r."]
    assert [place.official[0] for place in found] == [name[0]] * 2
    assert len(PLACES.named(name)) == 2
    rows = read_rows(f"{HEAD}r;;{name};;;;;bendra;;;;Sprendimas", is_yaml=False)
    parsed = parse_routes(rows, places=PLACES, queues=QUEUES, askers=ASKERS)
    assert parsed.records == {}
    assert parsed.refused[0].reason.startswith(f"{name}: either ")


def test_two_places_of_other_names_are_no_twins() -> None:
    assert twins("Zarasai ar Molėtai?", PLACES) == ()
    assert twins("Zarasai", PLACES) == ()


def test_a_file_of_routes_is_read_line_by_line() -> None:
    lines = """kaimas;bo-atstovavimas;;kaimas;;;;bendra;Ona@Lkbs.lt;2026-01-01;2026-12-31;Sutartis
tuscias;;;;;;;bendra;;;;Sutartis
riboti;bendra;;;;;;privatumas;;;;Sutartis
vieta;;;dykuma;;;;bendra;;;;Sutartis
kas;;;;draugai;;;bendra;;;;Sutartis
eile;bendra;;;;;daug;bendra;;;;Sutartis
kaimas;;;miestas;;;;bendra;;;;Sutartis
be;bendra;;;;;;bendra;;;;"""

    parsed = parse_routes(
        read_rows(HEAD + lines, is_yaml=False), places=PLACES, queues=QUEUES, askers=ASKERS
    )

    assert parsed.records == {
        2: Route(
            name="kaimas",
            queue="bendra",
            conditions=(
                (Condition.TOPIC, ("bo-atstovavimas",)),
                (Condition.TERRAIN, ("kaimas",)),
            ),
            source="Sutartis",
            owner="ona@lkbs.lt",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
    }
    assert parsed.refused == (
        Refused(
            line=3, reason="a route needs a condition; a topic goes to its own queue by itself"
        ),
        Refused(line=4, reason="queue: privatumas is no queue that questions are led to"),
        Refused(line=5, reason="terrain: dykuma is none of kaimas, miestas"),
        Refused(line=6, reason="asker: draugai is none of nvo, savivaldybe"),
        Refused(line=7, reason="order: daug is no number from 0 to 10000"),
        Refused(line=8, reason="it is in line 2 already"),
        Refused(line=9, reason="source is missing"),
    )


def test_the_example_of_the_documents_is_taken_whole_and_leads_nobody() -> None:
    file = Path(__file__).parents[3] / "docs" / "howto" / "marsrutai.csv"
    rows = read_rows(file.read_text(encoding="utf-8"), is_yaml=False)

    parsed = parse_routes(rows, places=PLACES, queues=shipped_queues(), askers=ASKERS)

    assert parsed.refused == ()
    assert [route.is_in_force(TODAY) for route in parsed.records.values()] == [False] * 3


@given(st.lists(st.tuples(st.dictionaries(WHAT, VALUE, min_size=1), st.integers(0, 3))), st.data())
def test_no_route_that_holds_asks_more_than_the_chosen_one(
    drawn: list[tuple[dict[Condition, str], int]], data: st.DataObject
) -> None:
    routes = [
        a_route(f"r{number}", order=order, **dict(asked))
        for number, (asked, order) in enumerate(drawn)
    ]
    asked = data.draw(st.dictionaries(WHAT, VALUE))

    chosen = choose(data.draw(st.permutations(routes)), asked, TODAY)

    holding = [
        route for route in routes if all(asked.get(what) in said for what, said in route.conditions)
    ]
    most = max((len(route.conditions) for route in holding), default=0)
    longest = [route for route in holding if len(route.conditions) == most]
    first = min((route.order for route in longest), default=0)
    assert chosen == next((route for route in longest if route.order == first), None)
