"""What a member adds to a question that waits: place, topic, a call; or takes it back."""

import pytest
from aiogram.types import Chat, Message, User

from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


@pytest.fixture
async def card(desk: Desk, emu: Emulator, ona: User) -> Message:
    """Ask, and return what tells the member to wait."""
    emu.say(ona, UNKNOWN)
    await desk.settle()
    return emu.last(ona)


def _buttons(emu: Emulator, who: User, message: Message) -> list[str]:
    current = next(row for row in emu.messages(who) if row.message_id == message.message_id)
    rows = current.reply_markup.inline_keyboard if current.reply_markup else []
    return [button.text for row in rows for button in row]


# Where ------------------------------------------------------------------------------------------


async def test_a_typed_municipality_belongs_to_the_question(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    offered = ["Nurodyti savivaldybę", "📞 Paskambinkite man", "Atšaukti klausimą"]
    assert _buttons(emu, ona, card)[-3:] == offered

    emu.say(ona, "utenos rajonas")
    await desk.settle()

    assert desk.ticket(ona).municipality == "Utenos r. sav."
    reference = desk.ticket(ona).reference
    assert desk.said(ona) == f"Klausimui {reference} pažymėjome: Utenos r. sav."
    assert "Savivaldybė – Utenos r. sav." in (emu.messages(ona)[1].text or "")
    assert "Nurodyti savivaldybę" not in _buttons(emu, ona, card)


async def test_a_city_and_its_district_are_always_asked_apart(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    emu.click(ona, "Nurodyti savivaldybę", message=card)
    await desk.settle()
    emu.reply(ona, emu.last(ona), "vilnaus")
    await desk.settle()
    assert desk.ticket(ona).municipality is None
    assert _buttons(emu, ona, emu.last(ona)) == ["Vilniaus m. sav.", "Vilniaus r. sav."]

    asked = emu.last(ona)
    for _ in range(2):
        emu.click(ona, "Vilniaus r. sav.", message=asked)
        await desk.settle()

    assert desk.ticket(ona).municipality == "Vilniaus r. sav."
    assert desk.texts(ona).count(desk.said(ona)) == 1


async def test_a_question_about_a_city_with_a_twin_asks_back_by_itself(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.say(ona, "Kada Kaune išmoka bus pervesta į Marsą?")
    await desk.settle()
    card = emu.last(ona)
    twins = ["Kauno m. sav.", "Kauno r. sav."]
    assert "Kuri savivaldybė – Kauno m. sav. ar Kauno r. sav.?" in (card.text or "")
    assert [each for each in _buttons(emu, ona, card) if each in twins] == twins

    emu.click(ona, "Kauno r. sav.", message=card)
    await desk.settle()

    assert desk.ticket(ona).municipality == "Kauno r. sav."
    left = next(row for row in emu.messages(ona) if row.message_id == card.message_id)
    assert "Kuri savivaldybė" not in (left.text or "")
    assert not set(twins) & set(_buttons(emu, ona, card))


@pytest.mark.usefixtures("card")
async def test_a_municipality_is_remembered_for_the_next_question(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    for text in ("Zarasų r.", "O kada išmoka bus pervesta į Marsą?"):
        emu.say(ona, text)
        await desk.settle()

    first, second = desk.tickets(ona)
    assert first.municipality == second.municipality == "Zarasų r. sav."


async def test_what_is_no_municipality_is_filed_where_it_was_asked(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    emu.click(ona, "Nurodyti savivaldybę", message=card)
    await desk.settle()
    emu.reply(ona, emu.last(ona), "Veikiame keliose iš karto")
    await desk.settle()

    assert desk.articles(desk.ticket(ona))[-1] == ("inbound", "Veikiame keliose iš karto")


# About what, and which --------------------------------------------------------------------------


async def test_a_pressed_topic_moves_the_question_to_its_queue(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    topics = _buttons(emu, ona, card)[:-3]
    for topic in topics:
        emu.click(ona, topic, message=card)
    await desk.settle()

    queue = desk.ticket(ona).queue
    assert desk.app.texts.line(f"topic-{queue}", "lt") == topics[-1]
    assert "Tema – " in (emu.messages(ona)[1].text or "")


@pytest.mark.usefixtures("card")
async def test_a_question_set_apart_is_asked_about_no_more(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")
    await desk.settle()
    second = emu.last(ona)

    emu.click(ona, "Tai naujas klausimas", message=second)
    await desk.settle()

    assert [ticket.status for ticket in desk.tickets(ona)] == [Status.NEW, Status.NEW]
    assert not any(text.startswith("Tai ") for text in _buttons(emu, ona, second))


async def test_between_several_matters_nobody_guesses(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    for text in (UNKNOWN, "O kada išmoka bus pervesta į Marsą?"):
        emu.say(ona, text)
        await desk.settle()
    emu.reply(jonas, emu.last(forum), "Kuriais metais?")
    await desk.settle()

    emu.say(ona, "Tais pačiais kaip pernai")
    await desk.settle()

    first, second, third = desk.tickets(ona)
    assert desk.articles(third) == [("inbound", "Tais pačiais kaip pernai")]
    asked = _buttons(emu, ona, emu.last(ona))
    parts = [f"Tai {ticket.reference} dalis" for ticket in (second, first)]
    assert asked[:3] == ["Tai naujas klausimas", *parts]


async def test_a_cancelled_question_is_settled_and_comes_back_by_a_reply(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    for _ in range(2):
        emu.click(ona, "Atšaukti klausimą", message=card)
    await desk.settle()
    assert desk.ticket(ona).status is Status.RESOLVED
    assert _buttons(emu, ona, card) == []

    emu.reply(ona, emu.last(ona), "Vis dėlto norėčiau sužinoti.")
    await desk.settle()

    assert desk.ticket(ona).status is Status.NEW


# A call -------------------------------------------------------------------------------------------


async def test_a_wish_to_be_called_reaches_the_consultants_and_can_be_cancelled(
    desk: Desk, emu: Emulator, forum: Chat, ona: User, card: Message
) -> None:
    emu.click(ona, "📞 Paskambinkite man", message=card)
    await desk.settle()
    emu.say(ona, "8 612 34567, geriausia po pietų")
    await desk.settle()

    reference = desk.ticket(ona).reference
    assert desk.said(ona) == (
        "Paskambinsime numeriu +37061234567: 2026 m. lapkričio 23 d., 12:00–18:00. "
        f"Klausimas {reference}.\n\nJei patogiau kitu laiku, paspauskite."
    )
    assert desk.articles(desk.ticket(ona))[-1] == (
        "inbound",
        "☎ +37061234567 · 2026-11-23 12:00–18:00\n\n8 612 34567, geriausia po pietų",
    )
    told = [text for text in desk.texts(forum) if text.startswith(reference)]
    assert "📞 Paskambinti +37061234567: 2026 m. lapkričio 23 d., 12:00–18:00" in told[0]
    assert "☎ +37061234567" in told[-1]

    confirmed = emu.last(ona)
    for _ in range(2):
        emu.click(ona, "Neskambinkite", message=confirmed)
    await desk.settle()

    assert desk.said(ona).startswith("Neskambinsime.")
    assert desk.articles(desk.ticket(ona))[-1] == ("inbound", "☎ ✕ +37061234567")
    assert not any("📞" in text for text in desk.texts(forum))


async def test_a_number_can_be_sent_by_a_press_and_another_time_chosen(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    emu.click(ona, "📞 Paskambinkite man", message=card)
    await desk.settle()
    emu.send_contact(ona, "37061234567")
    await desk.settle()
    offered = emu.last(ona)

    for _ in range(2):
        emu.click(ona, "2026 m. lapkričio 24 d., 09:00–12:00", message=offered)
    await desk.settle()

    [wish] = desk.read(lambda uow: uow.calls.of_ticket(desk.ticket(ona).id))
    assert (wish.phone, f"{wish.ends_at:%d %H:%M}") == ("+37061234567", "24 10:00")
    assert [text for _, text in desk.articles(desk.ticket(ona))][1:] == [
        "☎ +37061234567 · 2026-11-23 12:00–18:00",
        "☎ +37061234567 · 2026-11-24 09:00–12:00",
    ]


async def test_a_wrong_number_is_asked_again_and_other_words_are_a_message(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    emu.click(ona, "📞 Paskambinkite man", message=card)
    await desk.settle()
    emu.say(ona, "12345")
    await desk.settle()
    assert desk.said(ona).startswith("Šiuo numeriu paskambinti nepavyktų.")

    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")
    await desk.settle()

    assert len(desk.tickets(ona)) == 2


async def test_what_belongs_to_others_cannot_be_pressed(
    desk: Desk, emu: Emulator, ona: User, card: Message
) -> None:
    emu.click(ona, "📞 Paskambinkite man", message=card)
    await desk.settle()
    emu.say(ona, "+370 612 34567")
    await desk.settle()
    petras = emu.user("Petras")
    emu.say(petras, "/pagalba")
    await desk.settle()
    before = (desk.tickets(ona), desk.articles(desk.ticket(ona)), len(emu.messages(petras)))

    for data in (
        *("m:call:1", "m:cancel:1", "m:places:1", "m:place:1-3", "m:apart:1", "m:uncall:1"),
        *("m:when:1-soon", "p:1:topic:finansai", "m:place:1-999", "m:phone:+37061234567"),
        *("m:when:1-20261124c", "m:call:0", "p:1:municipality:kaunas"),
    ):
        emu.forge(petras, emu.last(petras), data)
    await desk.settle()

    after = (desk.tickets(ona), desk.articles(desk.ticket(ona)), len(emu.messages(petras)))
    assert after == before
    assert {row.reason for row in desk.inbox()[-13:]} == {"refused", "forged"}
