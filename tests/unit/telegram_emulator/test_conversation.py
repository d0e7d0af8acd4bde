"""A bot and people talk, and everybody sees what the real Telegram would show."""

import pytest
from aiogram import Bot
from aiogram.types import (
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment

ASK = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Padėjo", callback_data="helped:1")]]
)


async def test_a_question_an_answer_and_a_click_make_a_conversation(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Kaip įregistruoti asociaciją?")
    await telegram_bot.send_message(ona.id, "Kreipkitės į Registrų centrą.", reply_markup=ASK)
    click = telegram.click(ona, "Padėjo")
    await telegram_bot.answer_callback_query(click.id, "Ačiū!")

    assert telegram.transcript(ona) == (
        "[1] Ona: Kaip įregistruoti asociaciją?\n"
        "[2] bot: Kreipkitės į Registrų centrą.\n"
        "    [Padėjo]\n"
        "    Ona presses [Padėjo] under 2 -> Ačiū!"
    )


async def test_a_transcript_shows_everything_that_happened(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    rasa = telegram.user("Rasa", last_name="Rasaitė")
    staff = telegram.forum("Konsultantai", members=[rasa])
    topic = await telegram_bot.create_forum_topic(staff.id, "NVO-1")
    thread = topic.message_thread_id
    card = await telegram_bot.send_message(
        staff.id, "Klausimas:\nkaip?", message_thread_id=thread, reply_markup=ASK
    )
    telegram.edit(rasa, telegram.reply(rasa, card, "taip"), "Taip.")
    await telegram_bot.set_message_reaction(staff.id, 4, [ReactionTypeEmoji(emoji="👌")])
    telegram.click(rasa, "Padėjo", chat=staff)
    telegram.send(rasa, Attachment(name="įstatai.pdf"), caption="štai", chat=staff, topic=thread)
    await telegram_bot.pin_chat_message(staff.id, card.message_id)
    telegram.close_topic(staff, rasa, thread)
    telegram.make_anonymous(staff, rasa)
    telegram.forward(rasa, telegram.say(rasa, "labas"), chat=staff)

    assert telegram.transcript(staff) == (
        "[2] bot (in NVO-1): -- opened the topic NVO-1\n"
        "[3] bot (in NVO-1, pinned): Klausimas:\n"
        "    kaip?\n"
        "    [Padėjo]\n"
        "[4] Rasa Rasaitė (in NVO-1, to 3, edited, 👌): Taip.\n"
        "    Rasa Rasaitė presses [Padėjo] under 3\n"
        "[5] Rasa Rasaitė (in NVO-1): <document įstatai.pdf> štai\n"
        "[6] bot (in NVO-1): -- pinned 3\n"
        "[7] Rasa Rasaitė (in NVO-1): -- closed the topic\n"
        "[8] Konsultantai (anonymous) (forwarded): labas"
    )


async def test_keys_below_the_input_field_say_their_words(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "/start")
    keys = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Klausti")]])
    await telegram_bot.send_message(ona.id, "Rinkitės", reply_markup=keys)
    telegram.press(ona, "Klausti")
    await telegram_bot.send_message(ona.id, "Klausykite", reply_markup=ReplyKeyboardRemove())

    assert [message.text for message in telegram.messages(ona)] == [
        *("/start", "Rinkitės", "Klausti", "Klausykite"),
    ]
    with pytest.raises(LookupError, match="no key 'Klausti'; keys shown: "):
        telegram.press(ona, "Klausti")


async def test_a_button_nobody_shows_cannot_be_pressed(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    sent = await telegram_bot.send_message(ona.id, "Ar padėjo?", reply_markup=ASK)
    with pytest.raises(LookupError, match="no button 'Ne'; buttons shown: 'Padėjo'"):
        telegram.click(ona, "Ne")
    await telegram_bot.edit_message_text("Ačiū", chat_id=ona.id, message_id=sent.message_id)

    with pytest.raises(LookupError, match="buttons shown: none"):
        telegram.click(ona, "Padėjo")


async def test_a_click_on_a_deleted_message_still_arrives(
    telegram: Emulator, telegram_bot: Bot
) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    sent = await telegram_bot.send_message(ona.id, "Ar padėjo?", reply_markup=ASK)
    await telegram_bot.delete_message(ona.id, sent.message_id)
    telegram.forge(ona, sent, "helped:1")

    update = (await telegram_bot.get_updates())[-1]

    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, InaccessibleMessage)


async def test_people_edit_only_what_they_wrote(telegram: Emulator, telegram_bot: Bot) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    sent = await telegram_bot.send_message(ona.id, "Sveiki")

    with pytest.raises(ValueError, match="people edit only what they wrote"):
        telegram.edit(ona, sent, "x")
    assert telegram.last(ona).text == "Sveiki"
