"""Run a command and write down what it took: `python mail_spent.py REPORT COMMAND...`.

A process of its own, because Linux counts the memory of whoever starts a program as that program's:
this one has next to none.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """Write the report and return the command's status."""
    report, *command = sys.argv[1:]
    started = time.monotonic()
    status = subprocess.call(command)
    wall = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}
    Path(report).write_text(json.dumps(spent), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
