"""Who stands in for whom: chains of substitutes that always end, at somebody or at the queue."""

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.domain.errors import InvalidError
from handlers.domain.ids import ConsultantId
from handlers.staffing import NewAbsence
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Reads absences.

    - A substitute who is away as well passes on to their own substitute.
    - A chain that comes back to somebody ends there: the queue gets the question. Such a chain is
      refused when it is written down, and survived all the same if it ever stands in the database.
    """

    absences: Sequence[NewAbsence]

    def is_away(self, who: ConsultantId, day: date) -> bool:
        """Tell whether somebody is away on a day."""
        return self.of(who, day) is not None

    def of(self, who: ConsultantId, day: date) -> NewAbsence | None:
        """Return the absence of somebody that covers a day."""
        own = (each for each in self.absences if each.consultant == who and each.covers(day))
        return next(own, None)

    def present(self, who: ConsultantId, day: date) -> ConsultantId | None:
        """Return who is there for somebody on a day, themselves if they are; None = nobody."""
        last = list(self.chain(who, day))[-1]
        return None if self.is_away(last, day) else last

    def chain(self, who: ConsultantId, day: date) -> Iterator[ConsultantId]:
        """Go from somebody to who stands in for them, and on; nobody comes twice."""
        passed: set[ConsultantId] = set()
        at: ConsultantId | None = who
        while at is not None and at not in passed:
            yield at
            passed.add(at)
            away = self.of(at, day)
            at = away.substitute if away else None

    def require(self, new: NewAbsence) -> None:
        """Refuse an absence that contradicts the others.

        Raises:
            InvalidError: it ends before it begins, the person is away then already, or on some day
                of it the substitutes would go round in a circle.
        """
        if new.last < new.first:
            raise InvalidError("ends-before-it-begins", field="to")
        if any(each.consultant == new.consultant and _meet(each, new) for each in self.absences):
            raise InvalidError("away-already", field="from")
        if not self._ends(new):
            raise InvalidError("substitutes-in-a-circle", field="substitute")

    def _ends(self, new: NewAbsence) -> bool:
        """Tell whether nobody ends up standing in for themselves.

        What is true on a day changes only where an absence begins, and a circle lives only on days
        that all of its absences share.
        """
        if new.substitute is None:
            return True
        others = [each for each in self.absences if _meet(each, new)]
        days = {new.first, *(each.first for each in others if each.first > new.first)}
        return all(
            new.consultant not in Substitutes(others).chain(new.substitute, day) for day in days
        )


def _meet(one: NewAbsence, other: NewAbsence) -> bool:
    return one.first <= other.last and other.first <= one.last
