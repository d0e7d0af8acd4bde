"""A chat that may no longer read a ticket shows nothing of it; what stays there is told of."""

import pytest
from aiogram.types import Chat, Message, User

from bot.settings import StaffChatSettings
from handlers.domain.outgoing import Key
from handlers.domain.people import Role
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import flood
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.conftest import DeskMaker
from tests.unit.bot.telegram.desk import Desk

_LONG = "Slaptas pradas. " * 300


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


@pytest.fixture
def group(emu: Emulator) -> Chat:
    """Found a group without topics."""
    return emu.forum(topics=False)


@pytest.fixture
def desk(desk_with: DeskMaker, group: Chat) -> Desk:
    return without_topics(desk_with, group)


def without_topics(desk_with: DeskMaker, group: Chat) -> Desk:
    chat = StaffChatSettings(chat=str(group.id), topics=False)
    return desk_with(staff_chats=(chat,), mail_address="pagalba@example.org")


@pytest.fixture
def jonas(desk: Desk, emu: Emulator, group: Chat) -> User:
    jonas = emu.user("Jonas")
    emu.join(group, jonas)
    desk.consultant(jonas)
    return jonas


def transfer(desk: Desk, ona: User, jonas: User, queue: str) -> None:
    with desk.app.units.begin() as uow:
        who = uow.consultants.by_telegram(str(jonas.id))
        assert who is not None
        desk.app.desk.transfer(uow, desk.ticket(ona).id, who, queue=queue)
        uow.commit()


def secrets(emu: Emulator, chat: Chat) -> list[Message]:
    """List what still tells of the matter; Jonas wrote of it too."""
    return [
        message
        for message in emu.messages(chat)
        if message.document or "lapt" in f"{message.text}{message.caption}"
    ]


async def ask_at_length(desk: Desk, emu: Emulator, ona: User) -> None:
    emu.send(ona, Attachment(name="slapta.pdf"), caption="Slaptas priedas")
    await desk.settle()
    emu.reply(ona, emu.last(ona), _LONG)
    await desk.settle()


def told_of_the_rest(desk: Desk) -> list[tuple[str, str]]:
    return [(row.to, row.key) for row in desk.outbox() if row.key == Key.STAFF_LEFT_BEHIND]


async def test_a_group_without_topics_keeps_no_part_no_file_and_no_answer(
    desk: Desk, emu: Emulator, group: Chat, jonas: User, ona: User
) -> None:
    await ask_at_length(desk, emu, ona)
    emu.reply(jonas, emu.last(group), "Tai slapta.")
    await desk.settle()
    before = len(secrets(emu, group))

    transfer(desk, ona, jonas, "jautri")
    await desk.settle()

    assert before > 4
    assert secrets(emu, group) == []
    assert told_of_the_rest(desk) == []


async def test_what_is_too_old_to_delete_is_blanked_and_the_rest_told_to_those_who_steer(
    desk: Desk, emu: Emulator, group: Chat, jonas: User, ona: User
) -> None:
    await ask_at_length(desk, emu, ona)
    rasa = emu.user("Rasa")
    emu.say(rasa, "/start")
    desk.consultant(rasa, email="rasa@example.org", role=Role.COORDINATOR)
    emu.advance(48 * 3600)

    transfer(desk, ona, jonas, "jautri")
    await desk.settle()

    left = secrets(emu, group)
    assert [message.document is not None for message in left].count(True) == 1
    assert all("Slaptas priedas" not in f"{message.text}" for message in left)
    assert told_of_the_rest(desk) == [(str(rasa.id), Key.STAFF_LEFT_BEHIND)]
    assert "ieškokite „NVO-1“" in desk.said(rasa)


async def test_a_short_matter_that_could_be_blanked_is_no_alarm(
    desk: Desk, emu: Emulator, group: Chat, jonas: User, ona: User
) -> None:
    emu.say(ona, "Kiek kainuoja slaptas skrydis į Mėnulį?")
    await desk.settle()
    emu.advance(48 * 3600)

    transfer(desk, ona, jonas, "jautri")
    await desk.settle()

    assert (secrets(emu, group), told_of_the_rest(desk)) == ([], [])


async def test_what_was_waiting_or_under_way_never_shows(
    desk: Desk, emu: Emulator, group: Chat, jonas: User, ona: User
) -> None:
    emu.fault("sendMessage", flood(60), when=lambda call: call["chat_id"] == str(group.id))
    await ask_at_length(desk, emu, ona)

    transfer(desk, ona, jonas, "jautri")
    desk.clock.advance_minutes(2)
    await desk.settle()

    assert secrets(emu, group) == []


@pytest.mark.parametrize("topics", [True, False])
async def test_what_comes_back_gets_its_place_and_its_card_again(
    desk_with: DeskMaker, emu: Emulator, *, topics: bool
) -> None:
    room = emu.forum(topics=topics)
    desk = desk_with(room) if topics else without_topics(desk_with, room)
    ona, jonas = emu.user("Ona"), emu.user("Jonas")
    emu.join(room, jonas)
    desk.consultant(jonas, queues=frozenset({"bendra", "mokymai", "jautri"}))
    emu.say(ona, "Kiek kainuoja slaptas skrydis į Mėnulį?")
    await desk.settle()

    for queue in ("jautri", "mokymai", "jautri", "mokymai"):
        transfer(desk, ona, jonas, queue)
        await desk.settle()

    [card] = secrets(emu, room)
    assert (card.message_thread_id is not None) is topics
    assert len(emu.world.rooms[room.id].topics) == topics
    emu.reply(jonas, card, "Skrydis kainuoja penkis eurus.")
    await desk.settle()
    assert "Skrydis kainuoja penkis eurus." in desk.said(ona)


async def test_erasing_takes_a_persons_matters_out_of_a_group_without_topics(
    desk: Desk, emu: Emulator, group: Chat, jonas: User, ona: User
) -> None:
    await ask_at_length(desk, emu, ona)
    emu.reply(jonas, emu.last(group), "Tai slapta.")
    await desk.settle()

    emu.say(ona, "/ištrinti")
    await desk.settle()
    for button in ("Ištrinti viską…", "Taip, ištrinti"):
        emu.click(ona, button)
        await desk.settle()

    assert secrets(emu, group) == []


async def test_a_call_told_outside_the_topic_goes_as_well(
    desk_with: DeskMaker, emu: Emulator
) -> None:
    room = emu.forum()
    desk = desk_with(room)
    ona, jonas = emu.user("Ona"), emu.user("Jonas")
    emu.join(room, jonas)
    desk.consultant(jonas)
    emu.say(ona, "Kiek kainuoja slaptas skrydis į Mėnulį?")
    await desk.settle()
    emu.say(jonas, "/skambutis NVO-1 15 min Ona: patarta dėl slapto skrydžio", chat=room)
    await desk.settle()
    outside = [m for m in secrets(emu, room) if m.message_thread_id is None]

    transfer(desk, ona, jonas, "jautri")
    await desk.settle()

    assert len(outside) == 1
    assert secrets(emu, room) == []
