"""What the knowledge base has for a consultant to answer with, question by question."""

from collections.abc import Iterable, Sequence

from bot.console.site import Site
from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.parts import Part
from knowledge_base.decisions import Candidate, Context, Decision
from knowledge_base.entries import Entry
from knowledge_base.values import dataclass

_WORTH_SHOWING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A FAQ answer a consultant may insert; `stale` warns that it must not be told as of today."""

    entry: Entry
    text: str
    confidence: float
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a letter: what became of it, why, and what it may be answered with."""

    part: Part
    suggestions: tuple[Suggestion, ...]


def suggested(site: Site, ticket: Ticket, articles: Sequence[Article]) -> tuple[Suggestion, ...]:
    """Ask the knowledge base about the asker's newest words."""
    asked = _asked(articles)
    if not asked or site.access.is_restricted(ticket.queue):
        return ()
    return _suggestions(site, ticket, _decide(site, ticket, asked[-1]).candidates)


def questions(
    site: Site, ticket: Ticket, articles: Sequence[Article], parts: Sequence[Part]
) -> tuple[Question, ...]:
    """Ask it about each question of the letter that opened the ticket."""
    asked = _asked(articles)
    if not parts or not asked or site.access.is_restricted(ticket.queue):
        return ()
    segments = _decide(site, ticket, asked[0]).segments
    candidates = {segment.text: segment.candidates for segment in segments}
    return tuple(
        Question(part=part, suggestions=_suggestions(site, ticket, candidates.get(part.text, ())))
        for part in parts
    )


def _asked(articles: Iterable[Article]) -> list[str]:
    return [article.text for article in articles if article.kind is ArticleKind.INBOUND]


def _decide(site: Site, ticket: Ticket, text: str) -> Decision:
    variables = site.answers.variables[ticket.channel]
    context = Context(today=site.today(), municipality=ticket.municipality, variables=variables)
    return site.knowledge.current().decide(text, context)


def _suggestions(
    site: Site, ticket: Ticket, candidates: Iterable[Candidate]
) -> tuple[Suggestion, ...]:
    likely = [each for each in candidates if each.confidence >= _WORTH_SHOWING]
    found = (_suggestion(site, ticket, candidate) for candidate in likely)
    return tuple(suggestion for suggestion in found if suggestion is not None)


def _suggestion(site: Site, ticket: Ticket, candidate: Candidate) -> Suggestion | None:
    entry = site.knowledge.current().entry(candidate.entry_id)
    variables = site.answers.variables[ticket.channel]
    if entry is None or entry.variables - variables.keys():
        return None
    return Suggestion(
        entry=entry,
        text=entry.text(variables, ticket.language),
        confidence=candidate.confidence,
        stale=not entry.may_answer(site.today(), ticket.municipality),
    )
