"""The mailbox, against a real server."""

import asyncio

import pytest

from bot.email.imap import ImapAccount, SignInError, signed_in
from bot.email.imap_wire import ImapError, ImapRefusedError
from bot.email.tls import Tls
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST

MAIL = b"From: ona@nvo.lt\r\nMessage-ID: <m1@nvo.lt>\r\nSubject: 5* (((\r\n\r\nLaba* diena\r\n"


@pytest.fixture
def imap_account(dovecot: Dovecot, account: Account) -> ImapAccount:
    return ImapAccount(
        host="localhost",
        port=dovecot.imaps,
        user=account.address,
        password=account.password,
        ca_file=dovecot.certificates.authority,
    )


async def test_what_was_delivered_is_described_and_fetched(
    dovecot: Dovecot, account: Account, imap_account: ImapAccount
) -> None:
    dovecot.deliver(MAIL, to=account.address)

    async with signed_in(imap_account) as mailbox:
        selected = await mailbox.select("INBOX")
        [uid] = await mailbox.uids_after(0)
        [described] = await mailbox.describe([uid])
        raw = await mailbox.fetch(uid)

    assert raw is not None
    assert raw.endswith(MAIL)
    assert (selected.uid_next, selected.takes_keywords) == (uid + 1, True)
    assert (described.uid, described.size) == (uid, len(raw))
    assert described.received_at is not None
    assert described.received_at.tzinfo is not None


async def test_a_large_mail_comes_in_pieces_and_whole(
    dovecot: Dovecot, account: Account, imap_account: ImapAccount
) -> None:
    large = MAIL + (b"\xc4\x85" * 35 + b"\r\n") * 40_000
    dovecot.deliver(large, to=account.address)

    async with signed_in(imap_account) as mailbox:
        await mailbox.select("INBOX")
        [uid] = await mailbox.uids_after(0)
        raw = await mailbox.fetch(uid)
        headers = await mailbox.headers(uid)

    assert raw is not None
    assert raw.endswith(large)
    assert headers is not None
    assert headers.endswith(b"Subject: 5* (((\r\n\r\n")


async def test_flags_are_repeatable_and_a_missing_mail_is_none(
    dovecot: Dovecot, account: Account, imap_account: ImapAccount
) -> None:
    dovecot.deliver(MAIL, to=account.address)

    async with signed_in(imap_account) as mailbox:
        await mailbox.select("INBOX")
        await mailbox.flag([1], "$Ingested")
        await mailbox.flag([1, 99], "$Ingested")
        gone = await mailbox.fetch(99), await mailbox.describe([99])

    assert gone == (None, [])
    with dovecot.session(account) as imap:
        imap.select(readonly=True)
        flags = str(imap.fetch("1", "(FLAGS)"))
    assert "$Ingested" in flags
    assert "Seen" not in flags


async def test_a_copy_is_put_into_a_folder_that_is_made_when_missing(
    dovecot: Dovecot, account: Account, imap_account: ImapAccount
) -> None:
    async with signed_in(imap_account) as mailbox:
        await mailbox.append("Išsiųsta & x", MAIL)
        await mailbox.select("Išsiųsta & x")
        found = await mailbox.find("<m1@nvo.lt>")

    assert found == [1]
    assert dovecot.messages(account, folder='"I&AWE-si&AXM-sta &- x"') == [MAIL]


async def test_a_push_ends_the_wait(
    dovecot: Dovecot, account: Account, imap_account: ImapAccount
) -> None:
    async with asyncio.timeout(15), signed_in(imap_account) as mailbox:
        await mailbox.select("INBOX")
        await mailbox.uids_after(0)
        delivering = asyncio.to_thread(dovecot.deliver, MAIL, to=account.address)
        await asyncio.gather(mailbox.idle(300), delivering)

        assert await mailbox.uids_after(0) == [1]


async def test_a_cut_session_ends_the_wait(dovecot: Dovecot, imap_account: ImapAccount) -> None:
    async with asyncio.timeout(15), signed_in(imap_account) as mailbox:
        await mailbox.select("INBOX")
        await mailbox.uids_after(0)
        with pytest.raises(ImapError):
            await asyncio.gather(mailbox.idle(300), asyncio.to_thread(dovecot.drop_sessions))


async def test_a_wrong_password_is_a_refusal(imap_account: ImapAccount) -> None:
    wrong = ImapAccount(
        host=imap_account.host,
        port=imap_account.port,
        user=imap_account.user,
        password="ne",
        ca_file=imap_account.ca_file,
    )

    with pytest.raises(SignInError):
        async with signed_in(wrong):
            pass


async def test_a_missing_folder_is_named(imap_account: ImapAccount) -> None:
    async with signed_in(imap_account) as mailbox:
        with pytest.raises(ImapRefusedError, match="folder Nėra cannot be opened"):
            await mailbox.select("Nėra")


async def test_an_unknown_certificate_is_not_trusted(dovecot: Dovecot) -> None:
    account = ImapAccount(host="localhost", port=dovecot.imaps, user="a", password="b")

    with pytest.raises(ImapError, match="is not trusted"):
        async with signed_in(account):
            pass


async def test_plain_connections_work_where_they_are_chosen(
    dovecot: Dovecot, account: Account
) -> None:
    plain = ImapAccount(
        host=HOST,
        port=dovecot.imap,
        user=account.address,
        password=account.password,
        tls=Tls.NONE,
    )

    async with signed_in(plain) as mailbox:
        await mailbox.select("INBOX")
        assert await mailbox.uids_after(0) == []


async def test_a_server_that_is_not_there_is_named() -> None:
    account = ImapAccount(host=HOST, port=1, user="a", password="b", tls=Tls.NONE)

    with pytest.raises(ImapError, match=r"cannot connect to 127\.0\.0\.1:1"):
        async with signed_in(account):
            pass
