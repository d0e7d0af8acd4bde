"""What `kb check` finds."""

from datetime import date

import pytest

from knowledge_base.entries import Behaviour, Entry, Source, Status
from knowledge_base.faults import Severity, faults, promises_a_person
from tests.unit.knowledge_base.examples import TODAY, an_entry

TOPICS = frozenset({"steigimas"})
MUNICIPALITIES = frozenset({"Kauno r. sav."})


def found(*entries: Entry, today: date | None = TODAY) -> list[tuple[Severity, str]]:
    faulty = faults(entries, topics=TOPICS, municipalities=MUNICIPALITIES, today=today)
    return [(fault.severity, str(fault)) for fault in faulty]


def test_a_good_entry_has_no_faults() -> None:
    assert found(an_entry(scope=("Kauno r. sav.",), valid_to=TODAY, review_by=TODAY)) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scope": ("Kaunas",)}, "scope Kaunas is not the official name of a municipality"),
        ({"sources": (Source(id="W99", title="W99"),)}, "source W99 is not in sources.yaml"),
        (
            {"answer": "Rašykite {email}."},
            "unknown variable {email}; known are mail_address, organisation, phone, public_url",
        ),
        ({"status": Status.NEEDS_REVIEW}, "status needs_review may not be a plain answer"),
        (
            {"answer": "Klausimą perduosime konsultantui."},
            (
                "the answer promises a consultant, so behaviour answer "
                "must be answer_and_route or route"
            ),
        ),
        (
            {
                "valid_from": date(2026, 2, 1),
                "valid_to": date(2026, 1, 1),
                "status": Status.RETIRED,
                "behaviour": Behaviour.ROUTE,
            },
            "valid_to is before valid_from",
        ),
    ],
)
def test_an_error_keeps_the_entry_from_loading(changes: dict[str, object], reason: str) -> None:
    assert found(an_entry(**changes)) == [(Severity.ERROR, f"zyma: {reason}")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"valid_to": date(2026, 1, 1)}, "it was valid to 2026-01-01 and is still current"),
        (
            {"topic": "kita"},
            "topic kita is not a queue, so its questions wait in the general one",
        ),
        (
            {"answer": "Žr. kitą atsakymą."},
            "the answer points elsewhere („žr.“), which a letter cannot follow",
        ),
        ({"review_by": date(2026, 1, 1)}, "its review was due on 2026-01-01"),
        (
            {"answer": "Pasitikslinkite VMI."},
            "the answer sends the asker to check („pasitikslinkite“); let the consultant do it",
        ),
        (
            {"grounding": "verified_secondary"},
            "grounding is verified_secondary, but no source is shown as „antrinis šaltinis“",
        ),
        (
            {
                "status": Status.HISTORICAL,
                "behaviour": Behaviour.ROUTE,
                "variants": ("Kas vyksta dabar?",),
            },
            "history is asked about today: „kas vyksta dabar?“",
        ),
    ],
)
def test_a_warning_is_for_a_person_to_look_at(changes: dict[str, object], reason: str) -> None:
    assert found(an_entry(**changes)) == [(Severity.WARNING, f"zyma: {reason}")]


def test_dates_are_judged_only_when_the_day_is_known() -> None:
    assert found(an_entry(review_by=date(2020, 1, 1)), today=None) == []


def test_repeated_ids_and_questions_are_found_after_folding() -> None:
    entries = (
        an_entry(),
        an_entry(question="Kita?"),
        an_entry(id="kita", variants=("kaip iregistruoti NVO zyma",), answer="Niekaip."),
    )

    assert found(*entries) == [
        (Severity.ERROR, "zyma: the id is used by more than one entry"),
        (
            Severity.WARNING,
            (
                "zyma: the same question after folding, „kaip iregistruoti nvo zyma“, "
                "stands in: zyma, kita; a contradiction, as their answers differ"
            ),
        ),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "Klausimą perduosime konsultantui.",
        "Jūsų klausimą perduodame konsultantui.",
        "Dėl dabartinės tvarkos klausimą perdavėme konsultantui.",
        "Ar taip yra dabar, patikslins konsultantas.",
        "Dabartines sąlygas patvirtins konsultantas.",
        "Konsultantas susitars su Jumis.",
        "Su Jumis susisieksime.",
    ],
)
def test_a_promise_of_a_person_is_recognised(answer: str) -> None:
    assert promises_a_person(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Bandomojo modelio konsultantas buvo NISC.",
        "Paslaugas galima perduoti NVO.",
        "Kreipkitės į savivaldybę.",
    ],
)
def test_speaking_of_consultants_is_no_promise(answer: str) -> None:
    assert not promises_a_person(answer)


def test_entries_for_different_municipalities_may_answer_the_same_question() -> None:
    here, there = ("Kauno r. sav.",), ("Jonavos r. sav.",)
    entries = (an_entry(scope=here), an_entry(id="kita", scope=there, answer="Kitaip."))

    told = [reason for _, reason in found(*entries) if "the same question" in reason]

    assert [reason.endswith("stands in: zyma, kita") for reason in told] == [True]


def test_an_answer_that_stands_twice_is_found() -> None:
    assert found(an_entry(), an_entry(id="kita", question="Kita?")) == [
        (Severity.WARNING, "zyma: the same answer stands in: zyma, kita; one entry would do")
    ]
