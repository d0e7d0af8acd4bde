"""The relay's port, kept by mail: exactly the rendered bytes go out, under the mail's own id."""

from datetime import UTC, datetime

from bot.email.smtp import Smtp, SmtpAccount
from bot.email.tls import Tls
from bot.email.transport import MailTransport
from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import Kind, Outgoing, Rendered
from tests.servers.smtp_sink import Delivered, SmtpSink

RENDERED = Rendered(content=b"Subject: x\r\n\r\nlabas\r\n", external_id="<r1@nisc.test>")


async def test_what_was_rendered_is_delivered_under_its_id(smtp_sink: SmtpSink) -> None:
    message = Outgoing(
        id=OutboxId(1),
        fence=1,
        kind=Kind.REPLY,
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
    transport = MailTransport(
        write=lambda _: RENDERED,
        smtp=Smtp(SmtpAccount(host=smtp_sink.host, port=smtp_sink.port, tls=Tls.NONE)),
        sender="bendruomenes@nisc.test",
    )

    external_id = await transport.deliver(message, transport.render(message))
    await transport.close()

    assert external_id == "<r1@nisc.test>"
    assert smtp_sink.messages == [
        Delivered(sender="bendruomenes@nisc.test", recipients=("ona@nvo.lt",), raw=RENDERED.content)
    ]
