"""The file store: whole files under the hash of their content, or none."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.errors import NotFoundError
from storage.files import Files, open_files

_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return open_files(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def test_a_file_is_named_by_its_content(files: Files, folder: Path) -> None:
    assert files.put(b"abc") == _ABC
    assert files.get(_ABC) == b"abc"
    assert (folder / "ba" / "78" / _ABC).read_bytes() == b"abc"


def test_the_same_content_is_kept_once(files: Files, folder: Path) -> None:
    first = files.put(b"abc")
    before = (folder / "ba" / "78" / first).stat().st_ino

    assert files.put(b"abc") == first
    assert (folder / "ba" / "78" / first).stat().st_ino == before


def test_every_new_folder_is_told_to_keep_its_name(
    files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what was told once, a power cut takes nothing, and each telling waits for the disk."""
    told: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda file: told.append(_path_of(file)))

    kept = [files.put(b"abc"), files.put(b"something else")]

    (one, two), (other, second) = ((name[:2], name[2:4]) for name in kept)
    assert [path for path in told if path.is_dir()] == [
        *(folder.parent, folder, folder / one, folder / one / two),
        *(folder, folder / other, folder / other / second),
    ]


def _path_of(file: int) -> Path:
    return Path(f"/proc/self/fd/{file}").readlink()


def test_what_nobody_put_for_long_is_found_and_removed(files: Files, folder: Path) -> None:
    put = [files.put(content) for content in (b"abc", b"def")]
    old, moment = folder / "ba" / "78" / _ABC, datetime.fromtimestamp(10, UTC)
    os.utime(old, (0, 0))

    found = {part: files.unused_since(part, moment) for part in range(256)}
    for sha256 in put:
        files.delete_unused(sha256, since=moment)

    assert {part: names for part, names in found.items() if names} == {0xBA: [_ABC]}
    assert not old.exists()
    assert files.get(put[1]) == b"def"


def test_what_is_put_again_is_no_longer_old(files: Files, folder: Path) -> None:
    moment = datetime.fromtimestamp(10, UTC)
    os.utime(folder / "ba" / "78" / files.put(b"abc"), (0, 0))

    files.put(b"abc")
    files.delete_unused(_ABC, since=moment)

    assert files.unused_since(0xBA, moment) == []
    assert files.get(_ABC) == b"abc"


def test_nothing_half_written_stays(files: Files, folder: Path) -> None:
    files.put(b"abc")

    assert [path.name for path in folder.rglob("*") if path.is_file()] == [_ABC]


def test_files_are_their_owners_alone(files: Files, folder: Path) -> None:
    files.put(b"abc")

    modes = {path.stat().st_mode & 0o077 for path in (folder, *folder.rglob("*"))}
    assert modes == {0}


def test_a_deleted_file_is_gone_and_may_be_deleted_again(files: Files) -> None:
    files.put(b"abc")
    files.delete(_ABC)
    files.delete(_ABC)

    with pytest.raises(NotFoundError):
        files.get(_ABC)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "f" * 63, "/" * 64, "0" * 64])
def test_a_name_that_is_no_hash_leads_nowhere(files: Files, name: str) -> None:
    with pytest.raises(NotFoundError):
        files.get(name)


def test_a_disk_that_takes_nothing_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder belongs")

    with pytest.raises(OSError, match="files"):
        open_files(tmp_path).put(b"abc")


def test_a_failed_write_leaves_nothing(
    files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, f"No space left on device ({descriptor})")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            files.put(b"abc")

    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert files.put(b"abc") == _ABC


@given(content=st.binary(max_size=2000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    files = open_files(tmp_path_factory.getbasetemp() / "any")

    assert files.get(files.put(content)) == content
