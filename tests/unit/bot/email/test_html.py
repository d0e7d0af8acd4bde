"""HTML becomes the text a reader sees, in time that grows with its length alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.html import SEPARATOR, to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Laba<b>s</b> rytas", "Labas rytas"),
        ("<p>Pirma</p><p>Antra</p>", "Pirma\n\nAntra"),
        ("Pirma<br>Antra<br/>Trečia", "Pirma\nAntra\nTrečia"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>vienas</li><li>du</li></ul>", "- vienas\n- du"),
        ("<style>p{}</style><script>x<y</script>labas<!-- ne -->", "labas"),
        ("<title>ne</title><body>taip</body>", "taip"),
        ("a &lt; b &amp; c&nbsp;d &scaron;", "a < b & c d š"),
        ("1 < 2 ir 3 > 2", "1 < 2 ir 3 > 2"),
        ('<a title="a > b" href="x">nuoroda</a>', "nuoroda"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("be galo <a href=", "be galo"),
        ("&#99999999999999999999;x", "x"),
    ],
)
def test_markup_is_read_as_shown(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize(
    "opening",
    [
        "<blockquote type=cite>",
        '<blockquote class="gmail_quote" style="x">',
        '<blockquote style="border-left:1px solid #ccc">',
    ],
)
def test_a_quoted_block_is_marked(opening: str) -> None:
    markup = f"taip<div>X rašė:</div>{opening}<div>ar <b>taip</b>?</div></blockquote>po"

    assert to_text(markup) == "taip\nX rašė:\n> ar taip?\npo"


def test_an_indented_block_is_not_a_quote() -> None:
    assert to_text("<blockquote>punktas</blockquote>") == "punktas"


@pytest.mark.parametrize(
    "mark",
    [
        '<div id="appendonsend">',
        '<div id="divRplyFwdMsg">',
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>",
    ],
)
def test_a_separator_of_a_mail_program_becomes_a_line(mark: str) -> None:
    assert to_text(f"taip{mark}<b>Nuo:</b> X</div>") == f"taip\n{SEPARATOR}\nNuo: X"


@given(st.text(alphabet="<>/!-=\"'&;#ab divblockquotestyle\n", max_size=200))
def test_no_markup_raises(markup: str) -> None:
    to_text(markup)
