"""Mails with defaults, so that a test names only what it is about."""

import base64


def a_mail(
    body: str | bytes = "Laba diena",
    *headers: str,
    sender: str = "Ona <ona@nvo.lt>",
    content_type: str = "text/plain; charset=utf-8",
) -> bytes:
    """Return a mail as it lies in a mailbox."""
    fields = [
        f"From: {sender}",
        "To: bendruomenes@nisc.test",
        "Subject: Klausimas",
        "Message-ID: <m1@nvo.lt>",
        f"Content-Type: {content_type}",
        *headers,
    ]
    content = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + content


def a_multipart(*parts: str, kind: str = "mixed", sender: str = "Ona <ona@nvo.lt>") -> bytes:
    """Return a mail of parts, each given with its own header block."""
    body = "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n"
    return a_mail(body, sender=sender, content_type=f'multipart/{kind}; boundary="b"')


def a_part(content_type: str, body: str, *headers: str) -> str:
    fields = "\r\n".join((f"Content-Type: {content_type}", *headers))
    return f"{fields}\r\n\r\n{body}"


def a_file(name: str, content: bytes, *, content_type: str = "application/pdf") -> str:
    return a_part(
        content_type,
        base64.encodebytes(content).decode(),
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment; {name}",
    )
