"""What leaves for Telegram: within its limits, the same every time, and never markup."""

import json
from typing import Final, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.render import Call, Renderer, from_bytes, to_bytes
from bot.telegram.styled import LIMIT, utf16
from bot.texts import LANGUAGES, Texts, load_texts
from handlers.domain.channels import Attachment
from handlers.domain.errors import PermanentDeliveryError
from handlers.domain.outgoing import STAFF_KINDS, Key, Kind, Outgoing, Values
from tests.unit.bot.telegram.debts import CHAT, an_outgoing, without_ticket
from tests.unit.bot.telegram.owed import ANSWER, CARD, FOR_CONSULTANTS, ONLY_BY_MAIL, OWED, PROMISE

_RENDERER: Final = Renderer(
    texts=load_texts(),
    about={"organisation": "NISC konsultantai", "phone": "+370 600 00000", "privacy_url": "x.lt"},
)
_BESIDES: Final = frozenset({"leaveChat", "setMyCommands"})
_CODES: Final = frozenset(
    {
        "code",
        "training1_code",
        "training1_seat",
        "slot1",
        "slot2",
        "wish",
        "place1",
        "place2",
        "place1_id",
        "place2_id",
        "other1",
        "call_phone",
        "call_hours",
        "slot1_hours",
        "slot2_hours",
        "left",
        "trouble",
    }
    | {"channel", "refusal", "what", "status", "closed", "page", "reference"}
    | {"state", "seconds", "article", "queue_id", "topic", "topic1", "topic2", "ticket1", "status1"}
    | {"talk", "kind", "hidden", "phase", "late", "organisation0_phase", "organisation0_silent"}
    | {"draft_id", "mail", "work", "on", "median", "now", "pages"}
    | {"row0_minutes", "row0_late", "row0_url"}
)


def _calls(message: Outgoing) -> list[Call]:
    return _RENDERER.calls(message)


def _text(call: Call) -> str:
    text = call.parameters.get("text", "")
    assert isinstance(text, str)
    return text


def _buttons(call: Call) -> list[list[dict[str, str]]]:
    markup = call.parameters.get("reply_markup", {})
    assert isinstance(markup, dict)
    keyboard: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
    return keyboard


def test_every_key_we_may_owe_on_telegram_is_rendered_here() -> None:
    assert {key for _, key, _ in OWED} == {key for key in Key if key not in ONLY_BY_MAIL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_members_see_is_there_in_every_language(language: str) -> None:
    keys = {key for kind, key, _ in OWED if kind not in STAFF_KINDS} - FOR_CONSULTANTS
    texts = load_texts()

    assert not [key for key in keys if not texts.has(f"telegram-{key}", language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "key", "values"), OWED)
def test_every_text_is_within_the_limits_with_long_values(
    kind: Kind, key: Key, values: Values, language: str
) -> None:
    long = {name: _lengthened(name, value) for name, value in values.items()}

    for message in (values, long):
        for call in _calls(an_outgoing(kind, key, values=message, language=language)):
            if call.method == "createForumTopic":
                assert 1 <= len(str(call.parameters["name"])) <= 128
            if call.method != "sendMessage":
                continue
            assert 0 < utf16(_text(call)) <= LIMIT
            assert not set("{}") & set(_text(call))
            for button in (button for row in _buttons(call) for button in row):
                assert 0 < len(button["text"]) <= 40
                assert len(button["callback_data"].encode()) <= 64


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "key", "values"), OWED)
def test_what_a_member_sees_in_one_message_stays_one(
    kind: Kind, key: Key, values: Values, language: str
) -> None:
    calls = _calls(an_outgoing(kind, key, values=values, language=language))

    assert len([call for call in calls if call.method not in _BESIDES]) == 1


@pytest.mark.parametrize(("kind", "key", "values"), OWED)
def test_the_same_debt_gives_the_same_bytes(kind: Kind, key: Key, values: Values) -> None:
    message = an_outgoing(kind, key, values=values)

    assert to_bytes(_calls(message)) == to_bytes(_calls(message))
    assert from_bytes(to_bytes(_calls(message))) == _calls(message)


def test_no_text_asks_for_a_parse_mode() -> None:
    for kind, key, values in OWED:
        for call in _calls(an_outgoing(kind, key, values=values)):
            assert "parse_mode" not in call.parameters


