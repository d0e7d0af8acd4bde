"""Several questions in one message: one answer to the member, one card for consultants."""

from aiogram.types import Chat

from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


async def test_the_sure_question_is_answered_and_the_other_is_named(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    ona = emu.user("Ona")
    sure = desk.answerable()

    emu.say(ona, f"Laba diena,\n\n{sure} {UNKNOWN}")
    await desk.settle()

    [ticket] = desk.tickets(ona)
    assert ticket.status is Status.NEW
    assert [kind for kind, _ in desk.articles(ticket)] == ["inbound", "suggested"]
    [said] = desk.texts(ona)[1:]
    assert f"„{sure}“\n\n{desk.articles(ticket)[1][1]}" in said
    assert f"Į šį klausimą atsakys konsultantas:\n– {UNKNOWN}" in said
    card = desk.said(forum)
    assert f"1. „{sure}“ – atsakyta automatiškai" in card
    assert f"2. „{UNKNOWN}“ – laukia konsultanto" in card


async def test_who_asks_in_polish_is_told_so_in_it(desk: Desk, emu: Emulator) -> None:
    jan = emu.user("Jan")

    emu.say(jan, "Czy możemy założyć stowarzyszenie społeczności?")
    await desk.settle()

    assert "Nie mamy sprawdzonej odpowiedzi w języku polskim" in desk.said(jan)
