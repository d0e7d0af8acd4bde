"""Trainings in the private chat: listed, taken and given up, by buttons and by words."""

from datetime import date, time

from handlers.domain.trainings import Seat, Training
from tests.builders import NOON
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import Desk

TRAINING = Training(
    id="m1",
    title="NVO tarybų mokymai",
    days=(date(2098, 12, 1), date(2098, 12, 2)),
    begins=time(9),
    ends=time(16),
    municipality="Zarasų r. sav.",
    place="Savivaldybės salė",
    seats=1,
)


async def test_a_member_takes_a_seat_by_a_button_and_gives_it_up_by_a_word(
    desk: Desk, emu: Emulator
) -> None:
    ona = emu.user("Ona")
    with desk.app.units.begin() as uow:
        uow.trainings.put(TRAINING, at=NOON, by="rasa")
        uow.commit()

    emu.say(ona, "/mokymai")
    await desk.settle()
    listed = desk.said(ona)
    emu.click(ona, "Registruotis: m1")
    await desk.settle()
    seated = desk.said(ona)
    emu.say(ona, "atsisakau")
    await desk.settle()

    assert listed.endswith(
        "m1 · NVO tarybų mokymai (dviejų dienų mokymai)\n"
        "2098 m. gruodžio 1 d. ir 2098 m. gruodžio 2 d., 09:00–16:00\n"
        "Savivaldybės salė (Zarasų r. sav.). Laisvų vietų: 1."
    )
    assert seated.startswith("Užregistravome Jus į mokymus „NVO tarybų mokymai“ (kodas m1).")
    assert desk.said(ona).startswith("Mokymuose „NVO tarybų mokymai“ Jūs nedalyvausite")
    with desk.app.units.begin() as uow:
        assert [each.seat for each in uow.trainings.enrolments("m1")] == [Seat.LEFT]
