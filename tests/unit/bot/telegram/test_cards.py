"""What a press or an answer in the staff chat changes there, and at the member's."""

import pytest
from aiogram.types import Chat, Message, User

from handlers.domain.tickets import Status
from knowledge_base.routes import Condition, Route
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import BadGateway, DropAfter, Refuse
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.conftest import DeskMaker
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


@pytest.fixture
def jonas(desk: Desk, emu: Emulator, forum: Chat) -> User:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    return jonas


@pytest.fixture
async def card(desk: Desk, emu: Emulator, forum: Chat, ona: User) -> Message:
    emu.say(ona, UNKNOWN)
    await desk.settle()
    return emu.last(forum)


def _now(emu: Emulator, message: Message) -> Message:
    return next(
        each for each in emu.messages(message.chat) if each.message_id == message.message_id
    )


def _buttons(message: Message) -> list[list[str]]:
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else []
    return [[button.text for button in row] for row in keyboard]


async def test_a_press_changes_the_card_in_place(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User
) -> None:
    before = len(emu.messages(forum))
    assert _buttons(card)[-2:] == [["Imu", "Perduoti…"], ["Išspręsta", "Šlamštas"]]

    emu.click(jonas, "Imu", message=card)
    await desk.settle()

    taken = _now(emu, card)
    assert "Konsultuoja: Jonas" in (taken.text or "")
    assert _buttons(taken)[-2:] == [["Grąžinti į eilę", "Perduoti…"], ["Išspręsta", "Šlamštas"]]
    emu.click(jonas, "Išspręsta", message=taken)
    await desk.settle()
    assert "✅ Išspręsta" in (_now(emu, card).text or "")
    assert _buttons(_now(emu, card)) == [["Atverti iš naujo"]]
    assert len(emu.messages(forum)) == before


async def test_a_route_is_undone_by_a_press(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User, ona: User
) -> None:
    lithuanian = ((Condition.LANGUAGE, ("lt",)),)
    route = Route(name="visi", queue="finansai", conditions=lithuanian, source="Bandymas")
    with desk.app.units.begin() as uow:
        uow.routes.put(route, at=desk.app.clock.now(), by="rasa")
        uow.commit()
    emu.say(ona, UNKNOWN)
    await desk.settle()
    card = emu.last(forum)

    for button in ("Perduoti…", "Atšaukti maršrutą"):
        emu.click(jonas, button, message=_now(emu, card))
        await desk.settle()

    with desk.app.units.begin_reading() as uow:
        (ticket,) = uow.tickets.rows()
        events = [event.type for event in uow.tickets.events(ticket.id)]
    assert (ticket.queue, events[-1]) == ("bendra", "unrouted")
    emu.click(jonas, "Perduoti…", message=_now(emu, card))
    await desk.settle()
    assert ["Atšaukti maršrutą"] not in _buttons(_now(emu, card))


async def test_several_presses_are_one_edit(
    desk: Desk, emu: Emulator, card: Message, jonas: User
) -> None:
    for button in ("Imu", "Išspręsta"):
        emu.click(jonas, button, message=card)
    for _ in range(3):
        await desk.receive()
    while await desk.work():
        pass

    await desk.settle()

    edits = [
        c for c in emu.calls("editMessageText") if str(c.arguments["chat_id"]) == str(card.chat.id)
    ]
    assert len(edits) == 1


async def test_a_ticket_is_released_and_reopened(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User
) -> None:
    for button, status in (
        ("Imu", Status.OPEN),
        ("Grąžinti į eilę", Status.NEW),
        ("Šlamštas", Status.SPAM),
        ("Atverti iš naujo", Status.NEW),
    ):
        emu.click(jonas, button, message=_now(emu, card))
        await desk.settle()
        assert desk.ticket(ona).status is status


async def test_a_ticket_is_given_to_another_queue_from_a_list(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User
) -> None:
    emu.click(jonas, "Perduoti…", message=card)
    await desk.settle()
    assert _buttons(_now(emu, card)) == [["Mokymai"], ["Jautrūs pranešimai"], ["← Atgal"]]

    emu.click(jonas, "Mokymai", message=_now(emu, card))
    await desk.settle()

    assert (desk.ticket(ona).queue, desk.ticket(ona).status) == ("mokymai", Status.NEW)


