"""What we are built from: no known hole is overlooked, and every licence fits ours."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.supply.audit import Audited, Verdict, verdict
from tests.supply.fresh_machine import ready_at
from tests.supply.licences import fits, read
from tests.supply.locks import EVERYTHING, ROOT, RUNTIME, pinned

_SOUND: Audited = {"name": "six", "version": "1.17.0", "vulns": []}
_SILENT: Audited = {"name": "colorama", "skip_reason": "not found"}
_HOLLOW: Audited = {
    "name": "jinja2",
    "version": "3.1.2",
    "vulns": [
        {"id": "PYSEC-1", "fix_versions": ["3.1.3", "3.2"]},
        {"id": "PYSEC-2", "fix_versions": []},
    ],
}


@pytest.mark.parametrize(
    ("packages", "said"),
    [
        ([_SOUND], Verdict("Audited: 1 packages, no known vulnerability.")),
        (
            [_SOUND, _SILENT],
            Verdict("Audited: 1 packages, no known vulnerability; 1 could not be asked about."),
        ),
        (
            [_SILENT, _SILENT],
            Verdict("Not audited: the advisory service knows none of the packages from here."),
        ),
        (
            [_SOUND, _HOLLOW, _SILENT],
            Verdict(
                "Known vulnerabilities:\n"
                "jinja2 3.1.2: PYSEC-1, mended in 3.1.3, 3.2\n"
                "jinja2 3.1.2: PYSEC-2, mended in no version yet",
                fails=True,
            ),
        ),
    ],
)
def test_an_audit_fails_at_a_known_vulnerability_and_tells_what_it_could_not_ask(
    packages: list[Audited], said: Verdict
) -> None:
    assert verdict(packages) == said


@pytest.mark.parametrize(
    ("licence", "does_fit"),
    [
        ("MIT", True),
        ("Apache Software License; BSD License", True),
        ("(MIT AND PSF-2.0)", True),
        ("GPL-2.0-or-later", True),
        ("Commercial OR LGPL-3.0-only", True),
        ("MIT AND Commercial", False),
        ("GPL-2.0-only", False),
        ("UNKNOWN", False),
        ("", False),
    ],
)
def test_a_licence_fits_when_its_works_may_be_part_of_ours(licence: str, *, does_fit: bool) -> None:
    assert fits(licence) is does_fit


def test_everything_in_the_locks_fits_our_licence() -> None:
    packages = read()
    unread = {package.name for package in packages if not package.licence}

    assert {package.name for package in packages} == set(pinned(EVERYTHING))
    assert [each for each in packages if each.licence and not fits(each.licence)] == []
    # Of other systems only: Windows' console, and Python inside a browser.
    assert unread <= {"colorama", "httpx2-jsfetch"}


@pytest.mark.parametrize("lock", [RUNTIME, EVERYTHING], ids=lambda lock: str(lock.name))
def test_a_lock_names_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert re.findall(r"https?://\S+|--(?:extra-)?index\S*|--find-links\S*", text) == []
    assert text.count("==") <= text.count("--hash=sha256:") + text.count("python_full_version ==")


def test_the_bill_of_materials_names_everything_the_service_is_built_from(tmp_path: Path) -> None:
    bill = tmp_path / "sbom.json"
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), "requirements"]
    command += ["--no-validate", "--output-file", str(bill), str(RUNTIME)]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    subprocess.run(command, check=True, capture_output=True, env=quiet, cwd=ROOT)  # noqa: S603 -- our own words

    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    named = {(each["name"], each["version"]) for each in components}
    locked = {(name, each) for name, versions in pinned(RUNTIME).items() for each in versions}
    assert named == locked


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('{"event": "ready", "roles": ["web"], "web": "http://127.0.0.1:1"}', "http://127.0.0.1:1"),
        ('{"event": "started"}', None),
        ("Installing what the helpdesk needs", None),
        ("7", None),
    ],
)
def test_a_fresh_machine_is_ready_when_the_service_says_so(line: str, where: str | None) -> None:
    assert ready_at(line) == where
