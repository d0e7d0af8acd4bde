"""A mentor asks the bot whom they accompany: in private, never where others read."""

from datetime import date

from aiogram.types import Chat, User

from handlers.domain.mentorships import Complexity, Mode, NewMentorship, Phase, Plan
from handlers.domain.organisations import AskerType, Details
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import Desk


async def test_a_mentor_reads_whom_they_accompany_and_who_is_silent(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    jonas, rasa = emu.user("Jonas"), emu.user("Rasa")
    for user in (jonas, rasa):
        emu.join(forum, user)
        emu.say(user, "/start")
        desk.consultant(user, email=f"{user.id}@example.org")
    _accompany(desk, jonas)

    emu.say(jonas, "/organizacijos", chat=forum)
    emu.say(jonas, "/mano_organizacijos")
    emu.say(rasa, "/organizacijos")
    await desk.settle()

    assert "Šią komandą rašykite botui asmeniškai." in desk.said(forum)
    assert "Pievos" not in desk.said(forum)
    assert desk.said(jonas).endswith(
        "Mano organizacijos\n\n🔕 Pievos · įgyvendinimas · tyli nuo 2020 m. sausio 1 d."
    )
    assert desk.said(rasa).endswith("Organizacijų, kurias lydėtumėte, nėra")


def _accompany(desk: Desk, user: User) -> None:
    now, first = desk.clock.now(), date(2020, 1, 1)
    with desk.app.units.begin() as uow:
        mentor = uow.consultants.by_telegram(str(user.id))
        assert mentor is not None
        details = Details(name="Pievos", kind=AskerType.COMMUNITY)
        new = NewMentorship(
            organisation=uow.organisations.add(details, at=now).id,
            mentor=mentor.id,
            programme="bo",
            phase=Phase.RUNNING,
            starts_on=first,
            source="Sutartis",
            at=now,
            by="vadove",
        )
        plan = Plan(
            mentorship=uow.mentorships.add(new).id,
            need="Dokumentai",
            complexity=Complexity.SIMPLE,
            modes=(Mode.PHONE,),
            minutes_a_month=60,
            every_days=7,
            from_on=first,
            at=now,
            by="vadove",
        )
        uow.mentorships.put_plan(plan)
        uow.commit()
