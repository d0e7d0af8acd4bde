"""The locks: every package that is ever installed, with its version."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
RUNTIME: Final = ROOT / "requirements.lock"
EVERYTHING: Final = ROOT / "requirements-dev.lock"
_PIN: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def pinned(lock: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the versions of each package; more than one where Pythons need different ones."""
    versions: dict[str, tuple[str, ...]] = {}
    for name, version in _PIN.findall(lock.read_text(encoding="utf-8")):
        versions[name] = (*versions.get(name, ()), version)
    return versions
