"""SQLite databases with the schema, copied from one that is made once in a process."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import open_sql_database
from storage.engine import DATABASE_NAME


def lay_schema(folder: Path) -> None:
    """Put an empty database into a data directory that has none: making it takes 50 ms."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / DATABASE_NAME
    if not file.exists():
        file.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with open_sql_database(None, folder) as database:
            database.upgrade()
        return (folder / DATABASE_NAME).read_bytes()
