"""What a machine may say to an asker, and how it is written into the thread."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.domain.channels import Channel
from handlers.domain.tickets import Article, ArticleKind, NewArticle, Ticket, TicketEvent
from handlers.policy import AutoAnswers
from handlers.ports import Clock, UnitOfWork
from handlers.working_time import VILNIUS
from knowledge_base.decide import KnowledgeBase
from knowledge_base.decisions import Answer, Candidate, Decision, Suggestions
from knowledge_base.entries import Entry

MACHINE = "machine"
"""The actor of what no person did."""


_WORTH_SHOWING = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Holds the knowledge base's decisions against what the administrator allows.

    - A restricted queue is never answered by a machine, however sure it is.
    - `variables` fill the answers, channel by channel (`{mail_address}` and the like).
    """

    clock: Clock
    knowledge: Callable[[], KnowledgeBase]
    mode: AutoAnswers
    variables: Mapping[Channel, Mapping[str, str]]

    def to_send(self, decision: Decision, channel: Channel) -> tuple[Entry, ...]:
        """Return the entries to be sent as the answer; none unless every one is allowed."""
        if not isinstance(decision, Answer) or self._is_restricted(decision.queue):
            return ()
        allowed = all(self.mode.may_send(entry, channel) for entry in decision.entries)
        return decision.entries if allowed else ()

    def to_offer(self, decision: Decision, channel: Channel) -> tuple[Entry, ...]:
        """Return the near misses that may be shown to the asker."""
        if not isinstance(decision, Suggestions) or self._is_restricted(decision.queue):
            return ()
        return tuple(entry for entry in decision.offered if self.mode.may_send(entry, channel))

    def chosen(self, ticket: Ticket, option: int) -> Entry | None:
        """Return the offered entry of this number, if it may still be sent today."""
        if not 1 <= option <= len(ticket.offered) or self._is_restricted(ticket.queue):
            return None
        entry = self.knowledge().entry(ticket.offered[option - 1])
        today = self.clock.now().astimezone(VILNIUS).date()
        if entry is None or not entry.may_answer(today, ticket.municipality):
            return None
        return entry if self.mode.may_send(entry, ticket.channel) else None

    def _is_restricted(self, queue: str) -> bool:
        known = self.knowledge().queues.get(queue)
        return known is None or known.restricted

    def text(self, entries: Sequence[Entry], channel: Channel, language: str) -> str:
        """Return the words to be sent, verbatim from the entries or their translations."""
        variables = self.variables[channel]
        return "\n\n".join(entry.text(variables, language) for entry in entries)

    def write(self, uow: UnitOfWork, ticket: Ticket, entries: Sequence[Entry]) -> Article:
        """Put the answer into the thread; the first entry and its version are pinned.

        The history names every entry, so that all of an answer's sources can be shown later.
        """
        at = self.clock.now()
        ids = tuple(entry.id for entry in entries)
        answered = TicketEvent(type="answered", at=at, actor=MACHINE, reasons=ids)
        uow.tickets.record(ticket.id, answered)
        return uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.SUGGESTED,
                channel=ticket.channel,
                author=MACHINE,
                text=self.text(entries, ticket.channel, ticket.language),
                at=at,
                entry=entries[0].id,
                entry_version=entries[0].version,
            )
        )


def likely(decision: Decision) -> tuple[Candidate, ...]:
    """Leave out the candidates that surely are not meant: on a card they only stand in the way."""
    return tuple(each for each in decision.candidates if each.confidence >= _WORTH_SHOWING)


def why(decision: Decision) -> tuple[str, ...]:
    """Say what led to a decision, for the ticket's history: reasons, then the candidates."""
    return (*decision.reasons, *candidate_lines(decision.candidates))


def candidate_lines(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Show the candidates the way a consultant reads them: id, question, probability."""
    return tuple(
        f"{candidate.entry_id}: {candidate.question} ({round(candidate.confidence * 100)} %)"
        for candidate in candidates
    )
