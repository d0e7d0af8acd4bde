"""Opening the database of the setting."""

from pathlib import Path

import pytest

from storage.engine import DATABASE_NAME, for_reading, open_engine


def test_sqlite_is_the_default_and_keeps_what_it_commits(tmp_path: Path) -> None:
    engine = open_engine(None, tmp_path / "data")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "temp_store",
            )
        }
    engine.dispose()

    assert (tmp_path / "data" / DATABASE_NAME).exists()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
        "temp_store": 2,  # in memory
    }


def test_a_writer_takes_the_lock_at_once_and_a_reader_none(tmp_path: Path) -> None:
    engine = open_engine(None, tmp_path)
    with for_reading(engine).connect() as reader, engine.connect() as writer:
        reader.exec_driver_sql("SELECT 1")
        writer.exec_driver_sql("SELECT 1")
        driver = reader.connection.driver_connection
        assert driver is not None
        assert driver.in_transaction
    engine.dispose()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_postgresql_address_uses_psycopg(tmp_path: Path, scheme: str) -> None:
    engine = open_engine(f"{scheme}://desk:secret@db.example.org/desk", tmp_path)

    assert engine.url.drivername == "postgresql+psycopg"
    assert "secret" not in repr(engine)


@pytest.mark.parametrize("url", ["mysql://localhost/desk", "nothing", "sqlite://"])
def test_an_address_we_cannot_use_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="database"):
        open_engine(url, tmp_path)


def test_a_network_that_keeps_silent_is_given_up_unless_the_address_says_otherwise(
    tmp_path: Path,
) -> None:
    address = "postgresql://desk@db.example.org/desk?connect_timeout=3&keepalives_idle=60"
    engine = open_engine(address, tmp_path)

    assert dict(engine.url.query) == {
        "connect_timeout": "3",
        "tcp_user_timeout": "9000",
        "keepalives_idle": "60",
        "keepalives_interval": "2",
        "keepalives_count": "3",
    }
