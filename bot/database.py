"""The database as an administrator sees it: its schema and its copies."""

from pathlib import Path
from typing import Protocol


class Database(Protocol):
    """Schema and copies of the one database; `storage` implements it."""

    def is_current(self) -> bool:
        """Tell whether the schema is the one this version needs."""
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
