"""Ports of durable work: what came in and what we owe."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from handlers.domain.channels import Address, Channel
from handlers.domain.ids import ArticleId, InboxId, OutboxId, TicketId
from handlers.domain.messages import Claimed, Finished, InboxState, Outcome, Received
from handlers.domain.outgoing import (
    Arrived,
    Begun,
    Kind,
    OutboxState,
    Outgoing,
    Owed,
    Tried,
    Values,
)
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """An inbox row as `helpdesk inbox` shows it; never its bytes."""

    id: InboxId
    channel: Channel
    source: str
    external_id: str
    state: InboxState
    outcome: Outcome | None
    reason: str | None
    ticket: TicketId | None
    attempts: int
    error: str | None
    received_at: datetime
    size: int


class Inbox(Protocol):
    """Durable inbound work. A row is claimed under a lease and finished by its fence.

    Rows of one lane are claimed one at a time, the oldest first; a shunted row blocks nobody.
    Every finishing call raises `ConflictError` when the lease was lost to another worker.
    """

    def add(self, message: Received) -> InboxId | None:
        """Keep a raw message; None when it was here already (ARCHITECTURE 2.1)."""
        ...

    def rename(self, *, source: str, digest: str, external_id: str, but: str) -> None:
        """Let bytes that came from a mail source before be known by their new identity.

        An identity that begins with `but` is no older one, and stays.
        """
        ...

    def known(self, digests: Collection[str]) -> frozenset[str]:
        """Return those whose bytes were stored before, from any source."""
        ...

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, channels: Iterable[Channel]
    ) -> Sequence[Claimed]:
        """Lease up to `limit` due rows of distinct lanes, the oldest first."""
        ...

    def claim_one(self, message: InboxId, *, now: datetime, lease: timedelta) -> Claimed | None:
        """Lease this row if it is pending and free."""
        ...

    def all_done(self, finished: Sequence[Finished]) -> None:
        """Finish several at once: filed (an article exists), or ignored with a reason.

        Raises:
            ConflictError: the lease of one was lost; what was written is to be rolled back.
        """
        ...

    def gathered(
        self, messages: Collection[InboxId], *, outcome: Outcome, ticket: TicketId | None
    ) -> None:
        """Finish followers of a claimed message, in the transaction that finishes that one."""
        ...

    def waiting(self, channel: Channel, *, now: datetime, most: int) -> int:
        """Count the due messages of a channel that nobody has claimed, no further than `most`."""
        ...

    def next_due(self, *, after: datetime) -> datetime | None:
        """Return when the next message becomes due after the moment."""
        ...

    def postpone(self, message: InboxId, *, fence: int, due: datetime, error: str) -> None:
        """Give the row back to be tried again at `due`."""
        ...

    def shunt(self, message: InboxId, *, fence: int, error: str) -> None:
        """Park the row, whole, for a person."""
        ...

    def find(self, *, channel: Channel, source: str, external_id: str) -> InboxEntry | None:
        """Look a message up by its channel's own identity."""
        ...

    def rows(self, *, state: InboxState | None = None, limit: int = 1000) -> Sequence[InboxEntry]:
        """List rows, newest first."""
        ...

    def get(self, message: InboxId) -> InboxEntry:
        """Return one row.

        Raises:
            NotFoundError: no such row.
        """
        ...

    def endings(self, messages: Sequence[InboxId]) -> Mapping[InboxId, Outcome | InboxState]:
        """Tell how each of these rows ended; of the others, in which state it is."""
        ...

    def raw(self, message: InboxId) -> bytes:
        """Return the bytes as they were received.

        Raises:
            NotFoundError: no such row.
        """
        ...

    def retry(self, message: InboxId, *, now: datetime) -> None:
        """Put a shunted row back to work.

        Raises:
            NotFoundError: no such row, or it is not shunted.
        """
        ...

    def counts(self) -> Mapping[InboxState, int]:
        """Count the rows by state; every state is present."""
        ...

    def ignored_since(
        self, moment: datetime, *, channel: Channel, reasons: Collection[str]
    ) -> Mapping[str, int]:
        """Count what a channel received since and was ignored, by these reasons."""
        ...

    def received_since(self, moment: datetime, *, channel: Channel) -> int:
        """Count what a channel received since."""
        ...

    def oldest_due(self) -> datetime | None:
        """Return since when the longest waiting row is due, if any waits."""
        ...

    def stuck(self, *, before: datetime) -> Sequence[InboxId]:
        """List pending rows that were due, or whose lease ran out, before the given moment."""
        ...

    def external_ids(self, *, channel: Channel, source: str) -> frozenset[str]:
        """List what was stored from a source, for the audit."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """An outbox row as `helpdesk outbox` shows it; `key` names its text, never the words."""

    id: OutboxId
    ticket: TicketId | None
    article: ArticleId | None
    kind: Kind
    key: str
    channel: Channel
    to: str
    state: OutboxState
    attempts: int
    doubts: int
    next_attempt_at: datetime | None
    external_id: str | None
    error: str | None
    at: datetime
    beside: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All messages in its channel that say what it says."""
        return (*self.beside, self.external_id) if self.external_id else self.beside


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticMails:
    """How many automatic mails are owed since three moments; no domain got more than the second."""

    to_address: int
    to_any_domain: int
    in_all: int


