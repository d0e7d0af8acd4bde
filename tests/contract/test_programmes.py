"""Programmes and calls: every version is kept, the newest is in force."""

from dataclasses import replace
from datetime import date

from handlers.ports import UnitOfWorkFactory
from handlers.records import KnownCall
from knowledge_base.records import Call, Programme, Seen
from tests.contract.builders import NOON

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
