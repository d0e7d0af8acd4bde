"""Every method works with the real aiogram, which reads each answer by its own schema."""

import pytest
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MediaUnion,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
    User,
)

from tests.telegram_emulator.emulator import Emulator
from tests.unit.telegram_emulator.scene import PDF, Act, Scene


def _keyboard() -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text="Padėjo", callback_data="helped:1")
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def _answer_click(s: Scene) -> object:
    return await s.bot.answer_callback_query(s.emulator.forge(s.ona, s.said, "x:1").id)


async def _close_and_reopen(s: Scene) -> object:
    await s.bot.close_forum_topic(s.staff.id, s.topic)
    return await s.bot.reopen_forum_topic(s.staff.id, s.topic)


async def _pin_and_unpin(s: Scene) -> object:
    await s.bot.pin_chat_message(s.ona.id, s.said.message_id)
    return await s.bot.unpin_chat_message(s.ona.id, message_id=s.said.message_id)


async def _set_and_delete_webhook(s: Scene) -> object:
    await s.bot.set_webhook("https://nvo.example.lt/hook", secret_token="s3cret")
    return await s.bot.delete_webhook()


async def _set_and_delete_commands(s: Scene) -> object:
    await s.bot.set_my_commands([BotCommand(command="start", description="Pradėti")])
    return await s.bot.delete_my_commands()


async def _download(s: Scene) -> object:
    assert s.file.document is not None
    content = await s.bot.download(s.file.document.file_id)
    return content.read() if content else None


