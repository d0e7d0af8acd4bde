"""The contracts of the floors hold: each forbidden import, added in turn, breaks its contract."""

import os
import re
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter import configuration
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import Contract

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "knowledge_base", "storage")

FLOORS = "imports run one way: bot > storage > handlers > knowledge_base"
CHANNELS = "channels do not know each other"
STORAGE = "only the composition root touches storage"
SQL = "SQL lives in storage"
AIOGRAM = "aiogram lives in bot.telegram"
MAIL = "IMAP and SMTP live in bot.email"
FUZZY = "fuzzy matching lives in knowledge_base"
WEB = "the web framework lives in bot.web and bot.console"
CYCLES = "no cycles"

FORBIDDEN = [
    ("handlers.added", "bot", [FLOORS]),
    ("handlers.added", "storage", [FLOORS, STORAGE]),
    ("knowledge_base.added", "handlers", [FLOORS]),
    ("storage.added", "bot.email", [FLOORS]),
    ("bot.email.added", "bot.telegram", [CHANNELS]),
    ("bot.console.added", "bot.email", [CHANNELS]),
    ("bot.added", "storage", [STORAGE]),
    ("bot.telegram.added", "storage", [STORAGE]),
    ("bot.console.added", "sqlalchemy", [SQL]),
    ("handlers.added", "alembic", [SQL]),
    ("bot.added", "aiogram", [AIOGRAM]),
    ("bot.console.added", "aiogram", [AIOGRAM]),
    ("bot.added", "aiosmtplib", [MAIL]),
    ("bot.telegram.added", "aioimaplib", [MAIL]),
    ("handlers.added", "rapidfuzz", [FUZZY]),
    ("bot.email.added", "starlette", [WEB]),
    ("bot.added", "uvicorn", [WEB]),
]
KINDS: dict[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
WRITTEN = {
    "bot/added.py": "from storage import database",
    "bot/console/added.py": "from aiogram import Bot\nimport sqlalchemy as sa",
    "bot/email/added.py": "from bot.telegram import api\nfrom starlette.requests import Request",
}


@pytest.fixture(scope="module")
def floors() -> grimp.ImportGraph:
    """Read all imports as they are."""
    configuration.configure()
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def test_the_tree_as_it_is_keeps_every_contract(floors: grimp.ImportGraph) -> None:
    assert _broken(floors) == []


@pytest.mark.parametrize(("module", "imported", "contracts"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contracts(
    floors: grimp.ImportGraph, module: str, imported: str, contracts: list[str]
) -> None:
    assert _broken(floors, (module, imported)) == contracts


def test_two_modules_that_import_each_other_are_a_cycle(floors: grimp.ImportGraph) -> None:
    there_and_back = [("handlers.first", "handlers.second"), ("handlers.second", "handlers.first")]

    assert _broken(floors, *there_and_back) == [CYCLES]


def test_the_command_reads_imports_as_they_are_written(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=_all_but_modules)
    for module, line in WRITTEN.items():
        (tmp_path / module).write_text(f'"""Added by a test."""\n\n{line}\n')

    ran = subprocess.run(  # noqa: S603 -- our own linter on our own copy
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    broken = re.findall(r"^(.+) BROKEN\b", ran.stdout, re.MULTILINE)
    assert (ran.returncode, broken) == (1, [CHANNELS, STORAGE, SQL, AIOGRAM, WEB]), ran.stderr


def test_values_are_made_in_one_way() -> None:
    imported = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]

    assert modules
    assert [path for path in modules if imported.search(path.read_text())] == []


def test_listing_tickets_loads_neither_telegram_nor_the_web_nor_what_decides(
    tmp_path: Path,
) -> None:
    """A command on the command line must not pay for the roles it does not start."""
    script = (
        "import sys; from bot.cli import main; sys.argv = ['helpdesk', 'tickets', '--json']\n"
        "loads = {'aiogram', 'babel', 'bot.cli.desk', 'numpy', 'starlette', 'uvicorn'}\n"
        "try: main()\n"
        "finally: print(sorted(loads & set(sys.modules)))"
    )
    ran = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "HELPDESK_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stdout.split()) == (0, ["[]", "[]"]), ran.stderr


@pytest.mark.parametrize(
    ("imported", "unused"),
    [
        pytest.param(
            "bot.service, bot.roles",
            {"aioimaplib", "aiogram", "numpy", "starlette", "urllib.request", "uvicorn"},
            id="a service without roles yet has loaded none of them",
        ),
        pytest.param(
            "bot.web",
            {"bot.console.inside", "bot.console.desk_views", "click", "multiprocessing"},
            id="the web brings neither the console nor a second command line",
        ),
    ],
)
def test_what_is_not_needed_yet_is_not_loaded(imported: str, unused: set[str]) -> None:
    ran = subprocess.run(  # noqa: S603 -- our own service
        [
            sys.executable,
            "-c",
            f"import sys, {imported}; print(sorted({unused} & set(sys.modules)))",
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == "[]\n"


def _broken(floors: grimp.ImportGraph, *added: tuple[str, str]) -> list[str]:
    """Name the contracts that break when these imports are added."""
    changed = deepcopy(floors)
    for module, imported in added:
        changed.add_module(module)
        changed.add_import(importer=module, imported=imported)
    configured = read_configuration(str(ROOT / "pyproject.toml"))
    contracts = [
        KINDS[options["type"]](options["name"], configured["session_options"], options)
        for options in configured["contracts_options"]
    ]
    return [
        contract.name
        for contract in contracts
        if not contract.check(deepcopy(changed), verbose=False).kept
    ]


def _all_but_modules(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not n.endswith(".py") and not Path(folder, n).is_dir()]
