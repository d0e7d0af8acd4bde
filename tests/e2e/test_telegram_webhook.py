"""Telegram brings updates to our own door: the same inbox, the same answers."""

from pathlib import Path

from tests.e2e.chat import Chatting
from tests.e2e.helpdesk import installed
from tests.e2e.nursery import Nursery
from tests.servers.loopback import free_ports
from tests.telegram_emulator.threaded import EmulatorThread

BELL = "Kada skambinamas salės varpas?"


def test_a_question_comes_by_webhook_and_is_answered(
    tmp_path: Path, telegram_thread: EmulatorThread, nursery: Nursery
) -> None:
    [port] = free_ports(1)
    settings = {
        "TELEGRAM_TOKEN": telegram_thread.token,
        "TELEGRAM_API": telegram_thread.url,
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/webhook",
        "WEB_PORT": str(port),
    }
    with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
        helpdesk.start().wait_ready()
        chat = Chatting(telegram_thread)
        petras = telegram_thread.run(lambda telegram: telegram.user("Petras"))

        chat.say(petras, BELL)

        chat.wait_for(petras, "Salės varpas skambinamas vidurdienį")
        assert telegram_thread.run(lambda telegram: telegram.calls("getUpdates")) == []
