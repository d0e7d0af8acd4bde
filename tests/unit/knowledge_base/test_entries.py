"""When an entry may answer, and what its text becomes."""

from datetime import date

import pytest

from knowledge_base.entries import Behaviour, Status
from tests.unit.knowledge_base.examples import TODAY, an_entry


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"behaviour": Behaviour.ANSWER_AND_ROUTE}, True),
        ({"behaviour": Behaviour.ROUTE}, False),
        ({"status": Status.HISTORICAL}, False),
        ({"status": Status.NEEDS_REVIEW}, False),
        ({"status": Status.RETIRED}, False),
        ({"valid_from": TODAY, "valid_to": TODAY, "review_by": TODAY}, True),
        ({"valid_from": date(2026, 11, 24)}, False),
        ({"valid_to": date(2026, 11, 22)}, False),
        ({"review_by": date(2026, 11, 22)}, False),
        ({"scope": ("Vilniaus m. sav.",)}, False),
        ({"scope": ("Kauno r. sav.", "Vilniaus m. sav.")}, True),
    ],
)
def test_only_what_holds_today_and_here_may_be_answered(
    changes: dict[str, object], *, may: bool
) -> None:
    assert an_entry(**changes).may_answer(TODAY, "Kauno r. sav.") is may


def test_an_entry_for_some_municipalities_is_not_for_an_unknown_one() -> None:
    assert not an_entry(scope=("Kauno r. sav.",)).may_answer(TODAY, None)


def test_variables_are_filled_and_other_braces_left() -> None:
    entry = an_entry(answer="Rašykite {mail_address} {ar taip}.")

    assert (
        entry.text({"mail_address": "pagalba@example.org"})
        == "Rašykite pagalba@example.org {ar taip}."
    )


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(KeyError, match="mail_address"):
        an_entry(answer="Rašykite {mail_address}.").text({})


@pytest.mark.parametrize(
    ("behaviour", "opens"),
    [
        (Behaviour.ANSWER, False),
        (Behaviour.ANSWER_OFFER_HUMAN, False),
        (Behaviour.ANSWER_AND_ROUTE, True),
        (Behaviour.ROUTE, True),
    ],
)
def test_behaviour_says_whether_a_ticket_stays_open(behaviour: Behaviour, *, opens: bool) -> None:
    assert behaviour.opens_ticket is opens
