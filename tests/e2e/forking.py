"""The nursery's own process: `python -m tests.e2e.forking FOLDER`, one order a line.

It answers each with an id; when that process has ended, its status stands in a file of the folder.
"""

import gc
import importlib
import json
import os
import random
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import bot.mail_wiring
import bot.service
import bot.web  # noqa: F401 -- imported so that no child has to
from bot.cli import main
from bot.configuration import PREFIX
from knowledge_base.decisions import Context
from knowledge_base.files import load_shipped

_TELEGRAM = f"{PREFIX}TELEGRAM_TOKEN"


def fork_for_ever(folder: Path) -> None:
    """Fork a process for each order, until there are no more."""
    # What is read once a process is read once for all of them.
    load_shipped().decide("Kodėl mūsų katinas miega ant stogo?", Context(today=date(2026, 1, 1)))
    # Those who keep the processes are not waited for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        if _TELEGRAM in order["environment"]:
            # Most of the seconds are aiogram's, and not every desk has Telegram.
            importlib.import_module("bot.telegram_wiring")
        gc.freeze()  # or each child would copy all memory to look for garbage in it
        if os.fork() == 0:
            _keep(order, folder)


def _keep(order: dict[str, Any], folder: Path) -> NoReturn:
    """Fork the process itself, wait for its end and write it down."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        _become(**order)
        main()
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    written = folder / f"{pid}.new"
    written.write_text(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
    written.rename(folder / str(pid))
    os._exit(0)


def _become(*, words: list[str], folder: str, environment: dict[str, str], log: str) -> None:
    """Stand where a new process would stand."""
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
    fork_for_ever(Path(sys.argv[1]))
