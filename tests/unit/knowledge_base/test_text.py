"""Folding, words, and the messages that say one thing only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.text import (
    asks_for_person,
    fold,
    is_greeting,
    is_thanks,
    prefixes,
    tokens,
    word_groups,
)


def test_folding_takes_case_diacritics_and_extra_space_away() -> None:
    assert fold("  Ąžuolų\u00a0ŠVENTĖ\n rytoj ") == "azuolu svente rytoj"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_never_hold_spaces_and_are_folded(text: str) -> None:
    assert all(word == fold(word) and " " not in word for word in tokens(text))


def test_a_decimal_number_stays_one_word() -> None:
    assert tokens("1,2 % GPM, t. y. 1.2 proc.") == ["1.2", "gpm", "t", "y", "1.2", "proc"]


def test_a_prefix_joins_the_cases_of_a_word() -> None:
    assert prefixes("bendruomenė bendruomenių") == ["bendr", "bendr"]


def test_the_groups_of_a_word_mark_where_it_begins_and_ends() -> None:
    assert word_groups("tu", 2, 3) == [" t", "tu", "u ", " tu", "tu "]


@pytest.mark.parametrize(
    "text", ["Laba diena!", "labas", "Sveiki,", "Labą dieną visiems", "hello", "Здравствуйте!"]
)
def test_a_greeting_alone_is_a_greeting(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["", "Laba diena, kaip gauti NVO žymą?", "labas klausimas"])
def test_a_greeting_with_anything_else_is_not(text: str) -> None:
    assert not is_greeting(text)


@pytest.mark.parametrize(
    "text",
    [
        "ačiū, viskas aišku :)",
        "Dėkui už pagalbą",
        "labai dekoju",
        "Thank you very much",
        "Спасибо!",
    ],
)
def test_thanks_alone_are_thanks(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text", ["", "Ačiū, bet nepadėjo", "Viskas aišku", "Ačiū, o kiek tai kainuoja?", "ačiū?"]
)
def test_thanks_with_anything_else_are_not(text: str) -> None:
    assert not is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "konsultantas",
        "Konsultantą!",
        "prašau žmogaus",
        "noriu kalbėti su konsultantu",
        "Ar galiu pasikalbėti su gyvu žmogumi?",
        "sujunkite mane su konsultantu",
        "Reikia konsultanto pagalbos",
        "pakvieskite konsultanta",
        "human please",
        "I want to talk to a person",
        "оператор",
        "Хочу поговорить с человеком",
    ],
)
def test_a_call_for_a_consultant_is_heard(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kas yra priemonės konsultantas?",
        "Kada galima pasikalbėti su konsultantu?",
        "kada galima skambinti konsultantui",
        "Ar konsultantai atvyksta į savivaldybę?",
        "Kiek žmonių reikia asociacijai įsteigti?",
        "Ar savivaldybės darbuotojas gali gauti konsultaciją?",
        "Kas gali konsultuotis dėl NVO tarybos veiklos?",
    ],
)
def test_a_question_about_consultants_is_no_call_for_one(text: str) -> None:
    assert not asks_for_person(text)
