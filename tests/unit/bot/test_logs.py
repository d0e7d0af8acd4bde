"""Log lines: a bug is told with the whole way to it, a trouble of the world in a sentence."""

import errno
import json
import logging
import sys

import pytest

from bot.logs import JsonFormatter

AWAY = ConnectionError("the database cannot be used: server closed the connection\nunexpectedly")
FULL = OSError(errno.ENOSPC, "No space left on device")


def line_of(error: BaseException) -> dict[str, object]:
    try:
        raise error
    except type(error):
        told = sys.exc_info()
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "what happened", None, told)
    line: dict[str, object] = json.loads(JsonFormatter().format(record))
    return line


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AWAY, "the database cannot be used: server closed the connection"),
        (FULL, "[Errno 28] No space left on device"),
        (ExceptionGroup("", [ExceptionGroup("", [FULL])]), "[Errno 28] No space left on device"),
    ],
)
def test_a_trouble_of_the_world_is_told_in_a_sentence(error: Exception, said: str) -> None:
    """With the way to it, a second of it was as long as a hundred mails."""
    line = line_of(error)

    assert (line["error"], "traceback" in line) == (said, False)


@pytest.mark.parametrize(
    "error", [ValueError("wrong"), FileNotFoundError("x"), ExceptionGroup("", [AWAY, KeyError(1)])]
)
def test_a_bug_is_told_with_the_way_to_it(error: Exception) -> None:
    line = line_of(error)

    assert ("Traceback" in str(line["traceback"]), "error" in line) == (True, False)
