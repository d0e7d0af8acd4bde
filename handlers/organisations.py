"""The cards of organisations: what is known of each, who is one with whom, and since when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, Final, TypeVar

from handlers.domain.errors import ConflictError, InvalidError, NotFoundError
from handlers.domain.ids import OrganisationId
from handlers.domain.organisations import Change, Details, Organisation
from handlers.doubles import Double, doubles
from handlers.organisation_rows import Listed, checked_code
from handlers.ports import Clock, UnitOfWork
from handlers.record_imports import Taken, take_in
from knowledge_base.municipalities import Places
from knowledge_base.record_rows import Parsed, is_words
from knowledge_base.text import fold, tokens
from knowledge_base.values import dataclass

D = TypeVar("D", bound=Details)

MERGED: Final = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCards:
    """Keeps the cards, with who changed what when.

    - A code is nine digits and one organisation's. Its check digit is only looked at
      (`is_doubtful`): no rule of the register itself was found.
    - An umbrella is another organisation, and nobody is above themselves.
    - That two cards are of one organisation is proposed, never decided here; joining them can be
      undone.
    """

    clock: Clock
    places: Callable[[], Places]

    def add(self, uow: UnitOfWork, details: Details, *, by: str) -> Organisation:
        """Remember a new organisation.

        Raises:
            InvalidError: something said of it cannot be.
            ConflictError: another has its code.
        """
        checked = self._checked(uow, details, None)
        added = uow.organisations.add(checked, at=self.clock.now())
        self._journal(uow, added.id, "added", _said(checked), by=by)
        return added

    def save(self, uow: UnitOfWork, organisation: Organisation, *, by: str) -> bool:
        """Write what changed, with its history; tell whether anything did. Raises as `add`."""
        before = uow.organisations.get(organisation.id)
        after = self._checked(uow, organisation, organisation.id)
        if after == before:
            return False
        uow.organisations.save(after)
        changed = {
            name: value
            for name, value in _said(after).items()
            if getattr(before, name) != getattr(after, name)
        }
        self._journal(uow, organisation.id, "changed", changed, by=by)
        return True

    def find(self, uow: UnitOfWork, said: str) -> Organisation:
        """Return the organisation of this code, number or name.

        Raises:
            NotFoundError: there is none, or more than one of the name.
        """
        said = said.strip()
        found = None
        if said.isdecimal() and len(said) < len("123456789"):
            found = uow.organisations.find(OrganisationId(int(said)))
        found = found or named(uow, said)
        if found is None:
            raise NotFoundError("no-such-organisation", id=said)
        return found

    def search(self, uow: UnitOfWork, words: str) -> Sequence[Organisation]:
        """List those whose name, code or municipality has the words, by name; none = all."""
        wanted = fold(words).split()
        found = [
            each
            for each in uow.organisations.rows()
            if all(word in fold(_searched(each)) for word in wanted)
        ]
        return sorted(found, key=lambda each: fold(each.name))

    def take_in(self, uow: UnitOfWork, parsed: Parsed[Listed], *, by: str) -> Taken:
        """Write the organisations of a file: known by code, else by name and municipality.

        An umbrella is known already, or stands earlier in the file.
        """

        def write(listed: Listed) -> bool:
            above = self.find(uow, listed.umbrella).id if listed.umbrella else None
            details = replace(listed.details, umbrella=above)
            known = self._known(uow, details)
            if known is None:
                self.add(uow, details, by=by)
                return True
            return self.save(uow, replace(known, **_given(details)), by=by)

        def refusing(listed: Listed) -> bool:
            try:
                return write(listed)
            except (InvalidError, ConflictError, NotFoundError) as refusal:
                raise ValueError(str(refusal)) from refusal

        return take_in(parsed, refusing)

    def doubles(self, uow: UnitOfWork) -> Sequence[Double[Organisation]]:
        """Propose cards that may be of one organisation."""
        return doubles(
            uow.organisations.rows(),
            name=lambda each: each.name,
            apart=lambda one, other: (
                _differ(one.code, other.code) or _differ(one.municipality, other.municipality)
            ),
        )

    def merge(
        self, uow: UnitOfWork, kept: OrganisationId, other: OrganisationId, *, by: str
    ) -> None:
        """Make two cards one: what the kept one does not say, the other does.

        Raises:
            InvalidError: they cannot be one: their codes differ, or one is above the other.
        """
        ours, theirs = uow.organisations.get(kept), uow.organisations.get(other)
        if kept == other:
            raise InvalidError("merge-itself", field="organisation")
        if _differ(ours.code, theirs.code):
            raise InvalidError("merge-codes-differ", field="organisation")
        if kept in self._above(uow, other) or other in self._above(uow, kept):
            raise InvalidError("merge-umbrella", field="organisation")
        journal = uow.organisations.join(kept, other)
        self._journal(uow, kept, MERGED, journal, by=by)

    def unmerge(self, uow: UnitOfWork, change: int, *, by: str) -> OrganisationId:
        """Undo a merge, with everything that is still as it left it; return the other card.

        Raises:
            NotFoundError: there is no such merge.
            ConflictError: it was undone already, or another has the other's code by now.
        """
        made = uow.changes.get(change)
        if made.type != MERGED or made.organisation is None:
            raise NotFoundError("no-such-change", id=str(change))
        if made.undone_at is not None:
            raise ConflictError("undone-already")
        again = uow.organisations.unjoin(made.organisation, made.what)
        uow.changes.undone(change, at=self.clock.now())
        self._journal(uow, made.organisation, "unmerged", {"other": again}, by=by)
        return again

    def _known(self, uow: UnitOfWork, details: Details) -> Organisation | None:
        if details.code is not None:
            known = uow.organisations.by_code(details.code)
            if known is not None:
                return known
        return next(
            (
                each
                for each in uow.organisations.rows()
                if tokens(each.name) == tokens(details.name)
                and each.municipality == details.municipality
                and not _differ(each.code, details.code)
            ),
            None,
        )

    def _checked(self, uow: UnitOfWork, details: D, own: OrganisationId | None) -> D:
        """Return the details as they are kept."""
        name = " ".join(details.name.split())
        if not is_words(name):
            raise InvalidError("not-text", field="name")
        code = checked_code(details.code)
        if code is not None:
            known = uow.organisations.by_code(code)
            if known is not None and known.id != own:
                raise ConflictError("code-taken")
        if details.umbrella is not None:
            uow.organisations.get(details.umbrella)
            if own is not None and own in {
                details.umbrella,
                *self._above(uow, details.umbrella),
            }:
                raise InvalidError("umbrella-of-itself", field="umbrella")
        return replace(
            details,
            name=name,
            code=code,
            municipality=official(details.municipality, self.places()),
        )

    def _above(self, uow: UnitOfWork, organisation: OrganisationId) -> tuple[OrganisationId, ...]:
        """List the umbrellas above one, the nearest first."""
        return tuple(self._climb(uow, organisation))

    def _climb(self, uow: UnitOfWork, organisation: OrganisationId) -> Iterator[OrganisationId]:
        seen = {organisation}
        above = uow.organisations.get(organisation).umbrella
        while above is not None and above not in seen:
            yield above
            seen.add(above)
            above = uow.organisations.get(above).umbrella

    def _journal(
        self,
        uow: UnitOfWork,
        organisation: OrganisationId,
        what: str,
        said: Mapping[str, object],
        *,
        by: str,
    ) -> None:
        now = self.clock.now()
        uow.changes.record(
            Change(type=what, at=now, actor=by, organisation=organisation, what=said)
        )


def named(uow: UnitOfWork, said: str) -> Organisation | None:
    """Return the organisation somebody surely means: the one of this code, or of this name."""
    of_code = uow.organisations.by_code(said.strip())
    words = tokens(said)
    of_name = [each for each in uow.organisations.rows() if tokens(each.name) == words]
    return of_code or (of_name[0] if len(of_name) == 1 else None)


def official(said: str | None, places: Places) -> str | None:
    """Return the official name of the municipality somebody means; empty is none.

    Raises:
        InvalidError: there is none of this name, or a city and a district both have it.
    """
    if not said:
        return None
    named = places.named(said)
    if not named:
        raise InvalidError("no-such-municipality", field="municipality", municipality=said)
    if len(named) > 1:
        either = ", ".join(place.official for place in named)
        raise InvalidError("which-municipality", field="municipality", either=either)
    return named[0].official


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _said(details: Details) -> Mapping[str, object]:
    """Return what is said, for the history."""
    return {name: value for name, value in asdict(details).items() if name != "id"}


def _given(details: Details) -> dict[str, Any]:
    """Return what a line of a file says; what it leaves out stays as it is known."""
    return {
        each.name: value
        for each in fields(details)
        if (value := getattr(details, each.name)) is not None
    }


def _searched(organisation: Organisation) -> str:
    parts = (organisation.name, organisation.code, organisation.municipality)
    return " ".join(filter(None, parts))
