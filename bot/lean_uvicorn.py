"""Imports uvicorn without its command line and the supervisors of many processes.

Its package imports both, and with them click and multiprocessing: nearly two megabytes for a server
that runs in an event loop of ours. Import `Config` and `Server` from here.
"""

import sys
from types import ModuleType
from typing import Final

_COMMAND_LINE: Final = "uvicorn.main"


class _NoCommandLine(ModuleType):
    """Stands for the command line, of which the package passes on the server and two functions."""

    main = run = None

    def __getattr__(self, name: str) -> object:
        if name == "Server":
            from uvicorn.server import Server  # noqa: PLC0415 -- the package is half imported here

            return Server
        raise AttributeError(name)


sys.modules.setdefault(_COMMAND_LINE, _NoCommandLine(_COMMAND_LINE))

from uvicorn.config import Config as Config  # noqa: E402, PLC0414 -- past the command line
from uvicorn.server import Server as Server  # noqa: E402, PLC0414
