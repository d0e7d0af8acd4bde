"""Reviews keep their versions and what became of each recommendation."""

from dataclasses import replace
from datetime import date

from handlers.domain.reviews import Recommendation, Review, Round, Verdict
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import NOON, a_ticket, an_article


def test_a_review_is_written_changed_and_read_back(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        article = uow.tickets.write(an_article(ticket))
        review = Review(
            ticket=ticket.id,
            title="Nuostatai",
            due_on=date(2026, 3, 9),
            opened_at=NOON,
            opened_by="r",
        )
        version = Round(
            ticket=ticket.id, number=1, article=article.id, sha256="1" * 64, file="n.docx",
            note="", at=NOON, by="r",
        )  # fmt: skip
        made = Recommendation(
            ticket=ticket.id, number=1, round=1, text="Taisyti", place="3 str.", at=NOON, by="r"
        )
        uow.reviews.put(review)
        uow.reviews.add_round(version)
        uow.reviews.put_recommendation(made)
        uow.commit()

    with begin() as uow:
        settled = replace(made, verdict=Verdict.ACCEPTED, settled_at=NOON, settled_by="r")
        uow.reviews.put_recommendation(settled)
        later = replace(review, due_on=date(2026, 3, 20))
        uow.reviews.put(later)
        told = [uow.reviews.reminded(ticket.id, due_on=later.due_on) for _ in range(2)]
        closed = replace(later, closed_at=NOON, reminded_for=later.due_on)
        before = uow.reviews.rows(closed=False)
        uow.reviews.put(closed)

        assert told == [True, False]
        assert before == [replace(later, reminded_for=later.due_on)]
        assert (uow.reviews.rows(closed=False), uow.reviews.rows(closed=True)) == ([], [closed])
        assert uow.reviews.find(ticket.id) == closed
        assert uow.reviews.rounds(ticket.id) == [version]
        assert uow.reviews.recommendations(ticket.id) == [settled]
        uow.personal_data.erase(ticket.requester)
        assert [each.text for each in uow.reviews.recommendations(ticket.id)] == ["***"]
