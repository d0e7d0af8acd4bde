"""What a forger tries, and gets nothing by."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.email.authenticity import Authenticity
from handlers.domain.messages import Outcome
from handlers.domain.tickets import Ticket
from handlers.tokens import Claim, Purpose, Tokens
from tests.mail.town import Sent, Town, a_letter, open_town
from tests.wired import DESK_ADDRESS

ONA = "ona@namai.lt"
RASA = "rasa@pagalba.lt"
THIEF = "vagis@kitur.lt"
SECRET = "Mūsų byloje paminėti slapti skaičiai: septyni ir devyni."
EVIL = "Mokėkite į kitą sąskaitą."
SERVER = "mx.pagalba.lt"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path) as town:
        town.desk.hire(RASA)
        yield town


async def a_ticket(town: Town) -> Ticket:
    """Let Ona ask, and return her ticket; what was sent about it is in `town.sent`."""
    await town.receive(a_letter(SECRET, sender=ONA, subject="Byla"))
    town.send()
    return town.desk.tickets()[0]


def to_ona(town: Town) -> Sent:
    return next(sent for sent in town.sent if sent.to == ONA)


def to_rasa(town: Town) -> Sent:
    return next(sent for sent in town.sent if sent.to == RASA)


def reply_address(sent: Sent) -> str:
    return str(sent.mail["Reply-To"])


async def theft(town: Town, raw: bytes, ticket: Ticket) -> tuple[list[str], list[str]]:
    """Receive a forged mail; return the ticket's kinds of articles, and all that Ona got of it."""
    await town.receive(raw)
    gone = town.send()
    said = [sent.text for sent in gone if sent.to == ONA]
    told = [sent.text for sent in gone if sent.to == THIEF]
    assert [text for text in told if "septyni" in text] == []
    return [kind for kind, _ in town.desk.thread(ticket)], said


@pytest.mark.parametrize(
    "guess",
    [
        "<{id}@pagalba.lt>",
        "<t.{id}.aaaaaaaaaaaaaaaaaaaa.0011223344556677@pagalba.lt>",
        "<t.{id}@pagalba.lt>",
        "<1@namai.test>",
    ],
)
async def test_a_guessed_reference_joins_nothing(town: Town, guess: str) -> None:
    ticket = await a_ticket(town)
    reference = guess.format(id=ticket.id)

    raw = a_letter(
        EVIL,
        sender=THIEF,
        subject=f"Re: Byla [{ticket.reference}]",
        in_reply_to=reference,
        references=reference,
    )

    assert await theft(town, raw, ticket) == (["inbound"], [])
    assert len(town.desk.tickets()) == 2


@pytest.mark.parametrize("purpose", [Purpose.THREAD, Purpose.DESK, Purpose.PAGE])
async def test_a_token_signed_by_another_key_opens_nothing(town: Town, purpose: Purpose) -> None:
    ticket = await a_ticket(town)
    rasa = town.desk.do(lambda uow: uow.consultants.by_email(RASA))
    assert rasa is not None
    claim = Claim(purpose, ticket.id, rasa.id if purpose is Purpose.DESK else None)
    local, _, domain = DESK_ADDRESS.partition("@")
    address = f"{local}+{Tokens((b'kitas',)).sign(claim)}@{domain}"

    assert await theft(town, a_letter(EVIL, sender=THIEF, to=address), ticket) == (["inbound"], [])


async def test_a_strangers_replay_of_a_token_is_seen_to_be_a_strangers(town: Town) -> None:
    """A mail passed on hands its token on: the words are kept, nothing is sent back."""
    ticket = await a_ticket(town)
    raw = a_letter(EVIL, sender=THIEF, to=reply_address(to_ona(town)))

    assert await theft(town, raw, ticket) == (["inbound", "inbound"], [])

    assert "new_sender" in town.desk.history(ticket)
    assert [sent.to for sent in town.sent if sent.to == THIEF] == []
    assert town.desk.ticket(ticket).requester == ticket.requester


async def test_a_stranger_settles_nothing_by_a_replayed_token(town: Town) -> None:
    ticket = await a_ticket(town)
    before = town.desk.ticket(ticket).status

    for wish in ("1", "padėjo", "3", "ačiū"):
        await town.receive(a_letter(wish, sender=THIEF, to=reply_address(to_ona(town))))

    assert town.desk.ticket(ticket).status is before
    assert [sent.to for sent in town.send() if sent.to in {ONA, THIEF}] == []


@pytest.mark.parametrize(
    "sender",
    [
        THIEF,
        f'"{RASA}" <{THIEF}>',
        f"{RASA} <{THIEF}>",
        f"{RASA}, {THIEF}",
        f"{THIEF} <{RASA}> <{THIEF}>",
        "rasa@pagalba.lt.kitur.lt",
        "rasа@pagalba.lt",  # Cyrillic а
        f"=?utf-8?q?{RASA}?= <{THIEF}>",
        "",
    ],
)
async def test_who_is_not_plainly_the_consultant_does_not_speak_as_one(
    town: Town, sender: str
) -> None:
    ticket = await a_ticket(town)
    raw = (
        b"From: "
        + sender.encode()
        + b"\r\n"
        + a_letter(EVIL, sender="x@y.lt", to=reply_address(to_rasa(town))).replace(
            b"From: x@y.lt\r\n", b""
        )
    )

    kinds, said = await theft(town, raw, ticket)

    assert ("reply" in kinds, said) == (False, [])


