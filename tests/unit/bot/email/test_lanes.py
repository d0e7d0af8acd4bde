"""A mail's lane is read before parsing, from any bytes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.email.lanes import lane_of


def test_a_reply_is_in_the_lane_of_the_mail_it_answers() -> None:
    first = b"Message-ID: <q@nvo.lt>\r\nSubject: x\r\n\r\nlabas"
    reply = b"Message-ID: <r@nvo.lt>\r\nIn-Reply-To: <q@nvo.lt>\r\n\r\ntaip"
    later = b"message-id: <s@nvo.lt>\nReferences:\n <q@nvo.lt>\n <r@nvo.lt>\n\nne"

    assert {lane_of(first), lane_of(reply), lane_of(later)} == {lane_of(first)}


def test_two_conversations_have_two_lanes() -> None:
    assert lane_of(b"Message-ID: <a@b>\r\n\r\n") != lane_of(b"Message-ID: <c@d>\r\n\r\n")


def test_the_body_is_not_read() -> None:
    assert lane_of(b"Subject: x\r\n\r\nMessage-ID: <a@b>\r\n") is None


@given(st.binary(max_size=500))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    lane = lane_of(raw)

    assert lane is None or len(lane) == 32
