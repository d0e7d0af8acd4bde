"""The nursery's own process: `python -m tests.e2e.forking`, one order a line, one id an answer."""

import json
import os
import random
import signal
import sys
from datetime import date

import bot.mail_wiring
import bot.service
import bot.telegram_wiring
import bot.web  # noqa: F401 -- imported so that no child has to
from bot.cli import main
from knowledge_base.decisions import Context
from knowledge_base.files import load_shipped


def fork_for_ever() -> None:
    """Fork a child for each order, until there are no more."""
    # What is read once a process is read once for all of them.
    load_shipped().decide("Kodėl mūsų katinas miega ant stogo?", Context(today=date(2026, 1, 1)))
    # The dead are not waited for, or the living would be mistaken for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(**order)
            main()
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become(*, words: list[str], folder: str, environment: dict[str, str], log: str) -> None:
    """Stand where a new process would stand."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    random.seed()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    nothing = os.open(os.devnull, os.O_RDWR)
    errors = os.open(log, os.O_WRONLY | os.O_APPEND)
    for target, source in enumerate((nothing, nothing, errors)):
        os.dup2(source, target)
    sys.argv = ["helpdesk", *words]


if __name__ == "__main__":
    fork_for_ever()
