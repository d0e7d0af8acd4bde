"""Routes from files: every line is taken or refused, and a refusal says why."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from knowledge_base.language import Language
from knowledge_base.municipalities import Places
from knowledge_base.record_files import each_row
from knowledge_base.record_rows import Parsed, Refused, Row, municipality_of
from knowledge_base.routes import Condition, Route, Terrain

_MOST: Final = 10_000


def parse_routes(
    rows: Sequence[Row | Refused],
    *,
    places: Places,
    queues: Collection[str],
    askers: Collection[str],
) -> Parsed[Route]:
    """Return the routes of a file, one row each.

    `queues` may be led to and are the topics; a restricted one is neither. Values of a condition
    are written with semicolons; a route without any condition is refused.
    """
    known = {
        Condition.TOPIC: frozenset(queues),
        Condition.TERRAIN: frozenset(Terrain),
        Condition.ASKER: frozenset(askers),
        Condition.LANGUAGE: frozenset(Language),
    }

    def read(row: Row) -> Route:
        conditions = tuple(_conditions(row, places, known))
        if not conditions:
            raise ValueError("a route needs a condition; a topic goes to its own queue by itself")
        queue = row.need("queue")
        if queue not in queues:
            raise ValueError(f"queue: {queue} is no queue that questions are led to")
        starts_on, ends_on = row.span("the route")
        return Route(
            name=row.name("id"),
            queue=queue,
            conditions=conditions,
            source=row.need("source"),
            owner=row.text("owner").lower(),
            order=_order(row),
            starts_on=starts_on,
            ends_on=ends_on,
            withdrawn=row.is_yes("withdrawn"),
        )

    return each_row(rows, read, lambda route: route.name)


def _conditions(
    row: Row, places: Places, known: dict[Condition, frozenset[str]]
) -> Iterator[tuple[Condition, tuple[str, ...]]]:
    for what in Condition:
        values = row.several(what)
        if what is Condition.MUNICIPALITY:
            values = tuple(municipality_of(value, places) for value in values)
        for value in values:
            if what in known and value not in known[what]:
                raise ValueError(f"{what}: {value} is none of {', '.join(sorted(known[what]))}")
        if values:
            yield what, values


def _order(row: Row) -> int:
    said = row.text("order") or "100"
    if not said.isdecimal() or int(said) > _MOST:
        raise ValueError(f"order: {said} is no number from 0 to {_MOST}")
    return int(said)
