"""Ranking: the right entry first, and the signs of how sure that is."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.apart import build_apart
from knowledge_base.concepts import build_concepts
from knowledge_base.decide import KnowledgeBase
from knowledge_base.files import load_shipped
from knowledge_base.matcher import build_matcher
from tests.unit.knowledge_base.examples import an_entry

NO_CONCEPTS = build_concepts({})
NOTHING_APART = build_apart(
    {"rivals": [], "named": {}, "asked": {}, "general": {"words": "", "beginnings": ""}}
)


def best(knowledge: KnowledgeBase, question: str) -> str:
    return knowledge.matcher.rank(question)[0].entry.id


def test_cases_typos_and_missing_diacritics_find_the_entry(shipped: KnowledgeBase) -> None:
    asked = {
        "Kaip gauti NVO žymą?": "nvo-zyma-kaip",
        "kiek kainuoj nvo zymos registravims": "nvo-zyma-kaina",
        "kiek steigeju reik asociacijai": "asociacija-steigimas",
        "iki kada duoti metine ataskaita registru centrui": "ataskaitos-terminas",
        "Ar galime gauti patalpas iš savivaldybės panaudai?": "patalpos-panauda",
    }

    assert {question: best(shipped, question) for question in asked} == asked


def test_siblings_are_told_apart(shipped: KnowledgeBase) -> None:
    asked = {
        "Kas yra NVO žyma?": "nvo-zyma-kas",
        "Kaip įregistruoti NVO žymą?": "nvo-zyma-kaip",
        "Kiek kainuoja NVO žyma?": "nvo-zyma-kaina",
        "Ar NVO žyma privaloma?": "nvo-zyma-privaloma",
    }

    assert {question: best(shipped, question) for question in asked} == asked


def test_the_signs_tell_a_likely_match_from_a_stray_one(shipped: KnowledgeBase) -> None:
    right = shipped.matcher.rank("Kaip įregistruoti NVO žymą?")[0].signs
    stray = shipped.matcher.rank("kiek kainuoja naujos padangos golfui")[0].signs

    assert (right.strange, right.aside) == ((), ())
    assert stray.strange == ("padangos", "golfui")
    assert right.chance > stray.chance


def test_a_word_in_another_form_or_misspelt_is_not_strange(shipped: KnowledgeBase) -> None:
    signs = shipped.matcher.rank("kaip iregistruot nvo žymos regsitrą")[0].signs

    assert (signs.strange, signs.aside) == ((), ())


def test_a_word_that_only_the_answer_holds_stands_aside(shipped: KnowledgeBase) -> None:
    signs = shipped.matcher.rank("Kokios išplėstinės seniūnaičių sueigos funkcijos?")[0].signs

    assert signs.aside == ("isplestines", "sueigos")


def test_without_entries_nothing_matches() -> None:
    assert build_matcher([], NO_CONCEPTS, NOTHING_APART).rank("Kaip gauti NVO žymą?") == ()


def test_a_single_entry_matches() -> None:
    (match,) = build_matcher([an_entry()], NO_CONCEPTS, NOTHING_APART).rank("nvo zyma")

    assert match.entry == an_entry()


KNOWLEDGE = load_shipped()


@given(st.text())
def test_any_text_is_ranked_best_first(text: str) -> None:
    matches = KNOWLEDGE.matcher.rank(text)

    assert [match.score for match in matches] == sorted((m.score for m in matches), reverse=True)
    assert all(0 <= match.signs.strangeness <= 1 for match in matches)
