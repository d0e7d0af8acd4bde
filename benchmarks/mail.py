"""From the mailbox to the acknowledgement: our desk beside a peer and beside what is possible.

    python -m benchmarks.mail 1        one round

Each round runs everyone once, by turns, on the same 500 letters (of which four go ahead, so that
the start of processes and what they load is in no figure), the same Dovecot, SMTP sink and
PostgreSQL, all syncing to disk. A rate is letters through seconds:

- limits: inside one synchronous process;
- django-helpdesk and import-mail: the whole command, less the same command on those four;
- live: from the moment Dovecot tells another IDLE of the new mail to the last acknowledgement.

On PostgreSQL one process reads the mailbox and sends, and each worker is one more. Two workers are
judged where two processors are free for them, and wherever the kernel slows each down to a quarter
of a processor: that tells whether workers hold each other up, not what the servers can bear.

CPU is user and system time of the processes measured and their children, without the servers. Our
desk decides by words alone except where the semantic model is named. Everything is checked: each
letter filed once, in the right ticket, acknowledged as policy says, once.
"""

import os
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from benchmarks.mail_desk import WITH_MEANING, installer
from benchmarks.mail_letters import letters
from benchmarks.mail_peer import peers
from benchmarks.mail_runs import Run, Runs
from benchmarks.mail_share import can_share
from benchmarks.mail_town import town
from benchmarks.table import Row, Target, at_least, at_most, main, median_ratio, progress

_FEW: Final = 100
"""The model of meaning takes tens of milliseconds a sentence."""
_MANY: Final = 1500
"""Of fewer, learning words anew in each worker, and the last batch of one, would be seen."""

_ENOUGH: Final = 4
"""Processors for two workers and for what they wait for: on fewer, the two are not free."""

Measured = Mapping[str, Sequence[Run]]


def rows(rounds: int) -> Iterator[Row]:
    """Measure all rounds, then tell."""
    with town() as here, installer(here) as desks, peers(here) as others:
        usual = Runs(
            town=here,
            installer=desks,
            peers=others,
            letters=letters(here.folder / "letters"),
        )
        unseen = replace(usual, letters=letters(here.folder / "unseen", unseen=True))
        few = replace(usual, letters=letters(here.folder / "few", count=_FEW))
        many = replace(usual, letters=letters(here.folder / "many", count=_MANY))
        measured = _by_turns(_contenders(usual, unseen, few, many), rounds)
    yield from compared(measured, processors=len(os.sched_getaffinity(0)))


def compared(measured: Measured, *, processors: int) -> Iterator[Row]:
    """Put those beside each other who ran by turns, on so many processors."""
    yield from _limits(measured)
    yield from _imports(measured)
    yield from _live(measured, processors)
    yield from _bursts(measured)


def _contenders(
    usual: Runs, unseen: Runs, few: Runs, many: Runs
) -> Mapping[str, Callable[[], Run]]:
    on_postgresql = partial(usual.live, on_postgresql=True)
    return {
        "parse": partial(usual.parse, on_postgresql=False),
        "parse pg": partial(usual.parse, on_postgresql=True),
        "import": partial(usual.import_mail, on_postgresql=False),
        "import pg": partial(usual.import_mail, on_postgresql=True),
        "pipe": usual.pipe,
        "live": usual.live,
        "helpdesk": partial(usual.peer, on_postgresql=False),
        "live pg": on_postgresql,
        "helpdesk pg": partial(usual.peer, on_postgresql=True),
        "kept pg": partial(on_postgresql, stay=True),
        "two pg": partial(on_postgresql, workers=2),
        "two kept pg": partial(on_postgresql, workers=2, stay=True),
        "four pg": partial(on_postgresql, workers=4),
        **_slowed(partial(many.live, on_postgresql=True)),
        "unseen": unseen.live,
        "meaning": partial(few.live, program=WITH_MEANING),
    }


def _slowed(live: Callable[..., Run]) -> Mapping[str, Callable[[], Run]]:
    """Return workers that are slow enough to leave processors free, where the kernel makes such."""
    if not can_share():
        progress("mail: the kernel gives no part of a processor, so none is measured")
        return {}
    return {
        "slow pg": partial(live, slowed=True),
        "two slow pg": partial(live, slowed=True, workers=2),
    }


def _by_turns(contenders: Mapping[str, Callable[[], Run]], rounds: int) -> Measured:
    measured: dict[str, list[Run]] = {name: [] for name in contenders}
    for number in range(1, rounds + 1):
        for name, contender in contenders.items():
            measured[name].append(contender())
            progress(f"mail {number}/{rounds} {name}: {_figure(measured[name][-1:])}")
    return measured


