"""HTML is read by Telegram's rules: what aiogram writes comes back, what is broken is named."""

import pytest
from aiogram import Bot
from aiogram.types import MessageEntity, User
from aiogram.utils.text_decorations import html_decoration
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.html import HtmlError, parse_html
from tests.telegram_emulator.schema import dump
from tests.telegram_emulator.spans import STYLES, Span, ordered, tidied, utf16
from tests.telegram_emulator.texts import Formatted, fixed

TEXTS = st.text(
    st.sampled_from("aąčęž ŠŽ<>&\"'#;/\n„“–🙂👨\u200d💻́б") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=12,
).filter(lambda text: "\x00" not in text)
LEAVES = TEXTS.map(lambda text: (text, list[Span]()))
KINDS = [*STYLES, "blockquote", "expandable_blockquote", "text_link", "code", "pre"]


def _shifted(span: Span, by: int) -> Span:
    return Span(type=span.type, offset=span.offset + by, length=span.length, url=span.url)


def _joined(parts: list[tuple[str, list[Span]]]) -> tuple[str, list[Span]]:
    text, spans = "", list[Span]()
    for part, inner in parts:
        spans += [_shifted(span, utf16(text)) for span in inner]
        text += part
    return text, spans


def _wrapped(kind: str, inside: tuple[str, list[Span]]) -> tuple[str, list[Span]]:
    text, spans = inside
    url = "https://nvo.lt/duk?a=1&b=2" if kind == "text_link" else None
    closed = {"code", "pre"}
    kept = [] if kind in closed else [span for span in spans if span.type != kind]
    return text, [Span(type=kind, offset=0, length=utf16(text), url=url), *kept]


DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(_joined)
        | st.builds(_wrapped, st.sampled_from(KINDS), inner)
    ),
    max_leaves=8,
)


def _entities(spans: list[Span]) -> list[MessageEntity]:
    return [span.entity(None) for span in spans]


@given(DOCUMENTS)
def test_what_aiogram_writes_comes_back(document: tuple[str, list[Span]]) -> None:
    text, spans = document

    parsed, found = parse_html(html_decoration.unparse(text, _entities(spans)))

    assert parsed == text
    assert sorted(map(repr, found)) == sorted(map(repr, spans))


TOKENS = [
    *("<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<pre>", "</pre>", "</>", "<B >"),
    *("<blockquote expandable>", "</blockquote>", "<a href='https://nvo.lt/'>", "</a>", "x", " ą "),
    *("&lt;", "&amp", "&#65;", "&nbsp;", "<", ">", "<span class=tg-spoiler>", "</span>", "🙂"),
    *(
        "<tg-emoji emoji-id='5'>",
        "</tg-emoji>",
        "<u\n>",
        "</u\n>",
        "<tg-time unix=5>",
        "</tg-time>",
    ),
]


@given(st.lists(st.sampled_from(TOKENS), max_size=14).map("".join))
def test_reading_what_was_read_changes_nothing(source: str) -> None:
    try:
        text, spans = parse_html(source)
    except HtmlError:
        return
    once = tidied(spans, utf16(text))

    again_text, again = parse_html(html_decoration.unparse(text, _entities(once)))

    assert again_text == text
    assert tidied(again, utf16(text)) == once


@given(st.text() | st.lists(st.sampled_from(TOKENS), max_size=14).map("".join))
def test_spans_stay_inside_the_text(source: str) -> None:
    try:
        text, spans = parse_html(source)
    except HtmlError:
        return

    assert all(span.offset >= 0 and span.end <= utf16(text) for span in spans)


@given(st.text())
def test_escaped_text_loses_no_character(text: str) -> None:
    assert parse_html(html_decoration.quote(text)) == (text, [])


@given(st.text(), st.sampled_from(["bold", "text_link"]))
def test_trimming_is_done_once_and_for_all(text: str, kind: str) -> None:
    whole = Span(type=kind, offset=0, length=utf16(text), url="https://nvo.lt/")

    once = fixed(Formatted(text, (whole,) if text else ()))

    assert fixed(once) == once
    assert list(once.spans) == ordered(once.spans)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("ą<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a "x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_broken_markup_is_named_in_telegrams_words(source: str, sentence: str) -> None:
    with pytest.raises(HtmlError) as broken:
        parse_html(source)

    assert str(broken.value) == sentence


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        ("A & B &nbsp; &lt;x&gt &#x105;&#0;", "A & B &nbsp; <x> ą&#0;", []),
        ("<STRONG foo=bar>x</>", "x", [Span(type="bold", offset=0, length=1)]),
        ("🙂<i>ą</i>", "🙂ą", [Span(type="italic", offset=2, length=1)]),
        ("<b></b>", "", []),
        (
            "<a href='tg://user?id=7'>x</a>",
            "x",
            [Span(type="text_mention", offset=0, length=1, user_id=7)],
        ),
        ("<a href='http://localhost/'>x</a>", "x", []),
        (
            "<a>nvo.lt</a>",
            "nvo.lt",
            [Span(type="text_link", offset=0, length=6, url="http://nvo.lt/")],
        ),
        (
            "<pre><code class='language-python'>x</code></pre>",
            "x",
            [Span(type="pre", offset=0, length=1, language="python")],
        ),
    ],
)
def test_quirks_of_the_real_parser_are_kept(source: str, text: str, spans: list[Span]) -> None:
    assert parse_html(source) == (text, spans)


async def test_lengths_are_counted_in_code_points_after_parsing(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")

    sent = await telegram_bot.send_message(ona.id, f"<b>{'🙂' * 4096}</b>", parse_mode="HTML")

    assert dump(sent.entities) == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_with_a_parse_mode_entities_are_not_looked_at(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    bold = [MessageEntity(type="bold", offset=0, length=1)]

    marked = await telegram_bot.send_message(ona.id, " ab ", parse_mode="HTML", entities=bold)
    given_ = await telegram_bot.send_message(ona.id, "ab ", entities=bold)

    assert (marked.text, marked.entities) == ("ab", None)
    assert (given_.text, dump(given_.entities)) == ("ab", dump(bold))


def test_commands_addresses_and_names_are_marked() -> None:
    text = "/start labas info@nvo.lt, https://nvo.lt/duk. @nvo_botas #nvo"

    found = {
        span.type: text.encode("utf-16-le")[span.offset * 2 : span.end * 2].decode("utf-16-le")
        for span in fixed(Formatted(text)).spans
    }

    assert found == {
        "bot_command": "/start",
        "email": "info@nvo.lt",
        "url": "https://nvo.lt/duk",
        "mention": "@nvo_botas",
        "hashtag": "#nvo",
    }


def test_people_nobody_knows_are_not_mentioned() -> None:
    known = User(id=7, is_bot=False, first_name="Ona")
    text, spans = parse_html("<a href='tg://user?id=7'>x</a><a href='tg://user?id=8'>y</a>")

    entities = Formatted(text, tuple(spans)).entities({7: known}.get)

    assert entities == [MessageEntity(type="text_mention", offset=0, length=1, user=known)]
