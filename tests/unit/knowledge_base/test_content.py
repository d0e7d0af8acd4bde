"""The shipped content: what a review found once stays mended."""

import re

import pytest

from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Unsure
from knowledge_base.entries import Behaviour, Entry, Status
from knowledge_base.shipped import (
    content_faults,
    shipped_entries,
    shipped_queues,
    shipped_sources,
)
from knowledge_base.text import fold
from tests.unit.knowledge_base.examples import TODAY, a_context

ENTRIES = shipped_entries()
BY_ID = {entry.id: entry for entry in ENTRIES}
ANSWERABLE = [
    entry
    for entry in ENTRIES
    if entry.status is Status.CURRENT and entry.behaviour is not Behaviour.ROUTE
]


def test_nothing_is_left_for_the_check_to_find() -> None:
    assert content_faults(ENTRIES, TODAY) == []


def test_no_fact_of_the_first_collection_was_dropped() -> None:
    assert len(ENTRIES) >= 74
    assert len(ANSWERABLE) >= 25


@pytest.mark.parametrize("entry", ANSWERABLE, ids=lambda entry: entry.id)
def test_a_current_entry_answers_its_own_question(shipped: KnowledgeBase, entry: Entry) -> None:
    decision = shipped.decide(entry.question, a_context())

    assert isinstance(decision, Answer)
    assert [answered.id for answered in decision.entries] == [entry.id]
    assert decision.text == entry.answer


def test_no_variant_is_answered_by_another_entry(shipped: KnowledgeBase) -> None:
    for entry in ENTRIES:
        for variant in entry.variants:
            decision = shipped.decide(variant, a_context())
            answered = decision.entries if isinstance(decision, Answer) else (entry,)

            assert (variant, [other.id for other in answered]) == (variant, [entry.id])


def test_history_unconfirmed_and_routed_entries_are_never_answers(shipped: KnowledgeBase) -> None:
    for entry in ENTRIES:
        if entry not in ANSWERABLE:
            for utterance in entry.utterances:
                assert not isinstance(shipped.decide(utterance, a_context()), Answer)


@pytest.mark.parametrize(
    "question",
    [
        "Kaip gauti paramos gavėjo statusą?",
        "Kaip tapti viešosios naudos NVO?",
        "Kas yra viešosios naudos NVO?",
        "Kuri institucija pripažįsta viešosios naudos NVO?",
        "Kuo skiriasi NVO taryba nuo BO tarybos?",
        "Kaip kaimo bendruomenei prisijungti prie LKBS?",
        "Ar mūsų asociacija yra NVO?",
        "Kada institucinio stiprinimo konkursas skėtinėms organizacijoms?",
        "nvo fondas institucinis stiprinimas paraiska",
        "Kuo skiriasi veiklos ataskaita nuo veiklos rezultatų ataskaitos?",
        "Ar dar galima teikti paraišką pagal 2021 m. kvietimą?",
        "Iki kada šiemet galima teikti paraišką?",
        "Kas vertina bendruomenių paraiškas?",
        "Kokia didžiausia suma bendruomenės projektui?",
        "kiek pinigu galima gauti bendruomenes projektui vilniuje",
        "Ar mūsų savivaldybė yra tarp dešimties pilotinių?",
        "Kas įgyvendina bandomąjį modelį?",
        "Kam galima panaudoti institucinio stiprinimo lėšas?",
        "Ar rengiami mokymai NVO taryboms?",
        "Ar mūsų bendruomenė gali gauti mentorių?",
        "Kas gali teikti paraišką pagal priemonę „Stiprinti bendruomeninę veiklą savivaldybėse“?",
        "Ar galima finansuoti vaikų stovyklą?",
        "Kokiais būdais teikiamos konsultacijos?",
    ],
)
def test_what_no_text_answers_goes_to_a_consultant(shipped: KnowledgeBase, question: str) -> None:
    decision = shipped.decide(question, a_context(municipality="Vilniaus m. sav."))

    assert isinstance(decision, Unsure)


@pytest.mark.parametrize(
    ("entry_id", "words"),
    [
        ("nvo-taryba-funkcijos", "vienos savivaldybės pavyzdys"),
        ("nvo-taryba-kandidatas", "vienos savivaldybės pavyzdys"),
        ("patalpos-panauda", "vienos savivaldybės pavyzdys"),
        ("asociacija-steigimas", "antriniai šaltiniai"),
        ("bo-taryba-sudarymas", "antriniai šaltiniai"),
        ("bo-taryba-funkcijos", "antrinis šaltinis"),
        ("nvo-zyma-kaina", "Pirmą kartą"),
        ("priemone-numeriai", "Apie 2026 m. numerį patikrintos informacijos neturime."),
        ("kvietimas-2021-terminai", "ne paraiškų pateikimo terminas"),
        ("nvo-zyma-privaloma", "NISC 2022 m. gruodį priminė"),
        ("kontaktas-bendruomenes", "{mail_address}"),
    ],
)
def test_the_limits_of_a_fact_stand_in_its_text(entry_id: str, words: str) -> None:
    assert words in BY_ID[entry_id].answer


def test_a_year_stands_in_every_historical_text() -> None:
    undated = [
        entry.id
        for entry in ENTRIES
        if entry.status is Status.HISTORICAL and not re.search(r"\b20\d\d\b", entry.answer)
    ]

    assert undated == []


@pytest.mark.parametrize(
    "phrase",
    [
        "siuose projektuose",
        "pasitikslin",
        "zr.",
        "bendruomenes@nisc.lt",
        "projekto vykdytojai mentorius",
    ],
)
def test_no_text_speaks_of_what_a_member_cannot_know_or_follow(phrase: str) -> None:
    assert [entry.id for entry in ENTRIES if phrase in fold(entry.answer)] == []


def test_secondary_sources_are_shown_as_such() -> None:
    secondary = [entry for entry in ENTRIES if entry.grounding == "verified_secondary"]

    shown = [any("antrinis šaltinis" in s.title for s in entry.sources) for entry in secondary]

    assert shown == [True] * len(secondary)
    assert len(secondary) >= 10


def test_nobody_is_said_to_have_approved_or_checked_what_nobody_did() -> None:
    assert {(entry.approved_by, entry.checked_by) for entry in ENTRIES} == {(None, None)}


def test_every_source_has_a_title_and_only_real_addresses() -> None:
    sources = shipped_sources().values()

    assert [source.id for source in sources if not source.title] == []
    assert [s.id for s in sources if s.url and not re.match(r"https?://\w", s.url)] == []
    assert [s.id for s in sources if not any(s in entry.sources for entry in ENTRIES)] == []


def test_queues_have_titles_and_restricted_ones_tell_members_nothing() -> None:
    queues = shipped_queues()
    restricted = [queue for queue in queues.values() if queue.restricted]

    assert len(queues) == 14
    assert [(queue.id, queue.public_title) for queue in restricted] == [
        ("privatumas", ""),
        ("jautri", ""),
    ]
    assert "112" in (queues["jautri"].acknowledgement or "")
    assert all(queue.title for queue in queues.values())
