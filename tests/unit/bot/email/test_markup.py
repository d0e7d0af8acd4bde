"""The HTML form says what the text says, and nothing in it is markup."""

import html
import re
from typing import Final

from hypothesis import given
from hypothesis import strategies as some

from bot.email.markup import to_html

_TAG: Final = re.compile(r"<[^>]*>")


def body(*paragraphs: str) -> str:
    return to_html(paragraphs, language="lt").partition('1.4">\n')[2].partition("\n</body>")[0]


def test_paragraphs_and_lines_stay_apart() -> None:
    assert body("Laba diena,", "Ąžuolas\nir „beržas“") == (
        "<p>Laba diena,</p>\n<p>Ąžuolas<br>\nir „beržas“</p>"
    )


def test_addresses_of_pages_can_be_clicked_on() -> None:
    assert body("Žr. https://nvo.lt/a?b=1&c=2.") == (
        '<p>Žr. <a href="https://nvo.lt/a?b=1&amp;c=2">https://nvo.lt/a?b=1&amp;c=2</a>.</p>'
    )


def test_nothing_in_the_words_is_markup() -> None:
    assert body('<script>"x"</script> https://a.lt/"onclick="x javascript:x') == (
        "<p>&lt;script&gt;&quot;x&quot;&lt;/script&gt; "
        '<a href="https://a.lt/">https://a.lt/</a>&quot;onclick=&quot;x javascript:x</p>'
    )


@given(some.lists(some.text(some.characters(codec="utf-8", categories=["L", "N", "P", "S"]))))
def test_no_word_is_lost(paragraphs: list[str]) -> None:
    read = html.unescape(_TAG.sub("", body(*paragraphs)))

    assert "".join(read.split()) == "".join("".join(paragraphs).split())
