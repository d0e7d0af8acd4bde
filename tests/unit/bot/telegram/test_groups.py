"""Groups the bot is brought into, moved with, or made less in."""

import pytest
from aiogram.types import Chat

from bot.status import RoleStatus
from handlers.domain.outgoing import Key
from handlers.domain.people import Role
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.conftest import DeskMaker
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


async def test_a_foreign_group_is_left_with_a_word(desk: Desk, emu: Emulator) -> None:
    elsewhere = emu.group("Kita grupė")
    emu.promote(elsewhere)

    await desk.settle()

    assert "šioje grupėje nedirbu" in desk.texts(elsewhere)[0]
    assert len(emu.calls("leaveChat")) == 1


async def test_losing_the_right_to_topics_is_said_once(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    emu.promote(forum, rights=())
    emu.demote(forum)

    await desk.settle()

    assert [text for text in desk.texts(forum) if "Neturiu teisės kurti temų" in text] == [
        desk.said(forum)
    ]


@pytest.fixture
def group(emu: Emulator) -> Chat:
    return emu.group("Konsultantai")


@pytest.fixture
def small(desk_with: DeskMaker, group: Chat) -> Desk:
    """Open a desk that works in a basic group, which has no topics."""
    return desk_with(group)


async def test_a_staff_group_that_moved_is_followed(
    small: Desk, emu: Emulator, group: Chat
) -> None:
    desk, jonas, ona = small, emu.user("Jonas"), emu.user("Ona")
    emu.join(group, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()

    moved = emu.upgrade(group)
    emu.promote(moved)
    petras = emu.user("Petras")
    emu.say(petras, "O kada išmoka bus pervesta į Marsą?")
    await desk.settle()
    card = emu.last(moved)
    emu.reply(jonas, card, "Niekada.")
    await desk.settle()

    assert "išmoka bus pervesta" in (card.text or "")
    assert card.message_thread_id is not None
    assert "Niekada." in desk.said(petras)


@pytest.fixture
def plain(desk_with: DeskMaker, group: Chat) -> Desk:
    """Open a desk that works in a basic group and knows that it has no topics."""
    return desk_with(telegram_topics=False, telegram_staff_chat=str(group.id))


async def test_a_plain_group_works_by_replies_to_cards(
    plain: Desk, emu: Emulator, group: Chat
) -> None:
    """Each part of a long card can be replied to, if it tells whose it is; nothing is guessed."""
    desk, jonas, ona = plain, emu.user("Jonas"), emu.user("Ona")
    emu.join(group, jonas)
    desk.consultant(jonas)
    emu.say(ona, f"{UNKNOWN} " + "Labai ilgas klausimas. " * 176)
    await desk.settle()
    assert emu.calls("createForumTopic") == []
    shown = [m for m in emu.messages(group) if m.from_user and m.from_user.is_bot]
    before = desk.texts(ona)

    emu.say(jonas, "Kas nors žino?", chat=group)
    emu.reply(jonas, shown[1], "Kuriam klausimui?")
    await desk.settle()
    assert desk.texts(ona) == before
    assert "Neaišku, kurį klausimą turite galvoje" in desk.said(group)

    emu.reply(jonas, shown[0], "Penki eurai.")
    emu.reply(jonas, shown[-1], "Arba šeši.")
    await desk.settle()

    sent = [text.split("\n\n")[1] for text in desk.texts(ona) if text.startswith("Atsakymas")]
    assert sent == ["Penki eurai.", "Arba šeši."]


async def test_a_bot_thrown_out_of_its_group_is_told_to_coordinators_by_mail(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    with desk.app.units.begin() as uow:
        desk.app.staff.add(
            uow, name="Vida", email="vida@example.org", role=Role.COORDINATOR, telegram="5"
        )
        uow.commit()
    object.__setattr__(desk.app.desk.reactions.staff_room, "sends_mail", True)
    emu.kick_bot(forum)

    await desk.settle()

    troubles = [row for row in desk.outbox() if row.key == Key.STAFF_CHAT_TROUBLE]
    assert [row.to for row in troubles] == ["vida@example.org"]
    assert desk.statuses[-1] == RoleStatus(
        ok=False, detail=f"the bot is not in the group: {forum.id}"
    )


async def test_closing_a_topic_settles_nothing_but_offers_to(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    jonas, ona = emu.user("Jonas"), emu.user("Ona")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    topic = emu.last(forum).message_thread_id
    assert topic is not None

    emu.close_topic(forum, jonas, topic)
    await desk.settle()
    assert desk.ticket(ona).status is Status.NEW
    emu.click(jonas, "Išspręsta", message=emu.last(forum))
    await desk.settle()

    assert desk.ticket(ona).status is Status.RESOLVED
