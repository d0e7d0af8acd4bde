"""Every way Lithuanian text arrives is read, and nothing that decodes can raise."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.charsets import decode, header_text, lenient_base64

SENTENCE = "Šįmet mūsų bendruomenė žada įkurti ąžuolų giraitę, ačiū už greitą atsakymą"


@pytest.mark.parametrize(
    "label",
    ["windows-1257", "windows1257", "cp-1257", "win-1257", "x-cp1257", "CP1257", '"windows-1257"'],
)
def test_a_baltic_label_is_understood_however_it_is_written(label: str) -> None:
    assert decode(SENTENCE.encode("cp1257"), label) == SENTENCE


@pytest.mark.parametrize("codec", ["cp1257", "iso8859_13", "cp775", "iso8859_4", "utf-8"])
@pytest.mark.parametrize("label", [None, "us-ascii", "8bit", "x-unknown", "idna", "unicode_escape"])
def test_unlabelled_lithuanian_is_recognised(codec: str, label: str | None) -> None:
    assert decode(SENTENCE.encode(codec), label) == SENTENCE


def test_utf_8_is_recognised_under_any_label() -> None:
    assert decode(SENTENCE.encode(), "iso-8859-1") == SENTENCE
    assert decode(SENTENCE.encode(), "windows-1257") == SENTENCE


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "latin1"])
def test_lithuanian_labelled_as_western_is_repaired(label: str) -> None:
    assert decode(SENTENCE.encode("cp1257"), label) == SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        "À côté de la très bonne forêt, là-bas, elle a été élevée",
        "È già là, perché più su è così",
        "Hän läksi yöllä äidin luo",
        "Blåbærgrød på øen",
    ],
)
def test_a_text_in_another_language_is_left_alone(text: str) -> None:
    assert decode(text.encode("cp1252"), "windows-1252") == text


def test_russian_without_a_label_is_read_as_cyrillic() -> None:
    text = "Здравствуйте, как зарегистрировать общественную организацию?"

    assert decode(text.encode("cp1251")) == text


def test_an_asian_label_means_its_larger_charset() -> None:
    assert decode("鎔".encode("gb18030"), "gb2312") == "鎔"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?q?Nauja_bendruomen=C4=97?=", "Nauja bendruomenė"),
        ("=?UTF-8?B?xaBpxKE=?=", "Šiġ"),
        ("=?utf-8?b?xA==?= =?utf-8?b?hQ==?=", "ą"),
        ("=?utf-8?q?a?=\r\n =?utf-8?q?b?= c", "ab c"),
        ("=?iso-8859-1?q?=E0=FEuolas_gatv=EBje?=", "ąžuolas gatvėje"),
        ("=?windows-1257?q?=D0iauliai?=", "Šiauliai"),
        ("=?utf-8*lt?q?labas?=", "labas"),
        ("=?nonsense?q?labas?=", "labas"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("plain\r\n\tfolded", "plain folded"),
        ("a\x00b\x07c", "a b c"),
        ("\udcc5\udca1ventė", "šventė"),
    ],
)
def test_a_header_value_becomes_one_clean_line(written: str, read: str) -> None:
    assert header_text(written) == read


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=20)))
def test_no_bytes_under_any_label_raise(content: bytes, label: str | None) -> None:
    decode(content, label).encode("utf-8", "replace")


@given(st.text(max_size=300))
def test_no_header_value_raises_or_keeps_a_control_character(value: str) -> None:
    read = header_text(value)

    assert [letter for letter in read if letter < " " or "\x7f" <= letter < "\xa0"] == []


@given(
    st.binary(), st.lists(st.tuples(st.integers(0), st.sampled_from([b"=", b"\r\n", b"-", b"A"])))
)
def test_base64_is_read_as_if_nothing_but_its_letters_were_there(
    content: bytes, strange: list[tuple[int, bytes]]
) -> None:
    written = base64.encodebytes(content)
    for number, piece in strange:
        place = number % (len(written) + 1)
        written = written[:place] + piece + written[place:]
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", written)
    whole = letters[:-1] if len(letters) % 4 == 1 else letters

    assert lenient_base64(written) == base64.b64decode(whole + b"=" * (-len(whole) % 4))
    assert strange or lenient_base64(written) == content
