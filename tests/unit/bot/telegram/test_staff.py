"""The consultants' forum: topics, cards, replies, notes, buttons."""

import pytest
from aiogram.types import Chat, Message, User

from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


@pytest.fixture
def jonas(desk: Desk, emu: Emulator, forum: Chat) -> User:
    """Return a consultant who works in the forum."""
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    return jonas


@pytest.fixture
async def card(desk: Desk, emu: Emulator, forum: Chat, ona: User) -> Message:
    """Return the card of a question nobody could answer."""
    emu.say(ona, UNKNOWN)
    await desk.settle()
    return emu.last(forum)


def _topic(card: Message) -> int:
    assert card.message_thread_id is not None
    return card.message_thread_id


async def test_a_ticket_opens_one_topic_with_its_card(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, ona: User
) -> None:
    ticket = desk.ticket(ona)
    [topic] = emu.world.rooms[forum.id].topics.values()

    assert topic.name == f"{ticket.reference} · Kita, neatpažinta, kontaktai"
    assert desk.said(forum).startswith(
        f"{ticket.reference} · Kita, neatpažinta, kontaktai\n\nOna · „Telegram“\n\n{UNKNOWN}\n\n"
    )
    assert desk.said(forum).endswith(
        "Atsakymas į šią žinutę išsiunčiamas klausiančiajam. Kitos žinutės temoje lieka pastabos."
    )
    assert [mark.type for mark in card.entities or ()] == ["bold", "blockquote"]


async def test_a_reply_to_the_card_reaches_the_member(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User
) -> None:
    emu.reply(jonas, card, "Bilietas kainuoja 5 eurus.")

    await desk.settle()

    ticket = desk.ticket(ona)
    assert ticket.status is Status.WAITING
    assert desk.said(ona) == (
        f"Atsakymas · {ticket.reference} · Jonas\n\nBilietas kainuoja 5 eurus.\n\n"
        "Norėdami patikslinti, atsakykite į šią žinutę."
    )


