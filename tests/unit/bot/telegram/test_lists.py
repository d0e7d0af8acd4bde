"""What consultants ask for in their chats, and what the morning brings."""

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, User

from bot.settings import StaffChatSettings
from handlers.domain.ids import ConsultantId
from handlers.domain.outgoing import Key
from handlers.domain.tickets import NewTicket, Status
from handlers.upkeep import Reconciled
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.conftest import DeskMaker
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

TRAINING = "Kada bus mokymai apie savanorių koordinavimą Mėnulyje?"
RESTRICTED = "Prašau ištrinti visą susirašinėjimą su mumis"
_MAILBOX = Reconciled(
    source="INBOX", seen=7, missing=0, at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
)
MORNING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # 8:30 in Vilnius, a Monday


@pytest.fixture
def jonas(desk: Desk, emu: Emulator, forum: Chat) -> User:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    return jonas


async def _ask(desk: Desk, emu: Emulator, forum: Chat, who: User, command: str) -> list[str]:
    emu.say(who, command, chat=forum)
    await desk.settle()
    return desk.said(forum).split("\n\n")


async def _questions(desk: Desk, emu: Emulator, count: int, words: str = UNKNOWN) -> list[User]:
    members = [emu.user(f"Narė{number}") for number in range(count)]
    for member in members:
        emu.say(member, words)
    await desk.settle()
    return members


def _more_tickets(desk: Desk, count: int, *, owner: ConsultantId | None = None) -> None:
    """Open tickets that nobody was told of."""
    with desk.app.units.begin() as uow:
        (known,) = uow.tickets.rows(statuses=[Status.NEW], limit=1)
        for _ in range(count):
            uow.tickets.add(
                NewTicket(
                    status=Status.NEW if owner is None else Status.OPEN,
                    queue=known.queue,
                    requester=known.requester,
                    channel=known.channel,
                    language="lt",
                    subject="",
                    at=desk.clock.now(),
                    owner=owner,
                )
            )
        uow.commit()


