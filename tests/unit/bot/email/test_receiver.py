"""Mail comes in exactly once, whatever the network and the server do."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.email import receiver
from bot.email.imap import ImapAccount, Mailbox, signed_in
from bot.email.imap_wire import ImapError
from bot.email.parse import Note, parse
from bot.email.receiver import FetchedMail, MailboxSettings, Position, Receiver, Unread
from bot.email.tls import Tls
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST, until
from tests.unit.bot.email.loopback import serving


@dataclass(slots=True)
class Memory:
    """A store in memory with the keys of the real one: identity on the server, and the bytes."""

    since: datetime | None = None
    first_uid: int | None = None
    refuses: int = 0
    cursors: dict[int, int] = field(default_factory=dict)
    mails: dict[bytes, FetchedMail] = field(default_factory=dict)
    offered: int = 0
    groups: list[int] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def position(
        self, *, mailbox: str, folder: str, uid_validity: int, uid_next: int
    ) -> Position:
        assert (mailbox, folder) == ("main", "INBOX")
        if uid_validity not in self.cursors:
            rebuilt = bool(self.cursors) or self.first_uid == 0 or self.since is not None
            self.cursors[uid_validity] = 0 if rebuilt else uid_next - 1
        async with self.changed:
            self.changed.notify_all()
        return Position(last_uid=self.cursors[uid_validity], since=self.since)

    async def keep(self, mails: Sequence[FetchedMail]) -> Sequence[bool]:
        if self.refuses:
            self.refuses -= 1
            raise OSError("disk full")
        async with self.changed:
            self.offered += len(mails)
            self.groups.append(len(mails))
            are_new = [mail.raw not in self.mails for mail in mails]
            for mail in mails:
                self.mails.setdefault(mail.raw, mail)
                self.cursors[mail.uid_validity] = mail.uid
            self.changed.notify_all()
            return are_new

    async def wait_for_room(self) -> None:
        return

    async def wait_for(self, count: int) -> list[FetchedMail]:
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(lambda: len(self.mails) >= count)
            return list(self.mails.values())

    async def wait_for_start(self, times: int = 1) -> None:
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(lambda: len(self.cursors) >= times)


@dataclass(slots=True)
class Reports:
    """What the receiver says of its mailbox."""

    said: list[str | None] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, state: Unread | None) -> None:
        self.said.append(state.why if state else None)
        self._news.set()

    async def wait_for(self, count: int) -> list[str | None]:
        async with asyncio.timeout(30):
            while len(self.said) < count:
                self._news.clear()
                await self._news.wait()
        return self.said


@asynccontextmanager
async def receiving(
    dovecot: Dovecot,
    account: Account,
    store: Memory,
    *,
    port: int | None = None,
    move_to: str = "",
) -> AsyncIterator[Reports]:
    """Run a receiver while the block runs; lend what it reports."""
    reports = Reports()
    settings = MailboxSettings(
        name="main",
        account=ImapAccount(
            host=HOST,
            port=port or dovecot.imap,
            user=account.address,
            password=account.password,
            tls=Tls.NONE,
        ),
        move_to=move_to,
    )
    stop = asyncio.Event()
    running = Receiver(
        settings=settings, store=store, report=reports, first_delay=0.02, idle_seconds=5
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(running.run(stop))
        yield reports
        stop.set()


async def deliver(dovecot: Dovecot, account: Account, *numbers: int) -> None:
    for number in numbers:
        raw = b"Message-ID: <%d@nvo.lt>\r\nSubject: %d\r\n\r\n%s\r\n" % (
            number, number, b"labas " * (number % 7) * 500,
        )  # fmt: skip
        await asyncio.to_thread(dovecot.deliver, raw, to=account.address)


def subjects(mails: list[FetchedMail]) -> list[str]:
    return [parse(mail.raw).subject for mail in mails]


async def test_the_first_start_reads_from_now_on(dovecot: Dovecot, account: Account) -> None:
    await deliver(dovecot, account, 1, 2)
    store = Memory()

    async with receiving(dovecot, account, store) as reports:
        await store.wait_for_start()
        await deliver(dovecot, account, 3)
        mails = await store.wait_for(1)

    assert subjects(mails) == ["3"]
    assert (mails[0].uid, mails[0].is_whole) == (3, True)
    assert set(reports.said) == {None}


async def test_a_start_date_reads_what_arrived_since(dovecot: Dovecot, account: Account) -> None:
    await deliver(dovecot, account, 1)

    in_time, too_late = (Memory(since=datetime(year, 1, 1, tzinfo=UTC)) for year in (2000, 2100))
    async with receiving(dovecot, account, in_time):
        await in_time.wait_for(1)
    async with receiving(dovecot, account, too_late):
        await too_late.wait_for_start()

    assert (len(in_time.mails), len(too_late.mails)) == (1, 0)


async def test_what_came_while_nobody_read_is_read_once(dovecot: Dovecot, account: Account) -> None:
    store = Memory(first_uid=0)
    await deliver(dovecot, account, 1)
    async with receiving(dovecot, account, store):
        await store.wait_for(1)
    await deliver(dovecot, account, 2)

    async with receiving(dovecot, account, store):
        mails = await store.wait_for(2)

    assert subjects(mails) == ["1", "2"]
    assert store.offered == 2


async def test_mail_read_by_a_person_is_read_all_the_same(
    dovecot: Dovecot, account: Account
) -> None:
    await deliver(dovecot, account, 1)
    with dovecot.session(account) as imap:
        imap.select()
        imap.store("1", "+FLAGS", "(\\Seen)")
    store = Memory(first_uid=0)

    async with receiving(dovecot, account, store):
        assert subjects(await store.wait_for(1)) == ["1"]


@pytest.mark.parametrize("can_move", [True, False])
async def test_a_mail_that_was_kept_is_moved_also_after_a_cut(
    dovecot: Dovecot, account: Account, monkeypatch: pytest.MonkeyPatch, *, can_move: bool
) -> None:
    """Mail kept and marked by an earlier connection is moved by the next one."""
    if not can_move:
        monkeypatch.setattr(receiver, "signed_in", _without_move)
    store = Memory(first_uid=0)
    await deliver(dovecot, account, 1)
    async with receiving(dovecot, account, store):
        await store.wait_for(1)
        await _until_marked(dovecot, account)
    await deliver(dovecot, account, 2)

    async with receiving(dovecot, account, store, move_to="Priimti/Šiandien") as reports:
        await store.wait_for(2)
        await reports.wait_for(1)

    moved = dovecot.messages(account, folder='"Priimti/&AWA-iandien"')
    assert [parse(raw).subject for raw in moved] == ["1", "2"]
    assert dovecot.messages(account) == []


@asynccontextmanager
async def _without_move(account: ImapAccount) -> AsyncIterator[Mailbox]:
    async with signed_in(account) as mailbox:
        mailbox._capabilities -= {b"MOVE"}  # noqa: SLF001 -- such servers are poorer
        yield mailbox


async def _until_marked(dovecot: Dovecot, account: Account) -> None:
    def is_marked() -> bool:
        with dovecot.session(account) as imap:
            imap.select(readonly=True)
            return bool(imap.search(None, "KEYWORD", "$Ingested")[1][0])

    await asyncio.to_thread(until, is_marked, timeout=15, what="the mark")


async def test_a_mail_that_was_kept_is_marked(dovecot: Dovecot, account: Account) -> None:
    await deliver(dovecot, account, 1)
    store = Memory(first_uid=0)

    async with receiving(dovecot, account, store) as reports:
        await reports.wait_for(1)

    with dovecot.session(account) as imap:
        imap.select(readonly=True)
        assert "$Ingested" in str(imap.fetch("1", "(FLAGS)"))


async def test_a_store_that_fails_is_reported_and_asked_again(
    dovecot: Dovecot, account: Account
) -> None:
    await deliver(dovecot, account, 1, 2)
    store = Memory(first_uid=0, refuses=2)

    async with receiving(dovecot, account, store) as reports:
        mails = await store.wait_for(2)

    assert subjects(mails) == ["1", "2"]
    assert reports.said[:2] == ["mailbox main: mail cannot be stored"] * 2


async def test_of_a_mail_too_large_the_headers_are_kept(
    dovecot: Dovecot, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "MAX_MAIL", 1000)
    await deliver(dovecot, account, 3)
    store = Memory(first_uid=0)

    async with receiving(dovecot, account, store):
        [mail] = await store.wait_for(1)

    parsed = parse(mail.raw)
    assert (mail.is_whole, parsed.subject, parsed.text) == (False, "3", "")
    assert parsed.notes == (Note.OVERSIZED,)


async def test_small_mails_are_kept_together_and_large_ones_alone(
    dovecot: Dovecot, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers 6 and 13 are of 18 kB, 0 and 7 of a few words."""
    monkeypatch.setattr(receiver, "_TOGETHER_BYTES", 16_000)
    monkeypatch.setattr(receiver, "_TOGETHER", 3)
    numbers = (0, 7, 14, 21, 6, 13, 28)
    await deliver(dovecot, account, *numbers)
    store = Memory(first_uid=0)

    async with receiving(dovecot, account, store):
        mails = await store.wait_for(len(numbers))

    assert subjects(mails) == [str(number) for number in numbers]
    assert store.groups == [3, 1, 1, 1, 1]


