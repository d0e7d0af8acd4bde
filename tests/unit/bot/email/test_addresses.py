"""Addresses are read as written, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.email.addresses import (
    MAX_ADDRESSES,
    Mailbox,
    addresses,
    plain_address,
    sole_mailbox,
    wire_address,
)


@pytest.mark.parametrize(
    ("header", "mailbox"),
    [
        ("ona@nvo.lt", Mailbox("ona@nvo.lt", "")),
        ("<ona@nvo.lt>", Mailbox("ona@nvo.lt", "")),
        ("Ona Onaitė <Ona@NVO.lt>", Mailbox("Ona@nvo.lt", "Ona Onaitė")),
        ('"Onaitė, Ona" <ona@nvo.lt>', Mailbox("ona@nvo.lt", "Onaitė, Ona")),
        ("=?utf-8?q?Ona_Onait=C4=97?= <ona@nvo.lt>", Mailbox("ona@nvo.lt", "Ona Onaitė")),
        ("ona@nvo.lt (Ona (pirmininkė))", Mailbox("ona@nvo.lt", "")),
        ('"ona@nvo.lt" <ona@nvo.lt>', Mailbox("ona@nvo.lt", "")),
        ("ona@nvo.lt <ona@nvo.lt>", Mailbox("ona@nvo.lt", "")),
        ('"ona@nvo.lt" <evil@bad.lt>', Mailbox("evil@bad.lt", "")),
        ("ona@bendruomenė.lt", Mailbox("ona@bendruomenė.lt", "")),
    ],
)
def test_one_plain_sender_is_read(header: str, mailbox: Mailbox) -> None:
    assert sole_mailbox([header]) == mailbox


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Ona",
        "ona@nvo.lt <evil@bad.lt>",
        "=?utf-8?q?ona=40nvo=2Elt?= <evil@bad.lt> <ona@nvo.lt>",
        "alice@x)bob@y",
        "ona@nvo.lt, petras@nvo.lt",
        "g:;>",
        "<",
        "..@",
        "<@",
        'a"b@c',
        "ona@nvo..lt",
        "ona@-nvo.lt",
        "ona @nvo.lt <x@y.lt> z",
        "a@b@c.lt",
        "a\r\nBcc: x@y.lt",
    ],
)
def test_a_doubtful_sender_is_none(header: str) -> None:
    assert sole_mailbox([header]) is None


def test_two_from_headers_are_no_sender() -> None:
    assert sole_mailbox(["ona@nvo.lt", "ona@nvo.lt"]) is None


def test_recipients_are_read_from_lists_and_groups() -> None:
    headers = ["a@b.lt, Jonas <c@d.lt>, bad, a@b.lt", "grupė: e@f.lt, g@h.lt;", "undisclosed:;"]

    assert addresses(headers) == ("a@b.lt", "c@d.lt", "e@f.lt", "g@h.lt")


def test_of_ten_thousand_recipients_the_first_hundred_are_read() -> None:
    header = ", ".join(f"a{number}@b.lt" for number in range(10_000))

    assert addresses([header]) == tuple(f"a{number}@b.lt" for number in range(MAX_ADDRESSES))


def test_servers_get_the_domain_in_ascii() -> None:
    assert wire_address("ona@bendruomenė.lt") == "ona@xn--bendruomen-0mb.lt"


@pytest.mark.parametrize("text", ["x@y>\r\nDATA", "a b@c.lt", "@c.lt", "a@", "a@b c"])
def test_servers_get_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="not one plain mail address"):
        wire_address(text)


@given(st.text(max_size=200))
def test_no_text_raises_and_what_is_read_is_plain(text: str) -> None:
    found = addresses([text])

    assert [plain_address(address) for address in found] == list(found)
    sole_mailbox([text])
