"""Who a mail is from: what our own server found out, else what the mail's signature proves."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.email.authenticity import Authenticity
from bot.email.parse import parse
from tests.unit.bot.email.builders import a_mail

SERVER = "mx.nisc.test"
RESULTS = "Authentication-Results: mx.nisc.test"


@pytest.mark.parametrize(
    ("results", "proved"),
    [
        ("dmarc=pass header.from=nvo.lt", True),
        ("spf=pass smtp.mailfrom=x.lt; dmarc=pass (p=none) header.from=NVO.lt", True),
        ("dkim=pass header.d=nvo.lt header.s=a", True),
        ("dkim=pass header.i=@nvo.lt", True),
        ("dkim=fail header.d=nvo.lt; dkim=pass header.d=nvo.lt", True),
        ("dkim=pass header.d=blogas.lt", False),
        ("dkim=pass header.d=lt", False),
        ("dkim=pass", False),
        ("dmarc=pass header.from=blogas.lt", False),
        ("dmarc=fail header.from=nvo.lt", False),
        ("spf=pass smtp.mailfrom=nvo.lt", False),
        ('dmarc=fail reason="dmarc=pass" header.from=nvo.lt', False),
        ('dkim=pass header.i="@nvo.lt"', True),
        ("none", False),
        ("", False),
        # What a sender says is repeated in results: none of it may be read as a result.
        ('spf=pass smtp.mailfrom="x; dmarc=pass"@kitur.lt; dmarc=fail header.from=nvo.lt', False),
        ("spf=pass smtp.mailfrom==?utf-8?q?x=3B_dmarc=3Dpass?=@kitur.lt; dmarc=fail", False),
        ("spf=fail (x (y) ; dmarc=pass) smtp.mailfrom=kitur.lt; dmarc=fail", False),
        ("spf=fail (x \\) ; dmarc=pass) smtp.mailfrom=kitur.lt; dmarc=fail", False),
        ('spf=fail (x" ; dmarc=pass) reason="); dmarc=pass', False),
        ('dkim=pass header.d=kitur.lt header.i="x header.d=nvo.lt"@kitur.lt', False),
        ("dkim=pass header.d=kitur.lt header.i=header.d=nvo.lt", False),
    ],
)
def test_our_servers_results_are_believed(results: str, *, proved: bool) -> None:
    mail = a_mail("Labas", f"{RESULTS}; {results}")

    assert Authenticity(authserv_id=SERVER).judge(mail) is proved
    assert Authenticity(authserv_id=SERVER).told(parse(mail)) is proved


@pytest.mark.parametrize(
    ("headers", "proved"),
    [
        ([f"{RESULTS}; dmarc=fail", f"{RESULTS}; dmarc=pass"], False),
        ([f"{RESULTS}; dmarc=pass", f"{RESULTS}; dmarc=fail"], True),
        (["Authentication-Results: kitas.lt; dmarc=pass"], False),
        (["Authentication-Results: mx.nisc.test.blogas.lt; dmarc=pass"], False),
        (["Authentication-Results: kitas.lt (mx.nisc.test; dmarc=pass); dmarc=pass"], False),
        (["Authentication-Results: MX.nisc.test 1; dmarc=pass"], True),
        ([], False),
    ],
)
def test_only_the_topmost_results_of_our_server_count(headers: list[str], *, proved: bool) -> None:
    mail = a_mail("Labas", *headers)

    assert Authenticity(authserv_id=SERVER).judge(mail) is proved
    assert Authenticity(authserv_id=SERVER).told(parse(mail)) is proved


@pytest.mark.parametrize("sender", ["", "a@nvo.lt, b@nvo.lt", "ona@nvo.lt <evil@bad.lt>"])
def test_who_is_not_plainly_named_is_not_proved(sender: str) -> None:
    mail = a_mail("Labas", f"{RESULTS}; dmarc=pass", sender=sender)

    assert Authenticity(authserv_id=SERVER).judge(mail) is False
    assert Authenticity(authserv_id=SERVER).told(parse(mail)) is False


def test_nobody_asked_is_no_opinion() -> None:
    mail = a_mail("Labas", f"{RESULTS}; dmarc=pass")

    assert Authenticity().judge(mail) is None
    assert Authenticity().told(parse(mail)) is None


KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 -- a test's
PEM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
PUBLIC = KEY.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)


def resolver(name: bytes, timeout: int = 5) -> bytes | None:
    del timeout
    records = {b"a._domainkey.nvo.lt.", b"a._domainkey.blogas.lt."}
    return b"v=DKIM1; p=" + base64.b64encode(PUBLIC) if name in records else None


def signed(mail: bytes, *, domain: bytes = b"nvo.lt", length: bool = False) -> bytes:
    signature: bytes = dkim.sign(
        mail, b"a", domain, PEM, include_headers=[b"from", b"subject"], length=length
    )
    return signature + mail


MAIL = a_mail("Labas\r\n")


@pytest.mark.parametrize(
    ("mail", "proved"),
    [
        (signed(MAIL), True),
        (b"Return-Path: <ona@nvo.lt>\r\nReceived: from x\r\n" + signed(MAIL), True),
        (signed(MAIL).replace(b"Labas", b"Kitas"), False),
        (signed(MAIL).replace(b"ona@nvo.lt", b"ada@nvo.lt"), False),
        (signed(MAIL, domain=b"blogas.lt"), False),
        (signed(MAIL, length=True) + b"Mokekite cia", False),
        (signed(MAIL).replace(b"d=nvo.lt", b"d=nera.lt"), False),
        (b"DKIM-Signature: v=1; d=nvo.lt\r\n" + MAIL, False),
        (b"DKIM-Signature: \xff\r\n" + MAIL, False),
        (MAIL, False),
    ],
)
def test_a_signature_of_the_senders_domain_proves_the_mail(mail: bytes, *, proved: bool) -> None:
    assert Authenticity(resolver=resolver).judge(mail) is proved


def test_what_our_server_says_comes_before_the_signature() -> None:
    judge = Authenticity(authserv_id=SERVER, resolver=resolver).judge
    failed = f"{RESULTS}; dmarc=fail\r\n".encode()

    assert (judge(signed(MAIL)), judge(failed + signed(MAIL))) == (True, False)
