"""The entries in force: every change is a new version, approved by a person."""

from dataclasses import replace

import pytest

from handlers.domain.errors import NotFoundError
from knowledge_base.entries import Entry
from tests.builders import (
    COUNCIL,
    ENTRIES,
    MARK,
    UNAPPROVED,
    an_entry,
)
from tests.wired import WiredDesk

RASA = "rasa@pagalba.lt"


def entries(desk: WiredDesk) -> list[Entry]:
    return list(desk.do(lambda uow: uow.entries.rows()))


def test_shipped_entries_come_into_force_once(desk: WiredDesk) -> None:
    first = desk.do(lambda uow: desk.curation.seed(uow, lambda: ENTRIES))
    second = desk.do(lambda uow: desk.curation.seed(uow, list))

    assert (first, second) == (len(ENTRIES), 0)
    assert {entry.id for entry in entries(desk)} == {entry.id for entry in ENTRIES}


def test_an_import_writes_what_is_new_or_changed_as_new_versions(desk: WiredDesk) -> None:
    desk.do(lambda uow: desk.curation.seed(uow, lambda: ENTRIES))
    changed = replace(MARK, answer="Kitaip.", approved_by=None)

    count = desk.do(
        lambda uow: desk.curation.take_in(uow, [changed, COUNCIL, an_entry(id="kita")], by="Rasa")
    )

    found = {entry.id: entry for entry in entries(desk)}
    assert count == 2
    assert (found[MARK.id], found[COUNCIL.id], found["kita"].version) == (
        replace(changed, version=2),
        COUNCIL,
        1,
    )


def test_approving_all_approves_what_waits(desk: WiredDesk) -> None:
    desk.do(lambda uow: desk.curation.seed(uow, lambda: ENTRIES))

    approved = desk.do(lambda uow: desk.curation.approve(uow, None, by="Rasa"))

    assert approved == [replace(UNAPPROVED, approved_by="Rasa")]
    assert all(entry.approved_by for entry in entries(desk))


def test_with_one_unknown_entry_nothing_is_approved(desk: WiredDesk) -> None:
    desk.do(lambda uow: desk.curation.seed(uow, lambda: ENTRIES))

    with pytest.raises(NotFoundError) as refused:
        desk.do(lambda uow: desk.curation.approve(uow, [UNAPPROVED.id, "nera"], by="Rasa"))

    assert refused.value.values == {"id": "nera"}
    assert UNAPPROVED in entries(desk)
