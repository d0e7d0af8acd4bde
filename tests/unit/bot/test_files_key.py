"""Where files are kept and how sealed: said by `doctor`, refused where it does not fit."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.app import open_database, open_desk
from bot.commands.diagnosis import Finding, examine
from bot.errors import ConfigurationError
from bot.files_settings import Bucket
from bot.settings import Settings
from tests.servers.s3 import S3Server

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
            detail=f"{tmp_path / 'files'} keeps and returns them, "
            "new ones are not encrypted; see HELPDESK_FILES_KEY",
        ),
        Finding(
            "files",
            ok=True,
            detail=f"{tmp_path / 'files'} keeps and returns them, new ones are encrypted",
        ),
    ]


def _in_bucket(folder: Path, bucket: Bucket) -> Settings:
    return Settings(
        data_dir=folder,
        files_url=f"s3://{bucket.name}/{bucket.prefix}",
        files_s3_endpoint=bucket.endpoint,
        files_s3_access_key=SecretStr(bucket.access_key),
        files_s3_secret_key=SecretStr(bucket.secret_key),
    )


def test_doctor_puts_a_file_into_the_bucket_reads_it_and_removes_it(
    s3: S3Server, tmp_path: Path
) -> None:
    bucket = s3.bucket()
    settings = _in_bucket(tmp_path, bucket)

    assert _said(settings) == Finding(
        "files",
        ok=True,
        detail=f"{settings.files_url} keeps and returns them, "
        "new ones are not encrypted; see HELPDESK_FILES_KEY",
    )
    assert s3.objects(bucket) == {}


def test_a_bucket_that_does_not_let_us_in_is_told_in_one_sentence_without_its_secret(
    s3: S3Server, tmp_path: Path
) -> None:
    settings = _in_bucket(tmp_path, s3.bucket(secret_key="kita-paslaptis"))

    with pytest.raises(ConfigurationError, match=r"HELPDESK_FILES_URL: .*SignatureDoesNot") as said:
        open_desk(settings).__enter__()

    assert "kita-paslaptis" not in str(said.value) + repr(settings)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"files_url": "priedai"}, "write s3://BUCKET or s3://BUCKET/PREFIX"),
        ({"files_url": "s3://priedai"}, "needs it and files_s3_access_key"),
        (
            {"files_url": "s3://priedai", "files_s3_endpoint": "http://10.0.0.5:9000"},
            "http is for this machine alone",
        ),
    ],
)
def test_a_bucket_is_refused_that_could_not_be_used(given: dict[str, str], said: str) -> None:
    keys = {"files_s3_access_key": "a", "files_s3_secret_key": "b"}
    every = given if said.startswith("needs") else {**keys, **given}

    with pytest.raises(ValidationError, match=said):
        Settings.model_validate(every)


@pytest.mark.parametrize("key", [None, _KEY[::-1]])
def test_without_its_key_a_desk_does_not_start_but_can_be_copied(
    tmp_path: Path, key: str | None
) -> None:
    with open_desk(_settings(tmp_path, _KEY)):
        pass
    with open_database(_settings(tmp_path, key)) as database:
        database.backup(tmp_path.with_suffix(".tar.gz"))

    with pytest.raises(ConfigurationError, match=r"HELPDESK_FILES_KEY: (the )?files"):
        open_desk(_settings(tmp_path, key)).__enter__()
