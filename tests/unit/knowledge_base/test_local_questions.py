"""Questions only records answer are known by all their signs; ordinary ones are never taken."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.local_questions import About, LocalQuestion, local_question
from knowledge_base.municipalities import Ambiguous, Place
from knowledge_base.shipped import shipped_entries, shipped_places, shipped_queues
from tests.unit.knowledge_base.conftest import DATA

TODAY = date(2026, 11, 22)
PLACES = shipped_places()
REALLY_LOCAL = {"Iki kada priimamos bendruomenių paraiškos Zarasų rajone?"}


def _asked(text: str) -> LocalQuestion | None:
    return local_question(text, PLACES, TODAY)


def _where(asked: LocalQuestion) -> tuple[str, ...]:
    match asked.place:
        case Place(official=official):
            return (official,)
        case Ambiguous(places=places):
            return tuple(place.official for place in places)
        case None:
            return ()


@pytest.mark.parametrize(
    ("text", "about", "where"),
    [
        ("Kas mūsų taryboje?", About.COUNCIL, ()),
        ("kas musu nvo taryboj", About.NVO_COUNCIL, ()),
        ("Kas yra Kauno r. NVO taryboje?", About.NVO_COUNCIL, ("Kauno r. sav.",)),
        (
            "Kas Tauragės bendruomeninių organizacijų taryboje?",
            About.BO_COUNCIL,
            ("Tauragės r. sav.",),
        ),
        (
            "Kokie yra Klaipėdos NVO tarybos nariai?",
            About.NVO_COUNCIL,
            ("Klaipėdos m. sav.", "Klaipėdos r. sav."),
        ),
        ("Kokia Molėtų NVO tarybos sudėtis?", About.NVO_COUNCIL, ("Molėtų r. sav.",)),
        (
            "Who is on the NGO council of Kaunas?",
            About.NVO_COUNCIL,
            ("Kauno m. sav.", "Kauno r. sav."),
        ),
        ("Kada kvietimas mano savivaldybėje?", About.CALL, ()),
        ("iki kada kvietimas kauno r.", About.CALL, ("Kauno r. sav.",)),
        ("Iki kada galima teikti paraiškas Anykščių rajone?", About.CALL, ("Anykščių r. sav.",)),
    ],
)
def test_it_is_known_what_is_asked_and_where(
    text: str, about: About, where: tuple[str, ...]
) -> None:
    asked = _asked(text)

    assert asked is not None
    assert (asked.about, _where(asked)) == (about, where)


@pytest.mark.parametrize(
    "text",
    [
        "Kas yra NVO taryba?",
        "Kas gali būti NVO taryboje Kauno rajone?",
        "Kas mūsų savivaldybės taryboje?",
        "Kas mūsų jaunimo reikalų taryboje?",
        "Kokia nacionalinės NVO tarybos sudėtis Vilniuje?",
        "Kaip patekti į mūsų NVO tarybą?",
        "Kas tvirtina mūsų NVO tarybos narius?",
        "Kas NVO ir BO taryboje Zarasuose?",
        "Kada kvietimas?",
        "iki kada?",
        "Kada vyko kvietimas Kauno rajone?",
        "Kada buvo 2021 m. kvietimas Kauno m.?",
        "Kada kvietimas 2021 m. Kauno rajone?",
        "Kada kvietimas į mokymus Kauno rajone?",
        "Iki kada teikti paraišką dėl NVO žymos Kaune?",
    ],
)
def test_rules_the_past_and_other_bodies_are_left_alone(text: str) -> None:
    assert _asked(text) is None


def test_an_ordinary_question_is_never_taken() -> None:
    """Every known way to ask for an entry, every labelled question, every example of a queue."""
    files = [*sorted((DATA / "labelled").glob("*.jsonl")), DATA / "match" / "dev.jsonl"]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    ordinary = [utterance for entry in shipped_entries() for utterance in entry.utterances]
    ordinary += [str(json.loads(line)["text"]) for line in lines]
    ordinary += [example for queue in shipped_queues().values() for example in queue.examples]

    assert len(ordinary) > 2000
    assert {text for text in ordinary if _asked(text) is not None} == REALLY_LOCAL


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    asked = _asked(text)

    assert asked is None or isinstance(asked.about, About)


def test_the_names_of_all_sixty_have_their_cases() -> None:
    assert len(PLACES.all) == 60
    assert all(place.name.endswith("savivaldybė") for place in PLACES.all)
    assert (PLACES.all[0].genitive, PLACES.all[0].locative) == (
        "Akmenės rajono savivaldybės",
        "Akmenės rajono savivaldybėje",
    )
