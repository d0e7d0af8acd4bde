"""A bot and people talk, and everybody sees what the real Telegram would show."""

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from tests.telegram_emulator.emulator import Emulator

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
