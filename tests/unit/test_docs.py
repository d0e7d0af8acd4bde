"""The documents tell the truth: paths exist, settings are the settings there are."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PACKAGES = "bot|handlers|knowledge_base|storage|tests"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_only_files_that_exist(document: Path) -> None:
    named = re.findall(rf"`((?:{PACKAGES})/[\w/.]*)`", document.read_text())
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text())

    missing = [path for path in named if not (ROOT / path).exists()]
    missing += [path for path in linked if not (document.parent / path).exists()]

    assert missing == []


def test_the_settings_page_names_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\|([^|]+)\|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    told = {key for row in rows for key in re.findall(r"`([A-Z0-9_]+)`", row)}

    assert told | {"MAILBOXES", "STAFF_CHATS"} == {name.upper() for name in Settings.model_fields}


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").iterdir())]

    assert numbers == list(range(1, len(numbers) + 1))
