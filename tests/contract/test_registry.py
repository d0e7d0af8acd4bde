"""The registry of councils and statutes: every version is kept, the newest is in force."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handlers.ports import FileStore, UnitOfWorkFactory
from handlers.records import KnownCouncil
from knowledge_base.records import FORGOTTEN, Council, CouncilKind, Member, Seen, Statute
from tests.contract.builders import NOON

WHERE = "Zarasų r. sav."
COUNCIL = Council(
    municipality=WHERE,
    kind=CouncilKind.NVO,
    members=(
        Member(name="Narė Pirmoji", role="pirmininkė", since=date(2025, 3, 1)),
        Member(name="Narys Antrasis", until=date(2027, 3, 1)),
    ),
    seen=Seen(source="Sprendimas T-1", checked_on=date(2026, 2, 1), checked_by="Rasa"),
)
LATER = replace(COUNCIL, members=COUNCIL.members[:1])
STATUTE = Statute(
    municipality=WHERE, kind=CouncilKind.NVO, title="Nuostatai", adopted_on=date(2024, 5, 2)
)


def test_every_version_is_kept_and_the_newest_is_in_force(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        put = [
            uow.registry.put(each, at=NOON + timedelta(days=day), by="rasa")
            for day, each in enumerate((COUNCIL, COUNCIL, LATER))
        ]
        uow.commit()

    with begin() as uow:
        first = KnownCouncil(council=COUNCIL, version=1, at=NOON, by="rasa")
        second = KnownCouncil(council=LATER, version=2, at=NOON + timedelta(days=2), by="rasa")
        assert put == [True, False, True]
        assert uow.registry.history(WHERE, CouncilKind.NVO) == [first, second]
        assert uow.registry.council(WHERE, CouncilKind.NVO) == second
        assert uow.registry.councils() == [second]
        assert uow.registry.council(WHERE, CouncilKind.BO) is None


def test_a_forgotten_name_is_in_no_version(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        for each in (COUNCIL, LATER):
            uow.registry.put(each, at=NOON, by="rasa")
        count = uow.registry.forget("nare pirmoji")
        uow.commit()

    with begin() as uow:
        names = [
            [member.name for member in known.council.members]
            for known in uow.registry.history(WHERE, CouncilKind.NVO)
        ]
        assert count == 2
        assert names == [[FORGOTTEN, "Narys Antrasis"], [FORGOTTEN]]


def test_statutes_have_versions_and_their_files_are_not_swept(
    begin: UnitOfWorkFactory, files: FileStore
) -> None:
    with_file = replace(STATUTE, title="Nauji", sha256=files.put(b"nuostatai"), file="n.pdf")
    with begin() as uow:
        for each in (STATUTE, with_file):
            uow.registry.add_statute(each, at=NOON, by="rasa")
        uow.commit()

    with begin() as uow:
        swept = sum(uow.personal_data.sweep(part, before=_ever()) for part in range(256))
        assert uow.registry.statutes(WHERE, CouncilKind.NVO) == [
            STATUTE,
            replace(with_file, version=2),
        ]
        assert (swept, files.get(with_file.sha256 or "")) == (0, b"nuostatai")


def _ever() -> datetime:
    return datetime.max.replace(tzinfo=UTC)
