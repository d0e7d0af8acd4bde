"""`make audit`: asks the advisory service about every package of the locks, once a day.

pip-audit calls a package it could not ask about "skipped" and still says that nothing was found, so
what it really learned is counted here. Only a known vulnerability fails.
"""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

from tests.supply.locks import EVERYTHING

_PIP_AUDIT: Final = Path(sys.executable).with_name("pip-audit")
_ANSWER: Final = Path(sys.prefix) / "audit.json"
_A_DAY: Final = 86400.0


class Vulnerability(TypedDict):
    """One advisory, as pip-audit writes it."""

    id: str
    fix_versions: list[str]


class Audited(TypedDict, total=False):
    """One package, as pip-audit writes it: asked about, or skipped."""

    name: str
    version: str
    vulns: list[Vulnerability]
    skip_reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say, and whether that stops a build."""

    text: str
    fails: bool = False


def verdict(packages: Sequence[Audited]) -> Verdict:
    """Tell known vulnerabilities from what nobody could be asked about."""
    asked = [package for package in packages if "skip_reason" not in package]
    found = [
        f"{package['name']} {package['version']}: {each['id']}, "
        f"mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for package in asked
        for each in package["vulns"]
    ]
    if found:
        return Verdict("\n".join(["Known vulnerabilities:", *found]), fails=True)
    if not asked:
        return Verdict("Not audited: the advisory service knows none of the packages from here.")
    silent = len(packages) - len(asked)
    left = f"; {silent} could not be asked about" if silent else ""
    return Verdict(f"Audited: {len(asked)} packages, no known vulnerability{left}.")


def _asked(answer: Path) -> Verdict:
    command = [
        *(str(_PIP_AUDIT), "--require-hashes", "--disable-pip", "--requirement", str(EVERYTHING)),
        *("--progress-spinner", "off", "--timeout", "5", "--format", "json"),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words
    try:
        told: Mapping[str, list[Audited]] = json.loads(ended.stdout)
    except ValueError:
        said = (ended.stderr.strip() or "nothing").splitlines()[-1]
        return Verdict(f"Not audited: the advisory service cannot be reached ({said[:200]}).")
    answer.write_text(json.dumps(told["dependencies"]), encoding="utf-8")
    return verdict(told["dependencies"])


def _remembered(answer: Path) -> Verdict | None:
    """Return what was learned today about the locks as they are."""
    if not answer.exists():
        return None
    learned = answer.stat().st_mtime
    if learned < EVERYTHING.stat().st_mtime or learned < time.time() - _A_DAY:
        return None
    return verdict(json.loads(answer.read_text(encoding="utf-8")))


def main() -> None:
    """Say what is known; exit 1 where it is a vulnerability."""
    known = None if "--now" in sys.argv else _remembered(_ANSWER)
    result = known or _asked(_ANSWER)
    print(result.text)
    sys.exit(result.fails)


if __name__ == "__main__":
    main()
