"""Raw updates become commands, and one that cannot be read stops no other."""

import json
from datetime import timedelta

import pytest

from bot.telegram.mute import MuteError, mute_bot
from handlers.domain.channels import Channel
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import DropBefore, Refuse
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


async def test_a_poisoned_update_is_shunted_alone(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)
    poison = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": ona.id, "type": "private"},
        "text": "x",
        "forward_origin": {"type": "hidden_user", "date": 1},
    }
    emu.updates.add_raw("message", poison)
    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")

    await desk.settle()

    rows = [row for row in desk.inbox() if row.reason != "own"]
    assert [row.state.value for row in rows] == ["done", "shunted", "done"]
    assert rows[1].error is not None
    assert rows[1].error.startswith("aiogram cannot read it: message.forward_origin")
    assert len(desk.tickets(ona)) == 2
    raw = desk.read(lambda uow: uow.inbox.raw(rows[1].id))
    assert json.loads(raw)["message"] == poison


async def test_updates_of_unknown_kinds_are_ignored(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, "Labas")
    emu.updates.add_raw("message_of_tomorrow", {"chat": {"id": ona.id}})

    await desk.settle()

    assert [row.reason for row in desk.inbox()] == ["greeting", "unknown-kind"]


async def test_a_button_counts_though_it_could_not_be_answered(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.answerable())
    await desk.settle()
    emu.fault("answerCallbackQuery", Refuse(400, "Bad Request: query is too old"))

    emu.click(ona, "Nepadėjo")
    await desk.settle()

    assert desk.ticket(ona).status is Status.NEW


async def test_a_file_that_does_not_come_is_tried_again(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.fault("getFile", DropBefore())
    emu.send(ona, Attachment(name="forma.pdf"), caption=UNKNOWN)
    await desk.settle()
    assert desk.tickets(ona) == []

    desk.clock.advance_minutes(1)
    await desk.settle()

    ticket = desk.ticket(ona)
    [article] = desk.read(lambda uow: uow.tickets.articles(ticket.id))
    assert [file.name for file in article.attachments] == ["forma.pdf"]


async def test_a_file_that_never_comes_does_not_hold_back_the_words(
    desk: Desk, emu: Emulator
) -> None:
    ona = emu.user("Ona")
    emu.fault("getFile", DropBefore(), times=None)
    emu.send(ona, Attachment(name="forma.pdf"), caption=UNKNOWN)

    for _ in range(4):
        await desk.settle()
        desk.clock.advance_minutes(1)

    assert desk.articles(desk.ticket(ona)) == [
        ("inbound", f"{UNKNOWN}\n\n[Failo „forma.pdf“ gauti nepavyko.]")
    ]


async def test_who_reads_updates_can_send_nothing() -> None:
    bot = mute_bot(42)

    assert bot.id == 42
    with pytest.raises(MuteError):
        await bot.get_me()
    with pytest.raises(MuteError):
        await bot.download_file("photo.jpg")


@pytest.mark.parametrize(
    "text",
    [
        *("Ar privaloma registracija?", "Ąžuolai", "ačiū", "konsultantas", "a/pagalba", "?", "📞"),
        *("/pagalba", "/start", "/skambutis 12 min", "123456", "1", " konsultantas"),
    ],
)
async def test_words_mean_the_same_whoever_else_could_have_looked_at_them(
    desk: Desk, emu: Emulator, text: str
) -> None:
    ona = emu.user("Ona")
    emu.say(ona, text)
    await desk.receiver.receive(None)
    [one] = await desk.app.units.write(
        lambda uow: uow.inbox.claim(
            now=desk.clock.now(), lease=timedelta(minutes=1), limit=1, channels=[Channel.TELEGRAM]
        )
    )

    by_the_routers = await desk.preparer.dispatcher.feed_raw_update(
        desk.preparer.bot, json.loads(one.raw), claimed=one, more=()
    )

    assert await desk.preparer.prepare(one) == by_the_routers
