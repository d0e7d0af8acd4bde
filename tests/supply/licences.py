"""`make licences`: the licence of everything in the locks, and whether it fits GPL-3.0-or-later.

What each package says of itself is read by pip-licenses from what is installed; a package that is
for other systems alone, and so not installed here, is named as unread.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

from tests.supply.locks import EVERYTHING, RUNTIME, pinned

_PIP_LICENSES: Final = Path(sys.executable).with_name("pip-licenses")

_FIT: Final = re.compile(
    r"0BSD|(new |modified |simplified )?BSD\b.*|.*\bBSD License|MIT(-0|-CMU| License)?|The MIT.*"
    r"|Apache-2\.0|Apache Software License|Apache License,? (Version )?2\.0"
    r"|ISC.*|Zlib|CC0-1\.0|Unlicense|The Unlicense.*|Public Domain.*|PSF-2\.0|Python-2\.0(\.1)?"
    r"|Python Software Foundation License|MPL-2\.0|Mozilla Public License 2\.0.*"
    r"|LGPL-(2\.1|3\.0)(-only|-or-later)?|.*Lesser General Public License.*"
    r"|GPL-3\.0(-only|-or-later)?|GPL-2\.0-or-later|GNU General Public License v3.*|GPLv3.*"
    r"|HPND|BSL-1\.0|PostgreSQL",
    re.IGNORECASE,
)
"""The FSF's list of free licences compatible with GPL version 3, as packages write them.

Apache-2.0 fits version 3, not 2; GPL-2.0-only and what is not free do not.
"""

READ_BY_HAND: Final = {"dkimpy": "Zlib"}
"""What a package's licence file says, where its metadata names no licence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licensed:
    """A package of the locks; `licence` is empty where nothing is installed to be read."""

    name: str
    version: str
    licence: str
    is_runtime: bool


class _Row(TypedDict):
    Name: str
    Version: str
    License: str


def fits(licence: str) -> bool:
    """Tell whether works under this licence may be part of one under GPL-3.0-or-later.

    Of what is joined by OR one must fit, of what is joined by AND (or a semicolon) each.
    """
    parts = re.split(r"\s+AND\s+|;\s*", licence.replace("(", "").replace(")", ""))
    return all(
        any(_FIT.fullmatch(choice.strip()) for choice in re.split(r"\s+OR\s+", part))
        for part in parts
    )


def read() -> list[Licensed]:
    """Return every package of the locks with what it says of its licence."""
    runtime, everything = pinned(RUNTIME), pinned(EVERYTHING)
    command = [str(_PIP_LICENSES), "--from=mixed", "--format=json", "--with-system"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- our own words
    rows: list[_Row] = json.loads(ended.stdout)
    said = {_normal(row["Name"]): row for row in rows}
    return [
        Licensed(
            name=name,
            version=said[name]["Version"] if name in said else versions[0],
            licence=READ_BY_HAND.get(name) or (said[name]["License"] if name in said else ""),
            is_runtime=name in runtime,
        )
        for name, versions in sorted(everything.items())
    ]


def report(packages: Iterable[Licensed]) -> str:
    """Write one line a package; what does not fit is marked."""
    lines = ["| package | version | licence | installed with |", "|---|---|---|---|"]
    for package in packages:
        licence = package.licence or "not installed on this system, so not read"
        mark = "" if not package.licence or fits(package.licence) else " **does not fit**"
        where = "the service" if package.is_runtime else "the tests"
        lines.append(f"| {package.name} | {package.version} | {licence}{mark} | {where} |")
    return "\n".join(lines)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Print the report; exit 1 if anything does not fit."""
    packages = read()
    print(report(packages))
    sys.exit(any(package.licence and not fits(package.licence) for package in packages))


if __name__ == "__main__":
    main()
