"""`helpdesk db`: copies are made and come back by commands; what is wrong is a sentence."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app as cli
from tests.servers.s3 import S3Server


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _db(data: str, *words: str) -> Result:
    return CliRunner(env={"HELPDESK_DATA_DIR": data}).invoke(cli, ["db", *words])


def test_a_copy_comes_back_in_another_place() -> None:
    _db("here", "upgrade")
    Path("here/secret.key").write_text("raktas")

    copied, restored = _db("here", "backup", "copy"), _db("there", "restore", "copy")

    assert (copied.output, restored.output) == ("copied to copy\n", "restored from copy\n")
    assert Path("there/secret.key").read_text() == "raktas"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("backup", "copy"), "the database is empty; is it the one the service uses?"),
        (("restore", "nothing"), "[Errno 2] No such file or directory: 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: tuple[str, ...], said: str) -> None:
    ran = _db("here", *words)

    assert (ran.exit_code, ran.output) == (1, f"helpdesk: {said}\n")


def test_nothing_is_restored_over_a_desk() -> None:
    _db("here", "upgrade")
    _db("here", "backup", "copy")

    ran = _db("here", "restore", "copy")

    assert (ran.exit_code, ran.output) == (
        1,
        "helpdesk: the database is not empty; restore into an empty one\n",
    )


def test_a_copy_says_that_the_bucket_is_not_part_of_it(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = s3.bucket()
    url = f"s3://{bucket.name}/{bucket.prefix}"
    monkeypatch.setenv("HELPDESK_FILES_URL", url)
    monkeypatch.setenv("HELPDESK_FILES_S3_ENDPOINT", bucket.endpoint)
    monkeypatch.setenv("HELPDESK_FILES_S3_ACCESS_KEY", bucket.access_key)
    monkeypatch.setenv("HELPDESK_FILES_S3_SECRET_KEY", bucket.secret_key)
    _db("here", "upgrade")

    assert _db("here", "backup", "copy").output == (
        f"copied to copy\nwhat is in {url} is not part of it: copy that bucket as well\n"
    )
