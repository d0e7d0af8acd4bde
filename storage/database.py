"""The one database with its files: opened, upgraded, copied, closed."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from handlers.ports import Clock, UnitOfWorkFactory
from knowledge_base.values import dataclass
from storage import migrations
from storage.bells import listen, ring
from storage.engine import now, open_engine
from storage.files import FileKeys, Files, directory_files, open_files
from storage.shelves import BucketAddress
from storage.unit_of_work import readers, units


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPlace:
    """Where files are kept and how they are sealed; without a bucket, in the data directory."""

    clock: Clock
    keys: FileKeys
    bucket: BucketAddress | None = None

    def open(self, data_dir: Path) -> Files:
        if self.bucket is None:
            return open_files(data_dir, self.keys)
        from storage.bucket import open_bucket  # noqa: PLC0415 -- the extra `s3`

        return open_files(data_dir, self.keys, open_bucket(self.bucket, self.clock))


@dataclass(frozen=True, slots=True)
class SqlDatabase:
    """An open database and its files."""

    engine: sa.Engine
    files: Files
    data_dir: Path

    @property
    def begin(self) -> UnitOfWorkFactory:
        """Begins units of work that write."""
        return units(self.engine, self.files)

    @property
    def begin_reading(self) -> UnitOfWorkFactory:
        """Begins units of work that only read."""
        return readers(self.engine, self.files)

    def now(self) -> datetime:
        return now(self.engine)

    def is_current(self) -> bool:
        with _reaching():
            return migrations.is_current(self.engine)

    def upgrade(self) -> None:
        with _reaching():
            if not migrations.is_current(self.engine):
                migrations.upgrade(self.engine)

    def backup(self, target: Path) -> None:
        from storage.backup import backup  # noqa: PLC0415 -- seldom, and it brings tarfile

        backup(self.engine, self.data_dir, target)

    def restore(self, source: Path) -> None:
        from storage.backup import restore  # noqa: PLC0415 -- likewise

        restore(self.engine, self.data_dir, source)

    def rewrite_files(self) -> Iterator[str]:
        return self.files.rewrite()

    def ring(self, name: str) -> None:
        ring(self.engine, name)

    def listen(self, seconds: float) -> Generator[str | None, None, None]:
        return listen(self.engine, seconds)


@contextmanager
def open_sql_database(
    url: str | None, data_dir: Path, place: FilesPlace | None = None
) -> Iterator[SqlDatabase]:
    """Open the database of the setting; None is SQLite in the data directory.

    Who names no place for files opens none: to copy them, or to bring up the schema.

    Raises:
        ConnectionError: the database does not answer, or is none.
        FilesKeyError: the key of the files is missing, wrong or weak.
        BucketError: the bucket cannot be used; an OSError.
        OSError: the data directory cannot be used.
        ValueError: the address names no database we know.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_engine(url, data_dir)
    try:
        _knock(engine)
        files = place.open(data_dir) if place else directory_files(data_dir)
        yield SqlDatabase(engine, files, data_dir)
    finally:
        engine.dispose()


def _knock(engine: sa.Engine) -> None:
    """Connect once, so that whoever starts learns at once and in one sentence what is wrong."""
    with _reaching(sa.exc.DBAPIError):
        engine.connect().close()


@contextmanager
def _reaching(
    unreachable: type[sa.exc.DBAPIError] = sa.exc.OperationalError,
) -> Iterator[None]:
    """Say in one sentence that the database is not there, went away meanwhile, or is none."""
    try:
        yield
    except unreachable as failure:
        reason = str(failure.orig).partition("\n")[0]
        raise ConnectionError(f"the database cannot be opened: {reason}") from failure
