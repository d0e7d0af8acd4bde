"""The database server of the tests gives each test an empty database."""

import psycopg
import sqlalchemy as sa

from tests.servers.postgresql import Database, PostgreSql


def test_both_addresses_reach_the_same_database(postgresql: Database, postgresql_url: str) -> None:
    engine = sa.create_engine(postgresql.sqlalchemy_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE seen (word text)"))
        connection.execute(sa.text("INSERT INTO seen VALUES ('ąžuolas')"))
    engine.dispose()

    with psycopg.connect(postgresql_url) as connection:
        rows = connection.execute("SELECT word FROM seen").fetchall()

    assert rows == [("ąžuolas",)]


def test_a_database_is_dropped_even_under_an_open_connection(
    postgresql_server: PostgreSql,
) -> None:
    with postgresql_server.database() as database:
        connection = psycopg.connect(database.url)
    connection.close()

    with postgresql_server.database() as another, psycopg.connect(another.url) as fresh:
        tables = fresh.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()

    assert another.url != database.url
    assert tables == (0,)