def test_a_reply_answers_the_question_and_names_its_author() -> None:
    [call] = _calls(an_outgoing(thread=(f"{CHAT}:12", f"{CHAT}:13")))

    assert call.parameters == {
        "chat_id": CHAT,
        "text": "Atsakymas · NVO-7 · Jonas\n\nTaip, galite.\n\n"
        "Norėdami patikslinti, atsakykite į šią žinutę.",
        "entities": [{"type": "bold", "offset": 0, "length": 25}],
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": {"message_id": 12, "allow_sending_without_reply": True},
    }


def test_a_question_asked_elsewhere_is_not_replied_to() -> None:
    [call] = _calls(an_outgoing(thread=("<a@example.org>", "77:12")))

    assert "reply_parameters" not in call.parameters


def test_suggestions_are_numbered_and_have_a_button_each() -> None:
    values = {**PROMISE, "option1": "Pirmas?", "option2": "Antras?"}
    [call] = _calls(an_outgoing(Kind.SUGGESTIONS, Key.SUGGESTIONS, values=values))

    assert "1. Pirmas?\n2. Antras?" in _text(call)
    assert _buttons(call) == [
        [{"text": "1", "callback_data": "a:7:1"}, {"text": "2", "callback_data": "a:7:2"}],
        [{"text": "Nė vienas – klausti konsultanto", "callback_data": "a:7:person"}],
    ]


def test_buttons_hang_under_the_last_part_only() -> None:
    values = {**ANSWER, "answer": "Žodis. " * 1500}
    calls = _calls(an_outgoing(Kind.ANSWER, Key.ANSWER, values=values, thread=(f"{CHAT}:5",)))

    assert len(calls) > 2
    assert [bool(_buttons(call)) for call in calls] == [False] * (len(calls) - 1) + [True]
    assert ["reply_parameters" in call.parameters for call in calls][:2] == [True, False]


def test_what_a_member_wrote_is_quoted_to_consultants() -> None:
    values = {**CARD, "text": "<b>Ar galima?</b> *_["}
    [call] = _calls(an_outgoing(Kind.STAFF_CARD, Key.STAFF_NEW, values=values))
    entities = call.parameters["entities"]
    assert isinstance(entities, list)

    start, length = entities[1]["offset"], entities[1]["length"]
    assert entities[1]["type"] == "blockquote"
    assert _text(call)[start : start + length] == "<b>Ar galima?</b> *_["


def test_files_follow_the_words_and_unsendable_ones_are_named() -> None:
    files = (
        Attachment(sha256="a", name="forma.pdf", content_type="application/pdf", size=9),
        Attachment(sha256="b", name="tuščia.txt", content_type="text/plain", size=0),
        Attachment(sha256="c", name="filmas.mp4", content_type="video/mp4", size=60_000_000),
    )
    words, document = _calls(an_outgoing(attachments=files))

    assert document == Call(
        method="sendDocument",
        parameters={"chat_id": CHAT, "caption": "NVO-7", "caption_entities": []},
        file=files[0],
    )
    assert _text(words).endswith("neperduoda: tuščia.txt, filmas.mp4")


def test_a_message_about_no_ticket_has_no_buttons() -> None:
    [call] = _calls(without_ticket(an_outgoing(Kind.NOTICE, Key.HELP, values={})))

    assert _buttons(call) == []


def test_a_text_without_words_can_never_be_sent() -> None:
    class Silent:
        """Stands for a broken catalogue."""

        def has(self, _key: str, _language: str) -> bool:
            return False

        def paragraphs(self, _key: str, _language: str, _values: Values) -> list[str]:
            return ["\u200b"]

    renderer = Renderer(texts=cast("Texts", Silent()), about={})
    with pytest.raises(PermanentDeliveryError):
        renderer.calls(an_outgoing(Kind.NOTICE, Key.THANKED, values={}))


@given(st.text(st.characters()), st.sampled_from(["reply", "card"]))
def test_any_words_can_be_sent(words: str, where: str) -> None:
    if where == "reply":
        message = an_outgoing(values={"reference": "NVO-7", "author": "J", "text": words})
    else:
        message = an_outgoing(Kind.STAFF_CARD, Key.STAFF_NEW, values={**CARD, "text": words})

    json.loads(to_bytes(_calls(message)))


def _lengthened(name: str, value: str | int) -> str | int:
    if not isinstance(value, str) or value.isdecimal() or name.endswith("_on") or name in _CODES:
        return value
    return f"{value} " + "Žąsų 😀 ir <b>{žuvų}".replace("{", "(").replace("}", ")") * 200
