"""Copies of a PostgreSQL database, far quicker than building each anew."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from psycopg import sql

from tests.servers.postgresql import Database


class Templates:
    """Lends copies of one database."""

    def __init__(self, template: Database) -> None:
        self._url = sa.make_url(template.url)
        self._numbers = itertools.count(1)

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Lend a copy; nobody may be connected to the template meanwhile."""
        name = f"copy_{next(self._numbers)}"
        self._administer("CREATE DATABASE {} TEMPLATE {}", name, str(self._url.database))
        try:
            yield self._url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._administer("DROP DATABASE {} WITH (FORCE)", name)

    def _administer(self, statement: str, *names: str) -> None:
        address = self._url.set(database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            text = sql.SQL(statement)  # type: ignore[arg-type]
            connection.execute(text.format(*map(sql.Identifier, names)))
