"""Two consultants in one topic: who answers without having seen what happened is asked again."""

import pytest
from aiogram.types import Chat, Message, User

from handlers.domain.tickets import Priority, Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


@pytest.fixture
async def card(desk: Desk, emu: Emulator, forum: Chat, ona: User) -> Message:
    """Return the card of a question nobody could answer."""
    emu.say(ona, UNKNOWN)
    await desk.settle()
    return emu.last(forum)


def hired(desk: Desk, emu: Emulator, forum: Chat, name: str) -> User:
    user = emu.user(name)
    emu.join(forum, user)
    desk.consultant(user, email=f"{name.lower()}@example.org")
    return user


async def test_the_second_of_two_answers_waits_for_one_more_press(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, ona: User
) -> None:
    jonas, rasa = (hired(desk, emu, forum, name) for name in ("Jonas", "Rasa"))
    desk.clock.advance_minutes(5)
    emu.reply(jonas, card, "Penki eurai.")
    await desk.settle()
    desk.clock.advance_seconds(20)
    emu.reply(rasa, card, "Šeši eurai.")
    await desk.settle()
    told = emu.last(forum)
    before = desk.articles(desk.ticket(ona))[-2:]

    emu.click(rasa, "Siųsti vis tiek", message=told)
    emu.click(rasa, "Siųsti vis tiek", message=told)
    await desk.settle()

    assert before == [("reply", "Penki eurai."), ("note", "Šeši eurai.")]
    assert "Nuo tada, kai atvėrėte klausimą" in (told.text or "")
    assert "Atsakyta · Jonas" in (told.text or "")
    assert desk.articles(desk.ticket(ona))[-1] == ("reply", "Šeši eurai.")
    assert len(desk.articles(desk.ticket(ona))) == 4
    assert "Šeši eurai." in desk.said(ona)


async def test_what_stood_in_the_topic_for_a_while_was_seen(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, ona: User
) -> None:
    jonas, rasa = (hired(desk, emu, forum, name) for name in ("Jonas", "Rasa"))
    desk.clock.advance_minutes(5)
    emu.reply(jonas, card, "Penki eurai.")
    await desk.settle()
    desk.clock.advance_minutes(2)

    emu.reply(rasa, card, "Su nuolaida – keturi.")
    await desk.settle()

    assert desk.articles(desk.ticket(ona))[-1] == ("reply", "Su nuolaida – keturi.")


async def test_commands_keep_tickets_in_order(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, ona: User
) -> None:
    jonas, first = hired(desk, emu, forum, "Jonas"), desk.ticket(ona)
    petras = emu.user("Petras")
    emu.say(petras, UNKNOWN)
    await desk.settle()
    other = desk.ticket(petras)
    topic = card.message_thread_id

    for command in ("/skubu", "/žyma bilietai", "/sekti", f"/sieti {other.reference}"):
        emu.say(jonas, command, chat=forum, topic=topic)
    emu.say(jonas, f"/sujungti {other.reference}", chat=forum, topic=topic)
    await desk.settle()

    ticket = desk.ticket(ona)
    assert (ticket.priority, ticket.status) == (Priority.HIGH, Status.MERGED)
    assert desk.read(lambda uow: uow.marks.tags([first.id])) == {first.id: ["bilietai"]}
    assert desk.read(lambda uow: uow.ties.linked(first.id)) == [other.id]
    assert [text for text in desk.texts(forum) if "sujungta su" in text] == [
        f"{first.reference} sujungta su {other.reference}: tęsiame ten"
    ]
    shown = next(each for each in desk.texts(forum) if each.startswith(f"{first.reference} · Kita"))
    assert UNKNOWN in shown
