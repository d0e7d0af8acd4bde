"""Invitations are calendar entries others understand, and their answers are read."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.email.calendars import Answer, Entry, answer_in, entry
from bot.email.compose import OutgoingMail, compose
from bot.email.parse import Attachment
from bot.email.preparing import MailPreparer
from handlers.domain.appointments import Attendance
from handlers.domain.channels import Address, Channel
from handlers.domain.ids import InboxId
from handlers.domain.messages import Claimed
from handlers.domain.outgoing import Key
from handlers.talk_commands import VisitAnswer
from handlers.tokens import Tokens
from storage.files import open_files
from tests.builders import TestClock, a_knowledge_base

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ONA = "ona@bendruomene.lt"
VALUES: dict[str, str | int] = {
    "uid": "u-1",
    "sequence": "2",
    "starts": "2026-03-03T12:00:00+00:00",
    "ends": "2026-03-03T13:00:00+00:00",
    "about": "NVO žyma",
    "place": "Anykščių biblioteka, J. Biliūno g. 35",
    "reference": "NVO-7",
}
REPLY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u-1\r\nSEQUENCE:2\r\n"
    "DTSTAMP:20260302T120000Z\r\nATTENDEE;CN=Ona;PARTSTAT=ACCEPTED:MAILTO:Ona@bendruomene.lt\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _entry(key: Key = Key.VISIT_INVITED) -> Entry:
    return entry(
        VALUES,
        key=key,
        organizer="pagalba@nvo.lt",
        organisation="NVO „Pagalba“; Kaunas",
        attendee=ONA,
        at=NOON,
    )


def _answer(content: str, sender: str = ONA) -> Answer | None:
    file = Attachment(name="invite.ics", content_type="text/calendar", content=content.encode())
    return answer_in([file], sender=sender)


@pytest.mark.parametrize(
    ("key", "method", "status"),
    [
        (Key.VISIT_INVITED, "REQUEST", "CONFIRMED"),
        (Key.VISIT_CHANGED, "REQUEST", "CONFIRMED"),
        (Key.VISIT_CANCELLED, "CANCEL", "CANCELLED"),
    ],
)
def test_an_entry_says_what_when_where_and_who(key: Key, method: str, status: str) -> None:
    calendar = Calendar.from_ical(_entry(key).content)
    (event,) = calendar.walk("VEVENT")

    assert calendar["METHOD"] == _entry(key).method == method
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == ("u-1", 2, status)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        datetime(2026, 3, 3, 12, tzinfo=UTC),
        datetime(2026, 3, 3, 13, tzinfo=UTC),
    )
    assert str(event["LOCATION"]) == VALUES["place"]
    assert str(event["ORGANIZER"]) == "mailto:pagalba@nvo.lt"
    assert str(event["ATTENDEE"]) == f"mailto:{ONA}"
    assert event["ATTENDEE"].params.get("RSVP") == (None if method == "CANCEL" else "TRUE")


def test_the_entry_is_a_form_of_the_words_and_a_file() -> None:
    mail = OutgoingMail(
        message_id="<t.1.x@nvo.lt>",
        date=NOON,
        from_address="pagalba@nvo.lt",
        from_name="NVO",
        to=ONA,
        subject="Kvietimas",
        text="Kviečiame.\n",
        html="<p>Kviečiame.</p>",
        automatic=False,
        calendar=_entry(),
    )

    parsed = message_from_bytes(compose(mail), policy=policy.default)

    parts = [part for part in parsed.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == [
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert parts[2]["content-type"].params["method"] == "REQUEST"
    assert parts[3].get_payload(decode=True) == _entry().content
    assert compose(mail) == compose(mail)


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [
        ("ACCEPTED", Attendance.ACCEPTED),
        ("tentative", Attendance.TENTATIVE),
        ("DECLINED", Attendance.DECLINED),
        ("NEEDS-ACTION", None),
    ],
)
def test_an_answer_is_read(partstat: str, answer: Attendance | None) -> None:
    said = _answer(REPLY.replace("ACCEPTED", partstat))

    assert said == (Answer(uid="u-1", sequence=2, answer=answer) if answer else None)


def test_only_the_senders_own_answer_to_an_invitation_counts() -> None:
    assert _answer(REPLY, sender="kitas@nvo.lt") is None
    assert _answer(REPLY.replace("REPLY", "REQUEST")) is None
    assert _answer("Labas") is None
    assert _answer("") is None


@example(cut=0, text="BEGIN:VEVENT")
@given(cut=st.integers(0, len(REPLY)), text=st.text(max_size=40))
def test_whatever_a_stranger_writes_is_read_without_an_error(cut: int, text: str) -> None:
    _answer(REPLY[:cut] + text + REPLY[cut:])
    _answer(REPLY[:cut] + text)


def _mailed(*, form: bool, headers: dict[str, str]) -> bytes:
    """Write the mail by which a calendar answers: as a form of the words, or as a file alone."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ona <Ona@bendruomene.lt>", "pagalba@nvo.lt"
    mail["Subject"], mail["Message-ID"] = "Accepted: NVO žyma", "<a1@bendruomene.lt>"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content("Ona accepted this invitation.\n")
    if form:
        mail.add_alternative("<p>Ona accepted this invitation.</p>", subtype="html")
        mail.add_alternative(REPLY, subtype="calendar", params={"method": "REPLY"})
    mail.add_attachment(REPLY.encode(), "application", "ics", filename="invite.ics")
    return mail.as_bytes(policy=policy.SMTP)


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        (True, {}),
        (False, {}),
        (True, {"Auto-Submitted": "auto-generated", "Precedence": "bulk"}),
    ],
    ids=["a form of the words", "a file alone", "said to be automatic"],
)
async def test_a_mailed_answer_is_an_answer_whatever_else_it_looks_like(
    form: bool,  # noqa: FBT001 -- a parameter of the test
    headers: dict[str, str],
    tmp_path: Path,
) -> None:
    preparer = MailPreparer(
        clock=TestClock(),
        tokens=Tokens((b"key",)),
        files=open_files(tmp_path),
        knowledge=a_knowledge_base,
        own_addresses=frozenset({"pagalba@nvo.lt"}),
        variables={},
    )
    claimed = Claimed(
        id=InboxId(1),
        fence=1,
        channel=Channel.MAIL,
        source="inbox",
        external_id="INBOX:1:1",
        raw=_mailed(form=form, headers=headers),
        received_at=NOON,
        attempts=1,
        history=False,
    )

    command = await preparer.prepare(claimed)
    await preparer.close()

    assert isinstance(command, VisitAnswer)
    assert (command.uid, command.sequence, command.answer) == ("u-1", 2, Attendance.ACCEPTED)
    assert command.message.sender == Address(Channel.MAIL, ONA)
