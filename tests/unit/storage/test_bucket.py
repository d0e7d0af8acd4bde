"""Files in a bucket: as in a folder, on an S3 server that checks every signature."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.files_settings import Bucket
from handlers.domain.errors import NotFoundError
from storage.bucket import BucketShelf, open_bucket
from storage.files import FileKeys, Files, FilesKeyError, open_files
from storage.shelves import SEAL, BucketError
from tests.builders import TestClock
from tests.servers.s3 import S3Server

_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
_KEY = "nJ5kqzq4hX0mS3yT1f7Yw2cVb8rLd6Ga"
_FIRST = datetime(2026, 3, 2, 23, 50, tzinfo=UTC)


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    return s3.bucket()


@pytest.fixture
def clock() -> TestClock:
    return TestClock(_FIRST)


@pytest.fixture
def shelf(bucket: Bucket, clock: TestClock) -> BucketShelf:
    return open_bucket(bucket, clock)


@pytest.fixture
def files(shelf: BucketShelf, tmp_path: Path) -> Files:
    return open_files(tmp_path, bucket=shelf)


def _found(files: Files, moment: datetime) -> set[str]:
    return {sha256 for part in range(256) for sha256 in files.unused_since(part, moment)}


def test_a_file_lies_in_the_bucket_alone(
    files: Files, s3: S3Server, bucket: Bucket, tmp_path: Path
) -> None:
    assert files.put(b"abc") == _ABC
    assert files.get(_ABC) == b"abc"
    assert s3.objects(bucket) == {f"ba/{_ABC}/20260302": b"abc"}
    assert list(tmp_path.iterdir()) == []


def test_a_sealed_one_tells_nothing_there(
    shelf: BucketShelf, s3: S3Server, bucket: Bucket, tmp_path: Path
) -> None:
    files = open_files(tmp_path, FileKeys(_KEY), shelf)
    files.put(b"abc" * 9)
    lying = s3.objects(bucket)
    lying.pop(SEAL)
    [(name, content)] = lying.items()

    assert files.get(files.put(b"abc" * 9)) == b"abc" * 9
    assert b"abc" not in content
    assert files.put(b"abc" * 9) not in name
    with pytest.raises(FilesKeyError, match="another key"):
        open_files(tmp_path, FileKeys(_KEY[::-1]), shelf)


def test_what_is_put_again_another_day_is_no_longer_old(
    files: Files, clock: TestClock, s3: S3Server, bucket: Bucket
) -> None:
    files.put(b"abc")
    clock.move(days=3)
    files.put(b"abc")
    moment = clock.now()
    clock.move(days=1)
    files.delete_unused(_ABC, since=moment)

    assert _found(files, moment) == set()
    assert s3.objects(bucket) == {f"ba/{_ABC}/20260305": b"abc"}


def test_what_nobody_put_for_a_day_is_found_and_removed(files: Files, clock: TestClock) -> None:
    files.put(b"abc")
    fresh = [_found(files, clock.now())]
    clock.move(days=1)
    fresh.append(_found(files, clock.now()))
    clock.move(minutes=-1)
    files.delete_unused(_ABC, since=_FIRST)
    kept = files.get(_ABC)
    clock.move(days=1)
    found = _found(files, clock.now())
    files.delete_unused(_ABC, since=clock.now())

    assert (fresh, kept, found) == ([set(), {_ABC}], b"abc", {_ABC})
    with pytest.raises(NotFoundError):
        files.get(_ABC)


def test_a_deleted_file_is_gone_and_may_be_deleted_again(
    files: Files, s3: S3Server, bucket: Bucket
) -> None:
    files.put(b"abc")
    files.delete(_ABC)
    files.delete(_ABC)

    assert s3.objects(bucket) == {}
    with pytest.raises(NotFoundError):
        files.get(_ABC)


def test_a_large_file_is_one_object(files: Files, s3: S3Server, bucket: Bucket) -> None:
    content = b"x" * 25_000_000
    sha256 = files.put(content)

    assert files.get(sha256) == content
    assert list(s3.objects(bucket)) == [f"{sha256[:2]}/{sha256}/20260302"]


def test_what_was_on_disk_before_is_read_and_removed(shelf: BucketShelf, tmp_path: Path) -> None:
    sha256 = open_files(tmp_path).put(b"senas")
    files = open_files(tmp_path, bucket=shelf)
    before = files.get(sha256)
    files.delete(sha256)

    assert before == b"senas"
    with pytest.raises(NotFoundError):
        files.get(sha256)


def test_a_wrong_key_or_bucket_and_a_dead_server_are_os_errors_without_secrets(
    s3: S3Server, clock: TestClock, tmp_path: Path
) -> None:
    dead = replace(s3.bucket(), endpoint="http://127.0.0.1:9")
    said = []
    for address in (s3.bucket(secret_key="kita-paslaptis"), s3.bucket(name="nera"), dead):
        with pytest.raises(BucketError) as refused:
            open_files(tmp_path, bucket=open_bucket(address, clock)).put(b"abc")
        said.append(str(refused.value))
        assert "paslaptis" not in said[-1] + repr(address)

    assert "SignatureDoesNotMatch" in said[0]
    assert "NoSuchBucket" in said[1]
    assert "127.0.0.1:9" in said[2]
