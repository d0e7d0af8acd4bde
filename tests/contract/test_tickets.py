"""The port `Tickets`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import TicketId
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Stay,
    Ticket,
    TicketEvent,
)
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import (
    MINUTE,
    NOON,
    a_consultant,
    a_file,
    a_person,
    a_ticket,
    an_article,
)


def test_a_new_ticket_is_read_back_whole(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        person = a_person(uow)
        owner = uow.consultants.add(a_consultant())
        added = uow.tickets.add(
            NewTicket(
                status=Status.OPEN,
                queue="finansai",
                requester=person.id,
                channel=Channel.TELEGRAM,
                language="ru",
                subject="Вопрос о поддержке",
                at=NOON,
                municipality="Šiaulių m. sav.",
                topic="parama",
                offered=("vienas", "antras"),
                practice=True,
                owner=owner.id,
            )
        )
        uow.commit()

    expected = Ticket(
        id=added.id,
        version=1,
        status=Status.OPEN,
        queue="finansai",
        owner=owner.id,
        requester=person.id,
        channel=Channel.TELEGRAM,
        language="ru",
        municipality="Šiaulių m. sav.",
        topic="parama",
        subject="Вопрос о поддержке",
        offered=("vienas", "antras"),
        practice=True,
        created_at=NOON,
        updated_at=NOON,
    )
    with begin() as uow:
        assert added == expected
        assert uow.tickets.get(added.id) == expected
        assert uow.tickets.find(added.id) == expected


def test_an_unknown_ticket_is_not_found(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        assert uow.tickets.find(TicketId(404)) is None
        with pytest.raises(NotFoundError, match="NVO-404"):
            uow.tickets.get(TicketId(404))


def test_saving_writes_every_field_and_the_next_version(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        owner = uow.consultants.add(a_consultant())
        ticket = a_ticket(uow)
        changed = replace(
            ticket,
            status=Status.WAITING,
            queue="teise",
            owner=owner.id,
            language="en",
            municipality="Vilniaus m. sav.",
            topic="teise",
            subject="Kitas",
            offered=("trečias",),
        )

        saved = uow.tickets.save(changed, at=NOON + MINUTE)
        uow.commit()

    assert saved == replace(changed, version=2, updated_at=NOON + MINUTE)
    with begin() as uow:
        assert uow.tickets.get(ticket.id) == saved


def test_a_change_of_an_older_version_is_refused(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        uow.tickets.save(replace(ticket, subject="greitesnis"), at=NOON)

        with pytest.raises(ConflictError):
            uow.tickets.save(replace(ticket, subject="lėtesnis"), at=NOON)
        assert uow.tickets.get(ticket.id).subject == "greitesnis"


def test_lists_show_the_newest_first_without_practice(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        new = a_ticket(uow, queue="bendra")
        spam = a_ticket(uow, queue="teise", status=Status.SPAM)
        a_ticket(uow, practice=True)
        other = a_ticket(uow, queue="teise")

        assert uow.tickets.rows() == [other, spam, new]
        assert uow.tickets.rows(statuses=[Status.NEW]) == [other, new]
        assert uow.tickets.rows(queues=["teise"]) == [other, spam]
        assert uow.tickets.rows(statuses={Status.SPAM}, queues=("teise", "bendra")) == [spam]
        assert uow.tickets.rows(queues=[]) == []
        assert uow.tickets.rows(limit=1) == [other]


def test_a_requesters_tickets_are_theirs_alone(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ona, jonas = a_person(uow), a_person(uow)
        first, _, third = a_ticket(uow, ona), a_ticket(uow, jonas), a_ticket(uow, ona)

        assert uow.tickets.of_person(ona.id) == [third, first]


def test_silent_tickets_are_those_not_touched_since(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        silent = a_ticket(uow, status=Status.ANSWERED)
        touched = a_ticket(uow, status=Status.ANSWERED)
        a_ticket(uow, status=Status.NEW)
        uow.tickets.save(touched, at=NOON + timedelta(days=3))

        found = uow.tickets.silent_since(NOON + timedelta(days=2), status=Status.ANSWERED)

        assert found == [silent]
        assert uow.tickets.silent_since(NOON, status=Status.ANSWERED) == []


def test_the_thread_comes_oldest_first_and_whole(begin: UnitOfWorkFactory) -> None:
    files = (a_file("vienas.pdf"), a_file("du.pdf", size=5))
    with begin() as uow:
        person = a_person(uow)
        consultant = uow.consultants.add(a_consultant())
        ticket = a_ticket(uow, person)
        new = NewArticle(
            ticket=ticket.id,
            kind=ArticleKind.SUGGESTED,
            channel=Channel.TELEGRAM,
            author="Ona",
            text="Klausimas\0su šiukšle \ud83d",
            at=NOON,
            full_text="Klausimas ir citata",
            person=person.id,
            consultant=consultant.id,
            external_id="77",
            entry="parama",
            entry_version=3,
            attachments=files,
        )
        first = uow.tickets.write(new)
        second = uow.tickets.write(an_article(ticket))
        uow.tickets.write(an_article(a_ticket(uow)))
        uow.commit()

    expected = Article(
        id=first.id,
        ticket=ticket.id,
        kind=ArticleKind.SUGGESTED,
        channel=Channel.TELEGRAM,
        author="Ona",
        text="Klausimas\N{REPLACEMENT CHARACTER}su šiukšle \N{REPLACEMENT CHARACTER}",
        at=NOON,
        full_text="Klausimas ir citata",
        person=person.id,
        consultant=consultant.id,
        external_id="77",
        entry="parama",
        entry_version=3,
        attachments=files,
    )
    with begin() as uow:
        assert uow.tickets.articles(ticket.id) == [expected, second]


def test_an_article_is_found_by_the_first_known_id(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        known = {"attachments": (a_file(),), "notes": ("signed", "winmail")}
        first = uow.tickets.write(an_article(ticket, external_id="<1>", **known))
        second = uow.tickets.write(an_article(ticket, external_id="<2>"))
        uow.tickets.write(an_article(ticket, external_id="<3>", kind=ArticleKind.REPLY))

        def found(*ids: str, channel: Channel = Channel.MAIL) -> Article | None:
            found = uow.tickets.find_article(channel=channel, external_ids=ids)
            of = uow.tickets.find_ticket_of(
                channel=channel, external_ids=ids, kind=ArticleKind.INBOUND
            )
            assert of == (found.ticket if found else None)
            return found

        assert found("<0>", "<2>", "<1>") == second
        assert found("<1>") == first
        assert found("<3>") is None
        assert found() is None
        assert found("<1>", channel=Channel.WEB) is None


def test_history_is_kept_in_order(begin: UnitOfWorkFactory) -> None:
    events = [
        TicketEvent(type="decided", at=NOON, actor="machine", reasons=("taisyklė", "0.91")),
        TicketEvent(type="taken", at=NOON, actor="rasa@pavyzdys.lt"),
    ]
    with begin() as uow:
        ticket = a_ticket(uow)
        for event in events:
            uow.tickets.record(ticket.id, event)
        uow.tickets.record(a_ticket(uow).id, events[0])
        uow.commit()

    with begin() as uow:
        assert uow.tickets.events(ticket.id) == events


def test_the_first_answer_to_an_unseen_message_is_found_by_its_author(
    begin: UnitOfWorkFactory,
) -> None:
    """Mail overtakes mail; nobody finds what somebody else wrote."""
    with begin() as uow:
        ona, jonas = a_person(uow), a_person(uow)
        first, second = a_ticket(uow, ona), a_ticket(uow, ona)
        answers = [
            uow.tickets.write(an_article(ticket, person=ona.id, awaits=("<a@x>", "<b@x>")))
            for ticket in (first, second)
        ]

        found = [
            uow.tickets.find_awaiting(channel=channel, external_ids=ids, person=who.id)
            for channel, ids, who in (
                (Channel.MAIL, ["<c@x>", "<b@x>"], ona),
                (Channel.MAIL, ["<c@x>"], ona),
                (Channel.MAIL, ["<b@x>"], jonas),
                (Channel.TELEGRAM, ["<b@x>"], ona),
            )
        ]

    assert found == [answers[0], None, None, None]


def test_a_ticket_knows_how_long_it_stayed_in_each_state(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        other = a_ticket(uow)
        waits = uow.tickets.save(replace(ticket, status=Status.WAITING), at=NOON + MINUTE)
        named = uow.tickets.save(replace(waits, subject="Kitas"), at=NOON + 2 * MINUTE)
        with pytest.raises(ConflictError):
            uow.tickets.save(replace(ticket, status=Status.SPAM), at=NOON + 2 * MINUTE)
        again = uow.tickets.save(replace(named, status=Status.NEW), at=NOON + 3 * MINUTE)
        uow.commit()

    with begin() as uow:
        assert uow.tickets.stays([again, other]) == {
            again.id: (
                Stay(Status.NEW, NOON, NOON + MINUTE),
                Stay(Status.WAITING, NOON + MINUTE, NOON + 3 * MINUTE),
                Stay(Status.NEW, NOON + 3 * MINUTE, None),
            ),
            other.id: (Stay(Status.NEW, NOON, None),),
        }


def test_lines_of_history_are_found_by_type_for_many_tickets_at_once(
    begin: UnitOfWorkFactory,
) -> None:
    def line(kind: str) -> TicketEvent:
        return TicketEvent(type=kind, at=NOON, actor="machine", reasons=("reply",))

    with begin() as uow:
        tickets = [a_ticket(uow) for _ in range(3)]
        for ticket in tickets[:2]:
            for kind in ("reminded", "taken", "escalated"):
                uow.tickets.record(ticket.id, line(kind))
        uow.commit()

    numbers = [ticket.id for ticket in tickets]
    with begin() as uow:
        found = uow.tickets.marked([*numbers[1:], *range(1000, 2500)], ["reminded", "escalated"])
        assert dict(found) == {numbers[1]: [line("reminded"), line("escalated")]}
