"""What the real server refuses about messages, files and the bot itself is refused in its words."""

import pytest
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MediaUnion,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from tests.telegram_emulator import errors
from tests.telegram_emulator.errors import Refusal
from tests.telegram_emulator.talk import Attachment
from tests.unit.telegram_emulator.scene import PDF, Act, Refused, Scene, assert_refused

EMPTY = BufferedInputFile(b"", "tuscias.pdf")


def _button(**deed: str) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton.model_validate({"text": "Spauskite", **deed})
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def _too_old_to_delete(s: Scene) -> object:
    s.emulator.advance(49 * 3600)
    return await s.bot.delete_message(s.ona.id, s.said.message_id)


async def _late_answer(s: Scene) -> object:
    click = s.emulator.forge(s.ona, s.said, "x")
    s.emulator.advance(151)
    return await s.bot.answer_callback_query(click.id)


async def _long_answer(s: Scene) -> object:
    return await s.bot.answer_callback_query(s.emulator.forge(s.ona, s.said, "x").id, "ą" * 201)


async def _edit_what_had_a_keyboard(s: Scene) -> object:
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Klausti")]])
    sent = await s.bot.send_message(s.ona.id, "Rinkitės", reply_markup=keys)
    return await s.bot.edit_message_text("Kita", chat_id=s.ona.id, message_id=sent.message_id)


async def _forward_what_is_protected(s: Scene) -> object:
    sent = await s.bot.send_message(s.ona.id, "Slapta", protect_content=True)
    return await s.bot.forward_message(s.staff.id, s.ona.id, sent.message_id)


async def _download_too_much(s: Scene) -> object:
    sent = s.emulator.send(s.ona, Attachment(size=21 * 1024 * 1024))
    assert sent.document is not None
    return await s.bot.get_file(sent.document.file_id)


def _edit(text: str) -> Act:
    return lambda s: s.bot.edit_message_text(text, chat_id=s.ona.id, message_id=s.said.message_id)


def _say(text: str, parse_mode: str | None = None) -> Act:
    return lambda s: s.bot.send_message(s.ona.id, text, parse_mode=parse_mode)


def _offer(**deed: str) -> Act:
    return lambda s: s.bot.send_message(s.ona.id, "Labas", reply_markup=_button(**deed))


def _album(*media: MediaUnion) -> Act:
    return lambda s: s.bot.send_media_group(s.ona.id, list(media))


