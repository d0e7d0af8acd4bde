"""Files a bot may not fetch go from chat to chat all the same, both ways."""

import pytest
from aiogram.types import Chat, User

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

_FILM = Attachment(name="filmas.mp4", size=21_000_000)


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


async def test_what_a_member_sends_is_copied_into_the_topic(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    emu.send(ona, _FILM, caption=UNKNOWN)

    await desk.settle()

    [copied] = emu.calls("copyMessage")
    film, card = emu.last(forum), emu.messages(forum)[-2]
    assert copied.ok
    assert film.document is not None
    assert film.document.file_name == "filmas.mp4"
    assert film.message_thread_id == card.message_thread_id
    assert film.caption == desk.ticket(ona).reference


async def test_what_a_consultant_sends_is_copied_to_the_member_and_a_reply_goes_on(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    card = emu.last(forum)

    emu.send(
        jonas,
        _FILM,
        caption="Štai.",
        chat=forum,
        topic=card.message_thread_id,
        reply_to=card,
    )
    await desk.settle()

    reply, film = emu.messages(ona)[-2:]
    assert (reply.text or "").startswith("Atsakymas · NVO-1 · Jonas\n\nŠtai.")
    assert film.document is not None
    assert film.document.file_name == "filmas.mp4"
    for answered in (reply, film):
        emu.reply(ona, answered, f"Ačiū, o kiek tai trunka? {answered.message_id}")
        await desk.settle()
    assert len(desk.tickets(ona)) == 1


async def test_a_chosen_language_decides_everything_said(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.say(ona, "/kalba")
    await desk.settle()
    emu.click(ona, "English")
    await desk.settle()
    emu.say(ona, UNKNOWN)
    await desk.settle()

    assert desk.ticket(ona).language == "en"
    assert desk.said(ona).startswith("We have received your question")
    [set_here] = [
        call for call in emu.calls("setMyCommands") if "chat_id" in str(call.arguments["scope"])
    ]
    assert set_here.ok
    emu.say(ona, "Labas")
    await desk.settle()
    assert desk.said(ona).startswith("Hello")
