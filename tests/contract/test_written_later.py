"""What a unit of work writes together with the rest: nobody misses it, and races are told."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.drafts import NewDraft
from handlers.domain.errors import ConflictError
from handlers.domain.ids import TicketId
from handlers.domain.people import Proof
from handlers.domain.tickets import ArticleKind, Status, stays_of
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from tests.asked import asked
from tests.builders import a_mail
from tests.contract.builders import (
    MINUTE,
    NOON,
    a_consultant,
    a_debt,
    a_person,
    a_ticket,
    an_article,
)

ONA = Address(Channel.MAIL, "ona@pavyzdys.lt")


def test_what_a_letter_brings_is_written_by_one_statement_for_each_table(
    engine: sa.Engine, begin: UnitOfWorkFactory
) -> None:
    writers = [Address(Channel.MAIL, f"{name}@pavyzdys.lt") for name in ("ona", "jonas", "rasa")]
    with begin() as uow:
        uow.expect([a_mail(sender=each) for each in writers])
        with asked(engine) as seen:
            for writer in writers:
                ticket = a_ticket(uow, a_person(uow, writer.value))
                uow.tickets.write(an_article(ticket, person=ticket.requester))
                uow.tickets.save_along(replace(ticket, status=Status.OPEN), at=NOON + MINUTE)
                uow.tickets.write(an_article(ticket, kind=ArticleKind.SUGGESTED))
                uow.outbox.owe_along(a_debt(ticket=ticket.id))
            uow.commit()

    tables = ("people", "addresses", "tickets", "articles", "stays", "outbox")
    told = [" ".join(text.split()[:3]) for text, _ in seen]
    changes = [each for each in told if not each.startswith("SELECT")]
    assert sorted(changes) == sorted(
        ["UPDATE tickets SET", *(f"INSERT INTO {table}" for table in tables)]
    )
    assert len(told) - len(changes) == (3 if engine.dialect.name == "sqlite" else 0)


def test_what_is_written_down_as_json_is_kept_as_it_is(begin: UnitOfWorkFactory) -> None:
    said = {"text": 'Ką\0 sako \\u0000 ir „\\"“ 🙂\u2028?'}
    with begin() as uow:
        for _ in range(2):
            uow.outbox.owe_along(a_debt(values=said))
        uow.outbox.owe_along(a_debt(values={"text": "pusė \ud800"}))
        uow.commit()

    with begin() as uow:
        claimed = uow.outbox.claim(now=NOON, lease=MINUTE, limit=3, channels=[Channel.MAIL])
    assert [dict(each.values) for each in claimed] == [said, said, {"text": "pusė \ufffd"}]


def test_what_was_written_later_is_read_back_whole(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = a_person(uow, ONA.value)
        opened = a_ticket(uow, ona, subject="Ką\0 daryti \ud800?", offered=("parama",))
        said = uow.tickets.write(an_article(opened, person=ona.id, external_id="<1@x>"))
        saved = uow.tickets.save_along(replace(opened, topic="parama"), at=NOON + MINUTE)
        closed = replace(saved, status=Status.RESOLVED)
        saved_again = uow.tickets.save_along(closed, at=NOON + 2 * MINUTE)
        uow.commit()

    with begin() as uow:
        assert uow.people.find(ONA) == ona
        assert uow.tickets.get(opened.id) == saved_again
        assert uow.tickets.articles(opened.id) == [said]
        stays = uow.tickets.stays([saved_again])[opened.id]
    assert (saved_again.version, saved_again.subject) == (3, "Ką\ufffd daryti \ufffd?")
    assert stays == stays_of(saved_again, [(Status.NEW, NOON + 2 * MINUTE)])


def _drafts(uow: UnitOfWork, ticket: TicketId) -> object:
    consultant = uow.consultants.add(a_consultant())
    draft = NewDraft(ticket=ticket, consultant=consultant.id, text="Taip", at=NOON)
    uow.drafts.put(draft)
    return uow.drafts.of(ticket)


def _rename(uow: UnitOfWork, ticket: TicketId) -> object:
    uow.people.rename(uow.tickets.get(ticket).requester, "Ona O.")
    return uow.people.get(uow.tickets.get(ticket).requester).name == "Ona O."


def _wish(uow: UnitOfWork, ticket: TicketId) -> object:
    uow.calls.add(ticket=ticket, person=uow.tickets.get(ticket).requester, at=NOON)
    return uow.calls.of_ticket(ticket)


@pytest.mark.parametrize(
    "hang_on",
    [
        _drafts,
        _rename,
        lambda uow, ticket: uow.outbox.owe(a_debt(ticket=ticket, once="once")),
        lambda uow, ticket: [uow.topics.save(chat="-1", ticket=ticket, thread="5")],
        _wish,
        lambda uow, _: uow.tickets.rows(),
        lambda uow, ticket: uow.tickets.save(uow.tickets.get(ticket), at=NOON + MINUTE),
    ],
    ids=["drafts", "people", "outbox", "topics", "calls", "read", "saved"],
)
def test_what_names_a_row_not_written_yet_finds_it(
    begin: UnitOfWorkFactory, hang_on: Callable[[UnitOfWork, TicketId], object]
) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        uow.tickets.write(an_article(ticket))

        assert hang_on(uow, ticket.id)
        uow.commit()


@pytest.mark.parametrize("save", ["save", "save_along"])
def test_an_older_version_is_refused_at_once(begin: UnitOfWorkFactory, save: str) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        uow.tickets.save_along(ticket, at=NOON)

        with pytest.raises(ConflictError, match="ticket changed"):
            getattr(uow.tickets, save)(ticket, at=NOON)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_what_somebody_changed_meanwhile_is_refused_by_the_commit(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        changed, other = a_ticket(uow), a_ticket(uow)
        uow.commit()

    with begin() as uow, begin() as somebody:
        for each in (changed, other):
            uow.tickets.get(each.id)
            uow.tickets.save_along(replace(each, topic="parama"), at=NOON)
        saved = somebody.tickets.save(other, at=NOON + MINUTE)
        somebody.commit()
        with pytest.raises(ConflictError, match="changed meanwhile"):
            uow.commit()

    with begin() as uow:
        assert [uow.tickets.get(changed.id), uow.tickets.get(other.id)] == [changed, saved]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_whose_address_became_somebodys_meanwhile_is_refused_by_the_commit(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow, begin() as somebody:
        a_ticket(uow, a_person(uow, ONA.value))
        ona = a_person(somebody, ONA.value)
        somebody.commit()
        with pytest.raises(ConflictError, match="address taken"):
            uow.commit()

    with begin() as uow:
        assert uow.people.rows() == [ona]
        assert uow.tickets.rows() == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_passes_over_a_refusal_commits_nothing(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        changed, other = a_ticket(uow), a_ticket(uow)
        uow.commit()

    with begin() as uow, begin() as somebody:
        uow.tickets.get(other.id)
        uow.tickets.save_along(changed, at=NOON)
        saved = somebody.tickets.save(changed, at=NOON + MINUTE)
        somebody.commit()
        with pytest.raises(ConflictError):
            uow.tickets.save(other, at=NOON)
        uow.tickets.write(an_article(changed))
        with pytest.raises(ConflictError, match="changed meanwhile"):
            uow.commit()

    with begin() as uow:
        assert [uow.tickets.get(changed.id), uow.tickets.get(other.id)] == [saved, other]
        assert uow.tickets.articles(changed.id) == []


def test_who_is_proved_when_added_is_so_when_read(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona = a_person(uow, ONA.value, proof=Proof.SIGNED)
        uow.commit()

    with begin() as uow:
        assert ona.proved == {ONA}
        assert uow.people.find(ONA) == ona
        [reached] = uow.people.reached(ona.id)
    assert (reached.proof, reached.proved_at) == (Proof.SIGNED, NOON)


def test_a_ticket_needs_a_moment_with_a_time_zone(begin: UnitOfWorkFactory) -> None:
    with begin() as uow, pytest.raises(ValueError, match="a moment needs a time zone"):
        a_ticket(uow, at=NOON.replace(tzinfo=None))


def test_a_number_given_out_once_is_never_given_out_again(begin: UnitOfWorkFactory) -> None:
    def tickets() -> list[TicketId]:
        with begin() as uow:
            found = [a_ticket(uow).id, a_ticket(uow).id]
            uow.commit()
            found.append(a_ticket(uow).id)
            uow.commit()
        return found

    first, second = tickets(), tickets()

    assert [*first, *second] == sorted({*first, *second})
    assert len({*first, *second}) == 6


def test_who_goes_on_after_a_commit_counts_on_from_what_others_wrote(
    begin: UnitOfWorkFactory,
) -> None:
    with begin() as uow:
        first = a_ticket(uow).id
        uow.commit()
        with begin() as other:
            second = a_ticket(other).id
            other.commit()
        third = a_ticket(uow).id
        uow.commit()

    with begin() as uow:
        assert [row.id for row in uow.tickets.rows()] == [third, second, first]
