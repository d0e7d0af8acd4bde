"""`/klausejas`: for whom a ticket is asked, written in its topic and seen on its card."""

from aiogram.types import Chat

from handlers.domain.organisations import AskerType, Details
from tests.builders import NOON
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


async def test_for_whom_it_is_asked_is_written_in_the_topic_and_seen_on_the_card(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    ona, rasa = emu.user("Ona"), emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    card, heard = emu.last(forum), len(emu.messages(ona))
    with desk.app.units.begin() as uow:
        details = Details(
            name="Pievų bendruomenė", kind=AskerType.COMMUNITY, municipality="Zarasų r. sav."
        )
        uow.organisations.add(details, at=NOON)
        uow.commit()

    def shown() -> str:
        [found] = [row for row in emu.messages(forum) if row.message_id == card.message_id]
        return found.text or ""

    before = shown()
    for line in ("/klausejas taryba", "/klausejas pievu bendruomene", "/klausejas kita"):
        emu.say(rasa, line, chat=forum, topic=card.message_thread_id)
        await desk.settle()
    after = shown()
    (ticket,) = desk.read(lambda uow: uow.tickets.rows())
    for wrong in ("/klausejas", "/klausejas Nežinoma bendruomenė"):
        emu.say(rasa, wrong, chat=forum, topic=card.message_thread_id)
        await desk.settle()
    said = desk.texts(forum)

    assert "Ona · „Telegram“\n" in before
    assert "Ona · „Telegram“ · Zarasų r. sav. · kita · Pievų bendruomenė" in after
    assert (ticket.asker_type, ticket.organisation) == (AskerType.OTHER, 1)
    assert len(emu.messages(ona)) == heard, "the asker hears nothing of it"
    assert any("savivaldybe, taryba, valstybe, kita." in text for text in said)
    assert any("Organizacijos „Nežinoma bendruomenė“ kortelės nėra." in text for text in said)


async def test_outside_of_a_topic_nobody_can_tell_whose_ticket_is_meant(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    rasa = emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa)

    emu.say(rasa, "/klausejas nvo", chat=forum)
    await desk.settle()

    assert len([row for row in emu.messages(forum) if row.from_user == emu.bot]) == 1
