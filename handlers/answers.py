"""What a machine may say to an asker, and how it is written into the thread."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.domain.channels import Channel
from handlers.domain.messages import Prepared
from handlers.domain.tickets import Article, ArticleKind, NewArticle, Ticket, TicketEvent
from handlers.domain.verdicts import Told, Verdict
from handlers.local_answers import LocalAnswers
from handlers.policy import AutoAnswers
from handlers.ports import Clock, UnitOfWork
from handlers.working_time import local_day
from knowledge_base.decisions import (
    Answer,
    Candidate,
    Decision,
    Kind,
    Segment,
    Suggestions,
    Unsure,
)
from knowledge_base.entries import Entry
from knowledge_base.language import Language, tongue
from knowledge_base.values import dataclass

if TYPE_CHECKING:  # it brings numpy, which who only files and lists can do without
    from knowledge_base.decide import KnowledgeBase

MACHINE = "machine"
"""The actor of what no person did."""


_WORTH_SHOWING = 0.01
_OFFERED = 3
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Holds the knowledge base's decisions against what the administrator allows.

    - A restricted queue is never answered by a machine, however sure it is.
    - `variables` fill the answers, channel by channel (`{mail_address}` and the like).
    - `local` decides questions about one municipality anew; None where only entries answer.
    """

    clock: Clock
    knowledge: "Callable[[], KnowledgeBase]"
    mode: AutoAnswers
    variables: Mapping[Channel, Mapping[str, str]]
    local: LocalAnswers | None = None

    def decided(self, uow: UnitOfWork, message: Prepared) -> Decision:
        """Return what is decided about a question now that records can be looked up."""
        decision = message.decision
        if self.local is None or message.silent or self._is_restricted(decision.queue):
            return decision
        return self.local.decide(uow, message)

    def find(self, uow: UnitOfWork, entry_id: str) -> Entry | None:
        """Return what was answered under this id, an entry or a record, however old."""
        entry = self.knowledge().entry(entry_id)
        return entry or (self.local.find(uow, entry_id) if self.local else None)

    def verdict(self, decision: Decision, channel: Channel, *, text: str) -> Verdict:
        """Say what the asker may be told at once; of a letter, question by question.

        - One sure question of several is answered though others wait.
        - A near miss is offered. A text nobody translated is shown as what it is, and a person
          answers.
        """
        if self._is_restricted(decision.queue):
            return Verdict()
        sure = self._sure(decision, channel)
        sent = {told.entry.id for told in sure}
        parts = decision.segments if len(decision.segments) > 1 else ()
        foreign = _foreign(decision, text)
        return Verdict(
            sure=sure,
            waiting=tuple(part.text for part in parts if part.entry_id not in sent) if sure else (),
            offered=() if foreign else self._offered(decision, channel),
            originals=self._originals(decision, channel),
            foreign=foreign,
        )

    def _sure(self, decision: Decision, channel: Channel) -> tuple[Told, ...]:
        """Return what may be sent; an answer to one question is sent whole or not at all."""
        language = decision.language.value
        asked = {part.entry_id: part.text for part in reversed(decision.segments)}
        entries = self._entries(
            part.entry_id for part in decision.segments if part.decision is Kind.ANSWER
        )
        if isinstance(decision, Answer):
            entries = decision.entries
        allowed = [entry for entry in entries if self.mode.may_send(entry, channel)]
        if len(allowed) < len(entries) and len(decision.segments) < _SEVERAL:
            return ()
        return tuple(
            Told(
                question=asked.get(entry.id, entry.question),
                entry=entry,
                text=self.text((entry,), channel, language),
            )
            for entry in allowed
        )

    def _offered(self, decision: Decision, channel: Channel) -> tuple[Entry, ...]:
        """Return the near misses that may be shown to the asker."""
        near = self._entries(entry_id for part in decision.segments for entry_id in part.offered)
        if isinstance(decision, Suggestions):
            near = decision.offered
        sure = {part.entry_id for part in decision.segments}
        allowed = (entry for entry in near if self.mode.may_send(entry, channel))
        return tuple(entry for entry in allowed if entry.id not in sure)[:_OFFERED]

    def _originals(self, decision: Decision, channel: Channel) -> tuple[Told, ...]:
        entries = decision.untranslated if isinstance(decision, Unsure) else ()
        return tuple(
            Told(question=entry.question, entry=entry, text=self.text((entry,), channel, "lt"))
            for entry in entries
            if self.mode.may_send(entry, channel)
        )[:_OFFERED]

    def _entries(self, ids: Iterable[str | None]) -> tuple[Entry, ...]:
        found = (self.knowledge().entry(each) for each in dict.fromkeys(ids) if each)
        return tuple(entry for entry in found if entry is not None)

    def discreet(self, decision: Decision) -> Decision:
        """Let one restricted question make its whole letter restricted."""
        restricted = (part.queue for part in decision.segments if self._is_restricted(part.queue))
        queue = next(restricted, decision.queue)
        return decision if queue == decision.queue else replace(decision, queue=queue)

    def topics(self, text: str) -> tuple[str, ...]:
        """Return the queues a question may belong to where none clearly leads, the likely ones."""
        return self.knowledge().topics.likely(text)

    def chosen(self, uow: UnitOfWork, ticket: Ticket, option: int) -> Entry | None:
        """Return the offered entry of this number, if it may still be sent today."""
        if not 1 <= option <= len(ticket.offered) or self._is_restricted(ticket.queue):
            return None
        chosen = ticket.offered[option - 1]
        entry = self.knowledge().entry(chosen)
        if entry is None and self.local is not None:
            entry = self.local.current(uow, chosen)
        today = local_day(self.clock.now())
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


def likely(decided: Iterable[Decision | Segment]) -> tuple[Candidate, ...]:
    """Leave out the candidates that surely are not meant: on a card they only stand in the way."""
    best: dict[str, Candidate] = {}
    for candidate in (candidate for each in decided for candidate in each.candidates):
        known = best.get(candidate.entry_id)
        if candidate.confidence >= _WORTH_SHOWING and (
            known is None or known.confidence < candidate.confidence
        ):
            best[candidate.entry_id] = candidate
    return tuple(sorted(best.values(), key=lambda each: -each.confidence)[:_OFFERED])


def _foreign(decision: Decision, text: str) -> str:
    """Return the language of who must be told that no answer of ours is written in it."""
    if not isinstance(decision, Unsure):
        return ""
    if decision.language is Language.OTHER:
        return tongue(text) or "en"
    return decision.language.value if decision.untranslated else ""
