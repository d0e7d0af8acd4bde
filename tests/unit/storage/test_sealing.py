"""Sealed files: nothing on the disk tells what they are, and a wrong key opens nothing."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.errors import NotFoundError
from storage.blobs import Blobs, Kept
from storage.database import FilesPlace, open_sql_database
from storage.files import FileKeys, Files, FilesKeyError, directory_files, open_files
from tests.builders import TestClock

_KEY = "nJ5kqzq4hX0mS3yT1f7Yw2cVb8rLd6Ga"
_OTHER = _KEY[::-1]
_LETTER = b"Gerb. konsultante, prisegu sutarti." * 9
_LONG_AGO = datetime.fromtimestamp(10, UTC)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return open_files(tmp_path, FileKeys(_KEY))


def _place(key: str | None) -> FilesPlace:
    return FilesPlace(clock=TestClock(), keys=FileKeys(key))


def _on_disk(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("files/*/*/*") if path.is_file())


def _age(folder: Path) -> None:
    for path in _on_disk(folder):
        os.utime(path, (0, 0))


def test_neither_content_nor_name_tells_what_a_file_is(files: Files, tmp_path: Path) -> None:
    sha256 = files.put(_LETTER)
    [kept] = _on_disk(tmp_path)

    assert files.get(sha256) == _LETTER
    assert sha256 == hashlib.sha256(_LETTER).hexdigest()
    assert _LETTER[:16] not in kept.read_bytes()
    assert sha256[:16] not in str(kept)


def test_the_same_content_is_kept_once_whoever_puts_it(files: Files, tmp_path: Path) -> None:
    first = files.put(_LETTER)
    again = open_files(tmp_path, FileKeys(_KEY)).put(_LETTER)

    assert (first, len(_on_disk(tmp_path))) == (again, 1)


def test_what_was_kept_without_a_key_stays_readable(tmp_path: Path) -> None:
    sha256 = open_files(tmp_path).put(_LETTER)

    assert open_files(tmp_path, FileKeys(_KEY)).get(sha256) == _LETTER


def test_what_is_deleted_is_gone_in_either_form(files: Files, tmp_path: Path) -> None:
    shas = [directory_files(tmp_path).put(b"plain"), files.put(b"sealed")]
    for sha256 in shas:
        files.delete(sha256)

    assert _on_disk(tmp_path) == []
    with pytest.raises(NotFoundError):
        files.get(shas[1])


def test_what_nobody_put_for_long_is_found_by_its_sha256_and_removed(
    files: Files, tmp_path: Path
) -> None:
    old = {directory_files(tmp_path).put(b"plain"), files.put(b"sealed")}
    _age(tmp_path)
    fresh = files.put(b"fresh")
    foreign = tmp_path / "files" / "ab" / "cd" / ("abcd" * 24)
    foreign.parent.mkdir(parents=True, exist_ok=True)
    foreign.write_bytes(b"")
    os.utime(foreign, (0, 0))

    found = [name for part in range(256) for name in files.unused_since(part, _LONG_AGO)]
    for sha256 in [*found, fresh]:
        files.delete_unused(sha256, since=_LONG_AGO)

    assert (set(found), len(found)) == (old, 2)
    assert files.get(fresh) == b"fresh"
    assert len(_on_disk(tmp_path)) == 2


def test_a_file_somebody_changed_is_refused(files: Files, tmp_path: Path) -> None:
    sha256 = files.put(_LETTER)
    [kept] = _on_disk(tmp_path)
    *before, last = kept.read_bytes()
    kept.write_bytes(bytes([*before, last ^ 1]))

    with pytest.raises(OSError, match="was changed where it is kept"):
        files.get(sha256)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (_OTHER, "sealed with another key"),
        (None, "the key they were sealed with is needed"),
        ("short", "at least 32 characters"),
    ],
)
def test_files_open_with_their_own_key_alone(
    files: Files, tmp_path: Path, key: str | None, said: str
) -> None:
    files.put(_LETTER)

    with (
        pytest.raises(FilesKeyError, match=said),
        open_sql_database(None, tmp_path, _place(key)),
    ):
        pass


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ab" * 31, "zz" * 32])
def test_what_is_no_sha256_is_no_file(files: Files, name: str) -> None:
    with pytest.raises(NotFoundError):
        files.get(name)


def test_small_bytes_are_sealed_as_well_instead_of_lying_in_a_row(files: Files) -> None:
    blobs = Blobs(files)
    kept = blobs.keep(b"small")

    assert kept == Kept(None, hashlib.sha256(b"small").hexdigest())
    assert blobs.read(kept.in_row, kept.sha256) == b"small"


def test_a_copy_is_made_without_the_key_and_read_with_it(tmp_path: Path) -> None:
    copy, here, there = tmp_path / "copy.tar.gz", tmp_path / "here", tmp_path / "there"
    with open_sql_database(None, here, _place(_KEY)) as database:
        database.upgrade()
        sha256 = database.files.put(_LETTER)
    with open_sql_database(None, here) as database:
        database.backup(copy)
    with open_sql_database(None, there) as database:
        database.restore(copy)
    with open_sql_database(None, there, _place(_KEY)) as database:
        restored = database.files.get(sha256)

    assert restored == _LETTER
    with pytest.raises(FilesKeyError), open_sql_database(None, there, _place(None)):
        pass


@given(content=st.binary(max_size=300))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    files = open_files(tmp_path_factory.getbasetemp() / "sealed", FileKeys(_KEY))

    assert files.get(files.put(content)) == content
