"""The ports `Topics`, `Entries`, `Leases` and `Cursors`."""

from dataclasses import replace
from datetime import date

from handlers.ports import Cursor, UnitOfWorkFactory
from knowledge_base.entries import Behaviour, Entry, Source, Status
from tests.contract.builders import LEASE, NOON, a_ticket

_ENTRY = Entry(
    id="parama",
    topic="bendra",
    question="Kaip gauti paramą?",
    answer="Rašykite {mail_address}.",
    sources=(Source(id="s1", title="Šaltinis", url="https://pavyzdys.lt", date="2015"),),
    variants=("kur paraiška", "парам?"),
    family="parama",
    grounding="tekstas",
    status=Status.CURRENT,
    behaviour=Behaviour.ANSWER,
    scope=("Vilniaus m. sav.",),
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    checked_on=date(2026, 2, 3),
    checked_by="Rasa",
    review_by=date(2026, 6, 1),
    approved_by="Jonas",
    note="pastaba",
)


def test_a_topic_shows_a_ticket(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, other = a_ticket(uow).id, a_ticket(uow).id
        uow.topics.save(chat="-100", ticket=ticket, thread="5")
        uow.topics.save(chat="-200", ticket=ticket, thread="5")
        uow.topics.save(chat="-100", ticket=other, thread="6")

        assert uow.topics.find(chat="-100", ticket=ticket) == "5"
        assert uow.topics.find(chat="-300", ticket=ticket) is None
        assert uow.topics.ticket(chat="-100", thread="6") == other
        assert uow.topics.ticket(chat="-200", thread="6") is None
        assert uow.topics.of(ticket) == [("-100", "5"), ("-200", "5")]


def test_a_new_topic_takes_the_place_of_the_old_one(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, other = a_ticket(uow).id, a_ticket(uow).id
        uow.topics.save(chat="-100", ticket=ticket, thread="5")
        uow.topics.save(chat="-100", ticket=ticket, thread="7")
        assert uow.topics.of(ticket) == [("-100", "7")]
        assert uow.topics.ticket(chat="-100", thread="5") is None

        uow.topics.save(chat="-100", ticket=other, thread="7")
        assert uow.topics.of(ticket) == []

        uow.topics.forget(chat="-100", ticket=other)
        uow.topics.forget(chat="-100", ticket=other)
        assert uow.topics.find(chat="-100", ticket=other) is None


def test_entries_are_read_back_whole(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        written = uow.entries.put([_ENTRY], at=NOON, by="rasa")
        uow.commit()

    with begin() as uow:
        assert written == 1
        assert uow.entries.rows() == [_ENTRY]


def test_only_a_changed_entry_gets_a_new_version(begin: UnitOfWorkFactory) -> None:
    other = replace(_ENTRY, id="kita")
    changed = replace(_ENTRY, answer="Kitaip.")
    with begin() as uow:
        put = uow.entries.put
        assert uow.entries.stamp() == 0
        assert put([_ENTRY, other], at=NOON, by="rasa") == 2
        stamp = uow.entries.stamp()

        assert put([_ENTRY, replace(other, version=9)], at=NOON, by="rasa") == 0
        assert uow.entries.stamp() == stamp

        assert put([changed, other], at=NOON, by="rasa") == 1
        assert uow.entries.stamp() != stamp
        assert uow.entries.rows() == [other, replace(changed, version=2)]


def test_a_right_is_one_holders_until_it_lapses(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:

        def acquire(holder: str, seconds: float = 0) -> bool:
            now = NOON + LEASE * seconds
            return uow.leases.acquire("imap", holder=holder, now=now, lease=LEASE)

        assert acquire("a")
        assert not acquire("b", 0.5)
        assert acquire("a", 0.5), "renewed"
        assert not acquire("b", 1.2)
        assert acquire("b", 1.5), "lapsed"
        assert not acquire("a", 1.6)
        assert uow.leases.acquire("telegram", holder="a", now=NOON, lease=LEASE)


def test_a_right_given_up_is_free(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        acquire = uow.leases.acquire
        acquire("imap", holder="a", now=NOON, lease=LEASE)
        uow.leases.release("imap", holder="b")
        assert not acquire("imap", holder="b", now=NOON, lease=LEASE)

        uow.leases.release("imap", holder="a")
        assert acquire("imap", holder="b", now=NOON, lease=LEASE)


def test_a_right_tells_until_when_it_was_held(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        never = uow.leases.held_until("imap")
        uow.leases.acquire("imap", holder="a", now=NOON, lease=LEASE)
        held = uow.leases.held_until("imap")
        uow.leases.release("imap", holder="a")

        assert (never, held, uow.leases.held_until("imap")) == (None, NOON + LEASE, NOON + LEASE)


def test_a_reading_position_never_moves_back(begin: UnitOfWorkFactory) -> None:
    cursor = Cursor(
        mailbox="A",
        folder="INBOX",
        uid_validity=4_294_967_295,
        first_uid=3,
        last_uid=10,
        since=NOON,
    )
    with begin() as uow:
        assert uow.cursors.first_start(mailbox="A", folder="INBOX") is None
        uow.cursors.save(cursor)
        uow.cursors.save(replace(cursor, last_uid=12))
        uow.cursors.save(replace(cursor, first_uid=1, last_uid=11))
        uow.commit()

    with begin() as uow:

        def find(uid_validity: int) -> Cursor | None:
            return uow.cursors.find(mailbox="A", folder="INBOX", uid_validity=uid_validity)

        assert find(cursor.uid_validity) == replace(cursor, last_uid=12)
        assert find(1) is None
        assert uow.cursors.first_start(mailbox="A", folder="INBOX") == NOON
        assert uow.cursors.first_start(mailbox="A", folder="Kita") is None

        folder = {"mailbox": "A", "folder": "INBOX"}
        uow.cursors.advance(**folder, uid_validity=cursor.uid_validity, last_uid=15)
        uow.cursors.advance(**folder, uid_validity=cursor.uid_validity, last_uid=13)
        uow.cursors.advance(**folder, uid_validity=1, last_uid=16)
        assert find(cursor.uid_validity) == replace(cursor, last_uid=15)
        assert find(1) is None
