"""What is prepared says and does what SQLAlchemy's own way would, on both databases."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.compiled import Statement
from storage.engine import open_engine
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import leases, people

_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
_BY_NAMES = (
    sa.select(leases)
    .where(leases.c.name.in_(sa.bindparam("names", expanding=True)), leases.c.holder != "nobody")
    .order_by(leases.c.name)
)
_ADD = prepared(sa.insert(leases))


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        yield connection


def _lease(name: str) -> dict[str, object]:
    return {"name": name, "holder": "x", "until": _NOON}


@pytest.mark.parametrize(
    "names",
    [[], ["a"], ["c", "a", "none"], [f"{n}" for n in range(60)], [f"{n}" for n in range(600)]],
)
def test_it_finds_what_the_statement_finds(connection: sa.Connection, names: list[str]) -> None:
    connection.execute(_ADD, [_lease("a"), _lease("b"), _lease("c")])

    found = connection.execute(prepared(_BY_NAMES), {"names": names}).all()

    assert found == connection.execute(_BY_NAMES, {"names": names}).all()
    assert [row.name for row in found] == sorted({"a", "b", "c"} & {*names})


def test_lists_of_other_lengths_and_other_names_are_other_texts(connection: sa.Connection) -> None:
    connection.execute(_ADD, [_lease("a"), _lease("b")])
    find, change = prepared(_BY_NAMES), prepared(sa.update(leases))

    found = [connection.execute(find, {"names": names}).all() for names in (["a"], ["b", "a"])]
    connection.execute(change, {"holder": "y"})
    connection.execute(change, {"until": _NOON + timedelta(hours=1)})

    assert [[row.name for row in rows] for rows in found] == [["a"], ["a", "b"]]
    assert connection.execute(find, {"names": ["a"]}).one() == (
        "a",
        "y",
        _NOON + timedelta(hours=1),
    )


def test_a_list_is_one_value_or_as_many_as_a_power_of_two(engine: sa.Engine) -> None:
    asked: dict[str, int] = {}

    def note(
        _connection: object, _cursor: object, statement: str, given: Sequence[object], *_: object
    ) -> None:
        asked[statement] = len(given)

    with engine.connect() as connection:
        connection.execute(_ADD, [_lease("a"), _lease("b")])
        sa.event.listen(connection, "before_cursor_execute", note)
        find = prepared(_BY_NAMES)
        for names in (["a", "b", "c"], ("b", "a", "d", "e"), ["b", "c", "d", "e", "a"]):
            rows = connection.execute(find, {"names": names}).all()
            assert [row.name for row in rows] == ["a", "b"]

    assert [*asked.values()] == ([1] if engine.dialect.name == "postgresql" else [4, 8])


def test_what_the_statement_holds_itself_is_said_as_it_is(connection: sa.Connection) -> None:
    odd = "100 % %% %(x)s 'a' ?1 $1 :b"
    connection.execute(_ADD, [_lease(odd), _lease("b"), _lease("c")])
    row = leases.c
    statement = sa.select(row.name, sa.literal(odd)).where(
        row.name.in_([odd, "b"]), row.name.not_in(["b"]), row.name != sa.bindparam("but")
    )

    found = connection.execute(prepared(statement), {"but": "c"}).all()

    assert found == connection.execute(statement, {"but": "c"}).all() == [(odd, odd)]


@pytest.mark.parametrize("moment", [_NOON, datetime(99, 1, 2, 3, 4, 5, 6, tzinfo=UTC)])
def test_moments_are_kept_as_sqlalchemy_keeps_them(
    connection: sa.Connection, moment: datetime
) -> None:
    connection.execute(_ADD, {**_lease("a"), "until": moment})
    as_usual = sa.type_coerce(leases.c.until, sa.DateTime(timezone=True))

    found = connection.execute(sa.select(leases.c.until, as_usual)).one()

    assert (found[0], found[1].replace(tzinfo=UTC)) == (moment, moment)


def test_values_are_converted_both_ways(connection: sa.Connection) -> None:
    vilnius = timezone(timedelta(hours=2))
    row = {"name": "A\0\ud800", "language": None, "created_at": _NOON.astimezone(vilnius)}

    number = connection.execute(
        prepared(sa.insert(people).returning(people.c.id)), row
    ).scalar_one()

    found = sa.select(people.c.name, people.c.language, people.c.created_at).where(
        people.c.id == sa.bindparam("number")
    )
    assert connection.execute(prepared(found), {"number": number}).one() == (
        "A\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}",
        None,
        _NOON,
    )


def test_it_tells_how_many_rows_it_changed(connection: sa.Connection) -> None:
    added = connection.execute(_ADD, [_lease("a"), _lease("b"), _lease("c")])
    change = prepared(sa.update(leases).where(leases.c.name != sa.bindparam("not")))

    changed = connection.execute(change, {"not": "a", "holder": "y"})

    assert (added.rowcount, changed.rowcount) == (3, 2)


def test_a_scalar_is_the_first_value_or_none(connection: sa.Connection) -> None:
    connection.execute(_ADD, _lease("a"))
    holder = prepared(sa.select(leases.c.holder).where(leases.c.name == sa.bindparam("wanted")))

    assert [connection.scalar(holder, {"wanted": name}) for name in ("a", "b")] == ["x", None]


def test_it_begins_the_transaction_and_is_undone_with_it(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.execute(_ADD, _lease("a"))
        begun = connection.in_transaction()

    with engine.connect() as connection:
        assert (begun, connection.execute(sa.select(leases)).all()) == (True, [])


def test_what_it_changes_is_looked_up_again(connection: sa.Connection) -> None:
    memory = Memory(connection)
    names = sa.select(leases.c.name)

    def known() -> list[str]:
        return memory.recall("names", (leases,), lambda: list(connection.scalars(names).all()))

    before = known()
    connection.execute(_ADD, _lease("a"))

    assert (before, known()) == ([], ["a"])


def test_an_error_is_sqlalchemys_and_carries_no_values(connection: sa.Connection) -> None:
    secret = _lease("slaptas klausimas")
    connection.execute(_ADD, secret)

    with pytest.raises(sa.exc.IntegrityError) as raised:
        connection.execute(_ADD, secret)

    told = raised.value
    assert (told.params, "INSERT INTO leases" in (told.statement or "")) == (None, True)


def test_a_connection_that_was_lost_is_known_as_lost(
    emptied_postgresql: str, tmp_path: Path
) -> None:
    engine, find = open_engine(emptied_postgresql, tmp_path), prepared(sa.select(leases))
    with engine.connect() as connection:
        mine = connection.scalar(sa.select(sa.func.pg_backend_pid()))
        with engine.connect() as other:
            other.execute(sa.select(sa.func.pg_terminate_backend(mine)))

        with pytest.raises(sa.exc.OperationalError) as raised:
            connection.execute(find)

        assert (raised.value.connection_invalidated, connection.invalidated) == (True, True)
    engine.dispose()


def test_what_python_would_add_by_itself_is_refused(connection: sa.Connection) -> None:
    made = sa.Table("made", sa.MetaData(), sa.Column("id", sa.Integer, default=lambda: 7))
    add: Statement = sa.insert(made)

    with pytest.raises(TypeError, match="no values made by Python"):
        connection.execute(prepared(add))


def test_an_insert_asks_for_no_new_number_unless_told(engine: sa.Engine) -> None:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        connection.execute(prepared(sa.insert(people)), {"name": "a", "created_at": _NOON})

    inserted = [each for each in said if each.startswith("INSERT")]
    assert [each for each in inserted if "RETURNING" not in each] == inserted != []
