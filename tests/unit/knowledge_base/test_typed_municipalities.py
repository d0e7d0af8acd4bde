"""A municipality somebody types: forgiven where we asked for it, twins never guessed apart."""

import pytest

from knowledge_base.shipped import shipped_places

_PLACES = shipped_places()
_VILNIUS = ["Vilniaus m. sav.", "Vilniaus r. sav."]


@pytest.mark.parametrize(
    ("typed", "named", "meant"),
    [
        ("Vilnius", _VILNIUS, _VILNIUS),
        ("vilniuje", _VILNIUS, _VILNIUS),
        ("vilnaus", [], _VILNIUS),
        ("Vilniaus r.", ["Vilniaus r. sav."], ["Vilniaus r. sav."]),
        ("vilniaus miesto savivaldybė", ["Vilniaus m. sav."], ["Vilniaus m. sav."]),
        ("utena", ["Utenos r. sav."], ["Utenos r. sav."]),
        ("kazlu ruda", ["Kazlų Rūdos sav."], ["Kazlų Rūdos sav."]),
        ("Kaip įkurti NVO Utenoje?", [], []),
        ("nesvarbu", [], []),
        ("ne", [], []),
        ("", [], []),
    ],
)
def test_what_is_typed_is_understood(typed: str, named: list[str], meant: list[str]) -> None:
    assert [place.official for place in _PLACES.named(typed)] == named
    assert [place.official for place in _PLACES.meant(typed)] == meant
