"""A member names a mail address, types the code, and goes on where they like."""

from datetime import timedelta

import pytest
from aiogram.types import Chat

from handlers.domain.channels import Address, Channel
from handlers.domain.outgoing import Key, Outgoing
from handlers.domain.tickets import ArticleKind
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.conftest import DeskMaker
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

_MAIL = "ona@pavyzdys.lt"


@pytest.fixture
def desk(desk_with: DeskMaker, forum: Chat) -> Desk:
    """Open a desk that sends mail as well."""
    return desk_with(forum, mail_address="pagalba@example.org", smtp_host="127.0.0.1")


def mails(desk: Desk) -> list[Outgoing]:
    """Let the mails that are owed arrive, and return them."""
    with desk.app.units.begin() as uow:
        claimed = uow.outbox.claim(
            now=desk.clock.now(), lease=timedelta(minutes=1), limit=20, channels=[Channel.MAIL]
        )
        for mail in claimed:
            desk.app.deliveries.delivered(uow, mail, f"<{mail.id}@example.org>")
        uow.commit()
    return list(claimed)


async def test_a_typed_code_joins_the_chat_and_the_address(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, f"/susieti {_MAIL}")
    await desk.settle()
    [mail] = mails(desk)
    code = str(mail.values["code"])

    emu.say(ona, f"{code[:3]} {code[3:]}")
    await desk.settle()

    _, sent, _, linked = desk.texts(ona)
    assert "o•••@pavyzdys.lt" in sent
    assert linked.startswith("Susieta.")
    person = desk.read(lambda uow: uow.people.find(Address(Channel.MAIL, _MAIL)))
    assert person is not None
    assert set(person.addresses) == {
        Address(Channel.TELEGRAM, str(ona.id)),
        Address(Channel.MAIL, _MAIL),
    }
    assert [mail.key for mail in mails(desk)] == [Key.LINK_MADE]


async def test_six_digits_nobody_waits_for_are_a_question(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")

    emu.say(ona, "302 500")
    await desk.settle()

    assert desk.articles(desk.ticket(ona)) == [("inbound", "302 500")]


async def test_a_member_who_blocks_the_bot_is_answered_by_mail(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    ona, jonas = emu.user("Ona"), emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    with desk.app.units.begin() as uow:
        uow.people.add_address(desk.ticket(ona).requester, Address(Channel.MAIL, _MAIL))
        uow.commit()
    mails(desk)

    emu.block(ona)
    await desk.settle()
    card = next(m for m in emu.messages(forum) if m.text and UNKNOWN in m.text)
    emu.reply(jonas, card, "Labai brangiai.")
    await desk.settle()

    [mail] = [mail for mail in mails(desk) if mail.to == _MAIL]
    assert (mail.key, mail.values["text"]) == (Key.REPLY, "Labai brangiai.")
    thread = desk.read(lambda uow: uow.tickets.articles(desk.ticket(ona).id))
    assert [row.kind for row in thread] == [ArticleKind.INBOUND, ArticleKind.REPLY]


async def test_an_invitation_from_a_mail_is_followed_by_a_link(desk: Desk, emu: Emulator) -> None:
    petras = emu.user("Petras")

    emu.say(petras, "/start neverissued0123456789")
    await desk.settle()

    assert desk.said(petras).startswith("Nuoroda nebegalioja")


async def test_parting_is_said(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")

    emu.say(ona, "/atsieti")
    emu.say(ona, "/susieti")
    await desk.settle()

    assert [text.splitlines()[0] for text in desk.texts(ona)[2:]] == [
        "Ši paskyra su elektroniniu paštu nesusieta. Susiesite parašę /susieti ir savo adresą.",
        "Susieti su elektroniniu paštu",
    ]
