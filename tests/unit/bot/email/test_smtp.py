"""Each way of failing to hand a mail over has one meaning."""

import asyncio

import pytest

from bot.email.smtp import Smtp, SmtpAccount
from bot.email.tls import Tls
from handlers.domain.errors import (
    ChannelDownError,
    DeliveryError,
    PermanentDeliveryError,
    RecipientGoneError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from tests.servers.dovecot import Account, Dovecot
from tests.servers.postfix import Postfix
from tests.servers.smtp_sink import Delivered, SmtpSink
from tests.unit.bot.email.smtp_script import RAW, SENDER, Script, handing_in, talking_to


async def test_a_mail_arrives_byte_for_byte_in_its_envelope(smtp_sink: SmtpSink) -> None:
    account = SmtpAccount(host=smtp_sink.host, port=smtp_sink.port, tls=Tls.NONE)

    async with handing_in(account) as smtp:
        said = await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)
        await smtp.send(sender="", recipient="ona@bendruomenė.lt", raw=RAW)

    assert said == "2.0.0 kept"
    assert smtp_sink.messages == [
        Delivered(sender=SENDER, recipients=("ona@nvo.lt",), raw=RAW),
        Delivered(sender="<>", recipients=("ona@xn--bendruomen-0mb.lt",), raw=RAW),
    ]


async def test_a_refused_recipient_does_not_trouble_the_next_mail(smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["ne@nvo.lt"] = "550 5.1.1 no such ne@nvo.lt"
    smtp_sink.answers["veliau@nvo.lt"] = "450 4.2.1 busy"
    account = SmtpAccount(host=smtp_sink.host, port=smtp_sink.port, tls=Tls.NONE)

    async with handing_in(account) as smtp:
        with pytest.raises(PermanentDeliveryError, match=r"^RCPT: 550 5\.1\.1$"):
            await smtp.send(sender=SENDER, recipient="ne@nvo.lt", raw=RAW)
        with pytest.raises(TransientDeliveryError, match=r"^RCPT: 450 4\.2\.1$"):
            await smtp.send(sender=SENDER, recipient="veliau@nvo.lt", raw=RAW)
        await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)

    assert [each.recipients for each in smtp_sink.messages] == [("ona@nvo.lt",)]


async def test_with_encryption_and_sign_in_a_mail_reaches_the_mailbox(
    dovecot: Dovecot, postfix: Postfix, account: Account
) -> None:
    submission = SmtpAccount(
        host="localhost",
        port=postfix.submission,
        user=account.address,
        password=account.password,
        ca_file=postfix.certificates.authority,
    )

    async with handing_in(submission) as smtp:
        await smtp.send(sender=account.address, recipient=account.address, raw=RAW)
        await smtp.send(sender=account.address, recipient=account.address, raw=RAW)

    mails = await asyncio.to_thread(dovecot.wait_for_messages, account, 2)
    assert [mail.endswith(RAW.partition(b"\r\n\r\n")[2]) for mail in mails] == [True, True]


