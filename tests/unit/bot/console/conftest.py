"""The desk every test of the pages works with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.domain.people import Consultant
from tests.unit.bot.console.desk import Desk, open_test_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Lend a desk that sends no mail and has nobody to answer yet."""
    with open_test_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def mailing_desk(tmp_path: Path) -> Iterator[Desk]:
    """Lend a desk that can send mail and is reached over TLS."""
    with open_test_desk(
        tmp_path,
        smtp_host="127.0.0.1",
        smtp_tls="none",
        mail_address="pagalba@nvo.example",
        public_url="https://pagalba.nvo.example",
    ) as desk:
        yield desk


@pytest.fixture
def rasa(desk: Desk) -> Consultant:
    """Add a consultant and sign her in."""
    who = desk.add_consultant()
    desk.sign_in(who)
    return who
