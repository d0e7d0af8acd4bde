"""Groups and topics: who hears what, what vanishes without a word, who may do what."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import Chat, ChatMemberUpdated, Message, ReplyParameters, Update, User

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment


@pytest.fixture
def rasa(telegram: Emulator) -> User:
    """Bring a consultant."""
    return telegram.user("Rasa")


@pytest.fixture
def staff(telegram: Emulator, rasa: User) -> Chat:
    """Found the consultants' forum."""
    return telegram.forum("Konsultantai", members=[rasa])


async def _messages(bot: Bot) -> list[Message]:
    return [update.message for update in await bot.get_updates() if update.message]


def _place(message: Message) -> tuple[int | None, bool | None, int | None]:
    replied = message.reply_to_message
    return (
        message.message_thread_id,
        message.is_topic_message,
        replied.message_id if replied else None,
    )


async def test_the_bot_hears_of_the_topic_it_opens_but_not_of_what_it_says(
    telegram: Emulator, telegram_bot: Bot, staff: Chat
) -> None:
    topic = await telegram_bot.create_forum_topic(staff.id, "NVO-1")
    await telegram_bot.send_message(staff.id, "Kortelė", message_thread_id=topic.message_thread_id)

    heard = await _messages(telegram_bot)

    assert [message.text for message in heard] == [None]
    assert heard[0].forum_topic_created is not None
    assert heard[0].forum_topic_created.name == "NVO-1"
    assert heard[0].from_user is not None
    assert heard[0].from_user.id == telegram.bot.id
    assert heard[0].message_thread_id == topic.message_thread_id


async def test_in_a_topic_a_message_that_answers_nothing_points_at_the_beginning(
    telegram: Emulator, telegram_bot: Bot, staff: Chat, rasa: User
) -> None:
    topic = telegram.open_topic(staff, rasa, "NVO-1")
    card = await telegram_bot.send_message(staff.id, "Kortelė", message_thread_id=topic.id)
    note = telegram.say(rasa, "pastaba", chat=staff, topic=topic)
    answer = telegram.reply(rasa, card, "atsakymas")
    general = telegram.say(rasa, "visiems", chat=staff)
    to_general = telegram.reply(rasa, general, "taip")

    assert [_place(message) for message in (card, note, answer, general, to_general)] == [
        (topic.id, True, topic.id),
        (topic.id, True, topic.id),
        (topic.id, True, card.message_id),
        (None, None, None),
        (None, None, general.message_id),
    ]


async def test_without_topics_a_row_of_replies_has_a_thread_but_no_topic(
    telegram: Emulator, telegram_bot: Bot, rasa: User
) -> None:
    group = telegram.forum("Be temų", members=[rasa], topics=False)
    first = telegram.say(rasa, "pirma", chat=group)
    second = telegram.reply(rasa, first, "antra")
    sent = await telegram_bot.send_message(
        group.id,
        "trečia",
        message_thread_id=999,
        reply_parameters=ReplyParameters(message_id=second.message_id),
    )

    assert [_place(message) for message in (first, second, sent)] == [
        (None, None, None),
        (first.message_id, None, first.message_id),
        (first.message_id, None, second.message_id),
    ]


async def test_a_deleted_topic_is_silent_until_the_next_message(
    telegram: Emulator, telegram_bot: Bot, staff: Chat
) -> None:
    topic = await telegram_bot.create_forum_topic(staff.id, "NVO-1")
    await telegram_bot.get_updates(offset=-1)
    telegram.updates.clear()

    telegram.delete_topic(staff, topic.message_thread_id)

    assert telegram.updates.pending == []
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await telegram_bot.send_message(staff.id, "x", message_thread_id=topic.message_thread_id)


async def test_deleting_a_topic_removes_all_that_was_said_in_it(
    telegram: Emulator, telegram_bot: Bot, staff: Chat, rasa: User
) -> None:
    topic = telegram.open_topic(staff, rasa, "NVO-1")
    telegram.say(rasa, "asmens duomenys", chat=staff, topic=topic)
    telegram.say(rasa, "visiems", chat=staff)

    await telegram_bot.delete_forum_topic(staff.id, topic.id)

    assert [message.text for message in telegram.messages(staff)] == ["visiems"]


async def test_the_bot_hears_what_people_do_to_topics(
    telegram: Emulator, telegram_bot: Bot, staff: Chat, rasa: User
) -> None:
    topic = telegram.open_topic(staff, rasa, "NVO-1")
    telegram.rename_topic(staff, rasa, topic, "NVO-1 svarbu")
    telegram.close_topic(staff, rasa, topic)
    telegram.reopen_topic(staff, rasa, topic)

    events = [
        next(name for name in ("created", "edited", "closed", "reopened") if _topic_event(m, name))
        for m in await _messages(telegram_bot)
    ]
    assert events == ["created", "edited", "closed", "reopened"]


def _topic_event(message: Message, name: str) -> bool:
    return getattr(message, f"forum_topic_{name}") is not None


