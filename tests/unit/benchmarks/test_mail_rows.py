"""Each promise about mail is judged by the runs it is about."""

from benchmarks.mail import compared
from benchmarks.mail_processes import Spent
from benchmarks.mail_runs import Run

_SECONDS = {
    "parse": 0.5,
    "parse pg": 1.0,
    "pipe": 2.0,
    "helpdesk": 20.0,
    "helpdesk pg": 12.0,
    "import": 1.0,
    "import pg": 5.0,
    "live": 4.0,
    "unseen": 5.0,
    "meaning": 10.0,
    "live pg": 2.0,
    "kept pg": 3.0,
    "two pg": 1.0,
    "two kept pg": 2.0,
    "four pg": 2.0,
    "slow pg": 8.0,
    "two slow pg": 5.0,
}


def _took(seconds: float) -> Run:
    spent = Spent(wall=seconds, cpu=seconds, peak=80)
    return Run(count=100, spent=spent, kept_to_end=0.9, filed_to_end=0.3)


def _judged(*, processors: int) -> list[tuple[float, str, float, bool]]:
    measured = {name: [_took(seconds), _took(seconds)] for name, seconds in _SECONDS.items()}
    return [
        (row.ratio, row.target.sign, row.target.limit, row.target.is_met(row.ratio))
        for row in compared(measured, processors=processors)
        if row.target is not None and row.ratio is not None
    ]


def test_every_promise_is_judged_in_its_own_row() -> None:
    assert _judged(processors=4) == [
        (2.0, "<=", 4, True),  # import-mail beside parse and commit
        (5.0, "<=", 4, False),  # the same on PostgreSQL
        (5.0, ">=", 5, True),  # live beside django-helpdesk
        (0.2, "<=", 0.25, True),  # its processor time
        (0.5, ">=", 0.6, False),  # live beside the limit
        (6.0, ">=", 5, True),  # live on PostgreSQL
        (4.0, ">=", 5, False),  # the same, its worker kept on a processor
        (2.0, ">=", 1.7, True),  # two workers beside one
        (1.5, ">=", 1.7, False),  # the same, each kept on a processor
        (1.6, ">=", 1.7, False),  # the same, each with a quarter of a processor
        (0.9, "<=", 1, True),  # the end of a burst
        (0.9, "<=", 1, True),  # the same on PostgreSQL
    ]


def test_where_no_two_processors_are_free_only_slow_workers_are_judged() -> None:
    assert [each for each in _judged(processors=2) if each[2] == 1.7] == [(1.6, ">=", 1.7, False)]


def test_slow_workers_are_no_row_where_the_kernel_makes_none() -> None:
    measured = {name: [_took(seconds)] for name, seconds in _SECONDS.items() if "slow" not in name}

    assert not [each.what for each in compared(measured, processors=2) if "quarter" in each.what]


def test_a_figure_is_told_by_the_letter() -> None:
    first = next(
        compared({name: [_took(seconds)] for name, seconds in _SECONDS.items()}, processors=2)
    )

    assert first.figure == "200 mails/s, 5.0 ms CPU, 80 MB"
