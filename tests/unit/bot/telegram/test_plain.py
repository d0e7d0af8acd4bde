"""Bare words are read without aiogram, and mean what it would have read."""

from collections.abc import Mapping

import pytest
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.plain import Words, words_in
from bot.telegram.routers.member import is_plain

_CHAT = {"id": 7, "type": "private", "first_name": "Ona"}
_ONA = {"id": 7, "is_bot": False, "first_name": "Ona", "language_code": "lt"}
_MESSAGE = {"message_id": 5, "date": 1_700_000_000, "chat": _CHAT, "from": _ONA, "text": "Labas"}


def update_of(message: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"update_id": 1, "message": message, **more}


def test_bare_words_name_who_wrote() -> None:
    user = {**_ONA, "last_name": "Onaitė", "username": "ona", "is_premium": True}

    assert words_in(update_of({**_MESSAGE, "from": user})) == Words(
        chat=7, number=5, name="Ona Onaitė", code="lt", text="Labas"
    )


@pytest.mark.parametrize(
    "changed",
    [
        *({"text": "/pagalba"}, {"text": "123456"}, {"text": ""}, {"text": None}),
        *({"reply_to_message": {}}, {"photo": []}, {"entities": []}, {"edit_date": 1}),
        *({"message_id": True}, {"message_id": "5"}, {"date": "vakar"}, {"chat": 7}),
        *({"chat": {**_CHAT, "type": "group"}}, {"chat": {"type": "private"}}),
        *({"from": None}, {"from": {**_ONA, "last_name": None}}, {"from": {"id": 7}}),
    ],
)
def test_whatever_has_more_to_it_is_left_to_aiogram(changed: dict[str, object]) -> None:
    assert words_in(update_of({**_MESSAGE, **changed})) is None


@pytest.mark.parametrize(
    "update", [None, [], "x", {}, {"update_id": 1}, update_of(_MESSAGE, edited_message={})]
)
def test_what_is_no_single_message_is_left_to_aiogram(update: object) -> None:
    assert words_in(update) is None


_odd = st.none() | st.booleans() | st.integers() | st.text()
_texts = st.text() | st.text(alphabet="aąŽ /1\n")


def _like(usual: Mapping[str, object], **more: st.SearchStrategy[object]) -> st.SearchStrategy:
    """Draw something like the usual thing, with a few fields changed, added or left out."""
    changes = st.dictionaries(st.sampled_from([*usual, *more, "novelty"]), _odd, max_size=1)
    gone = st.sets(st.sampled_from([*usual]), max_size=1)
    fields = st.fixed_dictionaries({}, optional=more)
    return st.builds(
        lambda drawn, changed, left_out: {
            name: each
            for name, each in {**usual, **drawn, **changed}.items()
            if name not in left_out
        },
        fields,
        st.just({}) | changes,
        st.just(set()) | gone,
    )


@given(
    _like(
        _MESSAGE,
        text=_texts,
        message_id=st.integers(),
        date=st.integers(),
        chat=_like(_CHAT, last_name=st.text(), username=st.text()),
        **{"from": _like(_ONA, last_name=st.text(), is_premium=st.booleans())},
    )
)
def test_what_is_read_is_what_aiogram_reads(message: dict[str, object]) -> None:
    words = words_in(update_of(message))
    if words is None:
        return

    read = Update.model_validate(update_of(message)).message

    assert read is not None
    assert is_plain(read)
    assert read.from_user is not None
    assert words == Words(
        chat=read.chat.id,
        number=read.message_id,
        name=read.from_user.full_name,
        code=read.from_user.language_code,
        text=read.text or "",
    )
