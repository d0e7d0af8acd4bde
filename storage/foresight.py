"""What filing a batch of messages will ask, looked up for all of them at once."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared, Thread
from knowledge_base.values import dataclass
from storage.automatic_mails import AutomaticTally
from storage.memory import Memory
from storage.names import Names
from storage.numbers import Numbers
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.prepared import prepared
from storage.rows import (
    articles,
    call_wishes,
    drafts,
    merges,
    people,
    referrals,
    tickets,
    topics,
    watchers,
)
from storage.tickets import SqlTickets

_MOST: Final = 400
"""Ids of letters that answer very many are not all looked for: who asks for such a one finds it."""

_these: Final[sa.BindParameter[Any]] = sa.bindparam("tickets", expanding=True)
_NAMING: Final = (
    merges.c.ticket_id,
    merges.c.into_id,
    drafts.c.ticket_id,
    call_wishes.c.ticket_id,
    topics.c.ticket_id,
    watchers.c.ticket_id,
    referrals.c.ticket_id,
)
_TIED: Final = prepared(
    sa.select(
        sa.union_all(
            *(sa.select(named.label("ticket")).where(named.in_(_these)) for named in _NAMING)
        ).subquery()
    )
)
"""Of tickets, those to which anything is tied: few, in a desk's day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """Fills the memory of a unit of work; what it did not foresee is looked up as ever."""

    connection: sa.Connection
    memory: Memory
    people: SqlPeople
    tickets: SqlTickets
    outbox: SqlOutbox
    numbers: Numbers

    def expect(self, messages: Sequence[Prepared]) -> None:
        """Look up who wrote, which ids are known, and what the tickets are they belong to.

        Numbers of tickets are reserved for letters that answer nothing: people see the gaps.
        """
        writers = {each.sender for each in messages if each.sender}
        newcomers = self.people.look_up(writers)
        by_mail = (each.value for each in writers if each.channel is Channel.MAIL)
        AutomaticTally(self.connection, self.memory).expect(by_mail)
        numbers: set[TicketId] = set()
        for channel in {each.channel for each in messages}:
            some = [each for each in messages if each.channel is channel]
            names = set(islice(_names(some), _MOST))
            numbers |= Names(self.memory).look_up(self.connection, channel, names)
        said = (number for each in messages for number in (each.thread.token, each.thread.tag))
        numbers.update(number for number in said if number is not None)
        if numbers:
            self.tickets.look_up(numbers)
            self.outbox.look_up(numbers)
            tied = set(self.connection.scalars(_TIED, {"tickets": sorted(numbers)}))
            for number in numbers - tied:
                self.tickets.keep_apart(number)
        new = [each for each in messages if each.thread == Thread() and each.automatic is None]
        said_and_answered = 2 * len(messages)
        self.numbers.reserve(
            {people: len(newcomers), tickets: len(new), articles: said_and_answered}
        )


def _names(messages: Iterable[Prepared]) -> Iterable[str]:
    """List the ids messages have and name, their own first: those are asked of every one."""
    yield from (each.external_id for each in messages)
    for each in messages:
        yield from each.thread.references
