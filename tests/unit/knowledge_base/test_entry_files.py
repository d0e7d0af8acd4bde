"""Entries to YAML and back."""

from datetime import date
from pathlib import Path

import pytest

from knowledge_base import files
from knowledge_base.entries import Behaviour, Entry, Status
from knowledge_base.entry_files import parse_entries
from knowledge_base.faults import ContentError
from tests.unit.knowledge_base.examples import SOURCE, an_entry

MINIMAL = """
version: 1
language: lt
entries:
- id: zyma
  topic: steigimas
  question: Kaip įregistruoti NVO žymą?
  answer: Pateikite prašymą Registrų centrui.
  sources: [Įstatymas]
"""


def faults_of(text: str) -> list[str]:
    with pytest.raises(ContentError) as error:
        parse_entries(text, {})
    return [str(fault) for fault in error.value.faults]


def test_the_least_an_entry_needs() -> None:
    (entry,) = parse_entries(MINIMAL, {})

    assert entry == Entry(
        id="zyma",
        topic="steigimas",
        question="Kaip įregistruoti NVO žymą?",
        answer="Pateikite prašymą Registrų centrui.",
        sources=(SOURCE,),
        status=Status.CURRENT,
        behaviour=Behaviour.ANSWER_OFFER_HUMAN,
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("sources: []", "zyma: sources is missing"),
        ("sources: [7]", "zyma: sources must be a list of texts"),
        ("sources: W99 ", "zyma: sources must be a list of texts"),
        ("sources: [S], colour: red", "zyma: unknown key colour"),
        (
            "sources: [S], status: maybe",
            "zyma: status must be one of current, historical, needs_review, retired",
        ),
        ("sources: [S], valid_to: soon", "zyma: valid_to must be a date like 2027-01-31"),
        ("sources: [S], valid_to: 2027-02-30", "zyma: valid_to must be a date like 2027-01-31"),
        ("sources: [S], version: 0", "zyma: version must be a whole number from 1"),
        ("sources: [S], family: [a]", "zyma: family must be a text"),
        ("sources: [S], id: Žyma", "Žyma: id may hold only small letters, digits and hyphens"),
        ("sources: [S], question: ''", "zyma: question is missing"),
        ("sources: [S], question: 12", "zyma: question must be a text"),
    ],
)
def test_each_mistake_is_named_with_its_entry(line: str, fault: str) -> None:
    record = f"{{id: zyma, topic: t, question: K, answer: A, {line}}}"
    record = record.replace("id: zyma, ", "", 1) if "id: Ž" in line else record
    record = record.replace("question: K, ", "", 1) if " question:" in line else record

    assert faults_of(f"version: 1\nentries:\n- {record}") == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "the file must hold version, language and entries"),
        ("- a", "the file must hold version, language and entries"),
        ("version: 2\nentries: []", "version must be 1"),
        ("version: 1\nentries: {}", "entries must be a list of entries"),
        ("version: 1\nanswers: []", "unknown key answers"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, fault: str) -> None:
    assert faults_of(text) == [fault]


def test_what_is_no_yaml_is_refused() -> None:
    (fault,) = faults_of("a: [")

    assert fault.startswith("not YAML: ")


def test_every_fault_is_told_at_once() -> None:
    twice = MINIMAL + MINIMAL.split("entries:\n")[1] + "- id: kita\n  topic: t\n"

    assert faults_of(twice) == [
        "kita: question is missing",
        "zyma: the id is used by more than one entry",
    ]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    entries = (
        an_entry(),
        an_entry(
            id="viskas",
            variants=("kaip? taip: „ne“", "- ne"),
            family="zyma",
            grounding="verified",
            act="2 str.",
            status=Status.HISTORICAL,
            behaviour=Behaviour.ANSWER_AND_ROUTE,
            scope=("Kauno r. sav.",),
            valid_from=date(2020, 1, 1),
            valid_to=date(2021, 1, 1),
            checked_on=date(2026, 1, 1),
            checked_by="Ona",
            review_by=date(2027, 1, 1),
            approved_by="Jonas",
            note="Pastaba: 1,2 %",
            version=3,
        ),
    )

    files.write_entries(tmp_path / "faq.yaml", entries)

    assert files.read_entries(tmp_path / "faq.yaml") == entries


def test_the_shipped_entries_survive_writing_and_reading(tmp_path: Path) -> None:
    entries = files.shipped_entries()

    files.write_entries(tmp_path / "faq.yaml", entries)

    assert files.read_entries(tmp_path / "faq.yaml") == entries


def test_translations_are_read_and_written(tmp_path: Path) -> None:
    entry = an_entry(translations={"en": "Apply to the Centre of Registers."})
    files.write_entries(tmp_path / "faq.yaml", [entry])

    assert files.read_entries(tmp_path / "faq.yaml") == (entry,)


def test_a_translation_into_a_language_nobody_is_answered_in_is_refused() -> None:
    text = f"{MINIMAL}  translations: {{pl: Proszę}}\n"

    assert faults_of(text) == ["zyma: translations must be texts by language: en, ru"]
