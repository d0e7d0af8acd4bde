"""The arithmetic of a ticket's deadlines, as a consultant reads it."""

from datetime import timedelta

from handlers.domain.people import Consultant
from tests.unit.bot.console.desk import Desk, console_address, words_of


def test_a_consultant_reads_what_was_counted_what_was_not_and_what_is_left(
    desk: Desk, rasa: Consultant
) -> None:
    asked = desk.ask()
    address = console_address(asked)
    desk.clock.move(timedelta(hours=3))
    running = words_of(desk.client.get(address).text)
    text = {"text": "Taip.", "version": "1", "seen": "0"}
    desk.client.post(f"{address}/reply", data=text)
    desk.clock.move(timedelta(hours=1))
    paused = words_of(desk.client.get(address).text)
    desk.client.post(f"{address}/reopen")
    desk.clock.move(timedelta(days=10))
    desk.sign_in(rasa)

    late = words_of(desk.client.get(address).text)

    assert rasa.name in running
    assert (
        "Atsakyti Iki 2026-11-25 11:00, liko 15 val. 0 min. darbo laiko. "
        "Skaičiuojama nuo 2026-11-23 11:00: iš 18 val. 0 min. praėjo 3 val. 0 min. darbo laiko."
    ) in running
    assert "Atsakyti Padaryta 2026-11-23 14:00." in paused
    assert "Laikrodis stovi: eilė klausėjui. Liko 87 val. 0 min. darbo laiko." in paused
    assert "Neskaičiuojama nuo 2026-11-23 14:00." in paused
    assert "Atsakyti Vėluojama nuo 2026-11-25 15:00." in late
    assert "Neskaičiuota: 2026-11-23 14:00 – 2026-11-23 15:00." in late


def test_timers_of_the_real_application_tell_and_the_history_says_so(
    mailing_desk: Desk,
) -> None:
    rasa = mailing_desk.add_consultant()
    asked = mailing_desk.ask()
    mailing_desk.clock.move(timedelta(days=2, hours=1))

    told = mailing_desk.write(mailing_desk.app.deadline_watch.look)

    mailing_desk.sign_in(rasa)
    page = words_of(mailing_desk.client.get(console_address(asked)).text)
    assert told == 2
    assert "Priminta apie artėjantį terminą" in page
    assert "Apie praėjusį terminą pranešta koordinatoriui" in page
