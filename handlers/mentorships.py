"""Ports of the mentorships: who is beside which organisation, with plans, time and results."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from handlers.domain.ids import (
    ConsultantId,
    MentorRequestId,
    MentorshipId,
    OrganisationId,
    ResultId,
)
from handlers.domain.mentorships import (
    Contact,
    MentorRequest,
    Mentorship,
    NewMentorRequest,
    NewMentorship,
    NewResult,
    Plan,
    RequestState,
    Result,
)


class Mentorships(Protocol):
    """Port of the mentorships; a plan is never changed, a later one takes its place."""

    def add(self, mentorship: NewMentorship) -> Mentorship:
        """Begin one."""
        ...

    def get(self, mentorship: MentorshipId) -> Mentorship:
        """Return the mentorship.

        Raises:
            NotFoundError: no such mentorship.
        """
        ...

    def rows(
        self, *, organisation: OrganisationId | None = None, mentor: ConsultantId | None = None
    ) -> Sequence[Mentorship]:
        """List them, those over included, the one that began last first."""
        ...

    def claim(self, organisation: OrganisationId) -> Sequence[Mentorship]:
        """List an organisation's; until the end of the transaction nobody else begins one."""
        ...

    def end(self, mentorship: MentorshipId, *, on: date) -> None:
        """Write down its last day."""
        ...

    def reminded(self, mentorship: MentorshipId, *, awaited: date) -> bool:
        """Note who is told of a silence; False when somebody else noted it first."""
        ...

    def plans(self, mentorship: MentorshipId) -> Sequence[Plan]:
        """List its plans in the order they were written."""
        ...

    def put_plan(self, plan: Plan) -> None:
        """Add a plan."""
        ...

    def contacts(self, mentorship: MentorshipId) -> Sequence[Contact]:
        """List the time given, the oldest first."""
        ...

    def add_contact(
        self, mentorship: MentorshipId, contact: Contact, *, at: datetime, by: str
    ) -> None:
        """Add time given."""
        ...

    def results(self, mentorship: MentorshipId) -> Sequence[Result]:
        """List its results, the first due first."""
        ...

    def result(self, result: ResultId) -> Result:
        """Return the result.

        Raises:
            NotFoundError: no such result.
        """
        ...

    def add_result(self, result: NewResult) -> Result:
        """Add a result that is planned."""
        ...

    def achieve(self, result: ResultId, *, achieved: str, on: date, by: str) -> None:
        """Write down what was reached."""
        ...

    def heard_at(
        self, organisation: OrganisationId, *, besides: Collection[str]
    ) -> datetime | None:
        """Return when somebody of the organisation last wrote to us or was spoken to.

        `besides` are queues of which nothing may be told.
        """
        ...


class MentorRequests(Protocol):
    """Port of the requests for a mentor."""

    def add(self, request: NewMentorRequest) -> MentorRequest:
        """Write one down."""
        ...

    def get(self, request: MentorRequestId) -> MentorRequest:
        """Return the request.

        Raises:
            NotFoundError: no such request.
        """
        ...

    def rows(self, *, state: RequestState | None = None) -> Sequence[MentorRequest]:
        """List them, the oldest first."""
        ...

    def settle(
        self,
        request: MentorRequestId,
        state: RequestState,
        *,
        at: datetime,
        by: str,
        mentorship: MentorshipId | None = None,
    ) -> bool:
        """Grant or decline one; False when it was settled before."""
        ...
