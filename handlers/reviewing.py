"""Review a document with whoever sent it: version by version, recommendation by recommendation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.desk import Desk, Words
from handlers.domain.channels import Attachment, Channel
from handlers.domain.drafts import Draft
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.reviews import Recommendation, Review, Round, Verdict
from handlers.domain.tickets import Ticket, TicketEvent, reference_of
from handlers.drafting import Drafting
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFile:
    """A review with everything in it, as screens show it."""

    review: Review
    rounds: tuple[Round, ...]
    recommendations: tuple[Recommendation, ...]

    def of_round(self, number: int) -> list[Recommendation]:
        """List what was recommended about one version."""
        return [each for each in self.recommendations if each.round == number]

    @property
    def open(self) -> list[Recommendation]:
        """List what was neither accepted nor declined."""
        return [each for each in self.recommendations if each.verdict is Verdict.OPEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Makes a ticket a review and leads it to its end.

    - Whoever may read the ticket may review; every step stands in the ticket's history.
    - A version is a file of the conversation: one that came, or one a consultant laid beside.
    - A recommendation is about one version, and is accepted or declined once, with a reason if it
      is declined.
    - Nothing is sent by itself: the open recommendations become the draft of an answer.
    """

    clock: Clock
    desk: Desk

    def open(
        self, uow: UnitOfWork, ticket: TicketId, who: Consultant, *, title: str, due_on: date
    ) -> Review:
        """Make the ticket a review, or name its document and its day anew.

        Raises:
            InvalidError: there is no title.
            NotAllowedError: the ticket is not theirs to see.
        """
        self._require(uow, ticket, who)
        known = uow.reviews.find(ticket)
        review = Review(
            ticket=ticket,
            title=_said(title, field="title"),
            due_on=due_on,
            opened_at=known.opened_at if known else self.clock.now(),
            opened_by=known.opened_by if known else who.email,
            reminded_for=known.reminded_for if known else None,
        )
        uow.reviews.put(review)
        self._record(uow, ticket, who, "review_opened", due_on.isoformat())
        return review

    def round(
        self,
        uow: UnitOfWork,
        ticket: TicketId,
        who: Consultant,
        *,
        name: str = "",
        note: str = "",
        added: Attachment | None = None,
    ) -> Round:
        """Begin a round with a version: the newest file that was none yet, or the newest named so.

        `added` is a file a consultant lays beside; it joins the conversation as a note.

        Raises:
            NotFoundError: the ticket is no review, or has no such file.
        """
        self._open_review(uow, ticket, who)
        if added is not None:
            words = Words(text=added.name, channel=Channel.COMMAND, attachments=(added,))
            self.desk.note(uow, ticket, who, words)
        rounds = uow.reviews.rounds(ticket)
        article, file = _version(_files(uow, ticket), rounds, name=name)
        begun = Round(
            ticket=ticket,
            number=len(rounds) + 1,
            article=article,
            sha256=file.sha256,
            file=file.name,
            note=note.strip(),
            at=self.clock.now(),
            by=who.email,
        )
        uow.reviews.add_round(begun)
        self._record(uow, ticket, who, "review_round", str(begun.number), file.name)
        return begun

    def recommend(
        self, uow: UnitOfWork, ticket: TicketId, who: Consultant, *, text: str, place: str = ""
    ) -> Recommendation:
        """Recommend something about the newest version.

        Raises:
            NotFoundError: the ticket is no review.
            InvalidError: there are no words, or no version yet.
        """
        self._open_review(uow, ticket, who)
        rounds = uow.reviews.rounds(ticket)
        if not rounds:
            raise InvalidError("no-round", field="text")
        made = Recommendation(
            ticket=ticket,
            number=len(uow.reviews.recommendations(ticket)) + 1,
            round=rounds[-1].number,
            text=_said(text, field="text"),
            place=place.strip(),
            at=self.clock.now(),
            by=who.email,
        )
        uow.reviews.put_recommendation(made)
        self._record(uow, ticket, who, "review_recommended", str(made.number))
        return made

    def settle(
        self,
        uow: UnitOfWork,
        ticket: TicketId,
        who: Consultant,
        number: int,
        verdict: Verdict,
        *,
        reason: str = "",
    ) -> Recommendation:
        """Note that a recommendation was accepted or declined; again corrects it.

        Raises:
            NotFoundError: there is no such recommendation.
            InvalidError: it was declined without a reason.
        """
        self._open_review(uow, ticket, who)
        found = [each for each in uow.reviews.recommendations(ticket) if each.number == number]
        if not found:
            raise NotFoundError("no-such-recommendation", number=str(number))
        settled = replace(
            found[0],
            verdict=verdict,
            reason=_said(reason, field="reason") if verdict is Verdict.DECLINED else reason.strip(),
            settled_at=self.clock.now(),
            settled_by=who.email,
        )
        uow.reviews.put_recommendation(settled)
        self._record(uow, ticket, who, f"review_{verdict}", str(number))
        return settled

    def close(self, uow: UnitOfWork, ticket: TicketId, who: Consultant) -> Review:
        """End the review; opening it again begins where it ended.

        Raises:
            NotFoundError: the ticket is no review.
            InvalidError: a recommendation is neither accepted nor declined.
        """
        review = self._open_review(uow, ticket, who)
        waiting = read_review(uow, review).open
        if waiting:
            raise InvalidError("review-open", field="review", number=str(waiting[0].number))
        closed = replace(review, closed_at=self.clock.now())
        uow.reviews.put(closed)
        self._record(uow, ticket, who, "review_closed")
        return closed

    def draft(self, uow: UnitOfWork, ticket: TicketId, who: Consultant) -> Draft:
        """Prepare an answer of the open recommendations; a consultant sends it.

        Raises:
            NotFoundError: the ticket is no review.
            InvalidError: nothing is open.
        """
        file = read_review(uow, self._open_review(uow, ticket, who))
        lines = [_line(each) for each in file.open]
        words = Words(text="\n\n".join(lines), channel=Channel.COMMAND)
        return Drafting(clock=self.clock, desk=self.desk).prepare(uow, ticket, who, words)

    def listing(self, uow: UnitOfWork, who: Consultant | None, *, closed: bool) -> list[ReviewFile]:
        """List the reviews somebody may see, the first to be done first.

        Without a person, those of restricted queues are left out.
        """
        return [
            read_review(uow, review)
            for review in uow.reviews.rows(closed=closed)
            if self._sees(who, uow.tickets.get(review.ticket))
        ]

    def _sees(self, who: Consultant | None, ticket: Ticket) -> bool:
        access = self.desk.access
        return access.sees(who, ticket) if who else not access.is_restricted(ticket.queue)

    def _open_review(self, uow: UnitOfWork, ticket: TicketId, who: Consultant) -> Review:
        self._require(uow, ticket, who)
        review = uow.reviews.find(ticket)
        if review is None or review.closed_at is not None:
            raise NotFoundError("no-review", reference=reference_of(ticket))
        return review

    def _require(self, uow: UnitOfWork, ticket: TicketId, who: Consultant) -> None:
        self.desk.access.require(who, uow.tickets.get(ticket))

    def _record(
        self, uow: UnitOfWork, ticket: TicketId, who: Consultant, event: str, *reasons: str
    ) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=who.email, reasons=reasons)
        uow.tickets.record(ticket, line)


