"""Organisations from files: every line is taken or refused, and a refusal says why."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, TypeVar

from handlers.domain.errors import InvalidError
from handlers.domain.organisations import AskerType, Details, LegalForm
from knowledge_base.municipalities import Places
from knowledge_base.record_files import each_row
from knowledge_base.record_rows import Parsed, Refused, Row, municipality_of
from knowledge_base.values import dataclass

_CODE: Final = re.compile(r"[0-9]{9}")
_MODULUS: Final = 11
_TEN: Final = 10

Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An organisation as a line says it; the umbrella is looked up when it is written."""

    details: Details
    umbrella: str


def parse_organisations(rows: Sequence[Row | Refused], places: Places) -> Parsed[Listed]:
    """Return the organisations of a file, one row each."""
    return each_row(rows, lambda row: _listed(row, places), _name)


def _name(listed: Listed) -> str:
    details = listed.details
    return details.code or f"{details.name}, {details.municipality}"


def _listed(row: Row, places: Places) -> Listed:
    where, form = row.text("municipality"), row.text("legal_form")
    try:
        code = checked_code(row.text("code") or row.text("id"))
    except InvalidError as wrong:
        raise ValueError(str(wrong)) from wrong
    details = Details(
        name=row.text("name") or row.need("title"),
        kind=_member(AskerType, "kind", row.need("kind")),
        legal_form=_member(LegalForm, "legal_form", form) if form else None,
        code=code,
        municipality=municipality_of(where, places) if where else None,
    )
    return Listed(details=details, umbrella=row.text("umbrella"))


def checked_code(said: str | None) -> str | None:
    """Return a code as it is kept; empty is none.

    Raises:
        InvalidError: it is not nine digits.
    """
    code = "".join((said or "").split())
    if not code:
        return None
    if not _CODE.fullmatch(code):
        raise InvalidError("not-nine-digits", field="code", given=code)
    return code


def is_doubtful(code: str) -> bool:
    """Tell whether the last digit is not the one usually reckoned of the first eight.

    Modulo 11 with weights 1-8, and 3-9, 1 where that gives 10: so do `python-stdnum` (`lt.pvm`)
    and the npm package `lt-codes`. They are no authority, so a doubtful code is shown, not refused.
    """
    digits = [int(sign) for sign in code]
    check = _remainder(digits, (1, 2, 3, 4, 5, 6, 7, 8))
    if check == _TEN:
        check = _remainder(digits, (3, 4, 5, 6, 7, 8, 9, 1)) % _TEN
    return check != digits[-1]


def _remainder(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(map(int.__mul__, digits[:-1], weights)) % _MODULUS


def _member(kind: type[Name], column: str, said: str) -> Name:
    try:
        return kind(said.lower())
    except ValueError:
        known = ", ".join(each.value for each in kind)
        raise ValueError(f"{column}: {said} is none of {known}") from None
