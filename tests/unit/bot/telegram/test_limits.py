"""How many calls go in what time, on a clock that moves only when somebody waits."""

from collections import deque
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.limits import Limits, Pace, Paces
from handlers.domain.errors import TransientDeliveryError

GROUP, OTHER_GROUP, MEMBER = "-1001", "-1002", "5"
WIDE = Pace(1000, 1000)


@dataclass(slots=True)
class Time:
    """Stands still until somebody waits."""

    now: float = 1000.0
    rests: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    async def rest(self, seconds: float) -> None:
        self.rests.append(round(seconds, 3))
        self.now += seconds


def limits(time: Time, paces: Paces | None = None) -> Limits:
    return Limits(paces=paces or Paces(), now=time.read, rest=time.rest)


@pytest.mark.parametrize(
    ("chat", "new_topic", "at_once", "then"),
    [
        (MEMBER, False, 3, 1.0),
        (GROUP, False, 18, 60.0),
        ("@grupe", False, 18, 60.0),
        (GROUP, True, 4, 4.0),
    ],
)
async def test_so_many_go_at_once_and_the_next_waits(
    chat: str, at_once: int, then: float, *, new_topic: bool
) -> None:
    """A short wait is waited out; a longer one is said, and the call is not counted."""
    time = Time()
    held = limits(time)
    for _ in range(at_once):
        await held.turn(chat, new_topic=new_topic)
    assert time.rests == []

    if then <= 3:
        await held.turn(chat, new_topic=new_topic)
        assert time.rests == [then]
        return
    for _ in range(2):
        with pytest.raises(TransientDeliveryError) as refused:
            await held.turn(chat, new_topic=new_topic)
        assert refused.value.retry_after == pytest.approx(then)
    time.now += then
    await held.turn(chat, new_topic=new_topic)
    assert time.rests == []


async def test_everything_together_has_a_pace_too() -> None:
    time = Time()
    held = limits(time)

    for number in range(30):
        await held.turn(str(number + 1))

    assert time.rests == [0.04] * 5


async def test_a_new_topic_counts_among_the_calls_of_its_group() -> None:
    time = Time()
    held = limits(time, Paces(topics=WIDE))
    for number in range(18):
        await held.turn(GROUP, new_topic=number % 2 == 0)

    with pytest.raises(TransientDeliveryError):
        await held.turn(GROUP)
    await held.turn(OTHER_GROUP)

    assert time.rests == []


async def test_what_telegram_asked_for_holds_even_without_a_pace_and_for_one_chat() -> None:
    time = Time()
    held = Limits(paces=None, now=time.read, rest=time.rest)
    held.pause(MEMBER, 30)

    with pytest.raises(TransientDeliveryError) as refused:
        await held.turn(MEMBER)
    await held.turn("6")
    time.now += 28
    await held.turn(MEMBER)

    assert refused.value.retry_after == 30
    assert time.rests == [2]


@given(st.lists(st.floats(0, 8), min_size=30, max_size=60))
async def test_no_minute_has_more_than_twenty_calls_in_a_group(gaps: list[float]) -> None:
    time = Time()
    held = limits(time)
    last_minute: deque[float] = deque()

    for gap in gaps:
        time.now += gap
        try:
            await held.turn(GROUP)
        except TransientDeliveryError:
            continue
        last_minute.append(time.now)
        while last_minute[0] <= time.now - 60:
            last_minute.popleft()
        assert len(last_minute) <= 20
