"""What databases are asked while a test looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

Statement = tuple[str, Any]
"""Its text and its parameters, as the driver gets them."""


@contextmanager
def asked(of: sa.Engine | type[sa.Engine]) -> Iterator[list[Statement]]:
    """Gather the statements, of one engine or of all."""
    seen: list[Statement] = []

    def keep(_connection: object, _cursor: object, *call: Any) -> None:  # noqa: ANN401 -- as given
        seen.append((call[0], call[1]))

    sa.event.listen(of, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        sa.event.remove(of, "before_cursor_execute", keep)
