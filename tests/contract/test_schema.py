"""Migrations: every version can be reached, and the tables are what the scripts build."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import migrations
from storage.rows import metadata, people, stays, tickets
from tests.contract.builders import MINUTE, NOON


def test_the_newest_version_is_the_newest_script() -> None:
    assert _scripts().get_heads() == [migrations.HEAD]


def test_up_down_and_up_again(bare_engine: sa.Engine) -> None:
    seen = [migrations.current(bare_engine)]
    steps: list[Callable[[], None]] = [
        lambda: migrations.upgrade(bare_engine, migrations.HEAD),
        lambda: migrations.upgrade(bare_engine),
        lambda: migrations.downgrade(bare_engine, "base"),
        lambda: migrations.upgrade(bare_engine),
    ]
    for step in steps:
        step()
        seen.append(migrations.current(bare_engine))

    assert seen == [None, migrations.HEAD, migrations.HEAD, None, migrations.HEAD]
    assert migrations.is_current(bare_engine)


def test_a_newer_schema_is_left_alone_and_serves(bare_engine: sa.Engine) -> None:
    """The previous version works on while the next one is put in its place."""
    migrations.upgrade(bare_engine)
    _call_it(bare_engine, "9999")

    migrations.upgrade(bare_engine)

    assert (migrations.current(bare_engine), migrations.is_current(bare_engine)) == ("9999", True)


def test_migrations_add_only_what_an_older_version_need_not_know(bare_engine: sa.Engine) -> None:
    """Nothing an older version reads is gone; it need not fill in what it does not know."""
    refused = []
    before: dict[str, dict[str, Any]] = {}
    for revision in sorted(script.revision for script in _scripts().walk_revisions()):
        migrations.upgrade(bare_engine, revision)
        after = _columns(bare_engine)
        for table, columns in before.items():
            refused += [f"{revision}: {table}.{gone}" for gone in columns.keys() - after[table]]
            refused += [
                f"{revision}: {table}.{name} must be filled in"
                for name in after[table].keys() - columns
                if not after[table][name]["nullable"] and after[table][name]["default"] is None
            ]
        before = after

    assert refused == []


def test_going_down_leaves_nothing(bare_engine: sa.Engine) -> None:
    migrations.upgrade(bare_engine)
    migrations.downgrade(bare_engine, "base")

    assert set(sa.inspect(bare_engine).get_table_names()) <= {"alembic_version"}


def _by_scripts(engine: sa.Engine) -> None:
    migrations.upgrade(engine, migrations.HEAD)


@pytest.mark.parametrize("build", [_by_scripts, migrations.upgrade], ids=["scripts", "at once"])
def test_tables_match_what_is_built(
    bare_engine: sa.Engine, build: Callable[[sa.Engine], None]
) -> None:
    build(bare_engine)

    with bare_engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_scripts_build_what_is_built_at_once(bare_engine: sa.Engine) -> None:
    """Alembic's comparison overlooks the condition of an index; this one does not."""
    migrations.upgrade(bare_engine)
    at_once = _everything(bare_engine)
    migrations.downgrade(bare_engine, "base")
    _by_scripts(bare_engine)

    assert _everything(bare_engine) == at_once
    assert len(at_once) == len(metadata.tables) + 1


def test_two_who_upgrade_at_once_do_it_once(bare_engine: sa.Engine) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(migrations.upgrade, [bare_engine, bare_engine]))

    assert migrations.is_current(bare_engine)


def _scripts() -> ScriptDirectory:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return ScriptDirectory.from_config(configuration)


def _columns(engine: sa.Engine) -> dict[str, dict[str, Any]]:
    inspector = sa.inspect(engine)
    return {
        table: {column["name"]: column for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
    }


def _call_it(engine: sa.Engine, version: str) -> None:
    called = sa.table("alembic_version", sa.column("version_num"))
    with engine.begin() as connection:
        connection.execute(sa.update(called).values(version_num=version))


def _everything(engine: sa.Engine) -> dict[str, Any]:
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            },
            "primary": inspector.get_pk_constraint(table),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "foreign": sorted(_key(engine, key) for key in inspector.get_foreign_keys(table)),
            "indexes": sorted(map(_index, inspector.get_indexes(table))),
        }
        for table in inspector.get_table_names()
    }


def _key(engine: sa.Engine, key: Any) -> str:  # noqa: ANN401 -- what an inspector gives
    """SQLite does not tell the name of a key that was added with its column."""
    return str({**key, "name": None} if engine.dialect.name == "sqlite" else key)


def _index(index: Any) -> str:  # noqa: ANN401 -- what an inspector gives
    where = index.get("dialect_options", {})
    conditions = sorted(str(where[name]) for name in where if name.endswith("_where"))
    return f"{index['name']} {index['column_names']} {index['unique']} {conditions}"


def test_an_upgrade_finds_no_older_ticket_late(bare_engine: sa.Engine) -> None:
    """Where they were nobody knows: their clocks begin at their last change."""
    migrations.upgrade(bare_engine, "0007")
    with bare_engine.begin() as connection:
        connection.execute(sa.insert(people).values(id=1, name="Ona", created_at=NOON))
        for number, status in enumerate(("new", "waiting", "resolved"), 7):
            ticket = {"id": number, "status": status, "version": 3, "queue": "bendra"}
            asked = {"requester": 1, "channel": "mail", "language": "lt", "subject": ""}
            rest = {"offered": [], "practice": False, "created_at": NOON}
            row = {**ticket, **asked, **rest, "updated_at": NOON + MINUTE}
            connection.execute(sa.insert(tickets).values(row))

    migrations.upgrade(bare_engine)

    with bare_engine.connect() as connection:
        left = sa.select(stays.c.ticket_id, stays.c.status, stays.c.until).order_by(stays.c.id)
        found = connection.execute(left).all()
    assert found == [(7, "answered", NOON + MINUTE), (8, "answered", NOON + MINUTE)]
