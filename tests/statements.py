"""Statements are compiled once a process, where each engine would compile them again.

Nearly every test opens a database of its own, and its engine forgets what the last one knew: a
fifth of what the tests of the use cases computed was the same SQL, made anew from the same tables.
"""

import sqlalchemy as sa

_Kept = tuple[sa.Dialect, dict[object, object]]


def share_statements() -> None:
    """Let all engines of one kind of database have one dialect, and one cache."""
    kept: dict[str, _Kept] = {}

    def share(connection: sa.Connection) -> None:
        # The dialect is a part of each key.
        dialect, statements = kept.setdefault(connection.dialect.name, (connection.dialect, {}))
        connection.dialect = connection.engine.dialect = dialect
        connection.execution_options(compiled_cache=statements)

    sa.event.listen(sa.Engine, "engine_connect", share)
