"""Another key, or another place: every file moves, whenever it is stopped, and none is lost."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands import files as commands
from storage.bucket import open_bucket
from storage.files import FileKeys, Files, FilesKeyError, open_files
from storage.shelves import SEAL, BucketError, DamagedError
from tests.builders import TestClock
from tests.servers.s3 import S3Server

_OLD = "nJ5kqzq4hX0mS3yT1f7Yw2cVb8rLd6Ga"
_NEW = _OLD[::-1]
_ROOT = Path(__file__).parents[3]


def _contents(count: int) -> list[bytes]:
    return [b"priedas %d" % number for number in range(count)]


def _on_disk(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("files/*/*/*")}


@pytest.mark.parametrize(
    ("before", "present"),
    [(None, _NEW), (_OLD, _NEW), (_OLD, None)],
    ids=["a first key", "another key", "no key any more"],
)
def test_every_file_comes_under_the_present_key(
    tmp_path: Path, before: str | None, present: str | None
) -> None:
    old = open_files(tmp_path, FileKeys(before))
    shas = {old.put(content): content for content in _contents(20)}
    lying = _on_disk(tmp_path)
    both = open_files(tmp_path, FileKeys(present, before))
    fresh = both.put(b"naujas")

    moved = list(both.rewrite())

    new = open_files(tmp_path, FileKeys(present))
    assert sorted(moved) == sorted(shas)
    assert {sha256: new.get(sha256) for sha256 in [*shas, fresh]} == {**shas, fresh: b"naujas"}
    assert _on_disk(tmp_path).isdisjoint(lying)
    assert list(new.rewrite()) == []
    if before is not None and present is not None:
        with pytest.raises(FilesKeyError):
            open_files(tmp_path, FileKeys(before))


@pytest.mark.parametrize("before", [None, _OLD])
@pytest.mark.parametrize("present", [None, _NEW])
def test_files_move_from_the_disk_into_a_bucket(
    s3: S3Server, tmp_path: Path, before: str | None, present: str | None
) -> None:
    old = open_files(tmp_path, FileKeys(before))
    shas = {old.put(content): content for content in _contents(5)}
    address = s3.bucket()
    bucket = open_bucket(address, TestClock())
    both = open_files(tmp_path, FileKeys(present, before), bucket)

    moved = list(both.rewrite())

    new = open_files(tmp_path / "elsewhere", FileKeys(present), bucket)
    assert sorted(moved) == sorted(shas)
    assert {sha256: new.get(sha256) for sha256 in shas} == shas
    assert len(s3.objects(address)) == len(shas) + (present is not None)
    assert _on_disk(tmp_path) == set()
    assert not (tmp_path / "files" / SEAL).exists()


def test_older_keys_are_asked_for_until_the_last_file_has_moved(tmp_path: Path) -> None:
    old = open_files(tmp_path, FileKeys(_OLD))
    shas = [old.put(content) for content in _contents(3)]
    rewriting = open_files(tmp_path, FileKeys(_NEW, _OLD)).rewrite()
    moved = [next(rewriting), next(rewriting)]

    with pytest.raises(FilesKeyError, match="until they are rewritten"):
        open_files(tmp_path, FileKeys(_NEW))

    moved += rewriting
    assert sorted(moved) == sorted(shas)
    open_files(tmp_path, FileKeys(_NEW))


def test_what_is_put_and_erased_meanwhile_stays_as_it_was_meant(tmp_path: Path) -> None:
    old = open_files(tmp_path, FileKeys(_OLD))
    shas = [old.put(content) for content in _contents(30)]
    files = open_files(tmp_path, FileKeys(_NEW, _OLD))
    rewriting = files.rewrite()
    first = next(rewriting)
    erased = [sha256 for sha256 in shas if sha256 != first][::2]
    for sha256 in erased:
        files.delete(sha256)
    fresh = files.put(b"naujas")

    assert not {*rewriting} & {*erased, fresh}
    assert len(_on_disk(tmp_path)) == len(shas) - len(erased) + 1


@pytest.mark.parametrize("before", [None, _OLD])
def test_a_damaged_file_is_told_and_holds_no_other_up(tmp_path: Path, before: str | None) -> None:
    old = open_files(tmp_path, FileKeys(before))
    old.put(b"sugadintas")
    [damaged] = tmp_path.glob("files/*/*/*")
    damaged.write_bytes(b"kas kita" * 9)
    shas = {old.put(content): content for content in _contents(9)}
    both = open_files(tmp_path, FileKeys(_NEW, before))

    with pytest.raises(DamagedError, match="1 files are damaged"):
        list(both.rewrite())

    assert {sha256: both.get(sha256) for sha256 in shas} == shas
    assert damaged.exists()


def test_a_place_that_takes_nothing_stops_it_and_what_was_kept_stays(
    s3: S3Server, tmp_path: Path
) -> None:
    old = open_files(tmp_path, FileKeys(_OLD))
    shas = {old.put(content): content for content in _contents(3)}
    address = s3.bucket()
    both = open_files(tmp_path, FileKeys(None, _OLD), open_bucket(address, TestClock()))
    away = replace(address, secret_key="kita-paslaptis")
    refused = replace(both.ways[0], shelf=open_bucket(away, TestClock()))

    with pytest.raises(BucketError):
        list(Files((refused, *both.ways[1:])).rewrite())

    assert {sha256: both.get(sha256) for sha256 in shas} == shas


_REWRITING = """
import sys
from pathlib import Path
from storage.files import FileKeys, open_files

for sha256 in open_files(Path(sys.argv[1]), FileKeys(sys.argv[2], sys.argv[3])).rewrite():
    print(sha256, flush=True)
"""


def test_killed_at_any_moment_it_loses_nothing_and_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = open_files(tmp_path, FileKeys(_OLD))
    shas = {old.put(content): content for content in _contents(300)}
    for lines in (1, 40, 90):
        _kill_after(lines, tmp_path)
        both = open_files(tmp_path, FileKeys(_NEW, _OLD))
        assert {sha256: both.get(sha256) for sha256 in shas} == shas

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HELPDESK_FILES_KEY", _NEW)
    monkeypatch.setenv("HELPDESK_FILES_KEY_PREVIOUS", _OLD)
    commands.rewrite()

    new = open_files(tmp_path, FileKeys(_NEW))
    assert "every file is where and as the settings say" in capsys.readouterr().out
    assert {sha256: new.get(sha256) for sha256 in shas} == shas
    # Who is killed while writing leaves a piece behind that is nobody's file.
    assert len([name for name in _on_disk(tmp_path) if not name.startswith(".")]) == len(shas)


def _kill_after(lines: int, folder: Path) -> None:
    """Begin to rewrite, and end the process by force after so many files."""
    command = [sys.executable, "-c", _REWRITING, str(folder), _NEW, _OLD]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603 -- our own words
        assert process.stdout is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.kill()
    assert process.returncode == -signal.SIGKILL
