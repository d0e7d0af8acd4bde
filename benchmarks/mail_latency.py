"""How soon one mail is acknowledged by a service at rest.

    python -m benchmarks.mail_latency 1

The time runs from the moment Dovecot tells another IDLE of the mail (it takes half a second before
it tells anyone) to the moment the SMTP sink has taken the acknowledgement.
"""

import statistics
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from benchmarks.mail_desk import Installer, installer
from benchmarks.mail_letters import AHEAD, Letters, letters
from benchmarks.mail_town import Town, town
from benchmarks.table import Row, at_most, main, progress

_MAILS: Final = 40
_SECONDS: Final = 30.0
_SERVICE: Final = "mail,worker,relay"


def rows(rounds: int) -> Iterator[Row]:
    """Send forty mails one by one, divided among the rounds, on either database by turns."""
    with town() as here, installer(here) as desks:
        written = letters(here.folder / "letters")
        waited: dict[str, list[float]] = {"SQLite": [], "PostgreSQL": []}
        for number in range(rounds):
            for database, seconds in waited.items():
                some = -(-_MAILS // rounds)
                on_postgresql = database == "PostgreSQL"
                seconds.extend(_wait(here, desks, written, some, on_postgresql=on_postgresql))
                progress(f"mail_latency {number + 1}/{rounds} {_figure(seconds)}")
    for database, seconds in waited.items():
        yield Row(
            what=f"one mail at rest, {database}: from Dovecot's notice to its acknowledgement",
            figure=_figure(seconds),
            ratio=_most(seconds),
            beside="seconds, p95",
            target=at_most(0.2),
        )


def _wait(
    here: Town, desks: Installer, written: Letters, count: int, *, on_postgresql: bool
) -> Iterator[float]:
    account = here.new_account()
    with (
        desks.desk(on_postgresql=on_postgresql, account=account) as desk,
        desk.running(_SERVICE),
    ):
        here.sink.clear()
        here.fill(account, written.ahead)
        here.sink.wait_for(AHEAD, seconds=_SECONDS)
        desk.settle()
        for letter in islice(written.questions(), count):
            with here.watch(account) as watcher:
                here.sink.clear()
                here.fill(account, letter)
                told = watcher.wait_for_mail()
                came, *_ = here.sink.wait_for(1, seconds=_SECONDS)
                desk.settle()
            yield came - told


def _most(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(0.95 * len(seconds))]


def _figure(seconds: Sequence[float]) -> str:
    return f"p50 {statistics.median(seconds):.3f} s, p95 {_most(seconds):.3f} s of {len(seconds)}"


if __name__ == "__main__":
    main(rows)