async def test_what_a_group_stumbled_over_is_fetched_alone(
    dovecot: Dovecot, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One mail no server can send holds up none of its neighbours, and is marked in the end."""
    monkeypatch.setattr(receiver, "signed_in", _with_a_poison(uid=2))
    await deliver(dovecot, account, 1, 2, 3)
    store = Memory(first_uid=0)

    async with receiving(dovecot, account, store):
        mails = await store.wait_for(3)

    assert subjects(mails) == ["1", "", "3"]
    assert [mail.is_whole for mail in mails] == [True, False, True]
    assert store.groups == [1, 1, 1]


def _with_a_poison(
    *, uid: int
) -> Callable[[ImapAccount], contextlib.AbstractAsyncContextManager[Mailbox]]:
    class Poisoned(Mailbox):
        async def fetch(self, wanted: int) -> bytes | None:
            if wanted == uid:
                raise ImapError("cut")
            return await super().fetch(wanted)

        async def fetch_together(self, uids: Sequence[int]) -> dict[int, bytes]:
            if uid in uids:
                raise ImapError("cut")
            return await super().fetch_together(uids)

    @asynccontextmanager
    async def poisoned(account: ImapAccount) -> AsyncIterator[Mailbox]:
        async with signed_in(account) as mailbox:
            mailbox.__class__ = Poisoned
            yield mailbox

    return poisoned


async def test_an_unreachable_server_is_reported(dovecot: Dovecot, account: Account) -> None:
    store = Memory()
    async with receiving(dovecot, account, store, port=1) as reports:
        said = await reports.wait_for(3)

    assert set(said) == {"mailbox main: cannot connect to 127.0.0.1:1: Connection refused"}


async def test_a_folder_that_was_rebuilt_is_read_again_and_doubles_nothing(
    dovecot: Dovecot, account: Account
) -> None:
    store = Memory(first_uid=0)
    async with receiving(dovecot, account, store):
        await deliver(dovecot, account, 1, 2)
        await store.wait_for(2)
        await asyncio.to_thread(dovecot.new_uid_validity)
        await asyncio.to_thread(dovecot.drop_sessions)
        await store.wait_for_start(2)
        await deliver(dovecot, account, 3)
        mails = await store.wait_for(3)

    assert subjects(mails) == ["1", "2", "3"]


@dataclass(slots=True)
class Proxy:
    """Passes bytes on, and cuts each connection after a number of them that grows."""

    target: int
    after: int
    cuts: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(HOST, self.target)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_on(reader, to_server, limit=None))
                group.create_task(self._pass_on(from_server, writer, limit=self.after))
        except* ConnectionError:
            self.cuts += 1
            self.after += 997
        for each in (writer, to_server):
            each.transport.abort()

    @staticmethod
    async def _pass_on(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, limit: int | None
    ) -> None:
        passed = 0
        while data := await reader.read(4096):
            passed += len(data)
            if limit is not None and passed > limit:
                writer.write(data[: max(0, len(data) - (passed - limit))])
                break
            writer.write(data)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
        raise ConnectionResetError


async def test_cut_connections_lose_and_double_nothing(
    dovecot: Dovecot, account: Account, *, soak: bool
) -> None:
    count = 300 if soak else 40
    store = Memory(first_uid=0)
    proxy = Proxy(target=dovecot.imap, after=700)

    async with (
        serving(proxy.serve) as port,
        receiving(dovecot, account, store, port=port),
    ):
        for number in range(count):
            await deliver(dovecot, account, number)
            if number % 10 == 5:
                await asyncio.to_thread(dovecot.drop_sessions)
        mails = await store.wait_for(count)

    assert sorted(map(int, subjects(mails))) == list(range(count))
    assert len(mails) == count
    assert proxy.cuts > 3
