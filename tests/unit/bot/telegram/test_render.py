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

_RENDERER: Final = Renderer(
    texts=load_texts(),
    about={"organisation": "NISC konsultantai", "phone": "+370 600 00000", "privacy_url": "x.lt"},
)
_PROMISE: Final[Values] = {
    "reference": "NVO-7",
    "topic": "Savanorystė",
    "due_on": "2026-11-25",
    "closed": "1",
    "page": "",
}
_ANSWER: Final[Values] = {
    "reference": "NVO-7",
    "answer": "Taip.",
    "sources": "NVO plėtros įstatymas (2013)",
    "checked_on": "2026-11-01",
    "page": "",
}
_CARD: Final[Values] = {
    "reference": "NVO-7",
    "queue": "Savanorystė",
    "name": "Ona",
    "channel": "telegram",
    "municipality": "Kauno m.",
    "subject": "Ar galima?",
    "text": "Ar galima?",
    "status": "new",
    "candidates": "a: Klausimas? (40 %)\nb: Kitas? (30 %)",
    "what": "reply",
}
_SHOWN: Final[Values] = {"reference": "NVO-7", "question": "Ar galima?", "answer": "Taip."}
_OPTIONS: Final[Values] = {"option1": "Pirmas?", "option2": "Antras?", "option3": "Trečias?"}
_IN_PART: Final[Values] = {
    **_PROMISE,
    "question1": "Ar galima?",
    "answer1": "Taip.",
    "sources1": "NVO plėtros įstatymas (2013)",
    "checked1_on": "2026-11-01",
    "waiting": "– Kodėl?",
    "count": 1,
    "topic1": "savanoryste",
    "topic2": "finansai",
}
_ORIGINAL: Final[Values] = {
    **_PROMISE,
    "original1_question": "Ar galima?",
    "original1": "Taip.",
}
_DRAFT: Final[Values] = {
    "reference": "NVO-7",
    "draft": "Bus rytoj.",
    "draft_id": "5",
    "draft_by": "Rasa",
}
_ROW: Final[Values] = {
    "row0_reference": "NVO-7",
    "row0_queue": "Savanorystė",
    "row0_municipality": "Kauno m. sav.",
    "row0_minutes": 190,
    "row0_late": "1",
    "row0_url": "https://t.me/c/1/7",
    "now": 1,
    "pages": 1,
    "many": "",
}
_OWED: Final[tuple[tuple[Kind, Key, Values], ...]] = (
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT, _PROMISE),
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_RESTRICTED, _PROMISE),
    (Kind.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_SENSITIVE, _PROMISE),
    (Kind.ANSWER, Key.ANSWER, _ANSWER),
    (Kind.ANSWER, Key.ANSWER_IN_PART, {**_IN_PART, **_OPTIONS}),
    (Kind.ACKNOWLEDGEMENT, Key.UNTRANSLATED, _ORIGINAL),
    (Kind.SUGGESTIONS, Key.SUGGESTIONS, {**_PROMISE, **_OPTIONS}),
    (Kind.NOTICE, Key.HANDED_OVER, _PROMISE),
    (Kind.NOTICE, Key.THANKED, {"reference": "NVO-7"}),
    (Kind.REPLY, Key.REPLY, {"reference": "NVO-7", "author": "Jonas", "text": "Taip."}),
    (Kind.NOTICE, Key.SAY_MORE, {}),
    (Kind.NOTICE, Key.START, {}),
    (Kind.NOTICE, Key.HELP, {}),
    (Kind.NOTICE, Key.PRIVACY, {}),
    (Kind.NOTICE, Key.LINKED, {"name": "Jonas"}),
    (Kind.NOTICE, Key.LINK_REFUSED, {}),
    (Kind.STAFF_TOPIC, Key.STAFF_TOPIC, _CARD),
    (Kind.STAFF_CARD, Key.STAFF_NEW, _CARD),
    (Kind.STAFF_MESSAGE, Key.STAFF_FOLLOW_UP, _CARD),
    (Kind.STAFF_CARD, Key.STAFF_HANDED_OVER, _CARD),
    (Kind.STAFF_MESSAGE, Key.STAFF_UNDELIVERED, _CARD),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_SENDING,
        {"reference": "NVO-7", "state": "waiting", "seconds": 30, "article": 3},
    ),
    (Kind.STAFF_MESSAGE, Key.STAFF_RESTRICTED, {"reference": "NVO-7"}),
    (Kind.STAFF_MESSAGE, Key.STAFF_DRAFT, {**_DRAFT, "settled": ""}),
    (Kind.STAFF_MESSAGE, Key.STAFF_DRAFT_ASKED, {"reference": "NVO-7", "draft": "Bus rytoj."}),
    (Kind.STAFF_MESSAGE, Key.STAFF_QUEUE, {"total": 1, **_ROW}),
    (Kind.STAFF_MESSAGE, Key.STAFF_MINE, {"total": 1, "name": "Jonas", **_ROW}),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_WEEK,
        {"asked": 21, "automatic": 8, "answered": 11, "waiting": 2, "median": 75},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_DIGEST,
        {"waiting": 3, "overdue": 2, "undelivered": 1, "mail": "1", "missing": 0, "work": "1"},
    ),
    (
        Kind.STAFF_MESSAGE,
        Key.STAFF_TEMPLATES,
        {"total": 1, "template0": "taryba", "template0_text": "Laba diena", "now": 1, "pages": 1},
    ),
    (Kind.STAFF_MESSAGE, Key.STAFF_PRIVATELY, {"on": "yes"}),
    (Kind.STAFF_MESSAGE, Key.STAFF_CLOSED, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.STAFF_GOODBYE, {}),
    (Kind.STAFF_EDIT, Key.STAFF_REMOVAL, {"topic": "7"}),
    (
        Kind.NOTICE,
        Key.MEMBER_TICKETS,
        {"ticket1": "NVO-7", "status1": "new", "subject1": "Ar galima?"},
    ),
    (Kind.NOTICE, Key.MEMBER_NO_TICKETS, {}),
    (Kind.NOTICE, Key.MEMBER_TICKET, {**_SHOWN, "status": "waiting"}),
    (Kind.NOTICE, Key.MEMBER_LANGUAGE, {}),
    (Kind.NOTICE, Key.MEMBER_LANGUAGE_SET, {}),
    (Kind.NOTICE, Key.MEMBER_EXPORTED, {}),
    (Kind.NOTICE, Key.MEMBER_NO_DATA, {}),
    (Kind.NOTICE, Key.MEMBER_ERASE, {"open": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_ERASE_SURELY, {"open": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_ERASED, {}),
    (Kind.NOTICE, Key.MEMBER_RATING, {"reference": "NVO-7"}),
    (Kind.NOTICE, Key.MEMBER_RATED, {}),
    (Kind.NOTICE, Key.STAFF_NO_TOPICS, {}),
    (Kind.STAFF_MESSAGE, Key.REFUSED, {"refusal": "taken-by-other", "name": "Rasa"}),
    (Kind.STAFF_MESSAGE, Key.REFUSED, {"refusal": "something-new"}),
)
_CODES: Final = frozenset(
    {"channel", "refusal", "what", "status", "closed", "page", "reference"}
    | {"state", "seconds", "article", "queue_id", "topic", "topic1", "topic2", "ticket1", "status1"}
    | {"draft_id", "mail", "work", "on", "median", "now", "pages"}
    | {"row0_minutes", "row0_late", "row0_url"}
)
_FOR_CONSULTANTS: Final = frozenset({"linked", "link-refused", "staff-no-topics", "staff-goodbye"})
_ONLY_BY_MAIL: Final = frozenset(
    {"staff-unattended", "staff-done", "staff-sign-in", "welcome"}
    | {"staff-preview", "staff-chat-trouble"}
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
    assert {key for _, key, _ in _OWED} == {key for key in Key if key not in _ONLY_BY_MAIL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_members_see_is_there_in_every_language(language: str) -> None:
    keys = {key for kind, key, _ in _OWED if kind not in STAFF_KINDS} - _FOR_CONSULTANTS
    texts = load_texts()

    assert not [key for key in keys if not texts.has(f"telegram-{key}", language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "key", "values"), _OWED)
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
@pytest.mark.parametrize(("kind", "key", "values"), _OWED)
def test_what_a_member_sees_in_one_message_stays_one(
    kind: Kind, key: Key, values: Values, language: str
) -> None:
    calls = _calls(an_outgoing(kind, key, values=values, language=language))

    assert len([call for call in calls if call.method != "leaveChat"]) == 1


@pytest.mark.parametrize(("kind", "key", "values"), _OWED)
def test_the_same_debt_gives_the_same_bytes(kind: Kind, key: Key, values: Values) -> None:
    message = an_outgoing(kind, key, values=values)

    assert to_bytes(_calls(message)) == to_bytes(_calls(message))
    assert from_bytes(to_bytes(_calls(message))) == _calls(message)


def test_no_text_asks_for_a_parse_mode() -> None:
    for kind, key, values in _OWED:
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
    values = {**_PROMISE, "option1": "Pirmas?", "option2": "Antras?"}
    [call] = _calls(an_outgoing(Kind.SUGGESTIONS, Key.SUGGESTIONS, values=values))

    assert "1. Pirmas?\n2. Antras?" in _text(call)
    assert _buttons(call) == [
        [{"text": "1", "callback_data": "a:7:1"}, {"text": "2", "callback_data": "a:7:2"}],
        [{"text": "Nė vienas – klausti konsultanto", "callback_data": "a:7:person"}],
    ]


def test_buttons_hang_under_the_last_part_only() -> None:
    values = {**_ANSWER, "answer": "Žodis. " * 1500}
    calls = _calls(an_outgoing(Kind.ANSWER, Key.ANSWER, values=values, thread=(f"{CHAT}:5",)))

    assert len(calls) > 2
    assert [bool(_buttons(call)) for call in calls] == [False] * (len(calls) - 1) + [True]
    assert ["reply_parameters" in call.parameters for call in calls][:2] == [True, False]


def test_what_a_member_wrote_is_quoted_to_consultants() -> None:
    values = {**_CARD, "text": "<b>Ar galima?</b> *_["}
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
    [call] = _calls(without_ticket(an_outgoing(Kind.NOTICE, Key.START, values={})))

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
        message = an_outgoing(Kind.STAFF_CARD, Key.STAFF_NEW, values={**_CARD, "text": words})

    json.loads(to_bytes(_calls(message)))


def _lengthened(name: str, value: str | int) -> str | int:
    if not isinstance(value, str) or name.endswith("_on") or name in _CODES:
        return value
    return f"{value} " + "Žąsų 😀 ir <b>{žuvų}".replace("{", "(").replace("}", ")") * 200