def read_review(uow: UnitOfWork, review: Review) -> ReviewFile:
    """Collect everything about a review."""
    return ReviewFile(
        review=review,
        rounds=tuple(uow.reviews.rounds(review.ticket)),
        recommendations=tuple(uow.reviews.recommendations(review.ticket)),
    )


def versions_ahead(uow: UnitOfWork, file: ReviewFile) -> tuple[str, ...]:
    """Name the files that came and are no version yet, the newest first."""
    known = {each.sha256 for each in file.rounds}
    files = [file for _, file in _files(uow, file.review.ticket) if file.sha256 not in known]
    return tuple(dict.fromkeys(each.name for each in reversed(files)))


def _files(uow: UnitOfWork, ticket: TicketId) -> list[tuple[ArticleId, Attachment]]:
    return [
        (article.id, file)
        for article in uow.tickets.articles(ticket)
        for file in article.attachments
    ]


def _version(
    files: Sequence[tuple[ArticleId, Attachment]], rounds: Sequence[Round], *, name: str
) -> tuple[ArticleId, Attachment]:
    fresh = [each for each in reversed(files) if not any(known.is_of(each[1]) for known in rounds)]
    found = [each for each in fresh if name in {"", each[1].name}]
    if not found:
        raise NotFoundError("no-new-version", file=name or "–")
    return found[0]


def _line(recommendation: Recommendation) -> str:
    place = f"{recommendation.place}: " if recommendation.place else ""
    return f"{recommendation.number}. {place}{recommendation.text}"


def _said(text: str, *, field: str) -> str:
    if not text.strip():
        raise InvalidError("no-words", field=field)
    return text.strip()
