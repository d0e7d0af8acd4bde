"""Programmes and calls: every version is kept, the newest is in force."""

from dataclasses import replace
from datetime import date

from handlers.call_reminders import CallReminder
from handlers.ports import UnitOfWorkFactory
from handlers.records import KnownCall
from knowledge_base.records import Call, Programme, Seen
from tests.contract.builders import NOON, a_ticket

SEEN = Seen(source="Aprašas", checked_on=date(2026, 2, 1), checked_by="Rasa")
PROGRAMME = Programme(
    id="bendruomenes",
    name="Stiprinti bendruomeninę veiklą",
    funder="SADM",
    contract="A1-1",
    starts_on=date(2026, 1, 1),
    codes=((2021, "1.1.4"), (2026, "2.1.1.1")),
    partners=("Sąjunga",),
    municipalities=("Zarasų r. sav.",),
    seen=SEEN,
)
CALL = Call(
    programme="bendruomenes",
    id="2026-1",
    title="Pirmas kvietimas",
    municipality="Zarasų r. sav.",
    opens_on=date(2026, 3, 1),
    closes_on=date(2026, 4, 1),
    seen=SEEN,
)


def test_every_version_of_a_call_is_kept(begin: UnitOfWorkFactory) -> None:
    longer = replace(CALL, closes_on=date(2026, 4, 15))
    elsewhere = replace(CALL, municipality="Molėtų r. sav.", closes_on=date(2026, 3, 9))
    with begin() as uow:
        put = [
            uow.programmes.put_call(each, at=NOON, by="rasa")
            for each in (CALL, CALL, longer, elsewhere)
        ]
        uow.commit()

    with begin() as uow:
        versions = [
            KnownCall(call=each, version=number, at=NOON, by="rasa")
            for number, each in enumerate((CALL, longer), 1)
        ]
        other = KnownCall(call=elsewhere, version=1, at=NOON, by="rasa")
        assert put == [True, False, True, True]
        assert uow.programmes.call_history(CALL.name) == versions
        assert uow.programmes.calls() == [other, versions[1]]
        assert uow.programmes.calls("Zarasų r. sav.") == [versions[1]]


def test_a_programme_is_what_its_newest_version_says(begin: UnitOfWorkFactory) -> None:
    renamed = replace(PROGRAMME, funder="Kita ministerija")
    with begin() as uow:
        for each in (PROGRAMME, renamed):
            uow.programmes.put_programme(each, at=NOON, by="rasa")
        uow.commit()

    with begin() as uow:
        assert uow.programmes.programme("bendruomenes") == renamed
        assert uow.programmes.programmes() == [renamed]
        assert uow.programmes.programme("kita") is None
        assert uow.registry.councils() == []


def test_a_wish_to_be_reminded_stands_until_it_ends(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket = a_ticket(uow)
        wish = CallReminder(ticket=ticket.id, call=CALL.name, asked_at=NOON)
        asked = [uow.call_reminders.ask(wish), uow.call_reminders.ask(wish)]
        standing = uow.call_reminders.standing()
        ended = [uow.call_reminders.end(ticket.id, at=NOON) for _ in range(2)]
        after = uow.call_reminders.standing()
        again = uow.call_reminders.ask(wish)

        assert (asked, standing) == ([True, False], [wish])
        assert (ended, after, again) == ([1, 0], [], True)


def test_a_last_day_is_reminded_of_once(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        wish = CallReminder(ticket=a_ticket(uow).id, call=CALL.name, asked_at=NOON)
        uow.call_reminders.ask(wish)
        days = (date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 15))

        told = [uow.call_reminders.told(wish, closes_on=day) for day in days]

        assert told == [True, False, True]
        assert uow.call_reminders.standing() == [replace(wish, told_for=date(2026, 4, 15))]
