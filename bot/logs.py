"""Logs: one JSON line for each thing that happened, ids and never contents."""

import json
import logging
import sys
from datetime import UTC, datetime

from bot.errors import is_of_the_world

_STANDARD = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "taskName",
}


_WRITE = json.JSONEncoder(ensure_ascii=False, default=str).encode


class JsonFormatter(logging.Formatter):
    """Writes `{"at","level","event","logger", ...extra}`."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "at": at.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
        }
        said = record.__dict__
        line.update({name: said[name] for name in said if name not in _STANDARD})
        if record.exc_info:
            trouble = record.exc_info[1]
            if trouble is not None and is_of_the_world(trouble):
                # They come every second; with the way to each a full disk would be filled further.
                line["error"] = _said(trouble)
            else:
                line["traceback"] = self.formatException(record.exc_info)
        return _WRITE(line)


def _said(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return _said(error.exceptions[0])
    return str(error).partition("\n")[0]


def configure_logs(log_format: str, *, level: int = logging.INFO) -> None:
    """Send the logs to standard error in the chosen form."""
    handler = logging.StreamHandler(sys.stderr)
    if log_format == "json":
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s"))
    # No form shows where a line was written, nor in which thread: a letter has several lines.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These name addresses, chat ids or whole queries at INFO.
    for noisy in ("aiogram", "aioimaplib", "aiosmtplib", "alembic", "httpx", "mail", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
