"""Decisions: sure, near or neither, and the gates that keep an answer back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base import files
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Decision, Kind, Suggestions, Unsure
from knowledge_base.entries import Behaviour, Entry, Status
from knowledge_base.language import Language
from knowledge_base.queues import GENERAL, PRIVACY, SENSITIVE
from tests.unit.knowledge_base.examples import TODAY, a_context, an_entry

QUESTION = "Kaip įregistruoti NVO žymą?"


def decided(question: str = QUESTION, /, *others: Entry, **changes: object) -> Decision:
    """Decide a question where this one entry is meant among some others."""
    filler = [entry for entry in files.shipped_entries() if entry.family != "nvo-zyma"]
    return files.build([an_entry(**changes), *others, *filler]).decide(question, a_context())


def test_a_known_question_is_answered_with_its_text() -> None:
    decision = decided()

    assert isinstance(decision, Answer)
    assert decision.entries == (an_entry(),)
    assert decision.text == an_entry().answer
    assert decision.queue == "steigimas"
    assert decision.language is Language.LT
    assert decision.segments[0].decision is Kind.ANSWER
    assert decision.segments[0].entry_id == "zyma"
    assert decision.candidates[0].entry_id == "zyma"
    assert decision.reasons[0].startswith("Atitinka įrašą „Kaip įregistruoti NVO žymą?“ (tikimybė ")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"behaviour": Behaviour.ROUTE}, "visada perduodamas konsultantui."),
        (
            {"status": Status.HISTORICAL},
            "aprašo pasibaigusį dalyką; apie dabartį atsako konsultantas.",
        ),
        ({"status": Status.NEEDS_REVIEW}, "dar nepatvirtintas."),
        ({"status": Status.RETIRED}, "nebenaudojamas."),
        ({"valid_from": date(2027, 1, 1)}, "galioja tik nuo 2027-01-01."),
        ({"valid_to": date(2026, 1, 1)}, "galiojo iki 2026-01-01."),
        ({"review_by": date(2026, 1, 1)}, "turėjo būti peržiūrėtas iki 2026-01-01."),
        (
            {"scope": ("Kauno r. sav.",)},
            "tinka tik savivaldybėms: Kauno r. sav.; klausiančiojo savivaldybė nežinoma.",
        ),
    ],
)
def test_what_may_not_be_said_today_goes_to_a_consultant(
    changes: dict[str, object], reason: str
) -> None:
    decision = decided(QUESTION, **changes)

    assert isinstance(decision, Unsure)
    assert decision.queue == "steigimas"
    assert decision.candidates[0].entry_id == "zyma"
    assert decision.reasons[-1] == f"Įrašas „{QUESTION}“ {reason}"


@pytest.mark.parametrize(
    ("question", "municipality", "answered"),
    [
        (f"{QUESTION} Kauno r.", None, True),
        (QUESTION, "Kauno r. sav.", True),
        (QUESTION, "kauno rajonas", True),
        (QUESTION, "Jonavos r. sav.", False),
        (f"{QUESTION} Kauno bendruomenė", None, False),
    ],
)
def test_an_entry_for_some_municipalities_needs_the_right_one(
    question: str, municipality: str | None, *, answered: bool
) -> None:
    knowledge = files.build([an_entry(scope=("Kauno r. sav.",))])

    decision = knowledge.decide(question, a_context(municipality=municipality))

    assert isinstance(decision, Answer) is answered


def test_an_ambiguous_municipality_is_said_so() -> None:
    knowledge = files.build([an_entry(scope=("Kauno r. sav.",)), *files.shipped_entries()[:30]])

    decision = knowledge.decide(f"{QUESTION} Kaune", a_context())

    assert decision.municipality is None
    assert isinstance(decision, Unsure)
    assert decision.reasons[-1].endswith("o kuri turima omenyje, neaišku.")


def test_an_entry_of_an_unknown_topic_waits_in_the_general_queue() -> None:
    assert decided(QUESTION, topic="valdymas").queue == GENERAL


@pytest.mark.parametrize("variables", [{}, {"mail_address": ""}])
def test_a_text_that_lacks_a_setting_is_not_sent(variables: dict[str, str]) -> None:
    knowledge = files.build(
        [an_entry(answer="Rašykite {mail_address}."), *files.shipped_entries()[:30]]
    )

    decision = knowledge.decide(QUESTION, a_context(variables=variables))

    assert isinstance(decision, Unsure)
    assert decision.reasons[-1] == f"Įrašui „{QUESTION}“ trūksta nustatymo mail_address."


def test_a_text_is_sent_with_its_variables_filled() -> None:
    knowledge = files.build(
        [an_entry(answer="Rašykite {mail_address}."), *files.shipped_entries()[:30]]
    )

    decision = knowledge.decide(QUESTION, a_context(variables={"mail_address": "a@example.org"}))

    assert isinstance(decision, Answer)
    assert decision.text == "Rašykite a@example.org."


def test_a_near_question_is_offered_not_asserted(shipped: KnowledgeBase) -> None:
    decision = shipped.decide("kaip elektroniniu budu likviduoti asociacija", a_context())

    assert isinstance(decision, Suggestions)
    assert "asociacija-elektroninis-steigimas" in {entry.id for entry in decision.offered}
    assert 1 <= len(decision.offered) <= 3
    assert decision.segments[0].offered == tuple(entry.id for entry in decision.offered)


def test_only_what_may_be_answered_is_offered(shipped: KnowledgeBase) -> None:
    for entry in shipped.entries:
        for variant in entry.variants:
            decision = shipped.decide(variant, a_context())
            offered = decision.offered if isinstance(decision, Suggestions) else ()

            assert [e.id for e in offered if not e.may_answer(TODAY, decision.municipality)] == []


def test_a_stranger_question_waits_in_the_general_queue(shipped: KnowledgeBase) -> None:
    decision = shipped.decide("kiek kainuoja naujos padangos golfui", a_context())

    assert isinstance(decision, Unsure)
    assert decision.queue == GENERAL


def test_a_question_from_the_first_minute_finds_its_entry(shipped: KnowledgeBase) -> None:
    question = "kas per priemone stiprinti bendruomenine veikla savivaldybese"

    decision = shipped.decide(question, a_context())

    assert isinstance(decision, Answer)
    assert [entry.id for entry in decision.entries] == ["priemone-kas-tai"]


@pytest.mark.parametrize(
    "question",
    [
        "How many founders does an association need?",
        "Что такое НПО по закону Литвы?",
        "What is an NGO under Lithuanian law?",
    ],
)
def test_a_foreign_question_is_at_most_offered_a_lithuanian_text(
    shipped: KnowledgeBase, question: str
) -> None:
    decision = shipped.decide(question, a_context())

    assert not isinstance(decision, Answer)
    assert decision.language in {Language.EN, Language.RU}
    assert "Klausta ne lietuviškai, o patikrinto vertimo nėra." in decision.reasons


def test_the_language_may_be_told(shipped: KnowledgeBase) -> None:
    decision = shipped.decide(QUESTION, a_context(language=Language.EN))

    assert decision.language is Language.EN
    assert isinstance(decision, Unsure)
    assert [entry.id for entry in decision.untranslated] == ["nvo-zyma-kaip"]


def test_a_reviewed_translation_is_given_in_the_language_of_the_question() -> None:
    entry = an_entry(
        variants=("How is the NGO mark registered?",),
        translations={"en": "Apply to the Centre of Registers: {phone}."},
    )
    knowledge = files.build([entry, *files.shipped_entries()[:30]])
    context = a_context(variables={"phone": "+370 000"})

    decision = knowledge.decide("How is the NGO mark registered?", context)

    assert isinstance(decision, Answer)
    assert decision.language is Language.EN
    assert decision.text == "Apply to the Centre of Registers: +370 000."


def test_what_sets_a_question_apart_is_said_to_the_consultant(shipped: KnowledgeBase) -> None:
    decision = shipped.decide("Kiek steigėjų reikia viešajai įstaigai?", a_context())

    assert not isinstance(decision, Answer)
    assert "Klausime minima, o įraše – ne: „viešoji įstaiga“." in decision.reasons


@pytest.mark.parametrize(
    ("question", "queue"),
    [
        ("Prašau ištrinti mano duomenis", PRIVACY),
        ("Mūsų pirmininkas grasina nariams", SENSITIVE),
        (f"{QUESTION}\n\nIr dar: manau, kad komisija paėmė kyšį.", SENSITIVE),
    ],
)
def test_a_message_for_named_persons_is_never_answered(
    shipped: KnowledgeBase, question: str, queue: str
) -> None:
    decision = shipped.decide(question, a_context())

    assert isinstance(decision, Unsure)
    assert (decision.queue, decision.candidates) == (queue, ())


def test_a_call_for_a_consultant_is_not_answered_by_a_machine(shipped: KnowledgeBase) -> None:
    decision = shipped.decide(f"Noriu pasikalbėti su konsultantu. {QUESTION}", a_context())

    assert isinstance(decision, Unsure)
    assert decision.queue == "steigimas"
    assert decision.reasons == (
        "Žmogus prašo konsultanto.",
        "Eilė „Steigimas, registracija, NVO žyma, JANGIS“: „nvo zyma“.",
    )


@pytest.mark.parametrize("text", ["", "  \n", "Laba diena", "Ačiū!"])
def test_a_message_without_a_question_asks_nothing(shipped: KnowledgeBase, text: str) -> None:
    decision = shipped.decide(text, a_context())

    assert isinstance(decision, Unsure)
    assert decision.queue == GENERAL


LETTER = f"""Laba diena,