async def test_a_long_name_is_cut_without_a_word(telegram_bot: Bot, staff: Chat) -> None:
    topic = await telegram_bot.create_forum_topic(staff.id, "ą" * 200)

    assert topic.name == "ą" * 128


async def test_an_anonymous_administrator_writes_as_the_group_but_clicks_as_themselves(
    telegram: Emulator, telegram_bot: Bot, staff: Chat, rasa: User
) -> None:
    telegram.make_anonymous(staff, rasa)
    said = telegram.say(rasa, "labas", chat=staff)
    telegram.forge(rasa, said, "x")

    message, click = await telegram_bot.get_updates()

    assert message.message is not None
    assert message.message.from_user is not None
    assert message.message.sender_chat is not None
    assert (message.message.from_user.id, message.message.sender_chat.id) == (1087968824, staff.id)
    assert click.callback_query is not None
    assert click.callback_query.from_user.id == rasa.id


async def test_blocking_and_unblocking_are_told(telegram: Emulator, telegram_bot: Bot) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    telegram.block(ona)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await telegram_bot.send_message(ona.id, "Labas")
    telegram.unblock(ona)
    await telegram_bot.send_message(ona.id, "Labas")

    assert _standings(await telegram_bot.get_updates()) == [
        (ona.id, "member", "kicked"),
        (ona.id, "kicked", "member"),
    ]


async def test_rights_are_told_and_obeyed(
    telegram: Emulator, telegram_bot: Bot, staff: Chat
) -> None:
    telegram.demote(staff)
    telegram.promote(staff, rights=["can_manage_topics"])
    telegram.kick_bot(staff)

    assert _standings(await telegram_bot.get_updates()) == [
        (staff.id, "administrator", "member"),
        (staff.id, "member", "administrator"),
        (staff.id, "administrator", "kicked"),
    ]


def _standings(updates: list[Update]) -> list[tuple[int, str, str]]:
    changes: list[ChatMemberUpdated] = [u.my_chat_member for u in updates if u.my_chat_member]
    return [(c.chat.id, c.old_chat_member.status, c.new_chat_member.status) for c in changes]


async def test_an_ordinary_member_hears_only_what_is_meant_for_it(
    telegram: Emulator, telegram_bot: Bot, rasa: User
) -> None:
    group = telegram.group("Grupė", members=[rasa])
    own = await telegram_bot.send_message(group.id, "Sveiki")
    telegram.say(rasa, "tarpusavyje", chat=group)
    telegram.say(rasa, "/eile", chat=group)
    telegram.reply(rasa, own, "atsakymas")
    telegram.say(rasa, f"@{telegram.bot.username} padėk", chat=group)

    assert [message.text for message in await _messages(telegram_bot)] == [
        "/eile",
        "atsakymas",
        f"@{telegram.bot.username} padėk",
    ]


async def test_a_group_that_becomes_a_forum_moves(
    telegram: Emulator, telegram_bot: Bot, rasa: User
) -> None:
    group = telegram.group("Grupė", members=[rasa])
    forum = telegram.upgrade(group)

    with pytest.raises(TelegramMigrateToChat) as moved:
        await telegram_bot.send_message(group.id, "Labas")
    await telegram_bot.send_message(moved.value.migrate_to_chat_id, "Labas")

    heard = await _messages(telegram_bot)
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in heard] == [
        (group.id, forum.id, None),
        (forum.id, None, group.id),
    ]


async def test_members_come_and_go(
    telegram: Emulator, telegram_bot: Bot, staff: Chat, rasa: User
) -> None:
    jonas = telegram.user("Jonas")
    await telegram_bot.get_updates(allowed_updates=["message", "chat_member"])
    telegram.join(staff, jonas)
    telegram.leave(staff, rasa)

    updates = await telegram_bot.get_updates(offset=1)

    assert [update.event_type for update in updates] == ["chat_member", "message"] * 2
    assert (await telegram_bot.get_chat_member(staff.id, rasa.id)).status == "left"
    assert (await telegram_bot.get_chat_member(staff.id, jonas.id)).status == "member"


async def test_people_send_everything(
    telegram: Emulator, telegram_bot: Bot, staff: Chat, rasa: User
) -> None:
    ona = telegram.user("Ona")
    said = telegram.say(ona, "tekstas")
    telegram.edit(ona, said, "pataisyta")
    telegram.send(ona, Attachment(name="balsas.oga", kind="voice"))
    telegram.send_album(ona, [Attachment(kind="photo"), Attachment(kind="photo")], caption="dvi")
    telegram.send_contact(ona, "+37060000000")
    telegram.send_location(ona, 54.68, 25.28)
    telegram.forward(rasa, said, chat=staff)
    telegram.send_content(ona, {"dice": {"emoji": "🎲", "value": 5}})

    updates = await telegram_bot.get_updates()
    messages = [update.message or update.edited_message for update in updates]

    assert [message.content_type for message in messages if message] == [
        *("text", "text", "voice", "photo", "photo", "contact", "location", "text", "dice"),
    ]
    assert [update.event_type for update in updates].count("edited_message") == 1
    assert len({m.media_group_id for m in messages if m and m.photo}) == 1
