"""The port `Talks`."""

from datetime import timedelta

from handlers.domain.talks import Particulars
from handlers.domain.tickets import ArticleKind
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import NOON, a_consultant, a_ticket, an_article


def test_a_talk_is_kept_changed_found_and_taken_back(begin: UnitOfWorkFactory) -> None:
    about = Particulars(minutes=15, place="Kaunas", organisation="„X“")
    with begin() as uow:
        ticket, who = a_ticket(uow), uow.consultants.add(a_consultant()).id
        given = {"kind": ArticleKind.CALL, "consultant": who, "text": "Patarta."}
        number = uow.tickets.write(an_article(ticket, **given)).id
        uow.talks.add(number, about)
        uow.commit()

    with begin() as uow:
        talk = uow.talks.find(number)
        assert talk is not None
        assert (talk.about, talk.advice, talk.consultant, talk.held_at) == (
            about,
            "Patarta.",
            who,
            NOON,
        )
        assert uow.talks.of([ticket.id]) == {ticket.id: [talk]}
        assert uow.talks.between(NOON, NOON + timedelta(seconds=1)) == [talk]
        assert uow.talks.between(NOON + timedelta(seconds=1), NOON + timedelta(days=1)) == []
        uow.talks.remove(number)
        assert uow.talks.find(number) is None
        assert [row.kind for row in uow.tickets.articles(ticket.id)] == [ArticleKind.NOTE]
