"""The conversation printed in docs/howto/telegram.md is the one that happens.

`UPDATE_DOCS=1 pytest tests/unit/bot/telegram/test_howto.py` writes it anew.
"""

import os
from datetime import timedelta
from pathlib import Path

from aiogram.types import Chat

from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

_PAGE = Path(__file__).parents[4] / "docs" / "howto" / "telegram.md"
_FENCE = "```text\n"


async def test_the_printed_conversation_is_true(desk: Desk, emu: Emulator, forum: Chat) -> None:
    await _talk(desk, emu, forum)
    await _work(desk, emu, forum)
    ona = next(user for user in emu.world.people.values() if user.first_name == "Ona")
    said = [emu.transcript(ona), emu.transcript(forum)]

    if os.environ.get("UPDATE_DOCS"):
        _write(said)

    assert _printed() == [text.strip() for text in said]


async def _talk(desk: Desk, emu: Emulator, forum: Chat) -> None:
    ona, jonas = emu.user("Ona"), emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    desk.window = timedelta(seconds=1.5)
    emu.say(ona, "Laba diena")
    emu.say(ona, UNKNOWN)
    await desk.settle()
    desk.clock.advance_seconds(1.5)
    await desk.settle()
    desk.window = timedelta()
    card, waits = emu.last(forum), emu.last(ona)
    emu.say(ona, "Vilnius")
    await desk.settle()
    emu.click(ona, "Vilniaus r. sav.")
    emu.click(ona, "📞 Paskambinkite man", message=waits)
    await desk.settle()
    emu.say(ona, "8 612 34567")
    await desk.settle()
    emu.click(jonas, "Imu", message=card)
    await desk.settle()
    emu.say(jonas, "Kas nors skrido?", chat=forum, topic=card.message_thread_id)
    answer = emu.reply(jonas, card, "Bilietas kainuoja 5 eurus.")
    await desk.settle()
    emu.edit(jonas, answer, "Bilietas kainuoja 6 eurus.")
    emu.reply(ona, emu.last(ona), "Ar vaikams pigiau?")
    await desk.settle()
    emu.reply(jonas, emu.last(forum), "Vaikams nemokamai.")
    await desk.settle()
    emu.click(jonas, "Išspręsta", message=card)
    await desk.settle()
    emu.click(ona, "5")
    await desk.settle()


async def _work(desk: Desk, emu: Emulator, forum: Chat) -> None:
    """Prepare an answer that a colleague sends, and ask who waits."""
    jonas = next(user for user in emu.world.people.values() if user.first_name == "Jonas")
    rasa, petras = emu.user("Rasa"), emu.user("Petras")
    emu.join(forum, rasa)
    desk.consultant(rasa, email="rasa@example.org")
    emu.say(petras, "Ar galima skristi dviese?")
    await desk.settle()
    desk.clock.advance_minutes(90)
    emu.say(rasa, "/eilė", chat=forum)
    await desk.settle()
    topic = next(m for m in emu.messages(forum) if "dviese" in (m.text or "")).message_thread_id
    emu.say(rasa, "/juodraštis Taip, laive yra dvi vietos.", chat=forum, topic=topic)
    await desk.settle()
    emu.click(jonas, "Siųsti", message=emu.last(forum))
    await desk.settle()
    emu.say(rasa, "/statistika", chat=forum)
    await desk.settle()


def _printed() -> list[str]:
    _, *blocks = _PAGE.read_text(encoding="utf-8").split(_FENCE)
    return [block.partition("\n```")[0].strip() for block in blocks]


def _write(said: list[str]) -> None:
    first, *blocks = _PAGE.read_text(encoding="utf-8").split(_FENCE)
    fresh = [
        f"{text.strip()}\n```{block.partition('```')[2]}"
        for text, block in zip(said, blocks, strict=True)
    ]
    _PAGE.write_text(_FENCE.join([first, *fresh]), encoding="utf-8")
