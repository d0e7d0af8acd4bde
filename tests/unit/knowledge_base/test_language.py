"""The language of short texts."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from knowledge_base.evaluation import Question
from knowledge_base.guessing import LANGUAGES, shipped
from knowledge_base.language import Language, detect
from knowledge_base.text import fold


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kaip gauti NVO žymą?", Language.LT),
        ("kaip gauti nvo zyma", Language.LT),
        ("nvo zyma", Language.LT),
        ("paraiska", Language.LT),
        ("How do I register the NGO status?", Language.EN),
        ("association founders", Language.EN),
        ("Как получить отметку НПО в Регистре?", Language.RU),
        ("Як отримати статус організації?", Language.OTHER),
        ("Jak założyć stowarzyszenie na Litwie?", Language.OTHER),
        ("Як подати заявку на конкурс?", Language.OTHER),
        ("Jak zalozyc stowarzyszenie na Litwie?", Language.OTHER),
        ("Dzien dobry, czy mozna zlozyc wniosek po polsku?", Language.OTHER),
        ("gdzie sa formularze dla organizacji", Language.OTHER),
        ("Can we apply? The chairman is Jan Nowak.", Language.EN),
        ("Как подать заявку на конкурс?", Language.RU),
        ("Где найти форму договора", Language.RU),
        ("如何注册协会", Language.OTHER),
        ("1.2", Language.LT),
        ("", Language.LT),
    ],
)
def test_the_language_is_recognised(text: str, language: Language) -> None:
    assert detect(text) is language


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert detect(text) in Language


@pytest.fixture(scope="module")
def trained() -> LanguageIdentifier:
    """Return the model that the shipped weights were taken from."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


@settings(deadline=None)
@given(st.text(max_size=60).map(fold))
def test_any_text_is_guessed_as_the_trained_model_does(
    trained: LanguageIdentifier, text: str
) -> None:
    assert shipped().likeliest(text) == trained.classify(text)[0]


def test_questions_are_guessed_as_the_trained_model_does(
    trained: LanguageIdentifier, questions: tuple[Question, ...]
) -> None:
    words = [" ".join(fold(question.text).split()[:3]) for question in questions]

    assert [shipped().likeliest(text) for text in words] == [
        trained.classify(text)[0] for text in words
    ]


def test_the_guesser_is_loaded_only_when_the_rules_do_not_decide() -> None:
    asked = "from knowledge_base.language import detect; detect('Kaip gauti žymą?')"
    loaded = "import sys; print(sorted({'numpy', 'knowledge_base.guessing'} & set(sys.modules)))"

    result = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", f"{asked}; {loaded}"], capture_output=True, text=True, check=True
    )

    assert result.stdout == "[]\n"