async def test_what_goes_to_a_restricted_queue_disappears_from_the_group(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    emu.click(jonas, "Perduoti…", message=card)
    await desk.settle()
    emu.click(jonas, "Jautrūs pranešimai", message=_now(emu, card))

    await desk.settle()

    assert desk.ticket(ona).queue == "jautri"
    assert UNKNOWN not in "\n".join(desk.texts(forum))
    assert [m.text for m in emu.messages(forum) if m.text] == []


async def test_the_members_card_tells_how_far_the_matter_is(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User
) -> None:
    told = emu.last(ona)
    emu.click(jonas, "Imu", message=card)
    await desk.settle()
    assert (_now(emu, told).text or "").endswith("👤 Klausimą paėmė konsultantas.")

    emu.reply(jonas, card, "Bilietas kainuoja 5 eurus.")
    await desk.settle()

    assert (_now(emu, told).text or "").endswith("✅ Atsakyta.")


async def test_a_candidate_is_sent_as_the_consultants_answer(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User, ona: User
) -> None:
    emu.say(ona, desk.near())
    await desk.settle()
    shown = emu.last(forum)
    first = next(row[0] for row in _buttons(shown) if row[0].startswith("➤"))

    emu.click(jonas, first, message=shown)
    emu.click(jonas, first, message=shown)
    await desk.settle()

    ticket = desk.ticket(ona)
    [answer] = [a for a in desk.read(lambda uow: uow.tickets.articles(ticket.id)) if a.consultant]
    assert (ticket.status, answer.author, answer.entry_version) == (Status.WAITING, "Jonas", 1)
    assert desk.said(ona).startswith(f"Atsakymas · {ticket.reference} · Jonas\n\n")
    assert answer.text in desk.said(ona)


async def test_a_consultant_who_edits_an_answer_corrects_it_at_the_members(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User
) -> None:
    written = emu.reply(jonas, card, "Bilietas kainuoja 5 eurus.")
    await desk.settle()
    answer = emu.last(ona)

    emu.edit(jonas, written, "Bilietas kainuoja 6 eurus.")
    await desk.settle()

    assert "kainuoja 6 eurus" in (_now(emu, answer).text or "")
    assert emu.last(ona).message_id == answer.message_id
    assert [text for kind, text in desk.articles(desk.ticket(ona)) if kind == "reply"] == [
        "Bilietas kainuoja 5 eurus.",
        "Bilietas kainuoja 6 eurus.",
    ]


async def test_an_edited_note_stays_a_note(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    note = emu.say(jonas, "Kas nors žino?", chat=forum, topic=card.message_thread_id)
    await desk.settle()

    emu.edit(jonas, note, "Gal kas nors žino?")
    await desk.settle()

    assert [kind for kind, _ in desk.articles(desk.ticket(ona))] == ["inbound", "note", "note"]


async def test_an_answer_that_did_not_arrive_can_be_sent_again(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    def to_ona(arguments: dict[str, object]) -> bool:
        return str(arguments["chat_id"]) == str(ona.id)

    emu.fault("sendMessage", Refuse(400, "Bad Request: strange"), when=to_ona)
    emu.reply(jonas, card, "Bilietas kainuoja 5 eurus.")
    await desk.settle()
    warning = emu.last(forum)
    assert _buttons(warning) == [["Kartoti"]]

    emu.click(jonas, "Kartoti", message=warning)
    await desk.settle()

    assert "Bilietas kainuoja 5 eurus." in desk.said(ona)


async def test_a_deleted_topic_is_opened_again_with_its_card(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    assert card.message_thread_id is not None
    emu.delete_topic(forum, card.message_thread_id)
    emu.reply(ona, emu.last(ona), "Skristume dviese.")
    emu.reply(ona, emu.last(ona), "Arba trise.")

    await desk.settle()

    [topic] = emu.world.rooms[forum.id].topics.values()
    said = [m.text or "" for m in emu.messages(forum) if m.message_thread_id == topic.id and m.text]
    assert [text.split("\n\n")[2] for text in said] == [UNKNOWN, "Skristume dviese.", "Arba trise."]
    emu.reply(jonas, emu.last(forum), "Gerai.")
    await desk.settle()
    assert "Gerai." in desk.said(ona)


async def test_where_no_new_topic_can_be_opened_the_group_has_to_do(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, ona: User
) -> None:
    assert card.message_thread_id is not None
    emu.delete_topic(forum, card.message_thread_id)
    emu.promote(forum, rights=())
    emu.reply(ona, emu.last(ona), "Skristume dviese.")

    await desk.settle()

    said = [message for message in emu.messages(forum) if message.text]
    assert {message.message_thread_id for message in said} == {None}
    assert "Skristume dviese." in "\n".join(desk.texts(forum))


@pytest.mark.parametrize("effect", [DropAfter(), BadGateway()])
async def test_an_edit_of_unknown_outcome_is_made_again(
    desk: Desk, emu: Emulator, card: Message, jonas: User, effect: DropAfter | BadGateway
) -> None:
    emu.fault("editMessageText", effect)
    emu.click(jonas, "Imu", message=card)
    await desk.settle()

    desk.clock.advance_minutes(1)
    await desk.settle()

    assert "Konsultuoja: Jonas" in (_now(emu, card).text or "")


# Time to think again ------------------------------------------------------------------------------


@pytest.fixture
def slow(desk_with: DeskMaker, forum: Chat) -> Desk:
    """Open a desk where an answer can be taken back for half a minute."""
    return desk_with(forum, telegram_undo_seconds=30)


@pytest.fixture
async def written(slow: Desk, emu: Emulator, forum: Chat, ona: User) -> Message:
    """Return what the bot said under an answer that has not left."""
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    slow.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await slow.settle()
    emu.reply(jonas, emu.last(forum), "Bilietas kainuoja 5 eurus.")
    await slow.settle()
    return emu.last(forum)


async def test_an_answer_leaves_after_half_a_minute(
    slow: Desk, emu: Emulator, written: Message, ona: User
) -> None:
    assert (written.text or "").endswith("atsakymas išeis po 30 sekundžių")
    assert "5 eurus" not in "\n".join(slow.texts(ona))

    slow.clock.advance_seconds(30)
    await slow.settle()

    assert "5 eurus" in slow.said(ona)
    assert (_now(emu, written).text or "").endswith("atsakymas pristatytas")
    assert _buttons(_now(emu, written)) == []


async def test_an_answer_taken_back_never_leaves(
    slow: Desk, emu: Emulator, written: Message, ona: User
) -> None:
    jonas = next(user for user in emu.world.people.values() if user.first_name == "Jonas")
    emu.click(jonas, "Atšaukti", message=written)
    await slow.settle()
    slow.clock.advance_minutes(5)
    await slow.settle()

    assert "5 eurus" not in "\n".join(slow.texts(ona))
    assert slow.articles(slow.ticket(ona))[-1] == ("note", "Bilietas kainuoja 5 eurus.")
    assert slow.ticket(ona).status is Status.OPEN
    assert "atsakymas atšauktas" in (_now(emu, written).text or "")


async def test_an_answer_that_left_cannot_be_taken_back(
    slow: Desk, emu: Emulator, forum: Chat, written: Message, ona: User
) -> None:
    jonas = next(user for user in emu.world.people.values() if user.first_name == "Jonas")
    slow.clock.advance_seconds(30)
    emu.click(jonas, "Atšaukti", message=written)
    await slow.relay()
    await slow.settle()

    assert "jau išsiųstas" in "\n".join(slow.texts(forum))
    assert "5 eurus" in "\n".join(slow.texts(ona))


async def test_not_even_a_file_or_the_beginning_of_a_long_text_stays_in_the_group(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User, ona: User
) -> None:
    """Only the last part of a long message, and no file, can be changed in place."""
    emu.send(ona, Attachment(name="slapta.pdf"), caption="Slaptas priedas")
    await desk.settle()
    emu.reply(ona, emu.last(ona), "Slaptas pradas. " * 256)
    await desk.settle()
    [ticket] = desk.tickets(ona)

    with desk.app.units.begin() as uow:
        who = uow.consultants.by_telegram(str(jonas.id))
        assert who is not None
        desk.app.desk.transfer(uow, ticket.id, who, queue="jautri")
        uow.commit()
    await desk.settle()

    left = [m for m in emu.messages(forum) if m.document or "lapt" in f"{m.text}{m.caption}"]
    assert left == []
    assert emu.calls("createForumTopic")[1:] == []
