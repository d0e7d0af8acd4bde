"""A consultant without a staff group works in the private chat with the bot, and stays a member."""

import pytest
from aiogram.types import User

from handlers.domain.outgoing import Kind
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.conftest import DeskMaker
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

RESTRICTED = "Prašau ištrinti visą susirašinėjimą su mumis"


@pytest.fixture
def lone(desk_with: DeskMaker) -> Desk:
    """Open a desk without any staff group."""
    return desk_with(mail_address="pagalba@example.org", smtp_host="localhost")


def _hire(desk: Desk, user: User, *queues: str) -> Consultant:
    """Let a person join; the bot may write only to who wrote to it first."""
    desk.emu.say(user, "/start")
    with desk.app.units.begin() as uow:
        who = desk.app.staff.add(
            uow,
            name=user.first_name,
            email=f"{user.id}@example.org",
            telegram=str(user.id),
            queues=frozenset(queues),
            signature=user.first_name,
        )
        uow.commit()
    return who


async def test_a_new_ticket_comes_to_the_private_chat_and_is_answered_there_by_reply(
    lone: Desk, emu: Emulator
) -> None:
    """Two see the card; one takes it; what the other's card says changes; no mail besides."""
    ona, jonas, rasa = emu.user("Ona"), emu.user("Jonas"), emu.user("Rasa")
    for user in (jonas, rasa):
        _hire(lone, user)
    emu.say(ona, UNKNOWN)
    await lone.settle()
    card = emu.last(jonas)
    assert UNKNOWN in (card.text or "")

    emu.click(jonas, "Imu", message=card)
    emu.click(rasa, "Imu", message=emu.last(rasa))
    await lone.settle()
    emu.reply(jonas, card, "Penki eurai.")
    await lone.settle()

    assert "Klausimo jau ėmėsi: Jonas." in lone.said(rasa)
    assert "Konsultuoja: Jonas" in lone.texts(rasa)[2]
    assert "Penki eurai." in lone.said(ona)
    assert [row.to for row in lone.outbox() if row.kind is Kind.STAFF_CARD] == [
        str(jonas.id),
        str(rasa.id),
    ]


async def test_a_consultant_who_asks_is_a_member_like_any_other(lone: Desk, emu: Emulator) -> None:
    """What does not reply to a consultant's message is the member's, whoever the member is."""
    ona, jonas, rasa = emu.user("Ona"), emu.user("Jonas"), emu.user("Rasa")
    for user in (jonas, rasa):
        _hire(lone, user)
    emu.say(ona, UNKNOWN)
    await lone.settle()
    card = emu.last(jonas)

    emu.say(jonas, "Ar bendruomenė gali prašyti paramos Marse?")
    await lone.settle()

    own = lone.ticket(jonas)
    assert lone.articles(lone.ticket(ona)) == [("inbound", UNKNOWN)]
    assert "Marse" in lone.said(rasa)
    assert not [text for text in lone.texts(jonas) if text.startswith(f"{own.reference} ·")]

    emu.reply(jonas, emu.last(jonas), "Dar vienas klausimas apie Marsą")
    emu.reply(jonas, card, "Penki eurai.")
    await lone.settle()

    assert [kind for kind, _ in lone.articles(own)] == ["inbound", "inbound"]
    assert lone.articles(lone.ticket(ona))[-1] == ("reply", "Penki eurai.")

    exported = str(lone.read(lambda uow: uow.personal_data.export(own.requester)))
    assert "Marse" in exported
    assert UNKNOWN not in exported


async def test_a_restricted_question_is_told_to_its_people_alone_and_without_a_word_of_it(
    lone: Desk, emu: Emulator
) -> None:
    ona, jonas, vida = emu.user("Ona"), emu.user("Jonas"), emu.user("Vida")
    _hire(lone, jonas)
    _hire(lone, vida, "privatumas")
    emu.say(ona, RESTRICTED)
    await lone.settle()
    before = lone.texts(ona)

    assert lone.said(jonas).startswith("Laba diena!")
    assert lone.said(vida).startswith(f"{lone.ticket(ona).reference} · yra naujų žinių")
    assert RESTRICTED not in "".join(lone.texts(vida))
    emu.reply(vida, emu.last(vida), "Gerai, ištrinsiu.")
    emu.say(vida, "/eile")
    await lone.settle()

    assert lone.texts(ona) == before
    assert lone.ticket(ona).reference in lone.said(vida)
    assert lone.articles(lone.ticket(ona))[-1] == ("note", "Gerai, ištrinsiu.")


async def test_what_a_private_chat_does_not_take_is_mailed_to_that_consultant(
    lone: Desk, emu: Emulator
) -> None:
    ona, jonas, rasa = emu.user("Ona"), emu.user("Jonas"), emu.user("Rasa")
    who = [_hire(lone, user) for user in (jonas, rasa)]
    emu.block(jonas)
    emu.say(ona, UNKNOWN)

    await lone.settle()

    asked = lone.ticket(ona).id
    mailed = [row.to for row in lone.outbox() if row.ticket == asked and "@" in row.to]
    assert mailed == [who[0].email]
    assert UNKNOWN in lone.said(rasa)


async def test_beside_a_group_private_work_is_a_choice(desk: Desk, emu: Emulator) -> None:
    ona, jonas = emu.user("Ona"), emu.user("Jonas")
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    emu.say(jonas, "/start")
    await desk.settle()
    assert UNKNOWN not in desk.said(jonas)

    emu.say(jonas, "/asmeniškai")
    emu.say(emu.user("Petras"), UNKNOWN)
    await desk.settle()
    card = emu.last(jonas)
    assert UNKNOWN in (card.text or "")

    emu.reply(jonas, card, "/juodrastis Penki eurai.")
    await desk.settle()
    emu.click(jonas, "Siųsti", message=emu.last(jonas))
    await desk.settle()
    petras = next(user for user in emu.world.people.values() if user.first_name == "Petras")
    assert "Penki eurai." in desk.said(petras)

    emu.say(jonas, "/asmeniskai")
    await desk.settle()
    assert "nebesiųsime" in desk.said(jonas)


async def test_a_members_command_of_the_desk_is_none(lone: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, "/eile")
    emu.say(ona, "/asmeniskai")

    await lone.settle()

    said = [m.text or "" for m in emu.messages(ona) if m.from_user != ona]
    assert [text.partition("\n")[0] for text in said] == ["Kaip tai veikia"] * 2
    assert lone.tickets(ona) == []


async def test_a_forged_button_in_a_private_chat_changes_nothing(lone: Desk, emu: Emulator) -> None:
    ona, jonas = emu.user("Ona"), emu.user("Jonas")
    _hire(lone, jonas)
    emu.say(ona, UNKNOWN)
    await lone.settle()

    for data in ("s:1:resolve", "s:1:draft_send:1", "l:queue:0"):
        emu.forge(ona, emu.last(ona), data)
    await lone.settle()

    assert lone.ticket(ona).status is Status.NEW
    assert "Laukia" not in lone.said(ona)
