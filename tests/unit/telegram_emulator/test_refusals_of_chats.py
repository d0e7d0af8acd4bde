"""What the real server refuses about chats and topics is refused in its words."""

import pytest

from tests.telegram_emulator import errors
from tests.unit.telegram_emulator.scene import Act, Refused, Scene, assert_refused


async def _blocked(s: Scene) -> object:
    s.emulator.block(s.ona)
    return await s.bot.send_message(s.ona.id, "Labas")


async def _deactivated(s: Scene) -> object:
    s.emulator.deactivate(s.ona)
    return await s.bot.send_message(s.ona.id, "Labas")


async def _kicked(s: Scene) -> object:
    s.emulator.kick_bot(s.staff)
    return await s.bot.send_message(s.staff.id, "Labas")


async def _left(s: Scene) -> object:
    await s.bot.leave_chat(s.staff.id)
    return await s.bot.get_chat(s.staff.id)


async def _into_a_deleted_topic(s: Scene) -> object:
    s.emulator.delete_topic(s.staff, s.topic)
    return await s.bot.send_message(s.staff.id, "Labas", message_thread_id=s.topic)


async def _into_a_closed_topic_without_rights(s: Scene) -> object:
    s.emulator.close_topic(s.staff, s.ona, s.topic)
    s.emulator.demote(s.staff)
    return await s.bot.send_message(s.staff.id, "Labas", message_thread_id=s.topic)


def _demoted(act: Act) -> Act:
    async def acted(s: Scene) -> object:
        s.emulator.demote(s.staff)
        return await act(s)

    return acted


REFUSED: Refused = {
    "a chat nobody knows": (lambda s: s.bot.send_message(42, "L"), errors.CHAT_NOT_FOUND, {}),
    "a person who never wrote": (
        lambda s: s.bot.send_message(s.stranger.id, "Labas"),
        errors.CANNOT_INITIATE,
        {},
    ),
    "a person who blocked the bot": (_blocked, errors.BLOCKED, {}),
    "a person who is gone": (_deactivated, errors.DEACTIVATED, {}),
    "a group the bot was kicked from": (_kicked, errors.KICKED, {"kind": "supergroup"}),
    "a group the bot left": (_left, errors.NOT_A_MEMBER, {"kind": "supergroup"}),
    "General by its number": (
        lambda s: s.bot.send_message(s.staff.id, "Labas", message_thread_id=1),
        errors.THREAD_NOT_FOUND,
        {},
    ),
    "a deleted topic": (_into_a_deleted_topic, errors.THREAD_NOT_FOUND, {}),
    "a closed topic": (_into_a_closed_topic_without_rights, errors.TOPIC_CLOSED, {}),
    "a topic in a private chat": (
        lambda s: s.bot.create_forum_topic(s.ona.id, "NVO-1"),
        errors.NOT_A_FORUM,
        {},
    ),
    "a topic without a name": (
        lambda s: s.bot.create_forum_topic(s.staff.id, "  "),
        errors.TOPIC_NAME_EMPTY,
        {},
    ),
    "a topic of a wrong colour": (
        lambda s: s.bot.create_forum_topic(s.staff.id, "NVO-2", icon_color=1),
        errors.TOPIC_COLOR,
        {},
    ),
    "a topic without the right": (
        _demoted(lambda s: s.bot.create_forum_topic(s.staff.id, "NVO-2")),
        errors.TOPIC_RIGHTS_CREATE,
        {},
    ),
    "closing another's topic without the right": (
        _demoted(lambda s: s.bot.close_forum_topic(s.staff.id, s.topic)),
        errors.TOPIC_RIGHTS_CLOSE,
        {},
    ),
    "deleting another's topic without the right": (
        _demoted(lambda s: s.bot.delete_forum_topic(s.staff.id, s.topic)),
        errors.TOPIC_RIGHTS_DELETE,
        {},
    ),
    "a topic that is as asked": (
        lambda s: s.bot.edit_forum_topic(s.staff.id, s.topic, name="NVO-1"),
        errors.TOPIC_NOT_MODIFIED,
        {},
    ),
    "changing a topic that is not there": (
        lambda s: s.bot.close_forum_topic(s.staff.id, 999),
        errors.TOPIC_INVALID,
        {},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_the_server_refuses(scene: Scene, name: str) -> None:
    await assert_refused(scene, REFUSED, name)
