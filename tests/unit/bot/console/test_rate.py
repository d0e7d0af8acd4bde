"""How often one client may ask."""

from datetime import UTC, datetime, timedelta

from bot.console.rate import RateLimiter
from handlers.policy import Limit

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_window_slides() -> None:
    limiter = RateLimiter((Limit(2, timedelta(minutes=1)),))

    waits = [
        limiter.wait("192.0.2.1", now=START + timedelta(seconds=second))
        for second in (0, 30, 40, 60, 61)
    ]

    assert waits == [0, 0, 20, 0, 29]


def test_clients_do_not_pay_for_each_other() -> None:
    limiter = RateLimiter((Limit(1, timedelta(minutes=1)),))

    assert [limiter.wait(f"192.0.2.{n}", now=START) for n in (1, 2, 1)] == [0, 0, 60]


def test_one_ipv6_site_is_one_client() -> None:
    limiter = RateLimiter((Limit(1, timedelta(minutes=1)),))

    clients = ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")

    assert [limiter.wait(client, now=START) for client in clients] == [0, 60, 0]


def test_without_a_limit_nobody_waits() -> None:
    limiter = RateLimiter(())

    assert [limiter.wait("192.0.2.1", now=START) for _ in range(100)] == [0] * 100


def test_the_strictest_of_several_limits_holds() -> None:
    limiter = RateLimiter((Limit(5, timedelta(minutes=1)), Limit(6, timedelta(hours=1))))

    waits = [limiter.wait("a", now=START + timedelta(minutes=n)) for n in range(7)]

    assert waits == [0] * 6 + [54 * 60]
