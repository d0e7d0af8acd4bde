"""From a mail to the one command it means: whose word it is, and of which conversation."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.email.authenticity import Authenticity
from bot.email.automatic import LOOP_HEADER
from bot.email.preparing import MailPreparer
from bot.preparing import UnreadableError
from handlers.commands import MailedReply, Receive, SentOutside, Skip
from handlers.domain.channels import Channel
from handlers.domain.ids import ConsultantId, InboxId, OutboxId, TicketId
from handlers.domain.messages import Automatic, Claimed, Prepared, Returned, Thread
from handlers.tokens import Claim, Purpose, Tokens
from storage.files import open_files
from tests.builders import NOON, TestClock, a_knowledge_base
from tests.unit.bot.email.builders import a_mail, a_multipart, a_part

TOKENS = Tokens((b"key",))
OURS = "bendruomenes@nisc.test"
THREAD = TOKENS.sign(Claim(Purpose.THREAD, TicketId(7)))
DESK = TOKENS.sign(Claim(Purpose.DESK, TicketId(7), ConsultantId(3)))
RETURN = TOKENS.sign_return(OutboxId(9))


def plus(token: str) -> str:
    return f"Delivered-To: bendruomenes+{token}@nisc.test"


@pytest.fixture
async def preparer(tmp_path: Path) -> AsyncIterator[MailPreparer]:
    preparer = MailPreparer(
        clock=TestClock(),
        tokens=TOKENS,
        files=open_files(tmp_path),
        knowledge=a_knowledge_base,
        own_addresses=frozenset({OURS}),
        variables={},
    )
    yield preparer
    await preparer.close()


def claimed(raw: bytes) -> Claimed:
    return Claimed(
        id=InboxId(1),
        fence=1,
        channel=Channel.MAIL,
        source="inbox",
        external_id="INBOX:1:1",
        raw=raw,
        received_at=NOON,
        attempts=1,
        history=False,
    )


async def command_of(preparer: MailPreparer, raw: bytes) -> Receive | MailedReply:
    command = await preparer.prepare(claimed(raw))
    assert isinstance(command, Receive | MailedReply)
    return command


async def prepared(preparer: MailPreparer, raw: bytes) -> Prepared:
    return (await command_of(preparer, raw)).message


async def test_what_is_no_mail_is_shunted_with_the_reason(preparer: MailPreparer) -> None:
    with pytest.raises(UnreadableError, match="the mail is empty"):
        await command_of(preparer, b" ")


@pytest.mark.parametrize(
    ("raw", "skipped"),
    [
        (a_mail("Jūsų atsakymas", f"{LOOP_HEADER}: {OURS}", sender=OURS), "own"),
        (a_mail("Atostogauju", "Auto-Submitted: auto-replied", sender=OURS), "auto_reply"),
        (a_mail("Atsakau", "In-Reply-To: <m0@nvo.lt>", "Cc: ieva@nvo.lt", sender=OURS), None),
    ],
    ids=["our own copy", "an automatic reply", "a colleague's words"],
)
async def test_of_the_sent_folder_only_what_a_colleague_wrote_counts(
    preparer: MailPreparer, raw: bytes, skipped: str | None
) -> None:
    outside = replace(preparer, sent_sources=frozenset({"inbox"}))

    command = await outside.prepare(claimed(raw))

    match command:
        case Skip(reason=reason):
            assert reason == skipped
        case SentOutside(message=message):
            assert message.copies == ("ieva@nvo.lt",)
            assert message.thread.references == ("<m0@nvo.lt>",)
            assert skipped is None
        case _:
            pytest.fail(f"{command} is neither")


async def test_others_who_got_the_mail_are_kept_but_neither_we_nor_its_sender(
    preparer: MailPreparer,
) -> None:
    raw = a_mail(
        "Labas", "Cc: Jonas <Jonas@nvo.lt>, ONA@nvo.lt, bendruomenes+x@nisc.test, rasa@nvo.lt"
    )
    raw = raw.replace(b"To: bendruomenes@nisc.test", b"To: taryba@nvo.lt, bendruomenes@nisc.test")

    plain = await prepared(preparer, raw)
    funded = await prepared(replace(preparer, programmes={"inbox": "Aktyvūs miestai"}), raw)

    assert plain.copies == ("taryba@nvo.lt", "jonas@nvo.lt", "rasa@nvo.lt")
    assert (plain.programme, funded.programme) == (None, "Aktyvūs miestai")


async def test_what_a_reader_must_know_comes_along_and_a_first_writer_is_proposed(
    preparer: MailPreparer,
) -> None:
    passed_on = "Ką atsakyti?\n\n-- Persiųstas laiškas --\nNuo: {}\nTema: z\n\nAr galima?"
    raws = [
        a_mail(passed_on.format("Jonas <Jonas@nvo.lt>"), "Cc: rasa@nvo.lt"),
        a_mail(passed_on.format(f"Mes <{OURS}>"), "Cc: rasa@nvo.lt"),
        a_mail("x", content_type="application/pkcs7-mime; name=smime.p7m"),
    ]

    notes = [(each.notes, each.copies) for each in [await prepared(preparer, raw) for raw in raws]]

    assert notes == [
        (("forwarded",), ("jonas@nvo.lt", "rasa@nvo.lt")),
        ((), ("rasa@nvo.lt",)),
        (("encrypted",), ()),
    ]


@pytest.mark.parametrize(
    "header",
    [plus(THREAD), f"In-Reply-To: <{THREAD}.ab@nisc.test>", f"References: <a@b> <{THREAD}.ab@x>"],
)
async def test_a_signed_token_names_the_ticket(preparer: MailPreparer, header: str) -> None:
    message = await prepared(preparer, a_mail("Labas", header))

    assert message.thread.token == TicketId(7)


async def test_a_consultants_token_is_no_right_to_speak_as_the_asker(
    preparer: MailPreparer,
) -> None:
    command = await command_of(preparer, a_mail("Labas", plus(DESK)))

    assert isinstance(command, MailedReply)
    assert (command.ticket, command.consultant) == (7, 3)
    assert command.message.thread == Thread()
    assert command.message.is_authentic is None


@pytest.mark.parametrize(("result", "is_authentic"), [("pass", True), ("fail", False)])
async def test_who_writes_as_a_consultant_is_judged(
    preparer: MailPreparer,
    result: str,
    is_authentic: bool,  # noqa: FBT001 -- a table
) -> None:
    told = f"Authentication-Results: mx.nisc.test; dmarc={result} header.from=nvo.lt"
    judging = replace(preparer, authenticity=Authenticity(authserv_id="mx.nisc.test"))

    command = await command_of(judging, a_mail("Labas", plus(DESK), told))

    assert isinstance(command, MailedReply)
    assert command.message.is_authentic is is_authentic


async def test_a_report_to_the_return_path_tells_what_came_back(preparer: MailPreparer) -> None:
    report = a_multipart(
        a_part("message/delivery-status", "Final-Recipient: rfc822; a@b.lt\r\nStatus: 5.1.1"),
        kind="report",
    )

    message = await prepared(preparer, plus(RETURN).encode() + b"\r\n" + report)

    assert (message.automatic, message.returned) == (
        Automatic.BOUNCE,
        Returned(outbox=OutboxId(9), status="5.1.1", is_permanent=True),
    )


async def test_what_a_robot_does_not_mark_is_known_by_the_return_path(
    preparer: MailPreparer,
) -> None:
    message = await prepared(preparer, a_mail("Gavome Jūsų laišką", plus(RETURN)))

    assert (message.automatic, message.returned) == (
        Automatic.BULK,
        Returned(outbox=OutboxId(9)),
    )
    assert message.decision.candidates == ()


@pytest.mark.parametrize(
    "raw",
    [
        a_mail("Labas", sender=f"Desk <{OURS.upper()}>"),
        a_mail("Labas", f"X-NVO-Helpdesk-Loop: {OURS}"),
        a_mail("Labas").replace(b"<m1@nvo.lt>", f"<{THREAD}.ab12@nisc.test>".encode()),
    ],
)
async def test_our_own_mail_is_known(preparer: MailPreparer, raw: bytes) -> None:
    assert (await prepared(preparer, raw)).automatic is Automatic.OWN


async def test_mail_of_another_helpdesks_people_is_mail_of_people(preparer: MailPreparer) -> None:
    """It once counted as our own and was dropped unread."""
    message = await prepared(preparer, a_mail("Labas", "X-NVO-Helpdesk-Loop: kita@pagalba.lt"))

    assert message.automatic is None


async def test_what_fits_no_queue_of_its_own_goes_to_the_mailboxs(preparer: MailPreparer) -> None:
    raw = a_mail("Kodėl mūsų katinas miega ant stogo?")
    own = replace(preparer, queues={"inbox": "savanoryste"})
    other = replace(preparer, queues={"kita": "savanoryste"})

    queues = [(await prepared(each, raw)).decision.queue for each in (preparer, own, other)]

    assert queues == ["bendra", "savanoryste", "bendra"]
