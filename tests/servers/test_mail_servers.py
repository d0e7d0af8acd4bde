"""The mail servers of the tests do what tests rely on."""

import imaplib
import smtplib
import ssl
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST, until
from tests.servers.postfix import Postfix
from tests.servers.smtp_sink import Delivered, SmtpSink

MAIL = b"From: narys@example.org\r\nSubject: labas\r\n\r\nLaba diena\r\n"


def test_a_delivered_mail_is_in_the_mailbox_byte_for_byte(
    dovecot: Dovecot, account: Account
) -> None:
    dovecot.deliver(MAIL, to=account.address)

    [raw] = dovecot.wait_for_messages(account, 1)

    assert raw.endswith(MAIL)


def test_a_plus_address_reaches_its_mailbox(dovecot: Dovecot, account: Account) -> None:
    dovecot.deliver(MAIL, to=account.address.replace("@", "+7.abc@"))

    [raw] = dovecot.wait_for_messages(account, 1)

    assert message_from_bytes(raw)["Delivered-To"] == account.address.replace("@", "+7.abc@")


def test_each_account_starts_empty(dovecot: Dovecot) -> None:
    assert dovecot.messages(dovecot.new_account()) == []


def test_the_certificate_is_good_for_localhost(dovecot: Dovecot, account: Account) -> None:
    context = dovecot.certificates.client_context()

    with imaplib.IMAP4_SSL("localhost", dovecot.imaps, ssl_context=context) as imap:
        status, _ = imap.login(account.address, account.password)

    assert status == "OK"


def test_sessions_can_be_cut_and_uids_forgotten(dovecot: Dovecot, account: Account) -> None:
    dovecot.deliver(MAIL, to=account.address)
    before = _uid_validity(dovecot, account)
    imap = imaplib.IMAP4(HOST, dovecot.imap)
    imap.login(account.address, account.password)

    dovecot.drop_sessions()
    until(lambda: _is_cut(imap))
    imap.shutdown()
    dovecot.new_uid_validity()

    assert _uid_validity(dovecot, account) != before
    assert len(dovecot.messages(account)) == 1


def test_postfix_delivers_what_is_submitted(
    dovecot: Dovecot, postfix: Postfix, account: Account
) -> None:
    with _submission(postfix, account) as smtp:
        refused = smtp.send_message(_letter(account.address))

    [raw] = dovecot.wait_for_messages(account, 1)
    assert refused == {}
    assert message_from_bytes(raw)["Message-ID"] == "<r1@nisc.test>"


def test_postfix_refuses_one_recipient_for_now_and_another_for_ever(
    dovecot: Dovecot, postfix: Postfix, account: Account
) -> None:
    everybody = [account.address, "busy@nisc.test", "noone@nisc.test"]

    with _submission(postfix, account) as smtp:
        refused = smtp.send_message(_letter(account.address), to_addrs=everybody)

    dovecot.wait_for_messages(account, 1)
    assert {address: code for address, (code, _) in refused.items()} == {
        "busy@nisc.test": 450,
        "noone@nisc.test": 554,
    }


def test_mail_to_nobody_comes_back_as_a_delivery_report(
    dovecot: Dovecot, postfix: Postfix, account: Account
) -> None:
    with _submission(postfix, account) as smtp:
        smtp.send_message(_letter("ghost@nisc.test"), from_addr=account.address)

    [raw] = dovecot.wait_for_messages(account, 1)

    assert message_from_bytes(raw).get_content_type() == "multipart/report"


def test_the_sink_keeps_what_it_is_given(smtp_sink: SmtpSink) -> None:
    with smtplib.SMTP(smtp_sink.host, smtp_sink.port) as smtp:
        smtp.sendmail("helpdesk@nisc.test", ["narys@example.org"], MAIL)

    kept = smtp_sink.wait_for(lambda delivered: delivered.message["Subject"] == "labas")

    assert kept == Delivered(
        sender="helpdesk@nisc.test", recipients=("narys@example.org",), raw=MAIL
    )


def test_the_sink_refuses_as_told(smtp_sink: SmtpSink) -> None:
    smtp_sink.answers["narys@example.org"] = "450 4.2.1 vėliau"

    with (
        smtplib.SMTP(smtp_sink.host, smtp_sink.port) as smtp,
        pytest.raises(smtplib.SMTPRecipientsRefused) as refused,
    ):
        smtp.sendmail("helpdesk@nisc.test", ["narys@example.org"], MAIL)

    assert refused.value.recipients["narys@example.org"][0] == 450
    assert smtp_sink.messages == []


def test_waiting_for_mail_that_does_not_come_says_what_came(smtp_sink: SmtpSink) -> None:
    with pytest.raises(TimeoutError, match=r"did not arrive in 0\.01 s"):
        smtp_sink.wait_for(lambda _: True, timeout=0.01)


def _uid_validity(dovecot: Dovecot, account: Account) -> object:
    with dovecot.session(account) as imap:
        imap.select(readonly=True)
        return imap.response("UIDVALIDITY")[1]


def _is_cut(imap: imaplib.IMAP4) -> bool:
    try:
        imap.noop()
    except imaplib.IMAP4.abort:
        return True
    return False


def _letter(to: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "helpdesk@nisc.test"
    letter["To"] = to
    letter["Subject"] = "Atsakymas ąč"
    letter["Message-ID"] = "<r1@nisc.test>"
    letter.set_content("Labas")
    return letter


def _submission(postfix: Postfix, account: Account) -> smtplib.SMTP:
    context: ssl.SSLContext = postfix.certificates.client_context()
    smtp = smtplib.SMTP("localhost", postfix.submission, timeout=15)
    smtp.starttls(context=context)
    smtp.login(account.address, account.password)
    return smtp