PROBES: dict[str, tuple[Act, type]] = {
    "getMe": (lambda s: s.bot.get_me(), User),
    "getUpdates": (lambda s: s.bot.get_updates(limit=5), list),
    "setWebhook deleteWebhook": (_set_and_delete_webhook, bool),
    "getWebhookInfo": (lambda s: s.bot.get_webhook_info(), object),
    "sendMessage": (
        lambda s: s.bot.send_message(
            s.staff.id,
            "<b>Klausimas</b> <a href='https://nvo.lt/duk'>DUK</a>",
            message_thread_id=s.topic,
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        Message,
    ),
    "sendDocument": (lambda s: s.bot.send_document(s.ona.id, PDF, caption="Forma"), Message),
    "sendPhoto": (lambda s: s.bot.send_photo(s.ona.id, PDF), Message),
    "sendVoice": (lambda s: s.bot.send_voice(s.ona.id, PDF), Message),
    "sendAudio": (lambda s: s.bot.send_audio(s.ona.id, PDF), Message),
    "sendVideo": (lambda s: s.bot.send_video(s.ona.id, PDF), Message),
    "sendSticker": (lambda s: s.bot.send_sticker(s.ona.id, PDF), Message),
    "sendContact": (lambda s: s.bot.send_contact(s.ona.id, "+37060000000", "NVO"), Message),
    "sendLocation": (lambda s: s.bot.send_location(s.ona.id, 54.68, 25.28), Message),
    "sendMediaGroup": (
        lambda s: s.bot.send_media_group(
            s.ona.id, [InputMediaDocument(media=PDF, caption="A"), InputMediaDocument(media=PDF)]
        ),
        list,
    ),
    "sendChatAction": (lambda s: s.bot.send_chat_action(s.ona.id, "typing"), bool),
    "editMessageText": (
        lambda s: s.bot.edit_message_text("Labas", chat_id=s.ona.id, message_id=s.said.message_id),
        Message,
    ),
    "editMessageCaption": (
        lambda s: s.bot.edit_message_caption(
            chat_id=s.ona.id, message_id=s.file.message_id, caption="Nauja"
        ),
        Message,
    ),
    "editMessageReplyMarkup": (
        lambda s: s.bot.edit_message_reply_markup(
            chat_id=s.ona.id, message_id=s.said.message_id, reply_markup=_keyboard()
        ),
        Message,
    ),
    "deleteMessage": (lambda s: s.bot.delete_message(s.ona.id, s.said.message_id), bool),
    "deleteMessages": (lambda s: s.bot.delete_messages(s.ona.id, [s.said.message_id, 99]), bool),
    "copyMessage": (
        lambda s: s.bot.copy_message(
            s.staff.id, s.ona.id, s.heard.message_id, message_thread_id=s.topic
        ),
        object,
    ),
    "copyMessages": (
        lambda s: s.bot.copy_messages(s.staff.id, s.ona.id, [s.heard.message_id, 99]),
        list,
    ),
    "forwardMessage": (
        lambda s: s.bot.forward_message(s.staff.id, s.ona.id, s.heard.message_id),
        Message,
    ),
    "answerCallbackQuery": (_answer_click, bool),
    "setMessageReaction": (
        lambda s: s.bot.set_message_reaction(
            s.ona.id, s.heard.message_id, [ReactionTypeEmoji(emoji="👌")]
        ),
        bool,
    ),
    "pinChatMessage unpinChatMessage": (_pin_and_unpin, bool),
    "getFile": (_download, bytes),
    "createForumTopic": (
        lambda s: s.bot.create_forum_topic(s.staff.id, "NVO-2", icon_color=0xFFD67E),
        object,
    ),
    "editForumTopic": (
        lambda s: s.bot.edit_forum_topic(
            s.staff.id, s.topic, name="NVO-1 ✅", icon_custom_emoji_id="5312016608254762256"
        ),
        bool,
    ),
    "closeForumTopic reopenForumTopic": (_close_and_reopen, bool),
    "deleteForumTopic": (lambda s: s.bot.delete_forum_topic(s.staff.id, s.topic), bool),
    "getForumTopicIconStickers": (lambda s: s.bot.get_forum_topic_icon_stickers(), list),
    "setMyCommands deleteMyCommands": (_set_and_delete_commands, bool),
    "getMyCommands": (
        lambda s: s.bot.get_my_commands(BotCommandScopeChat(chat_id=s.staff.id)),
        list,
    ),
    "setMyDescription": (lambda s: s.bot.set_my_description("Klauskite"), bool),
    "setMyShortDescription": (lambda s: s.bot.set_my_short_description("Klauskite"), bool),
    "setChatMenuButton": (
        lambda s: s.bot.set_chat_menu_button(menu_button=MenuButtonCommands()),
        bool,
    ),
    "getChat": (lambda s: s.bot.get_chat(s.staff.id), object),
    "getChatMember": (lambda s: s.bot.get_chat_member(s.staff.id, s.bot.id), object),
    "getChatAdministrators": (lambda s: s.bot.get_chat_administrators(s.staff.id), list),
    "leaveChat": (lambda s: s.bot.leave_chat(s.staff.id), bool),
}


@pytest.mark.parametrize("name", PROBES)
async def test_aiogram_can_use_the_method(scene: Scene, name: str) -> None:
    probe, kind = PROBES[name]

    assert isinstance(await probe(scene), kind)
    assert {call.method for call in scene.emulator.journal} >= set(name.split())


def test_every_modelled_method_is_probed() -> None:
    modelled = {cls.__api_method__ for cls in Emulator().server.handlers}

    assert {method for name in PROBES for method in name.split()} == modelled


async def test_a_reply_shows_what_it_answers_as_that_is_now(scene: Scene) -> None:
    scene.emulator.edit(scene.ona, scene.heard, "Kaip įsteigti VšĮ?")

    answer = await scene.bot.send_message(
        scene.ona.id,
        "Taip",
        reply_parameters=ReplyParameters(message_id=scene.heard.message_id, quote="VšĮ"),
    )

    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "Kaip įsteigti VšĮ?"
    assert answer.quote is not None
    assert (answer.quote.text, answer.quote.position) == ("VšĮ", 14)


async def test_a_file_sent_again_by_its_id_is_the_same_file(scene: Scene) -> None:
    first = scene.file.document
    assert first is not None

    again = (await scene.bot.send_document(scene.ona.id, first.file_id)).document

    assert again is not None
    assert (again.file_unique_id, again.file_name, again.file_size) == (
        first.file_unique_id,
        "nuostatai.pdf",
        8,
    )


async def test_an_album_is_one_row_of_messages(scene: Scene) -> None:
    photos: list[MediaUnion] = [InputMediaPhoto(media=PDF), InputMediaPhoto(media=PDF)]

    album = await scene.bot.send_media_group(scene.staff.id, photos, message_thread_id=scene.topic)

    assert len({message.media_group_id for message in album}) == 1
    assert [message.message_thread_id for message in album] == [scene.topic, scene.topic]


async def test_a_copy_carries_everything_but_its_sender(scene: Scene) -> None:
    sent = scene.emulator.send(scene.ona, caption="Įstatai")

    await scene.bot.copy_message(
        scene.staff.id, scene.ona.id, sent.message_id, message_thread_id=scene.topic
    )

    copied = scene.emulator.last(scene.staff)
    assert (copied.from_user, copied.document, copied.caption, copied.forward_origin) == (
        scene.emulator.bot,
        sent.document,
        "Įstatai",
        None,
    )
