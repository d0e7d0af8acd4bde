"""A host's clock that can be set while its processes run (Debian's libfaketime)."""

import os
from collections.abc import Mapping
from pathlib import Path

from tests.servers.loopback import ServerError

_LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class HostClock:
    """What its processes take for the time; how time passes (the monotonic clock) stays real."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.set(0)

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process is started with, by a parent that has `preloaded()`."""
        return {"FAKETIME_TIMESTAMP_FILE": str(self._file)}

    def set(self, seconds: int) -> None:
        """Go so many seconds ahead of the real time, or behind it."""
        # Readers open it at any moment: never half a line.
        written = self._file.with_suffix(".new")
        written.write_text(f"{seconds:+d}\n", encoding="ascii")
        written.replace(self._file)


def preloaded() -> dict[str, str]:
    """Return the environment of a process whose children may live by a `HostClock`.

    Raises:
        ServerError: the library is missing.
    """
    found = sorted(Path("/").glob(_LIBRARIES.removeprefix("/")))
    if not found:
        raise ServerError("libfaketime is missing: run `make test`, or apt-get install faketime")
    faked = {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_CACHE_DURATION": "1",
    }
    return {**os.environ, **faked}
