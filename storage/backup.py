"""One file that holds everything: the database and the data directory; and the way back.

It may be made beside a running service. Restoring wants an empty database, so that nothing is
ever overwritten by mistake.
"""

import gzip
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

import sqlalchemy as sa

from storage import migrations

_DATABASE: Final = "database"
_DATA: Final = "data"


def backup(engine: sa.Engine, data_dir: Path, target: Path) -> None:
    """Write database, files and keys into one compressed archive that only its owner may read.

    Raises:
        OSError: there is nothing to copy, or the disk or PostgreSQL's `pg_dump` refused.
    """
    if migrations.current(engine) is None:
        raise OSError("the database is empty; is it the one the service uses?")
    partial = target.with_name(f"{target.name}.partial")
    with _workplace(target.parent) as folder:
        dump = folder / _DATABASE
        # The database first: what it names is in the files already, and stays.
        _dump(engine, dump)
        with _private(partial) as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                archive.add(dump, _DATABASE)
                _add_files(archive, engine, data_dir, without={target, partial})
            file.flush()
            os.fsync(file.fileno())
    partial.replace(target)


def restore(engine: sa.Engine, data_dir: Path, source: Path) -> None:
    """Bring an archive back into an empty database and the data directory.

    Raises:
        FileExistsError: the database is not empty.
        OSError: the archive cannot be read, or PostgreSQL's `pg_restore` refused.
    """
    if migrations.current(engine) is not None:
        raise FileExistsError("the database is not empty; restore into an empty one")
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _workplace(data_dir) as folder:
        _unpack(source, folder)
        dump, data = folder / _DATABASE, folder / _DATA
        if not dump.is_file():
            raise OSError(f"{source} is not a backup of the helpdesk")
        for path in sorted(data.rglob("*")):
            if path.is_file():
                place = data_dir / path.relative_to(data)
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.replace(place)
        _load(engine, dump)


def _add_files(
    archive: tarfile.TarFile, engine: sa.Engine, data_dir: Path, *, without: set[Path]
) -> None:
    """Add what is in the data directory, while files are written, rewritten and removed.

    One that is gone was named by no row, or lies under another name since: hence a second look.
    """
    added = set(without)
    for path in chain(_kept(engine, data_dir), _kept(engine, data_dir)):
        if path not in added:
            with suppress(FileNotFoundError):
                archive.add(path, f"{_DATA}/{path.relative_to(data_dir).as_posix()}")
                added.add(path)


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """Lend a private folder on the same disk, so that what is ready is moved, not copied."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=parent) as folder:
        yield Path(folder)


def _kept(engine: sa.Engine, data_dir: Path) -> Iterator[Path]:
    """Walk the data directory, without the live database, locks and half-written files."""
    database = engine.url.database if engine.dialect.name == "sqlite" else None
    live = {Path(f"{database}{end}").resolve() for end in ("", "-wal", "-shm", "-journal")}
    for path in sorted(data_dir.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(data_dir).parts)
        if path.is_file() and not hidden and path.suffix != ".lock" and path.resolve() not in live:
            yield path


def _unpack(source: Path, folder: Path) -> None:
    """Take regular files only, and none that would land outside; older Pythons have no filter."""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                parts = PurePosixPath(member.name).parts
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or ".." in parts or PurePosixPath(member.name).is_absolute():
                    raise OSError(f"{source} holds {member.name}, which no backup does")
                place = folder.joinpath(*parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                with content, _private(place) as file:
                    shutil.copyfileobj(content, file)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError) as damaged:
        raise OSError(f"{source} cannot be read: {damaged}") from damaged


def _dump(engine: sa.Engine, dump: Path) -> None:
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(dump),))
        return
    _run(engine, "pg_dump", "--format=custom", "--no-owner", f"--file={dump}")


def _load(engine: sa.Engine, dump: Path) -> None:
    if engine.dialect.name != "sqlite":
        _run(engine, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", dump)
        return
    with closing(sqlite3.connect(dump)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise OSError(f"the database in the backup is damaged: {verdict}")
    engine.dispose()
    place = str(engine.url.database)
    for leftover in ("-wal", "-shm"):
        Path(place + leftover).unlink(missing_ok=True)
    dump.replace(place)


def _run(engine: sa.Engine, program: str, *arguments: str | Path) -> None:
    found = shutil.which(program)
    if found is None:
        raise FileNotFoundError(
            f"{program} is not on PATH; install PostgreSQL's client programs (postgresql-client)"
        )
    url = engine.url.set(drivername="postgresql")
    address = url._replace(password=None).render_as_string()
    # Command lines can be read by other users of the machine; the environment cannot.
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    command = [found, f"--dbname={address}", *map(str, arguments)]
    ended = subprocess.run(  # noqa: S603 -- our own arguments, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode != 0:
        raise OSError(f"{program} failed: {ended.stderr.strip()}")
