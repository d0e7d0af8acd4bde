"""The database as the service and its administrator see it: its schema, its copies, its bells."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Protocol


class Database(Protocol):
    """What is no unit of work: schema, copies, and bells that ring in every process that shares it.

    `storage` implements it. Bells are PostgreSQL's.
    """

    def is_current(self) -> bool:
        """Tell whether the schema is the one this version needs, or a newer one."""
        ...

    def upgrade(self) -> None:
        """Bring the schema to this version. Safe to repeat."""
        ...

    def backup(self, target: Path) -> None:
        """Write a copy of everything into one file while the service runs.

        Raises:
            OSError: the file cannot be written.
        """
        ...

    def restore(self, source: Path) -> None:
        """Replace everything by a copy; no service may run.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is no copy of ours.
        """
        ...

    def rewrite_files(self) -> Iterator[str]:
        """Bring every file to the place and under the key of the settings; name each that moved.

        May run beside the service, and be stopped and begun again at any moment.

        Raises:
            OSError: a place cannot be used, or files were changed there; the others have moved.
        """
        ...

    def ring(self, name: str) -> None:
        """Ring a bell in every process that listens.

        Raises:
            OSError: the database cannot be used.
        """
        ...

    def listen(self, seconds: float) -> Generator[str | None, None, None]:
        """Yield the bells rung anywhere, and None at least every so many seconds, without end.

        Raises:
            OSError: the database cannot be used.
        """
        ...