REFUSED: Refused = {
    "no text": (_say(""), errors.TEXT_EMPTY, {}),
    "only spaces": (_say(" \n "), errors.TEXT_BLANK, {}),
    "4097 letters": (_say("ą" * 4097), errors.TEXT_TOO_LONG, {}),
    "over 32 kB": (_say("ą" * 16385), errors.TEXT_OVER_32K, {}),
    "an unknown parse mode": (_say("x", "bbcode"), errors.PARSE_MODE, {}),
    "an open tag": (
        _say("<b>x", "HTML"),
        errors.CANNOT_PARSE,
        {"reason": 'Can\'t find end tag corresponding to start tag "b"'},
    ),
    "a caption of 1025 letters": (
        lambda s: s.bot.send_document(s.ona.id, PDF, caption="ą" * 1025),
        errors.CAPTION_TOO_LONG,
        {},
    ),
    "an empty file": (lambda s: s.bot.send_document(s.ona.id, EMPTY), errors.FILE_EMPTY, {}),
    "a file nobody knows": (
        lambda s: s.bot.send_document(s.ona.id, "BQAC"),
        errors.FILE_OR_URL,
        {},
    ),
    "fetching a file nobody knows": (lambda s: s.bot.get_file("BQAC"), errors.FILE_ID, {}),
    "fetching over 20 MB": (_download_too_much, errors.FILE_TOO_BIG, {}),
    "eleven parts of an album": (
        _album(*[InputMediaPhoto(media=PDF)] * 11),
        errors.ALBUM_TOO_LONG,
        {},
    ),
    "a mixed album": (
        _album(InputMediaPhoto(media=PDF), InputMediaDocument(media=PDF)),
        errors.ALBUM_MIXED,
        {"kind": "document"},
    ),
    "a reply to nothing": (
        lambda s: s.bot.send_message(
            s.ona.id, "Labas", reply_parameters=ReplyParameters(message_id=999)
        ),
        errors.REPLY_NOT_FOUND,
        {},
    ),
    "a quote nobody wrote": (
        lambda s: s.bot.send_message(
            s.ona.id,
            "Labas",
            reply_parameters=ReplyParameters(message_id=s.heard.message_id, quote="Ate"),
        ),
        errors.QUOTE_NOT_FOUND,
        {},
    ),
    "data of 65 bytes": (_offer(callback_data="ą" * 32 + "x"), errors.BUTTON_DATA, {}),
    "a button that does nothing": (_offer(), errors.BUTTON_TYPE, {}),
    "a button with a wrong address": (
        _offer(url="http://localhost"),
        errors.BUTTON_URL,
        {"url": "http://localhost", "reason": "Wrong HTTP URL"},
    ),
    "an edit that changes nothing": (_edit("Sveiki"), errors.NOT_MODIFIED, {}),
    "an edit of another's message": (
        lambda s: s.bot.edit_message_text("x", chat_id=s.ona.id, message_id=s.heard.message_id),
        errors.EDIT_FORBIDDEN,
        {},
    ),
    "an edit of a message with a keyboard": (
        _edit_what_had_a_keyboard,
        errors.EDIT_FORBIDDEN,
        {},
    ),
    "an edit of nothing": (
        lambda s: s.bot.edit_message_text("x", chat_id=s.ona.id, message_id=999),
        errors.EDIT_NOT_FOUND,
        {},
    ),
    "an edit of a caption that cannot be": (
        lambda s: s.bot.edit_message_caption(
            chat_id=s.ona.id, message_id=s.said.message_id, caption="x"
        ),
        errors.EDIT_NO_CAPTION,
        {},
    ),
    "deleting nothing": (
        lambda s: s.bot.delete_message(s.ona.id, 999),
        errors.DELETE_NOT_FOUND,
        {},
    ),
    "deleting after two days": (_too_old_to_delete, errors.DELETE_FOR_EVERYONE, {}),
    "copying nothing": (
        lambda s: s.bot.copy_message(s.staff.id, s.ona.id, 999),
        errors.COPY_NOT_FOUND,
        {},
    ),
    "forwarding nothing": (
        lambda s: s.bot.forward_message(s.staff.id, s.ona.id, 999),
        errors.FORWARD_NOT_FOUND,
        {},
    ),
    "forwarding what is protected": (_forward_what_is_protected, errors.PROTECTED, {}),
    "copying a service message": (
        lambda s: s.bot.copy_message(s.ona.id, s.staff.id, s.topic),
        errors.COPY_FORBIDDEN,
        {},
    ),
    "a reaction Telegram lacks": (
        lambda s: s.bot.set_message_reaction(
            s.ona.id, s.heard.message_id, [ReactionTypeEmoji(emoji="✅")]
        ),
        errors.REACTION_INVALID,
        {},
    ),
    "a late answer to a click": (_late_answer, errors.QUERY_TOO_OLD, {}),
    "a long answer to a click": (_long_answer, errors.ANSWER_TOO_LONG, {}),
    "an answer to no click": (
        lambda s: s.bot.answer_callback_query("123"),
        errors.QUERY_TOO_OLD,
        {},
    ),
    "an action that is none": (
        lambda s: s.bot.send_chat_action(s.ona.id, "sleeping"),
        errors.ACTION,
        {},
    ),
    "a command with diacritics": (
        lambda s: s.bot.set_my_commands([BotCommand(command="ištrinti", description="x")]),
        errors.COMMAND,
        {},
    ),
    "administrators of a private chat": (
        lambda s: s.bot.get_chat_administrators(s.ona.id),
        errors.NO_ADMINS_IN_PRIVATE,
        {},
    ),
    "a webhook that is no address": (
        lambda s: s.bot.set_webhook("nvo"),
        errors.WEBHOOK_URL,
        {},
    ),
    "a secret with a space": (
        lambda s: s.bot.set_webhook("https://nvo.lt/h", secret_token="a b"),
        errors.SECRET_CHARACTERS,
        {},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_the_server_refuses(scene: Scene, name: str) -> None:
    await assert_refused(scene, REFUSED, name)


def test_every_refusal_names_its_source() -> None:
    rows = [value for value in vars(errors).values() if isinstance(value, Refusal)]

    assert [row for row in rows if not row.source] == []
    assert len({row.text for row in rows}) == len(rows)
