"""A trouble of one channel is told on another, by the whole service, once, with an all-clear."""

from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.policy import BREAKER_FROM
from handlers.ports import UnitOfWork
from tests.e2e.correspondent import text_of
from tests.e2e.desk import Town, appoint, mailbox, newcomer, submission
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
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
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


def test_when_machines_write_more_than_people_they_are_stopped_and_the_coordinator_told(
    tmp_path: Path, town: Town, nursery: Nursery
) -> None:
    account = town.dovecot.new_account()
    settings = {
        **mailbox(account, town.dovecot),
        **submission(town.postfix),
        "WEB_PORT": "0",
    }
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
        helpdesk.secrets.add(account.address)
        helpdesk.expected_errors.add("automatic mail is held: more goes out than comes in")
        dalia, ona = newcomer(helpdesk, town, "Dalia"), newcomer(helpdesk, town, "Ona")
        appoint(helpdesk, "Dalia", dalia.address, queue="bendra", role="coordinator")
        helpdesk.change(_owe_notices)
        helpdesk.start()

        told = dalia.wait_for("Automatiniai laiškai sulaikyti")
        ona.write(account.address, "Kodėl mūsų katinas miega ant stogo?")
        card = dalia.wait_for("Kodėl mūsų katinas")

        assert told["Auto-Submitted"] == "auto-generated"
        [ticket] = helpdesk.tickets_of(ona.address)
        assert ticket["reference"] in str(card["Subject"])
        assert ona.mails() == []


def _owe_notices(uow: UnitOfWork) -> None:
    """Owe as many automatic mails as trip the breaker; none of them leaves today."""
    now = SystemClock().now()
    for number in range(BREAKER_FROM):
        uow.outbox.owe(
            Owed(
                kind=Kind.NOTICE,
                channel=Channel.MAIL,
                to=f"robotas{number}@nisc.test",
                key=Key.HANDED_OVER,
                values={},
                language="lt",
                at=now,
                not_before=now + timedelta(days=1),
            )
        )