class Outbox(Protocol):
    """Durable outbound work. Order per recipient: a lane is a channel and an address.

    Every outcome raises `ConflictError` when the lease was lost, or one of several leases: what was
    written is to be rolled back.
    """

    def owe(self, debt: Owed) -> OutboxId | None:
        """Write a debt down; None when its `once` was owed before."""
        ...

    def owe_along(self, debt: Owed) -> None:
        """Write a debt down, along with others of the transaction where it can wait for them."""
        ...

    def restate(self, message: OutboxId, values: Values, *, at: datetime) -> OutboxId | None:
        """Let a message say something else: what it said, with these values changed.

        One not sent yet changes itself. One sent is owed an edit; edits not made yet become one.
        Nothing is owed, and None returned, when nothing changes or it was never taken.
        """
        ...

    def repeat(self, message: OutboxId, *, at: datetime) -> OutboxId:
        """Owe the same message anew, behind all others of its lane."""
        ...

    def redirect(self, message: OutboxId, to: Address, *, at: datetime) -> OutboxId | None:
        """Owe the same message to another address; None when that was done before."""
        ...

    def settle_edit(self, message: OutboxId, *, fence: int, anew: bool) -> bool:
        """Owe an edit no longer whose message has no name; that one, tried again, says it all.

        With `anew`, where nobody knows whether that message arrived, the edit becomes a message of
        its own. Return whether it did.
        """
        ...

    def withdraw(self, message: OutboxId) -> bool:
        """Owe a message no longer, if nobody began to send it; return whether that was so."""
        ...

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, channels: Iterable[Channel]
    ) -> Sequence[Outgoing]:
        """Lease due rows (queued, deferred, uncertain to be repeated) of distinct lanes.

        Answers come first, changes of what was said before last; the oldest first among equals.
        """
        ...

    def sending(self, begun: Sequence[Begun]) -> None:
        """Keep the rendered bytes and set `sending`; committed before the channel is called."""
        ...

    def renew(self, messages: Mapping[OutboxId, int], *, until: datetime) -> None:
        """Hold the leases, given with their fences, until the moment; lost ones are left alone."""
        ...

    def delivered(self, arrived: Sequence[Arrived]) -> None:
        """The channel took them and knows them by these names."""
        ...

    def said_anew(self, edit: OutboxId, *, external_id: str) -> None:
        """The channel knows by this id what the edit changes: it may have had to say it anew."""
        ...

    def deferred(self, message: OutboxId, *, fence: int, due: datetime, error: str) -> None:
        """Surely not taken; try again at `due`."""
        ...

    def uncertain(
        self, message: OutboxId, *, fence: int, repeat_at: datetime | None, error: str
    ) -> None:
        """Nobody knows: count the doubt; repeat at the given moment, or never (None)."""
        ...

    def dead(self, message: OutboxId, *, fence: int, error: str) -> None:
        """It will never be taken."""
        ...

    def release(self, message: OutboxId, *, fence: int) -> None:
        """Hand a claimed row back untouched (a stop before `sending`)."""
        ...

    def lapsed(self, *, now: datetime) -> Sequence[Outgoing]:
        """Lease again the rows left in `sending` by a process that died; their fate is unknown."""
        ...

    def find_sent(self, *, channel: Channel, external_ids: Sequence[str]) -> OutboxEntry | None:
        """Find what we sent under the first of these ids that is ours."""
        ...

    def find(self, message: OutboxId) -> OutboxEntry | None:
        """Return one row, or None."""
        ...

    def rows(self, *, state: OutboxState | None = None, limit: int = 1000) -> Sequence[OutboxEntry]:
        """List rows, newest first."""
        ...

    def of_ticket(self, ticket: TicketId) -> Sequence[OutboxEntry]:
        """List a ticket's rows, oldest first."""
        ...

    def retry(self, message: OutboxId, *, now: datetime) -> None:
        """Queue a dead or uncertain row again, with the same bytes.

        Raises:
            NotFoundError: no such row, or it is neither dead nor uncertain.
        """
        ...

    def counts(self) -> Mapping[OutboxState, int]:
        """Count the rows by state; every state is present."""
        ...

    def oldest_due(self) -> datetime | None:
        """Return since when the longest waiting row is due, if any waits."""
        ...

    def tried_since(self, moment: datetime, *, channel: Channel) -> Sequence[Tried]:
        """List what the channel was handed since, oldest first; nothing that it did not take."""
        ...

    def stuck(self, *, before: datetime, uncertain_before: datetime) -> Sequence[OutboxId]:
        """List rows due or lapsed before the first moment, or uncertain since before the second."""
        ...

    def automatic_since(
        self, moment: datetime, *, to: str | None = None, ticket: TicketId | None = None
    ) -> int:
        """Count the automatic mails owed since: to an address or `@domain`, or of a ticket."""
        ...

    def automatic_recently(
        self, to: str, *, address_since: datetime, domain_since: datetime, since: datetime
    ) -> AutomaticMails:
        """Count at one look what `automatic_since` tells of an address, of all, and of all again.

        So many went to any one domain at most: few desks write to all as much as a domain may get.
        """
        ...

    def automatic_subjects(self, moment: datetime, *, to: str) -> Sequence[str]:
        """List the subjects of the tickets an address was written to about by machine since."""
        ...
