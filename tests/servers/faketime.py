"""A host's clock that can be set while its processes run (Debian's libfaketime)."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.servers.loopback import ServerError

_LIBRARIES: Final = "usr/lib/*/faketime/libfaketimeMT.so.1"
_WAYS: Final = {
    "FAKETIME_CACHE_DURATION": "1",
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "DONT_FAKE_MONOTONIC": "1",
    # Else a wait by the monotonic clock ends at once, and threads spin for the interpreter.
    "FAKETIME_FORCE_MONOTONIC_FIX": "0",
}


class HostClock:
    """What its processes take for the time; how time passes (the monotonic clock) stays real."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.set(0)

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process is started with, by a parent that has `preloaded()`."""
        return {**_WAYS, "FAKETIME_TIMESTAMP_FILE": str(self._file)}

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
    found = sorted(Path("/").glob(_LIBRARIES))
    if not found:
        raise ServerError("libfaketime is missing: run `make test`, or apt-get install faketime")
    return {**os.environ, **_WAYS, "LD_PRELOAD": str(found[0])}
