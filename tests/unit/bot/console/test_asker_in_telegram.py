"""The asker's page gives a one-time address at which the matter goes on in Telegram."""

import re
from pathlib import Path

from handlers.commands import FollowLink
from handlers.domain.channels import Address, Channel
from handlers.staff import digest
from tests.telegram_emulator.threaded import EmulatorThread
from tests.unit.bot.console.desk import STRANGE, Desk, open_test_desk, words_of

_LINK = re.compile(r'https://t\.me/\w+\?start=([A-Za-z0-9_-]{22,64})"')


def test_the_address_is_given_on_request_and_works_once(
    tmp_path: Path, telegram_thread: EmulatorThread
) -> None:
    token, api = telegram_thread.token, telegram_thread.url
    with open_test_desk(tmp_path, telegram_token=token, telegram_api=api) as desk:
        asked = desk.ask(STRANGE)
        before = desk.client.get(asked.page)
        page = desk.client.post(asked.page, data={"telegram": "1"})
        [code] = _LINK.findall(page.text)
        follow = FollowLink(
            code_digest=digest(code),
            by=Address(Channel.TELEGRAM, "501"),
            name="Ona",
            language="lt",
            once="1",
        )
        reasons = [
            desk.write(lambda uow: desk.app.handling.carry_out(uow, follow)).reason
            for _ in range(2)
        ]

        assert _LINK.findall(before.text) == []
        assert "Tęsti per „Telegram“" in words_of(before.text)
        assert reasons == ["invited", "link-refused"]
        assert desk.ticket(asked).channel is Channel.TELEGRAM


def test_while_telegram_is_away_nothing_is_promised(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1"
    with open_test_desk(tmp_path, telegram_token="1:a", telegram_api=nowhere) as desk:
        page = desk.client.post(desk.ask(STRANGE).page, data={"telegram": "1"})

        assert (page.status_code, _LINK.findall(page.text)) == (200, [])
        assert "Bandykite vėliau" in words_of(page.text)


def test_a_desk_without_a_bot_offers_nothing(desk: Desk) -> None:
    asked = desk.ask(STRANGE)
    pages = [desk.client.get(asked.page), desk.client.post(asked.page, data={"telegram": "1"})]

    assert ["t.me" in page.text for page in pages] == [False, False]
    assert "Tęsti per" not in pages[0].text