def _limits(measured: Measured) -> Iterator[Row]:
    for name, what in {
        "parse": "limit: parse and one commit each, SQLite",
        "parse pg": "limit: parse and one commit each, PostgreSQL",
        "pipe": "limit: IMAP, parse, two commits, SMTP, no thought",
        "helpdesk": "django-helpdesk 2.6.1, SQLite",
        "helpdesk pg": "django-helpdesk 2.6.1, PostgreSQL",
    }.items():
        yield Row(what=what, figure=_figure(measured[name]))


def _imports(measured: Measured) -> Iterator[Row]:
    for end, database in {"": "SQLite", " pg": "PostgreSQL"}.items():
        yield Row(
            what=f"import-mail, {database}",
            figure=_figure(measured[f"import{end}"]),
            ratio=_cpu(measured, f"import{end}", f"parse{end}"),
            beside="CPU, parse and one commit",
            target=at_most(4),
        )


def _live(measured: Measured, processors: int) -> Iterator[Row]:
    rate, cpu = partial(_rate, measured), partial(_cpu, measured)

    def row(name: str, what: str, ratio: float, beside: str, target: Target | None = None) -> Row:
        figure = _figure(measured[name])
        return Row(what=what, figure=figure, ratio=ratio, beside=beside, target=target)

    road = "IMAP to acknowledgement"
    peer, speed, work = "django-helpdesk", "mails/s", "CPU"
    first = f"{road}, SQLite, one process"
    yield row("live", first, rate("live", "helpdesk"), f"{speed}, {peer}", at_least(5))
    yield row("live", first, cpu("live", "helpdesk"), f"{work}, {peer}", at_most(0.25))
    yield row("live", first, rate("live", "pipe"), f"{speed}, the limit", at_least(0.6))
    for name, what in {
        "unseen": f"{first}, no sentence seen before",
        "meaning": f"{first}, with the semantic model (100 letters)",
    }.items():
        yield row(name, what, rate(name, "helpdesk"), f"{speed}, {peer}")
    second = f"{road}, PostgreSQL"
    on_pg = rate("live pg", "helpdesk pg")
    yield row("live pg", f"{second}, one worker", on_pg, f"{speed}, {peer}", at_least(5))
    on_pg = cpu("live pg", "helpdesk pg")
    yield row("live pg", f"{second}, one worker", on_pg, f"{work}, {peer}")
    on_pg, kept = rate("kept pg", "helpdesk pg"), f"{second}, one worker kept on a processor"
    yield row("kept pg", kept, on_pg, f"{speed}, {peer}", at_least(5))
    free = at_least(1.7) if processors >= _ENOUGH else None
    two, four = rate("two pg", "live pg"), rate("four pg", "live pg")
    yield row("two pg", f"{second}, two workers", two, f"{speed}, one worker", free)
    kept_apart = f"{second}, two workers, each kept on a processor"
    two = rate("two kept pg", "kept pg")
    yield row("two kept pg", kept_apart, two, f"{speed}, one worker so kept", free)
    yield row("four pg", f"{second}, four workers", four, f"{speed}, one worker")
    if "two slow pg" in measured:
        slowed = f"{second}, two workers, a quarter of a processor each ({_MANY} letters)"
        two = rate("two slow pg", "slow pg")
        yield row("two slow pg", slowed, two, f"{speed}, one worker so slowed", at_least(1.7))


def _bursts(measured: Measured) -> Iterator[Row]:
    for name, database in {"live": "SQLite", "live pg": "PostgreSQL"}.items():
        kept = statistics.median(run.kept_to_end for run in measured[name])
        filed = statistics.median(run.filed_to_end for run in measured[name])
        yield Row(
            what=f"burst of 500, {database}: last acknowledgement after the last mail is taken in",
            figure=f"{kept:.2f} s; {filed:.2f} s after the last is filed",
            ratio=kept,
            beside="seconds",
            target=at_most(1),
        )


def _rate(measured: Measured, ours: str, theirs: str) -> float:
    return median_ratio(*([run.rate for run in measured[name]] for name in (ours, theirs)))


def _cpu(measured: Measured, ours: str, theirs: str) -> float:
    return median_ratio(*([run.cpu for run in measured[name]] for name in (ours, theirs)))


def _figure(runs: Sequence[Run]) -> str:
    rate = statistics.median(run.rate for run in runs)
    cpu = statistics.median(run.cpu for run in runs)
    peak = statistics.median(run.spent.peak for run in runs)
    note = f"; {runs[-1].note}" if runs[-1].note else ""
    return f"{rate:.0f} mails/s, {cpu:.1f} ms CPU, {peak:.0f} MB{note}"


if __name__ == "__main__":
    main(rows)
