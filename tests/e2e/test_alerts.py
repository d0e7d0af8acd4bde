"""A trouble of one channel is told on another, by the whole service, once, with an all-clear."""

from pathlib import Path

from tests.e2e.correspondent import text_of
from tests.e2e.desk import Town, appoint, newcomer, submission
from tests.e2e.helpdesk import installed
from tests.e2e.nursery import Nursery
from tests.telegram_emulator.faults import BadGateway
from tests.telegram_emulator.threaded import EmulatorThread


def test_when_telegram_is_silent_the_coordinator_gets_a_mail_and_nobody_else(
    tmp_path: Path, town: Town, telegram_thread: EmulatorThread, nursery: Nursery
) -> None:
    room = telegram_thread.run(lambda telegram: telegram.forum())
    silence = telegram_thread.run(
        lambda telegram: telegram.fault("getUpdates", BadGateway(), times=None)
    )
    settings = {
        **submission(town.postfix),
        "MAIL_ADDRESS": "pagalba@nvo.test",
        "TELEGRAM_TOKEN": telegram_thread.token,
        "TELEGRAM_API": telegram_thread.url,
        "TELEGRAM_STAFF_CHAT": str(room.id),
        "ALERT_SECONDS": "0.2",
        "WEB_PORT": "0",
    }
    with installed(tmp_path, settings) as helpdesk:
        helpdesk.launch = nursery.launch
        dalia, ruta = newcomer(helpdesk, town, "Dalia"), newcomer(helpdesk, town, "Rūta")
        appoint(helpdesk, "Dalia", dalia.address, queue="bendra", role="coordinator")
        appoint(helpdesk, "Rūta", ruta.address, queue="bendra")
        helpdesk.start()

        told = dalia.wait_for("„Telegram“ neveikia")
        telegram_thread.run(lambda _: silence.lift())
        over = dalia.wait_for("„Telegram“ vėl veikia")

        assert [text_of(mail) for mail in dalia.mails()] == [text_of(told), text_of(over)]
        assert [mail["Auto-Submitted"] for mail in (told, over)] == ["auto-generated"] * 2
        assert ruta.mails() == []
