"""The contracts of the floors hold: each forbidden import, added in turn, breaks its contract."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
    ("handlers/added.py", "import bot", [FLOORS]),
    ("handlers/added.py", "import storage", [FLOORS, STORAGE]),
    ("knowledge_base/added.py", "import handlers", [FLOORS]),
    ("storage/added.py", "import bot.email", [FLOORS]),
    ("bot/email/added.py", "import bot.telegram", [CHANNELS]),
    ("bot/console/added.py", "import bot.email", [CHANNELS]),
    ("bot/added.py", "import storage", [STORAGE]),
    ("bot/telegram/added.py", "import storage", [STORAGE]),
    ("bot/console/added.py", "import sqlalchemy", [SQL]),
    ("handlers/added.py", "import alembic.command", [SQL]),
    ("bot/added.py", "import aiogram", [AIOGRAM]),
    ("bot/console/added.py", "from aiogram import Bot", [AIOGRAM]),
    ("bot/added.py", "import aiosmtplib", [MAIL]),
    ("bot/telegram/added.py", "import aioimaplib", [MAIL]),
    ("handlers/added.py", "import rapidfuzz", [FUZZY]),
    ("bot/email/added.py", "from starlette.requests import Request", [WEB]),
    ("bot/added.py", "import uvicorn", [WEB]),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy the four packages and their contracts, so that a test may break them."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=_all_but_modules)
    return tmp_path


def test_the_tree_as_it_is_keeps_every_contract(tree: Path) -> None:
    assert _broken(tree) == []


@pytest.mark.parametrize(("module", "line", "contracts"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contracts(
    tree: Path, module: str, line: str, contracts: list[str]
) -> None:
    (tree / module).write_text(f'"""Added by a test."""\n\n{line}\n')

    assert _broken(tree) == contracts


def test_two_modules_that_import_each_other_are_a_cycle(tree: Path) -> None:
    (tree / "handlers/first.py").write_text("import handlers.second\n")
    (tree / "handlers/second.py").write_text("import handlers.first\n")

    assert _broken(tree) == [CYCLES]


def test_listing_tickets_loads_neither_telegram_nor_the_web(tmp_path: Path) -> None:
    """A command on the command line must not pay for the roles it does not start."""
    script = (
        "import sys; from bot.cli import main; sys.argv = ['helpdesk', 'tickets', '--json']\n"
        "try: main()\n"
        "finally: print(sorted({'aiogram', 'starlette', 'uvicorn'} & set(sys.modules)))"
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


def _broken(tree: Path) -> list[str]:
    ran = subprocess.run(  # noqa: S603 -- our own linter on our own copy
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = re.findall(r"^(.+) BROKEN\b", ran.stdout, re.MULTILINE)
    if (ran.returncode == 0) != (not broken):
        pytest.fail(f"lint-imports could not judge the tree: {ran.stdout}{ran.stderr}")
    return broken


def _all_but_modules(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not n.endswith(".py") and not Path(folder, n).is_dir()]