async def test_two_from_headers_are_no_sender(town: Town) -> None:
    ticket = await a_ticket(town)
    genuine = a_letter(EVIL, sender=RASA, to=reply_address(to_rasa(town)))

    for raw in (
        f"From: {THIEF}\r\n".encode() + genuine,
        genuine.replace(b"To:", f"From: {THIEF}\r\nTo:".encode(), 1),
    ):
        kinds, said = await theft(town, raw, ticket)
        assert ("reply" in kinds, said) == (False, [])


@pytest.mark.parametrize(
    ("results", "sent"),
    [
        (f"{SERVER}; dmarc=pass header.from=pagalba.lt", True),
        (f"{SERVER}; dmarc=fail header.from=pagalba.lt", False),
        ("mx.kitur.lt; dmarc=pass header.from=pagalba.lt", False),
        (None, False),
    ],
)
async def test_a_forged_from_with_a_stolen_token_fails_where_senders_are_proved(
    tmp_path: Path, results: str | None, *, sent: bool
) -> None:
    async with open_town(tmp_path, authenticity=Authenticity(authserv_id=SERVER)) as town:
        town.desk.hire(RASA)
        ticket = await a_ticket(town)
        headers = {} if results is None else {"authentication_results": results}
        raw = a_letter(EVIL, sender=RASA, to=reply_address(to_rasa(town)), **headers)

        kinds, said = await theft(town, raw, ticket)

        assert ("reply" in kinds, len(said)) == (sent, int(sent))
        warned = [each.debt.key for each in town.sent if each.to == RASA][1:]
        assert ("refused" in warned) is not sent


async def test_a_consultants_token_serves_its_own_ticket_alone(town: Town) -> None:
    ticket = await a_ticket(town)
    await town.receive(a_letter("Kita byla visai", sender="jonas@namai.lt", subject="Kita"))
    town.send()
    other = town.desk.tickets()[0]
    raw = a_letter(
        "Atsakymas Onai.",
        sender=RASA,
        to=reply_address(to_rasa(town)),
        subject=f"Re: Kita [{other.reference}]",
        in_reply_to=str(next(s for s in town.sent if s.to == "jonas@namai.lt").mail["Message-ID"]),
    )

    await town.receive(raw)

    assert [kind for kind, _ in town.desk.thread(ticket)] == ["inbound", "reply"]
    assert [kind for kind, _ in town.desk.thread(other)] == ["inbound"]
    assert [sent.to for sent in town.send() if "Atsakymas Onai" in sent.text] == [ONA]


async def test_a_tag_of_another_ticket_in_a_signed_thread_moves_nothing(town: Town) -> None:
    ticket = await a_ticket(town)
    await town.receive(a_letter("Kita byla visai", sender=THIEF, subject="Kita"))
    town.send()
    own = town.desk.tickets()[0]
    own_address = next(reply_address(sent) for sent in town.sent if sent.to == THIEF)

    raw = a_letter(EVIL, sender=THIEF, to=own_address, subject=f"Re: Byla [{ticket.reference}]")
    await town.receive(raw)

    assert [kind for kind, _ in town.desk.thread(ticket)] == ["inbound"]
    assert [kind for kind, _ in town.desk.thread(own)] == ["inbound", "inbound"]


INJECTED = "Bcc: auka@namai.lt"


@pytest.mark.parametrize(
    "header",
    [
        f"Subject: =?utf-8?q?Byla=0D=0A{INJECTED.replace(' ', '_')}?=",
        f"Subject: Byla\r\n {INJECTED}",
        f"Subject: Byla\r{INJECTED}",
        f"From: =?utf-8?q?Ona=0D=0ABcc=3A_auka?= <{ONA}>",
        f'From: "Ona\\\r\n {INJECTED}" <{ONA}>',
        f"Message-ID: <a=0D=0A{INJECTED}@b>\r\n {INJECTED}",
        f"References: <a@b>\r\n {INJECTED}\r\n <c@d>",
    ],
)
async def test_no_line_end_in_a_value_becomes_a_header_of_ours(town: Town, header: str) -> None:
    name = header.partition(":")[0].encode()
    letter = a_letter(SECRET, sender=ONA, subject="Byla")
    lines = [line for line in letter.split(b"\r\n") if not line.startswith(name + b":")]
    await town.receive(header.encode() + b"\r\n" + b"\r\n".join(lines))

    gone = town.send()

    assert {sent.to for sent in gone} == {ONA, RASA}
    for sent in gone:
        head = sent.raw.partition(b"\r\n\r\n")[0].decode()
        assert [line for line in head.split("\r\n") if line.lower().startswith("bcc")] == []
        assert sent.mail["Bcc"] is None


async def test_a_forged_report_to_a_guessed_return_path_marks_nobody(town: Town) -> None:
    ticket = await a_ticket(town)
    local, _, domain = DESK_ADDRESS.partition("@")
    guessed = f"{local}+b.{to_ona(town).debt.id}.aaaaaaaaaaaaaaaaaaaa@{domain}"
    report = (
        f"From: MAILER-DAEMON@kitur.lt\r\nTo: {guessed}\r\nSubject: Undelivered\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; {ONA}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    ).encode()

    receipt = await town.receive(report)

    assert (receipt.outcome, receipt.ticket) == (Outcome.IGNORED, None)
    assert town.desk.history(ticket) == ["decided"]
