"""The setting `FILES_KEY`: said by `doctor`, and refused at the start where it does not fit."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import open_database, open_desk
from bot.commands.diagnosis import Finding, examine
from bot.errors import ConfigurationError
from bot.settings import Settings

_KEY = "nJ5kqzq4hX0mS3yT1f7Yw2cVb8rLd6Ga"


def _settings(folder: Path, key: str | None) -> Settings:
    return Settings(data_dir=folder, files_key=SecretStr(key) if key else None)


def _said(settings: Settings) -> Finding:
    with open_desk(settings) as app:
        return next(found for found in examine(app) if found.name == "files")


def test_doctor_says_whether_files_are_encrypted(tmp_path: Path) -> None:
    said = [_said(_settings(tmp_path, key)) for key in (None, _KEY)]

    assert said == [
        Finding(
            "files",
            ok=True,
            detail="new attachments and raw messages are not encrypted; see HELPDESK_FILES_KEY",
        ),
        Finding(
            "files",
            ok=True,
            detail="new attachments and raw messages are kept encrypted",
        ),
    ]


@pytest.mark.parametrize("key", [None, _KEY[::-1]])
def test_without_its_key_a_desk_does_not_start_but_can_be_copied(
    tmp_path: Path, key: str | None
) -> None:
    with open_desk(_settings(tmp_path, _KEY)):
        pass
    with open_database(_settings(tmp_path, key)) as database:
        database.backup(tmp_path.with_suffix(".tar.gz"))

    with pytest.raises(ConfigurationError, match="HELPDESK_FILES_KEY: the files"):
        open_desk(_settings(tmp_path, key)).__enter__()