async def test_the_queue_shows_who_waits_the_longest_first_with_links(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    await _questions(desk, emu, 1)
    desk.clock.advance_minutes(3 * 60)
    await _questions(desk, emu, 1)
    desk.clock.advance_minutes(20)

    said = await _ask(desk, emu, forum, jonas, "/eilė")

    queue = "Kita, neatpažinta, kontaktai"
    assert said == [
        "Laukia 2 klausimai",
        f"NVO-1 · {queue} · laukia 3 val.\nNVO-2 · {queue} · laukia 20 min.",
    ]
    marks = emu.last(forum).entities or []
    topics = list(emu.world.rooms[forum.id].topics)
    assert [mark.url for mark in marks if mark.type == "text_link"] == [
        f"https://t.me/c/{str(forum.id)[4:]}/{topic}" for topic in topics
    ]
    assert emu.last(forum).message_thread_id is None


async def test_a_list_asked_for_in_a_topic_is_shown_there(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    await _questions(desk, emu, 1)
    topic = emu.last(forum).message_thread_id
    emu.say(jonas, "/mano", chat=forum, topic=topic)

    await desk.settle()

    assert emu.last(forum).message_thread_id == topic
    assert desk.said(forum) == "Jonas · nebaigtų klausimų nėra"


async def test_restricted_questions_are_in_no_list_of_a_group(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    await _questions(desk, emu, 2, RESTRICTED)

    assert await _ask(desk, emu, forum, jonas, "/eile") == ["Niekas nelaukia"]
    assert "Gauta klausimų: 0" in (await _ask(desk, emu, forum, jonas, "/statistika"))[1]


async def test_a_long_list_is_turned_page_by_page_in_place_ones_own_by_oneself(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    rasa = emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa, email="rasa@example.org")
    await _questions(desk, emu, 1)
    _more_tickets(desk, 10)
    said = await _ask(desk, emu, forum, jonas, "/eile")
    shown = emu.last(forum)
    assert (len(said[1].split("\n")), said[2]) == (10, "1 puslapis iš 2")

    emu.click(rasa, "▶", message=shown)
    await desk.settle()

    assert desk.said(forum).split("\n\n")[1].startswith("NVO-11 ·")
    assert emu.last(forum).message_id == shown.message_id
    markup = emu.last(forum).reply_markup
    assert markup is not None
    assert [[key.text for key in row] for row in markup.inline_keyboard] == [["◀"]]

    _more_tickets(desk, 11, owner=ConsultantId(1))
    said = await _ask(desk, emu, forum, jonas, "/mano")
    assert said[0] == "Jonas · 11 nebaigtų klausimų"
    emu.click(rasa, "▶", message=emu.last(forum))
    await desk.settle()

    assert "Tai kito konsultanto sąrašas" in desk.said(forum)


async def test_the_week_in_figures(desk: Desk, emu: Emulator, forum: Chat, jonas: User) -> None:
    answered = emu.user("Atsakyta")
    emu.say(answered, desk.answerable())
    await _questions(desk, emu, 2)
    desk.clock.advance_minutes(90)
    card = next(m for m in emu.messages(forum) if UNKNOWN in (m.text or ""))
    emu.reply(jonas, card, "Penki eurai.")
    await desk.settle()

    assert await _ask(desk, emu, forum, jonas, "/statistika") == [
        "Pastarosios 7 dienos",
        "Gauta klausimų: 3\nAtsakyta automatiškai: 1\nAtsakė konsultantai: 1\nDabar laukia: 1",
        "Pirmojo konsultanto atsakymo laukta (mediana): 1 val. darbo laiko",
    ]


async def test_only_consultants_are_told(desk: Desk, emu: Emulator, forum: Chat) -> None:
    stranger = emu.user("Svetimas")
    emu.join(forum, stranger)
    await _questions(desk, emu, 1)

    assert (await _ask(desk, emu, forum, stranger, "/eile"))[0] == "Neatlikta"
    emu.make_anonymous(forum, stranger)
    assert "išjunkite anonimiškumą" in (await _ask(desk, emu, forum, stranger, "/mano"))[1]


# A group for some queues only ---------------------------------------------------------------------


@pytest.fixture
def narrow(desk_with: DeskMaker, forum: Chat) -> Desk:
    """Open a desk whose group serves training alone."""
    chat = StaffChatSettings(chat=str(forum.id), queues=("mokymai",))
    return desk_with(staff_chats=(chat,))


async def test_a_group_counts_only_its_own_queues(narrow: Desk, emu: Emulator, forum: Chat) -> None:
    rasa = emu.user("Rasa")
    emu.join(forum, rasa)
    narrow.consultant(rasa)
    await _questions(narrow, emu, 1)

    assert await _ask(narrow, emu, forum, rasa, "/eile") == ["Niekas nelaukia"]


# The morning --------------------------------------------------------------------------------------


def _tick(desk: Desk) -> None:
    with desk.app.units.begin() as uow:
        desk.app.digest.tell(uow)
        uow.commit()


async def test_the_morning_digest_comes_once_a_working_day(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    """Each minute, each process and each start asks for it; a key in the outbox answers."""
    desk.clock.moment = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)  # a Thursday
    await _questions(desk, emu, 2)
    desk.clock.moment = MORNING
    for _ in range(3):
        _tick(desk)
        desk.clock.advance_minutes(1)
    await desk.settle()

    told = [row for row in desk.outbox() if row.key == Key.STAFF_DIGEST]
    assert len(told) == 1
    assert desk.said(forum).split("\n\n") == [
        "Labas rytas!",
        "Laukia konsultanto: 2\nVėluoja: 0\nNepristatyta: 0",
        "Eilė: /eile, mano klausimai: /mano",
    ]


def test_at_other_times_nothing_is_told(desk: Desk) -> None:
    """Before the hour, when it is no morning any more, on a Sunday, on Christmas Eve."""
    for day, hour, minute in ((23, 6, 29), (23, 9, 30), (22, 6, 30)):
        desk.clock.moment = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
        _tick(desk)
    desk.clock.moment = datetime(2026, 12, 24, 6, 30, tzinfo=UTC)
    _tick(desk)

    assert desk.outbox() == []


async def test_the_digest_counts_what_is_late_what_did_not_arrive_and_lost_mail(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    desk.clock.moment = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
    ona, _ = await _questions(desk, emu, 2)
    card = next(m for m in emu.messages(forum) if UNKNOWN in (m.text or ""))
    emu.block(ona)
    emu.reply(jonas, card, "Penki eurai.")
    await desk.settle()
    with desk.app.units.begin() as uow:
        uow.reconciliations.save([_MAILBOX])
        uow.commit()

    desk.clock.moment = MORNING
    _tick(desk)
    await desk.settle()

    assert desk.said(forum).split("\n\n")[1:3] == [
        "Laukia konsultanto: 1\nVėluoja: 2\nNepristatyta: 1",
        "Paštas sutikrintas: 0 trūksta",
    ]
