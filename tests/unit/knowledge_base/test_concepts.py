"""Words that mean the same."""

from knowledge_base import files
from knowledge_base.concepts import build_concepts
from knowledge_base.text import tokens

CONCEPTS = build_concepts(
    {"nvo žyma": ["nvo žym", "nvo status"], "kaina": ["kain", "kiek kainuo"], "bo": ["bo.", "БО."]}
)


def test_a_concept_is_found_in_any_case_of_its_words() -> None:
    assert CONCEPTS.find(tokens("Dėl NVO žymos, arba NVO statuso")) == ["§nvo žyma"]


def test_words_of_a_concept_must_follow_one_another() -> None:
    assert CONCEPTS.find(tokens("NVO taryba ir žyma")) == []


def test_a_whole_word_is_not_found_inside_another() -> None:
    assert CONCEPTS.find(tokens("bo bokštas БО")) == ["§bo"]


def test_what_must_never_be_merged_is_not() -> None:
    concepts = files.shipped_concepts()
    apart = [
        ["NVO taryba", "BO taryba", "savivaldybės taryba"],
        ["NVO žyma", "paramos gavėjo statusas", "viešosios naudos NVO"],
        ["veiklos ataskaita", "projekto ataskaita", "finansinė ataskaita"],
        ["mentorius", "konsultantas", "ekspertas"],
        ["kaimo bendruomenė", "religinė bendruomenė"],
    ]

    for names in apart:
        found = [tuple(concepts.find(tokens(name))) for name in names]

        assert len(set(found)) == len(names)


def test_a_question_in_another_language_meets_the_same_concepts() -> None:
    concepts = files.shipped_concepts()

    shared = set(concepts.find(tokens("Kaip įregistruoti NVO žymą?")))

    assert shared.issubset(concepts.find(tokens("How do we register the NGO status?")))
    assert "§nvo žyma" in shared