async def test_the_member_answers_and_the_consultant_sees_it_in_the_topic(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    emu.reply(jonas, card, "Iš kur skrisite?")
    await desk.settle()

    emu.say(ona, "Iš Kauno.")
    await desk.settle()

    told = emu.last(forum)
    assert told.message_thread_id == _topic(card)
    assert desk.said(forum).startswith(f"{desk.ticket(ona).reference} papildytas")
    emu.reply(jonas, told, "Tada 7 eurus.")
    await desk.settle()
    assert "Tada 7 eurus." in desk.said(ona)


async def test_a_plain_message_is_a_note(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    before = len(emu.messages(ona))
    emu.say(jonas, "Kas nors žino?", chat=forum, topic=_topic(card))

    await desk.settle()

    assert desk.articles(desk.ticket(ona))[-1] == ("note", "Kas nors žino?")
    assert len(emu.messages(ona)) == before


async def test_a_reply_to_a_colleague_is_a_note(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    note = emu.say(jonas, "Kas nors žino?", chat=forum, topic=_topic(card))
    emu.reply(jonas, note, "Aš nežinau.")

    await desk.settle()

    assert [kind for kind, _ in desk.articles(desk.ticket(ona))] == ["inbound", "note", "note"]


async def test_a_command_is_never_sent_to_the_member(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User
) -> None:
    emu.reply(jonas, card, "/imu")

    await desk.settle()

    assert desk.articles(desk.ticket(ona))[-1] == ("note", "/imu")


async def test_a_reply_to_a_refusal_is_a_note(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    stranger = emu.user("Svetimas")
    emu.join(forum, stranger)
    emu.reply(stranger, card, "Aš irgi galiu atsakyti")
    await desk.settle()
    refused = emu.last(forum)
    assert desk.said(forum).startswith("Neatlikta\n\nŠi paskyra nesusieta su konsultantu")

    emu.reply(jonas, refused, "Kas tai buvo?")
    await desk.settle()

    assert [kind for kind, _ in desk.articles(desk.ticket(ona))] == ["inbound", "note"]


async def test_anonymous_administrators_are_refused(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    emu.make_anonymous(forum, jonas)
    emu.reply(jonas, card, "Atsakau paslapčia")

    await desk.settle()

    assert len(desk.articles(desk.ticket(ona))) == 1
    assert "išjunkite anonimiškumą" in desk.said(forum)


@pytest.mark.parametrize(
    ("button", "status"),
    [("Imu", Status.OPEN), ("Išspręsta", Status.RESOLVED), ("Šlamštas", Status.SPAM)],
)
async def test_the_buttons_of_a_card_act(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User, button: str, status: Status
) -> None:
    emu.click(jonas, button, message=card)

    await desk.settle()

    assert desk.ticket(ona).status is status


async def test_a_strangers_press_is_refused(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, ona: User
) -> None:
    stranger = emu.user("Svetimas")
    emu.join(forum, stranger)

    emu.click(stranger, "Imu", message=card)
    await desk.settle()

    assert desk.ticket(ona).status is Status.NEW


@pytest.mark.parametrize("data", ["s:2:resolve", "s:99:take", "a:1:helped", "s:1:transfer", "x"])
async def test_a_forged_card_button_changes_nothing(
    desk: Desk, emu: Emulator, card: Message, jonas: User, ona: User, data: str
) -> None:
    petras = emu.user("Petras")
    emu.say(petras, UNKNOWN)
    await desk.settle()
    before = [desk.ticket(ona), desk.ticket(petras)]

    emu.forge(jonas, card, data)
    await desk.settle()

    assert [desk.ticket(ona), desk.ticket(petras)] == before


async def test_after_not_helped_the_consultant_sees_the_question_and_answers(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User, ona: User
) -> None:
    question = desk.answerable()
    emu.say(ona, question)
    await desk.settle()
    assert [m for m in emu.messages(forum) if m.text] == []

    emu.click(ona, "Nepadėjo")
    await desk.settle()
    told = emu.last(forum)
    assert question in desk.said(forum)
    emu.reply(jonas, told, "Paaiškinsiu plačiau.")
    await desk.settle()

    assert "Paaiškinsiu plačiau." in desk.said(ona)


async def test_files_travel_both_ways(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User, ona: User
) -> None:
    emu.send(ona, Attachment(name="forma.pdf", content=b"forma"), caption=UNKNOWN)
    await desk.settle()
    shown = emu.last(forum)
    assert shown.document is not None and shown.document.file_name == "forma.pdf"  # noqa: PT018

    emu.send(
        jonas,
        Attachment(name="atsakymas.pdf", content=b"atsakymas"),
        caption="Pildykite taip",
        chat=forum,
        reply_to=shown,
    )
    await desk.settle()

    assert [m.document.file_name for m in emu.messages(ona) if m.document][-1] == "atsakymas.pdf"
    assert "Pildykite taip" in "\n".join(desk.texts(ona))


async def test_words_in_general_and_in_foreign_groups_are_left_alone(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    elsewhere = emu.forum("Kita grupė", members=[jonas])
    emu.say(jonas, "Labas rytas visiems", chat=forum)
    emu.say(jonas, "Ar čia kas nors yra?", chat=elsewhere)

    await desk.settle()

    reasons = {row.reason for row in desk.inbox()}
    assert reasons <= {"no-ticket", "not-for-us", "own"}
    assert desk.outbox() == []


async def test_a_restricted_question_never_reaches_the_forum(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    emu.say(ona, "Prašau ištrinti visą susirašinėjimą su mumis")

    await desk.settle()

    assert emu.world.rooms[forum.id].topics == {}
    assert "atsakingas žmogus" in desk.said(ona)


async def test_without_topics_the_card_stands_in_the_group_and_can_be_answered(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User, ona: User
) -> None:
    emu.promote(forum, rights=())
    await desk.settle()
    emu.say(ona, UNKNOWN)
    await desk.settle()
    card = emu.last(forum)
    assert card.message_thread_id is None

    emu.reply(jonas, card, "Atsakau ir be temos.")
    await desk.settle()

    assert "Atsakau ir be temos." in desk.said(ona)
