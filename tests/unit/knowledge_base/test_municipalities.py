"""Municipalities as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.municipalities import Ambiguous, Place
from knowledge_base.shipped import shipped_places
from knowledge_base.text import fold

PLACES = shipped_places()
TWINS = {"Alytaus", "Kauno", "Klaipėdos", "Panevėžio", "Šiaulių", "Vilniaus"}
SINGLE = [place for place in PLACES.all if place.official.split(" ")[0] not in TWINS]


def official(text: str) -> str | None:
    found = PLACES.find(text)
    return found.official if isinstance(found, Place) else None


def test_there_are_sixty() -> None:
    kinds = [place.kind for place in PLACES.all]

    assert [len(kinds), kinds.count("m."), kinds.count("r."), kinds.count("sav.")] == [
        60,
        7,
        43,
        10,
    ]


@pytest.mark.parametrize("place", PLACES.all, ids=lambda place: place.official)
def test_each_is_found_by_its_official_names(place: Place) -> None:
    sentence = f"Rašau iš {place.name.replace('savivaldybė', 'savivaldybės')} bendruomenės."

    found = [
        official(place.official),
        official(place.name),
        official(sentence),
        official(fold(sentence)),
    ]

    assert found == [place.official] * 4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("esame is kauno raj. bendruomenes", "Kauno r. sav."),
        ("Kauno mieste veikiame nuo 2010 m.", "Kauno m. sav."),
        ("Elektrėnų r. bendruomenė", "Elektrėnų sav."),
        ("Marijampolės rajono kaimas", "Marijampolės sav."),
        ("veikiame Kėdainiuose", "Kėdainių r. sav."),
        ("kedainiuose veikiame", "Kėdainių r. sav."),
        ("Gargžduose", "Klaipėdos r. sav."),
        ("Naujojoje Akmenėje", "Akmenės r. sav."),
        ("Kazlų Rūdos bendruomenė", "Kazlų Rūdos sav."),
        ("Kediniu r. bendruomene", "Kėdainių r. sav."),
        ("Šakių bendruomenė", "Šakių r. sav."),
        ("kelmes r. bendruomene", "Kelmės r. sav."),
    ],
)
def test_towns_cases_and_typos_are_understood(text: str, name: str) -> None:
    assert official(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "birzos kaina",
        "po kelmes sedi grybas",
        "trakai ir neringa",
        "Žemaičių Kalvarijoje",
        "elektronai ir priešais",
        "Kaip gauti NVO žymą?",
        "",
    ],
)
def test_ordinary_words_are_no_municipalities(text: str) -> None:
    assert PLACES.find(text) is None


@pytest.mark.parametrize("name", ["Kauno", "Klaipėdoje", "vilniuje", "Šiaulių savivaldybė"])
def test_a_city_and_a_district_of_one_name_are_not_guessed_apart(name: str) -> None:
    found = PLACES.find(name)

    assert isinstance(found, Ambiguous)
    assert [place.kind for place in found.places] == ["m.", "r."]


def test_two_municipalities_are_ambiguous_too() -> None:
    found = PLACES.find("Kauno mieste ir Jonavos r.")

    assert isinstance(found, Ambiguous)
    assert {place.official for place in found.places} == {"Kauno m. sav.", "Jonavos r. sav."}


def test_a_marked_name_decides_for_the_bare_one() -> None:
    assert official("Kauno bendruomenė, tiksliau, Kauno r.") == "Kauno r. sav."


@given(st.text())
def test_any_text_may_be_searched(text: str) -> None:
    assert PLACES.find(text) is None or isinstance(PLACES.find(text), Place | Ambiguous)
