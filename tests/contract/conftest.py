"""A fresh database for each test, on both engines, with the schema made once a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from handlers.ports import FileStore, UnitOfWorkFactory
from storage import migrations
from storage.bucket import open_bucket
from storage.engine import open_engine
from storage.files import FileKeys, open_files
from storage.rows import metadata
from storage.unit_of_work import readers, units
from tests.builders import TestClock
from tests.databases import lay_schema
from tests.servers.postgresql import Database, PostgreSql
from tests.servers.s3 import S3Server


@pytest.fixture(scope="session")
def emptied_postgresql(postgresql_server: PostgreSql) -> Iterator[str]:
    """Make a database with the schema; each test wipes it, which is far quicker than a new one."""
    with postgresql_server.database() as database:
        engine = open_engine(database.url, Path())
        migrations.upgrade(engine)
        engine.dispose()
        yield database.url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """Open an empty desk's database; at the end nobody may still hold a connection."""
    if request.param == "sqlite":
        lay_schema(tmp_path)
        engine = open_engine(None, tmp_path)
        yield engine
    else:
        engine = open_engine(request.getfixturevalue("emptied_postgresql"), tmp_path)
        yield engine
        with engine.begin() as connection:
            emptied = (str(sa.delete(table)) for table in reversed(metadata.sorted_tables))
            connection.exec_driver_sql("; ".join(emptied))
    _close(engine)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """Open a database without any schema."""
    url = None
    if request.param == "postgresql":
        database: Database = request.getfixturevalue("postgresql")
        url = database.url
    engine = open_engine(url, tmp_path)
    yield engine
    _close(engine)


@pytest.fixture
def files(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Lend the files of a desk; a test that asks for it gets them sealed, or in a bucket too."""
    kind = getattr(request, "param", "plain")
    bucket = None
    if kind == "bucket":
        server: S3Server = request.getfixturevalue("s3")
        bucket = open_bucket(server.bucket(), TestClock())
    return open_files(tmp_path, FileKeys(None if kind == "plain" else "k" * 32), bucket)


@pytest.fixture
def begin(engine: sa.Engine, files: FileStore) -> UnitOfWorkFactory:
    return units(engine, files)


@pytest.fixture
def look(engine: sa.Engine, files: FileStore) -> UnitOfWorkFactory:
    return readers(engine, files)


def _close(engine: sa.Engine) -> None:
    assert "Current Checked out connections: 0" in engine.pool.status()
    engine.dispose()
