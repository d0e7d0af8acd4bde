"""Why a question was decided as it was, in the words of a consultant."""

import re

from knowledge_base import files, reasons
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Suggestions
from tests.unit.knowledge_base.examples import a_context, an_entry
from tests.unit.knowledge_base.test_decide import QUESTION, decided


def test_the_reasons_tell_views_signs_rules_runner_up_and_margin(shipped: KnowledgeBase) -> None:
    decision = shipped.decide("kiek dienų ATOSTOGŲ priklauso savanoriui?", a_context())

    says = (
        r"Panašiausias įrašas – „Kas pasikeitė savanoriškoje .+“, bet tikimybė (\d+) % mažesnė .+",
        r"Įrašo vieta pagal panašumą: žodžių pradžios – 1, raidžių .+ – 1, bendri žodžiai – 1\.",
        r"Požymiai: .+ tarp visų – \d+ %, reikšmingų klausimo žodžių įraše – 2 iš 4\.",
        r"Apie tai klausiama, bet įraše nekalbama: „atostogų“\.",
        r"Antras pagal panašumą, tos pačios temos: „.+“ \((\d+) %; skirtumas (\d+) proc\. p\.\)\.",
        r"Palyginta pagal žodžius; prasmės modelis neveikia\.",
    )
    found = [re.fullmatch(one, said) for one, said in zip(says, decision.reasons, strict=True)]
    assert [one for one, match in zip(says, found, strict=True) if match is None] == []
    first, second, margin = (int(each) for match in found if match for each in match.groups())
    assert first - second == margin
    assert decision.segments[0].reasons == decision.reasons


def test_who_asks_does_not_silence_a_question_but_another_kind_of_organisation_does() -> None:
    club = decided(f"Atstovauju Pakruojo moterų klubui. {QUESTION}")
    institution = decided(f"Rašau iš VšĮ „Lizdas“. {QUESTION}")

    assert isinstance(club, Answer)
    assert isinstance(institution, Suggestions)
    assert "Klausime minima, o įraše – ne: „viešoji įstaiga“." in institution.reasons


def test_a_question_known_word_for_word_is_said_to_be_one() -> None:
    said = "Toks klausimas įraše yra žodis į žodį."

    assert said in decided().reasons
    assert said not in decided("Kaip mums užregistruoti NVO žymą?").reasons


def test_what_only_the_answer_speaks_of_is_named() -> None:
    decision = decided("Kaip įregistruoti NVO žymą spintoje?", answer="Žyma guli Spintoje.")

    assert "Tai minima tik įrašo atsakyme, ne jo klausimuose: „spintoje“." in decision.reasons


def test_rivals_that_are_likelier_together_are_a_reason() -> None:
    alike = [
        an_entry(id=f"antras-{word}", question=f"Kaip įregistruoti {word} NVO žymą?")
        for word in ("savo", "mūsų")
    ]

    decision = decided("Kaip registruoti NVO žymą dabar?", *alike)

    assert isinstance(decision, Suggestions)
    assert reasons.RIVALS in decision.reasons


def test_an_entry_without_rivals_is_said_to_have_none() -> None:
    decision = files.build([an_entry()]).decide(QUESTION, a_context())

    assert reasons.NO_RUNNER_UP in decision.reasons


def test_where_nothing_is_near_the_nearest_is_named(shipped: KnowledgeBase) -> None:
    decision = shipped.decide("Kokios spalvos turi būti vestuvių savanorio kėdė?", a_context())

    assert decision.reasons[0] == reasons.NOTHING_NEAR
    assert decision.reasons[2].startswith("Artimiausias – „")
    assert "Apie tai klausiama, bet įraše nekalbama: „spalvos“, „vestuvių“, „kėdė“." in (
        decision.reasons
    )


def test_an_entry_without_a_word_of_the_question_is_said_to_have_none(
    shipped: KnowledgeBase,
) -> None:
    cost = next(entry for entry in shipped.entries if entry.id == "nvo-zyma-kaina")

    decision = shipped.decide("Kiek kainuoja skrydis į Mėnulį ir atgal?", a_context())

    assert decision.reasons == (
        reasons.NOTHING_NEAR,
        reasons.UNCLEAR_TOPIC,
        reasons.speaks_of_nothing(cost),
        reasons.BY_WORDS,
    )
