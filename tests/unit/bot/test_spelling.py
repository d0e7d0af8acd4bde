"""Numbers, days and counts are written as the Unicode project has collected them."""

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.spelling import day_in_words, plural, whole, with_part
from bot.texts import FEW_WORDS, LANGUAGES

ALL = (*LANGUAGES, *FEW_WORDS)
NUMBERS = [*range(-30, 1300), 9_999, 10_000, 999_999, 1_234_567]


@pytest.mark.parametrize("language", ALL)
def test_a_number_takes_the_form_it_takes_in_that_language(language: str) -> None:
    form = Locale(language).plural_form

    assert [plural(number, language) for number in NUMBERS] == [form(each) for each in NUMBERS]


@pytest.mark.parametrize("language", ALL)
def test_every_day_of_a_year_is_written_as_in_a_letter(language: str) -> None:
    days = [date(2027, 12, 31) - timedelta(days=each) for each in range(366)]

    written = [day_in_words(day, language) for day in days]

    assert written == [format_date(day, format="long", locale=language) for day in days]


@pytest.mark.parametrize("language", ALL)
def test_thousands_stand_apart(language: str) -> None:
    numbers = [number for number in NUMBERS if number >= 0]

    written = [whole(number, language) for number in numbers]

    grouped = [format_decimal(number, format="#,##0", locale=language) for number in numbers]
    assert written == grouped


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_part_has_two_digits_at_most(language: str) -> None:
    numbers = [each / 60 for each in range(1000)]

    written = [with_part(number, language) for number in numbers]

    assert written == [format_decimal(round(each, 2), locale=language) for each in numbers]
