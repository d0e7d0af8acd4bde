"""`/skambutis` and `/vizitas`: one line in, a card with what was understood out."""

from aiogram.types import Chat, Message

from handlers.domain.calls import CallState
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

LINE = "/skambutis Kauno 15 min Jonas iš „Bendruomenė X“: patarta dėl NVO žymos"


def _card(emu: Emulator, chat: Chat) -> Message:
    return next(each for each in emu.messages(chat) if "įrašytas" in (each.text or ""))


async def test_a_call_is_written_down_in_a_line_and_mended_by_a_press_and_a_reply(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    rasa = emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa)

    emu.say(rasa, LINE, chat=forum)
    await desk.settle()

    card = emu.last(forum)
    facts = (
        "Kalbėjo: Jonas",
        "Organizacija: „Bendruomenė X“",
        "Eilė: Steigimas, registracija, NVO žyma, JANGIS",
        "Trukmė: 15 min.",
        "Diena: 2026 m. lapkričio 23 d.",
        "Patarta: patarta dėl NVO žymos",
    )
    assert desk.said(forum).split("\n\n")[:3] == [
        "NVO-1 · skambutis įrašytas",
        "\n".join(facts),
        "Kuri savivaldybė? Paspauskite.",
    ]
    emu.click(rasa, "Kauno r. sav.", message=card)
    emu.reply(rasa, card, "20 min, 3 dalyviai")
    await desk.settle()

    shown = _card(emu, forum).text or ""
    assert "Savivaldybė: Kauno r. sav." in shown
    assert "Trukmė: 20 min.\nDalyvių: 3" in shown
    (ticket,) = desk.read(lambda uow: uow.tickets.rows())
    assert (ticket.municipality, ticket.status) == ("Kauno r. sav.", Status.RESOLVED)
    assert desk.articles(ticket) == [("call", "patarta dėl NVO žymos")]

    emu.click(rasa, "Atšaukti įrašą", message=_card(emu, forum))
    await desk.settle()
    assert desk.articles(ticket) == [("note", "patarta dėl NVO žymos")]


async def test_in_a_topic_a_visit_belongs_to_its_ticket_and_in_private_to_one_of_its_own(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    ona, rasa = emu.user("Ona"), emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    topic = emu.last(forum).message_thread_id
    before = desk.texts(ona)

    emu.say(
        rasa, "/vizitas 2 val. 12 dalyvių bibliotekoje: aptarta skrydis", chat=forum, topic=topic
    )
    emu.say(rasa, "/skambutis Zarasai 5 min: kvietimas")
    emu.say(ona, "/skambutis Zarasai 5 min: kvietimas")
    await desk.settle()

    asked = desk.ticket(ona)
    assert desk.articles(asked)[-1] == ("visit", "aptarta skrydis")
    assert asked.status is Status.WAITING
    assert "skambutis įrašytas" in desk.said(rasa)
    assert len(desk.read(lambda uow: uow.tickets.rows())) == 2
    assert len(desk.texts(ona)) == len(before) + 2
    assert "įrašytas" not in desk.said(ona)


async def test_a_line_whose_words_are_changed_is_mended_and_never_a_question(
    desk: Desk, emu: Emulator
) -> None:
    rasa = emu.user("Rasa")
    desk.consultant(rasa)
    said = emu.say(rasa, "/skambutis Zarasai 5 min Jonas: kvietimas")
    await desk.settle()

    emu.edit(rasa, said, "/skambutis Zarasai 25 min Jonas: kvietimas ir žyma")
    await desk.settle()

    (ticket,) = desk.read(lambda uow: uow.tickets.rows())
    assert desk.articles(ticket) == [("call", "kvietimas ir žyma")]
    assert "Trukmė: 25 min." in (emu.last(rasa).text or "")


async def test_what_is_restricted_is_shown_to_nobody_in_the_chat(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    rasa = emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa)

    emu.say(rasa, "/skambutis 5 min: prašė ištrinti visą susirašinėjimą su mumis", chat=forum)
    emu.say(rasa, "/skambutis", chat=forum)
    await desk.settle()

    (ticket,) = desk.read(lambda uow: uow.tickets.rows())
    assert ticket.queue == "privatumas"
    cards = [text for text in desk.texts(forum) if "skambutis įrašytas" in text]
    assert [("ištrinti" in text, "ribotai eilei" in text) for text in cards] == [(False, True)]
    assert desk.said(forum).startswith("Neatlikta")


async def test_a_typed_wish_to_be_called_is_noted_and_nobody_answers(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    ona, rasa = emu.user("Ona"), emu.user("Rasa")
    emu.join(forum, rasa)
    desk.consultant(rasa)

    emu.say(ona, "Prašau paskambinti rytoj ryte 8 612 34567, noriu skristi į Mėnulį")
    await desk.settle()
    assert "Paskambinsime numeriu +37061234567: 2026 m. lapkričio 24 d." in desk.said(ona)
    emu.click(ona, "Kuo greičiau")
    await desk.settle()

    card = next(each for each in emu.messages(forum) if "📞" in (each.text or ""))
    emu.click(rasa, "Neatsiliepė", message=card)
    await desk.settle()

    (wish,) = desk.read(lambda uow: uow.calls.of_ticket(desk.ticket(ona).id))
    assert (wish.missed, wish.starts_at is not None and wish.starts_at > desk.clock.now()) == (
        1,
        True,
    )
    emu.say(rasa, f"/skambutis {desk.ticket(ona).reference} 5 min: susitarta", chat=forum)
    await desk.settle()
    (wish,) = desk.read(lambda uow: uow.calls.of_ticket(desk.ticket(ona).id))
    assert wish.state is CallState.HELD
