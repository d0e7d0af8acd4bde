"""Fixtures every test may ask for: real servers, each started at most once a session.

A server that cannot start fails the test with a sentence that says what to install; no test is
skipped for want of one.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.async_api import Page

from tests.e2e.nursery import Nursery
from tests.servers.chromium import Chromium
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import short_folder
from tests.servers.postfix import Postfix
from tests.servers.postgresql import Database, PostgreSql
from tests.servers.s3 import S3Server
from tests.servers.smtp_sink import SmtpSink
from tests.statements import share_statements

# Lends `telegram`, and fails whatever looks for the real Telegram.
pytest_plugins = ["tests.sharing", "tests.telegram_emulator.fixtures"]
_ROOT = Path(__file__).parents[1]

_SOAKS = os.environ.get("SOAK") == "1"

# The same examples each time, so that a red run is about the change it runs on; SOAK=1 looks
# for new ones. What is measured on a busy machine is the machine, not the example.
settings.register_profile("test", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("soak", deadline=None, max_examples=1000)
settings.load_profile("soak" if _SOAKS else "test")
share_statements()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of test corpora; where it is absent, tests run on fewer examples."""
    return (_ROOT / os.environ.get("TEST_CORPORA", "../shared")).resolve()


@pytest.fixture(scope="session")
def soak() -> bool:
    """Say whether to run the whole counts (`make soak`) instead of the few of `make test`."""
    return _SOAKS


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """Lend the session's IMAP and LMTP server; mailboxes come from `new_account`."""
    with short_folder("dc") as folder:
        server = Dovecot(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    """Open a mailbox of this test's own."""
    return dovecot.new_account()


@pytest.fixture(scope="session")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """Lend the session's SMTP server; it delivers into `dovecot` and asks it for passwords."""
    with short_folder("pf") as folder:
        server = Postfix(folder, dovecot)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def _smtp_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def smtp_sink(_smtp_sink: SmtpSink) -> SmtpSink:
    """Lend an SMTP server that keeps what it is given, empty at the start of each test."""
    _smtp_sink.clear()
    return _smtp_sink


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSql]:
    """Lend the session's PostgreSQL."""
    with short_folder("pg") as folder:
        server = PostgreSql(folder / "data")
        yield server
        server.stop()


@pytest.fixture
def postgresql(postgresql_server: PostgreSql) -> Iterator[Database]:
    """Lend an empty database of this test's own, with `url` and `sqlalchemy_url`."""
    with postgresql_server.database() as database:
        yield database


@pytest.fixture
def postgresql_url(postgresql: Database) -> str:
    """Return the address of an empty database in the form of the setting `DATABASE_URL`."""
    return postgresql.url


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """Lend the session's S3 server; `S3Server.bucket` gives each test a prefix of its own."""
    with short_folder("s3") as folder:
        server = S3Server(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Lend what starts services in no time."""
    with Nursery() as nursery:
        yield nursery


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Lend the session's browser; `page` gives each test a page of its own."""
    with short_folder("cr") as folder:
        browser = Chromium(folder)
        browser.start()
        yield browser
        browser.stop()


@pytest.fixture
async def page(chromium: Chromium) -> AsyncIterator[Page]:
    """Lend a page with no cookies and no history."""
    async with chromium.page() as page:
        yield page
