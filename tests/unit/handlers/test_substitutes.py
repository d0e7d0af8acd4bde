"""Who stands in: no chain of substitutes ever loops, and it ends at somebody or at the queue."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.errors import InvalidError
from handlers.domain.ids import ConsultantId
from handlers.staffing import NewAbsence
from handlers.substitutes import Substitutes

DAY = date(2026, 7, 1)
PEOPLE = 5
DAYS = [DAY + timedelta(days=number) for number in range(8)]
consultants = st.integers(1, PEOPLE).map(ConsultantId)
absences = st.builds(
    lambda who, start, length, substitute: NewAbsence(
        consultant=who,
        first=DAYS[start],
        last=DAYS[start] + timedelta(days=length),
        substitute=substitute,
    ),
    consultants,
    st.integers(0, 5),
    st.integers(0, 3),
    st.none() | consultants,
)


def away(who: int, first: int, last: int, substitute: int | None = None) -> NewAbsence:
    return NewAbsence(
        consultant=ConsultantId(who),
        first=DAYS[first],
        last=DAYS[last],
        substitute=None if substitute is None else ConsultantId(substitute),
    )


@given(st.lists(absences, max_size=8), consultants, st.sampled_from(DAYS))
def test_whatever_stands_in_the_database_every_chain_ends(
    known: list[NewAbsence], who: ConsultantId, day: date
) -> None:
    """Circles and overlaps too: a backup of another version may bring them."""
    substitutes = Substitutes(known)

    chain = list(substitutes.chain(who, day))
    found = substitutes.present(who, day)

    assert len(chain) == len(set(chain)) <= PEOPLE
    assert found is None or (found == chain[-1] and not substitutes.is_away(found, day))
    assert found == who or substitutes.is_away(who, day)


@given(st.lists(absences, max_size=10))
def test_absences_that_were_let_in_make_no_circle_on_any_day(wanted: list[NewAbsence]) -> None:
    """What is refused would make one: both ways are held against going round day by day."""
    let_in: list[NewAbsence] = []
    for new in wanted:
        overlaps = any(
            each.consultant == new.consultant
            and any(each.covers(day) and new.covers(day) for day in DAYS)
            for each in let_in
        )
        refused = overlaps or goes_round([*let_in, new])
        with pytest.raises(InvalidError) if refused else nullcontext():
            Substitutes(let_in).require(new)
        if not refused:
            let_in.append(new)

    assert not goes_round(let_in)


def goes_round(known: list[NewAbsence]) -> bool:
    """Follow everybody on every day for longer than there are people."""
    for day in DAYS:
        stands_in = {
            each.consultant: each.substitute
            for each in known
            if each.covers(day) and each.substitute is not None
        }
        for who in stands_in:
            at = who
            for _ in range(PEOPLE + 1):
                if at not in stands_in:
                    break
                at = stands_in[at]
            else:
                return True
    return False


def test_who_stands_in_for_whom_is_passed_on() -> None:
    substitutes = Substitutes([away(1, 0, 3, 2), away(2, 2, 4, 3), away(3, 3, 3)])

    found = [substitutes.present(ConsultantId(1), day) for day in DAYS[:5]]

    assert found == [2, 2, 3, None, 1]


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (away(1, 3, 2), "ends-before-it-begins"),
        (away(1, 2, 2, 1), "substitutes-in-a-circle"),
        (away(2, 0, 5), "away-already"),
        (away(3, 4, 6, 1), "substitutes-in-a-circle"),
    ],
)
def test_what_contradicts_itself_is_refused(new: NewAbsence, key: str) -> None:
    known = [away(1, 4, 4, 2), away(2, 3, 4, 3)]

    with pytest.raises(InvalidError) as refusal:
        Substitutes(known).require(new)

    assert refusal.value.key == key
