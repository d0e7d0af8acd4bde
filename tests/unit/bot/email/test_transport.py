"""The relay's port, kept by mail: exactly the rendered bytes go out, under the mail's own id."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.email.archive import MailArchive
from bot.email.imap import ImapAccount
from bot.email.smtp import Smtp, SmtpAccount
from bot.email.tls import Tls
from bot.email.transport import MailTransport, ReturnPaths
from handlers.domain.channels import Channel
from handlers.domain.errors import TransientDeliveryError, UncertainDeliveryError
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Kind, Outgoing, Rendered
from handlers.tokens import Tokens
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST
from tests.servers.smtp_sink import Delivered, SmtpSink

RENDERED = Rendered(content=b"Subject: x\r\n\r\nlabas\r\n", external_id="<r1@nisc.test>")


OURS = "bendruomenes@nisc.test"
TOKENS = Tokens((b"key",))
SIGNED = f"bendruomenes+{TOKENS.sign_return(OutboxId(1))}@nisc.test"


def a_message(kind: Kind = Kind.REPLY) -> Outgoing:
    return Outgoing(
        id=OutboxId(1),
        fence=1,
        kind=kind,
        channel=Channel.MAIL,
        to="ona@nvo.lt",
        key="reply",
        values={},
        language="lt",
        at=datetime(2026, 11, 22, tzinfo=UTC),
        attempts=0,
        doubts=0,
        ticket=None,
        article=None,
        subject="",
        thread=(),
        topic=None,
        attachments=(),
        rendered=None,
        external_id=None,
    )


async def test_what_was_rendered_is_delivered_under_its_id(smtp_sink: SmtpSink) -> None:
    message = a_message()
    transport = MailTransport(
        write=lambda _: RENDERED,
        smtp=Smtp(SmtpAccount(host=smtp_sink.host, port=smtp_sink.port, tls=Tls.NONE)),
        return_paths=ReturnPaths(address=OURS, tokens=TOKENS, mail_plus=False),
        archive="archyvas@nisc.test",
    )

    taken = await transport.deliver(message, transport.render(message))
    await transport.close()

    assert taken.name == "<r1@nisc.test>"
    assert smtp_sink.messages == [
        Delivered(
            sender=OURS, recipients=("ona@nvo.lt", "archyvas@nisc.test"), raw=RENDERED.content
        )
    ]


@pytest.mark.parametrize(
    ("kind", "plus", "plain"),
    [
        (Kind.ACKNOWLEDGEMENT, SIGNED, ""),
        (Kind.ANSWER, SIGNED, ""),
        (Kind.REPLY, SIGNED, OURS),
        (Kind.STAFF_MAIL, SIGNED, OURS),
    ],
)
def test_what_a_machine_wrote_comes_back_signed_or_not_at_all(
    kind: Kind, plus: str, plain: str
) -> None:
    message = a_message(kind=kind)

    paths = [ReturnPaths(address=OURS, tokens=TOKENS, mail_plus=plus) for plus in (True, False)]

    assert [path.of(message) for path in paths] == [plus, plain]


def test_a_return_path_too_long_for_an_address_is_not_used() -> None:
    long = f"{'ilgas' * 12}@nisc.test"

    path = ReturnPaths(address=long, tokens=TOKENS, mail_plus=True)

    assert [path.of(a_message(kind=kind)) for kind in (Kind.ANSWER, Kind.REPLY)] == ["", long]


async def test_an_archive_that_refuses_is_told_before_anything_is_sent(
    smtp_sink: SmtpSink,
) -> None:
    smtp_sink.answers["archyvas@nisc.test"] = "550 5.1.1 no such box"
    smtp = Smtp(SmtpAccount(host=smtp_sink.host, port=smtp_sink.port, tls=Tls.NONE))

    with pytest.raises(TransientDeliveryError, match=r"the archive: .* 550 5\.1\.1"):
        await smtp.send(sender=OURS, recipient="ona@nvo.lt", raw=b"x", archive="archyvas@nisc.test")
    await smtp.close()

    assert smtp_sink.messages == []


async def test_what_was_sent_is_found_in_the_archive(dovecot: Dovecot, account: Account) -> None:
    imap = ImapAccount(
        host=HOST,
        port=dovecot.imap,
        user=account.address,
        password=account.password,
        tls=Tls.NONE,
    )
    archive = MailArchive(account=imap, folder="INBOX")
    dovecot.deliver(b"Message-ID: <r1@nisc.test>\r\n\r\nlabas\r\n", to=account.address)

    assert await archive.holds("<r1@nisc.test>")
    assert not await archive.holds("<r2@nisc.test>")
    with pytest.raises(UncertainDeliveryError, match="the archive cannot be read"):
        await MailArchive(account=imap, folder="Kitas").holds("<r1@nisc.test>")
    with pytest.raises(UncertainDeliveryError, match="the archive cannot be read"):
        await MailArchive(account=replace(imap, password="kitas"), folder="INBOX").holds("<r1@b>")