async def test_a_wrong_password_and_an_unknown_certificate_are_told_and_tried_again(
    postfix: Postfix, account: Account
) -> None:
    wrong = SmtpAccount(
        host="localhost",
        port=postfix.submission,
        user=account.address,
        password="ne",
        ca_file=postfix.certificates.authority,
    )
    unknown = SmtpAccount(host="localhost", port=postfix.submission)

    with pytest.raises(TransientDeliveryError, match="sign-in refused"):
        await Smtp(wrong).send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)
    with pytest.raises(TransientDeliveryError, match="certificate is not trusted"):
        await Smtp(unknown).send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"greeting": "421 busy"}, ChannelDownError),
        ({"greeting": "554 no"}, ChannelDownError),
        ({"greeting": "cut"}, ChannelDownError),
        ({"EHLO": "550 no"}, ChannelDownError),
        ({"MAIL": "450 later"}, TransientDeliveryError),
        ({"MAIL": "530 5.7.0 sign in"}, TransientDeliveryError),
        ({"MAIL": "550 no"}, PermanentDeliveryError),
        ({"MAIL": "cut"}, TransientDeliveryError),
        ({"RCPT": "452 4.5.3 too many"}, TransientDeliveryError),
        ({"RCPT": "551 no"}, RecipientGoneError),
        ({"RCPT": "cut"}, TransientDeliveryError),
        ({"RCPT": "garbage"}, TransientDeliveryError),
        ({"DATA": "451 later"}, TransientDeliveryError),
        ({"DATA": "554 no"}, PermanentDeliveryError),
        ({"DATA": "cut"}, TransientDeliveryError),
        ({"DATA": "garbage"}, TransientDeliveryError),
        ({"end": "451 later"}, TransientDeliveryError),
        ({"end": "421 closing"}, TransientDeliveryError),
        ({"end": "554 spam"}, PermanentDeliveryError),
        ({"end": "cut"}, UncertainDeliveryError),
        ({"end": "garbage"}, UncertainDeliveryError),
        ({"EHLO": "250-hello\r\n250 SIZE 100"}, PermanentDeliveryError),
    ],
    ids=str,
)
async def test_each_answer_has_one_meaning(
    answers: dict[str, str], error: type[DeliveryError]
) -> None:
    async with asyncio.timeout(10), talking_to(Script(**answers)) as smtp:
        with pytest.raises(DeliveryError) as raised:
            await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)

    assert type(raised.value) is error
    assert "nvo.lt" not in str(raised.value)


async def test_a_silent_end_at_goodbye_is_no_failure() -> None:
    async with talking_to(Script(QUIT="cut")) as smtp:
        assert await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW) == "2.0.0 taken"


async def test_one_connection_serves_several_mails() -> None:
    script = Script()

    async with talking_to(script) as smtp:
        await asyncio.gather(
            *(smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW) for _ in range(3))
        )

    assert script.connections == 1
    assert [line.partition(" ")[0] for line in script.said] == [
        "EHLO",
        *["MAIL", "RCPT", "DATA", "RSET"] * 2,
        *["MAIL", "RCPT", "DATA"],
        "QUIT",
    ]


async def test_a_kept_connection_that_died_is_replaced() -> None:
    script = Script(RSET="cut")

    async with talking_to(script) as smtp:
        await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)
        await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)

    assert script.connections == 2


async def test_without_starttls_nothing_is_sent_in_clear() -> None:
    script = Script()

    async with talking_to(script, tls=Tls.STARTTLS, user="a") as smtp:
        with pytest.raises(TransientDeliveryError):
            await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)

    assert [line.partition(" ")[0] for line in script.said] == ["EHLO"]


@pytest.mark.parametrize("moment", ["in_data", "has_all"])
async def test_cancelled_half_way_the_socket_is_closed_and_the_next_mail_is_sent(
    moment: str,
) -> None:
    script = Script(end="silence")

    async with asyncio.timeout(10), talking_to(script) as smtp, asyncio.TaskGroup() as group:
        sending = group.create_task(smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW))
        await {"in_data": script.in_data, "has_all": script.has_all}[moment].wait()
        sending.cancel()
        await asyncio.wait([sending])
        script.answers["end"] = "250 taken"
        await smtp.send(sender=SENDER, recipient="ona@nvo.lt", raw=RAW)

    assert sending.cancelled()
    assert script.connections == 2


@pytest.mark.parametrize("recipient", ["x@y.lt>\r\nDATA", "", "a, b@c.lt", "ąžuolas@nvo.lt"])
async def test_what_is_no_address_for_this_server_is_never_sent(recipient: str) -> None:
    script = Script()

    async with talking_to(script) as smtp:
        with pytest.raises(PermanentDeliveryError):
            await smtp.send(sender=SENDER, recipient=recipient, raw=RAW)

    assert [line for line in script.said if line.startswith("MAIL")] == []
