"""What the administrator allows: limits, caps, automatic answers."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError
from handlers.domain.messages import Received
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.tickets import Ticket
from handlers.policy import AutoAnswers, Limit, MailCaps, parse_limits
from handlers.ports import UnitOfWork
from tests.builders import MARK, NOON, UNAPPROVED, a_mail
from tests.wired import WiredDesk

MINUTES = timedelta(minutes=10)
OPEN = MailCaps(per_address=(), per_ticket=(), per_domain=())


def owe(uow: UnitOfWork, ticket: Ticket, to: str, *, kind: Kind = Kind.NOTICE) -> None:
    debt = Owed(
        kind=kind,
        channel=Channel.MAIL,
        to=to,
        key=Key.THANKED,
        values={},
        language="lt",
        at=NOON,
        ticket=ticket.id,
    )
    uow.outbox.owe(debt)


def test_limits_are_read_in_every_unit() -> None:
    assert parse_limits("10/10m, 30/1d,5/2h,1/30s", field="caps") == (
        Limit(10, timedelta(minutes=10)),
        Limit(30, timedelta(days=1)),
        Limit(5, timedelta(hours=2)),
        Limit(1, timedelta(seconds=30)),
    )


@pytest.mark.parametrize("text", ["", " ", ",", " , "])
def test_no_limit_is_none(text: str) -> None:
    assert parse_limits(text, field="caps") == ()


@pytest.mark.parametrize("text", ["10", "10/m", "10/10", "-1/1d", "10/1w", "1O/1d", "10 / 1d"])
def test_another_shape_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        parse_limits(text, field="caps")

    assert (refused.value.key, refused.value.field) == ("limit-shape", "caps")


@given(some.lists(some.tuples(some.integers(0, 999_999), some.integers(0, 9999)), max_size=4))
def test_limits_are_read_back_as_they_were_written(pairs: list[tuple[int, int]]) -> None:
    written = ",".join(f"{count}/{minutes}m" for count, minutes in pairs)

    assert parse_limits(written, field="caps") == tuple(
        Limit(count, timedelta(minutes=minutes)) for count, minutes in pairs
    )


@pytest.mark.parametrize(
    ("mode", "allowed"),
    [
        (AutoAnswers.OFF, set()),
        (AutoAnswers.SHADOW, set()),
        (AutoAnswers.ON, {(entry, at) for entry in "au" for at in ("mail", "telegram", "web")}),
        (AutoAnswers.AUTO, {("a", "mail"), ("a", "telegram"), ("a", "web"), ("u", "web")}),
    ],
)
def test_a_machine_speaks_only_where_it_is_allowed(
    mode: AutoAnswers, allowed: set[tuple[str, str]]
) -> None:
    entries = {"a": MARK, "u": UNAPPROVED}
    channels = (Channel.MAIL, Channel.TELEGRAM, Channel.WEB)

    found = {
        (name, channel.value)
        for name, entry in entries.items()
        for channel in channels
        if mode.may_send(entry, channel)
    }

    assert found == allowed


@pytest.mark.parametrize(
    ("caps", "to", "expected"),
    [
        (MailCaps(per_address=(Limit(2, MINUTES),), per_ticket=(), per_domain=()), "a@x.lt", False),
        (MailCaps(per_address=(Limit(3, MINUTES),), per_ticket=(), per_domain=()), "a@x.lt", True),
        (MailCaps(per_address=(Limit(2, MINUTES),), per_ticket=(), per_domain=()), "b@x.lt", True),
        (MailCaps(per_address=(), per_ticket=(Limit(2, MINUTES),), per_domain=()), "b@x.lt", False),
        (MailCaps(per_address=(), per_ticket=(), per_domain=(Limit(2, MINUTES),)), "b@x.lt", False),
        (MailCaps(per_address=(), per_ticket=(), per_domain=(Limit(2, MINUTES),)), "a@y.lt", True),
        (
            MailCaps(per_address=(), per_ticket=(), per_domain=(Limit(2, MINUTES),)),
            "a@x.lt.lt",
            True,
        ),
    ],
)
def test_caps_count_by_address_ticket_and_domain(
    desk: WiredDesk, caps: MailCaps, to: str, *, expected: bool
) -> None:
    ticket = desk.ticket_of(a_mail(silent=True))

    def ask(uow: UnitOfWork) -> bool:
        owe(uow, ticket, "a@x.lt")
        owe(uow, ticket, "a@x.lt")
        owe(uow, ticket, "a@x.lt", kind=Kind.REPLY)
        return caps.allow(uow, to=to, ticket=ticket.id, now=NOON)

    assert desk.do(ask) is expected


def test_a_cap_lets_go_when_its_period_is_over(desk: WiredDesk) -> None:
    caps = MailCaps(per_address=(Limit(1, MINUTES),), per_ticket=(), per_domain=())
    ticket = desk.ticket_of(a_mail(silent=True))
    desk.do(lambda uow: owe(uow, ticket, "a@x.lt"))

    later = [NOON, NOON + MINUTES, NOON + MINUTES + timedelta(seconds=1)]
    allowed = desk.do(
        lambda uow: [caps.allow(uow, to="a@x.lt", ticket=None, now=at) for at in later]
    )

    assert allowed == [False, False, True]


@pytest.mark.parametrize(
    ("sent", "received", "expected"), [(99, 0, True), (100, 50, False), (100, 51, True)]
)
def test_the_breaker_holds_a_flood_nobody_asked_for(
    desk: WiredDesk, sent: int, received: int, *, expected: bool
) -> None:
    ticket = desk.ticket_of(a_mail(silent=True))

    def ask(uow: UnitOfWork) -> bool:
        for number in range(sent):
            owe(uow, ticket, f"a{number}@x.lt")
        for number in range(received):
            uow.inbox.add(
                Received(
                    channel=Channel.MAIL,
                    source="INBOX",
                    external_id=f"1:{number}",
                    lane=None,
                    raw=b"",
                    received_at=NOON,
                )
            )
        return OPEN.allow(uow, to="b@y.lt", ticket=None, now=NOON)

    assert desk.do(ask) is expected