{QUESTION}

{{second}}

Pagarbiai
Ona"""


def test_one_unsure_question_leaves_the_letter_to_a_person(shipped: KnowledgeBase) -> None:
    letter = LETTER.format(second="Kokios spalvos turėtų būti mūsų sodybos tvora ir vartai?")

    decision = shipped.decide(letter, a_context())

    assert isinstance(decision, Unsure)
    assert [segment.decision for segment in decision.segments] == [Kind.ANSWER, Kind.UNSURE]
    assert decision.queue == decision.segments[1].queue


def test_two_answers_are_joined_by_a_blank_line(shipped: KnowledgeBase) -> None:
    second = "Iki kada NVO turi patvirtinti ir pateikti metines finansines ataskaitas?"

    decision = shipped.decide(LETTER.format(second=second), a_context())

    assert isinstance(decision, Answer)
    assert [entry.id for entry in decision.entries] == ["nvo-zyma-kaip", "ataskaitos-terminas"]
    assert decision.text == "\n\n".join(entry.answer for entry in decision.entries)


def test_no_wrong_answer_is_accepted_when_none_is_allowed() -> None:
    strict = files.load_shipped(max_wrong_answers=0)

    assert isinstance(strict.decide(QUESTION, a_context()), Suggestions)


KNOWLEDGE = files.load_shipped()


@given(st.text())
def test_any_text_gets_a_decision(text: str) -> None:
    decision = KNOWLEDGE.decide(text, a_context())

    assert decision.queue in KNOWLEDGE.queues
    assert all(0 <= candidate.confidence <= 1 for candidate in decision.candidates)
