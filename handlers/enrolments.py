"""Port of the trainings and of who is registered for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.ids import PersonId, TicketId
from handlers.domain.trainings import Enrolment, KnownTraining, NewEnrolment, Training


class Trainings(Protocol):
    """Trainings with their versions, which are never changed, and the enrolments of each."""

    def known(self, training: str) -> KnownTraining | None:
        """Return the version in force."""
        ...

    def rows(self) -> Sequence[KnownTraining]:
        """List the version in force of each, the first to begin first."""
        ...

    def history(self, training: str) -> Sequence[KnownTraining]:
        """List every version, the oldest first."""
        ...

    def put(self, training: Training, *, at: datetime, by: str) -> bool:
        """Write a training that differs from its newest version; tell whether it did."""
        ...

    def hold(self, training: str) -> None:
        """Let nobody else give out seats of this training before this transaction ends."""
        ...

    def enrolments(self, training: str) -> Sequence[Enrolment]:
        """List everybody who registered, those who came first to the list first."""
        ...

    def of_person(self, person: PersonId) -> Sequence[Enrolment]:
        """List a person's enrolments, the oldest first."""
        ...

    def of_ticket(self, ticket: TicketId) -> Sequence[Enrolment]:
        """List the enrolments made in a conversation."""
        ...

    def enrol(self, enrolment: NewEnrolment) -> Enrolment:
        """Write an enrolment down; a person has one for each training."""
        ...

    def save(self, enrolment: Enrolment) -> None:
        """Write what changed of an enrolment."""
        ...

    def tickets_among(self, tickets: Collection[TicketId]) -> frozenset[TicketId]:
        """Return which of these tickets were opened to register."""
        ...
