"""What makes a question another question."""

import pytest

from knowledge_base import files
from knowledge_base.apart import said
from knowledge_base.text import tokens


@pytest.mark.parametrize(
    ("question", "utterance", "answer", "missing"),
    [
        ("Kokie buvo 2018 m. nuostatai?", "Kokie nuostatai?", "Patvirtinti 2023 m.", ("2018",)),
        ("Kokie buvo 2023 m. nuostatai?", "Kokie nuostatai?", "Patvirtinti 2023 m.", ()),
        ("Kiek steigėjų reikia VšĮ?", "Kiek steigėjų?", "Asociacijai trijų.", ("viešoji įstaiga",)),
        ("Kada VMI perveda 1,2 proc.?", "Kaip skirti 1,2 proc.?", "Prašymu.", ("kada",)),
        ("Kiek kainuoja ataskaita?", "Iki kada ataskaita?", "Iki gegužės.", ("kaina", "kiek")),
        ("Kiek kainuoja žyma?", "Ar žyma nemokama?", "Nemokama.", ()),
        ("Kiek yra savivaldybių?", "Kas yra savivaldybės?", "Teritorijos.", ("kiek",)),
        ("Kas remia jaunimo NVO?", "Kas remia NVO?", "Valstybė.", ("jaunimo organizacija",)),
        ("Kada baigiasi?", "Iki kada teikti?", "Iki gegužės.", ()),
        ("Ką daro BO taryba?", "Ką daro NVO taryba?", "NVO taryba ir BO taryba.", ("bo taryba",)),
        ("Ką daro NVO taryba?", "Ką daro NVO taryba?", "Pataria.", ()),
        ("Kaip rasti mentorių?", "Kaip pasikviesti konsultantą?", "Rašykite.", ("mentorius",)),
    ],
)
def test_what_a_question_names_and_an_entry_lacks_is_found(
    question: str, utterance: str, answer: str, missing: tuple[str, ...]
) -> None:
    named = files.shipped_apart().find(tokens(question))

    assert named.missing_in(said([utterance], answer)) == missing


def test_general_words_tell_nothing_apart() -> None:
    words = tokens("Ar mūsų organizacija galėtų dabar gauti bandomojo modelio turinį?")

    assert files.shipped_apart().telling(words) == ["bandomojo", "modelio", "turini"]
