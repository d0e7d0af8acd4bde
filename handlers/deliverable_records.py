"""Port of the deliverables of municipalities."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.deliverables import Deliverable, NewDeliverable
from handlers.domain.ids import DeliverableId


class Deliverables(Protocol):
    """Deliverables with all their versions, which are never changed."""

    def get(self, deliverable: DeliverableId) -> Deliverable:
        """Return the version in force.

        Raises:
            NotFoundError: there is none.
        """
        ...

    def rows(self) -> Sequence[Deliverable]:
        """List the version in force of each, the first due first."""
        ...

    def history(self, deliverable: DeliverableId) -> Sequence[Deliverable]:
        """List the versions, the oldest first."""
        ...

    def add(self, new: NewDeliverable, *, at: datetime, by: str) -> Deliverable:
        """Write a deliverable down."""
        ...

    def change(self, changed: Deliverable, *, at: datetime, by: str) -> Deliverable:
        """Write the next version.

        Raises:
            ConflictError: there is a newer one than was changed.
        """
        ...
