"""Every table says whether it holds personal data, and every column what erasing does to it."""

import pytest

from storage.impersonal import IMPERSONAL
from storage.personal import PERSONAL
from storage.rows import metadata


def test_every_table_is_covered_once() -> None:
    assert sorted([*PERSONAL, *IMPERSONAL]) == sorted(metadata.tables)


def test_every_exemption_has_a_reason() -> None:
    assert all(IMPERSONAL.values())


@pytest.mark.parametrize("name", PERSONAL)
def test_every_column_is_erased_or_kept_on_purpose(name: str) -> None:
    rule = PERSONAL[name]
    named = [*rule.blank, *rule.kept]

    assert rule.deletes or sorted(named) == sorted(metadata.tables[name].c.keys())
