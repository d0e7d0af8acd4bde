"""No robot makes the desk write for ever, and real questions are answered beside it."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.tickets import Ticket
from handlers.ports import UnitOfWork
from tests.builders import TestClock
from tests.mail.town import Sent, Town, a_letter, open_town
from tests.wired import DESK_ADDRESS

STEP = timedelta(seconds=20)
ROUNDS = 300
ROBOT = "robotas@kitur.lt"
RASA = "rasa@pagalba.lt"


@pytest.fixture(params=[True, False], ids=["plus addresses", "no plus addresses"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path, mail_plus=request.param) as town:
        town.desk.hire(RASA)
        yield town


async def ask(town: Town) -> list[str]:
    """Ask a real question and return what the asker gets, kinds by name."""
    mail = a_letter("Kaip įkurti bendruomenę kaime?", sender="ona@namai.lt", subject="Kaimas")
    await town.receive(mail)
    return [sent.debt.kind.value for sent in town.send() if sent.to == "ona@namai.lt"]


def held(town: Town) -> list[Ticket]:
    """Return the tickets on whose page stands that an automatic mail was held back."""
    return [
        each for each in town.desk.tickets() if "automatic_mail_held" in town.desk.history(each)
    ]


def autoresponder(sent: Sent) -> Iterator[bytes]:
    """Answer the From of each mail in a thread of its own, with no mark of a machine."""
    if sent.to == ROBOT:
        yield a_letter("Gavome Jūsų laišką. Ačiū!", sender=ROBOT, subject="Gavome laišką")


def replying(sent: Sent) -> Iterator[bytes]:
    """Answer the Reply-To in the same thread, quoting nothing, with no mark of a machine."""
    if sent.to == ROBOT:
        mail = sent.mail
        yield a_letter(
            "Gavome Jūsų laišką. Ačiū!",
            sender=ROBOT,
            to=str(mail["Reply-To"] or mail["From"]),
            subject=f"Re: {mail['Subject']}",
            in_reply_to=str(mail["Message-ID"]),
        )


def to_return_path(sent: Sent) -> Iterator[bytes]:
    """Answer the envelope sender, as programs do that know RFC 3834 but set no header."""
    if sent.to == ROBOT and sent.return_path:
        yield a_letter("Manęs nėra", sender=ROBOT, to=sent.return_path, subject="Nesu")


def helpdesk(sent: Sent) -> Iterator[bytes]:
    """Acknowledge everything under a number of its own."""
    if sent.to == ROBOT:
        number = next(_tickets)
        yield a_letter(
            f"Jūsų kreipinys užregistruotas numeriu {number}.",
            sender=ROBOT,
            subject=f"[#{number}] Gavome Jūsų kreipinį",
        )


_tickets = count(1000)
_strangers = count(1)


@pytest.mark.parametrize("robot", [autoresponder, replying, to_return_path, helpdesk])
async def test_a_robot_without_marks_is_written_to_a_few_times(
    town: Town, robot: Callable[[Sent], Iterator[bytes]]
) -> None:
    await town.receive(a_letter("Laba diena", sender=ROBOT, subject="Gavome laišką"))

    await town.run(robot, rounds=ROUNDS, step=STEP)

    written = len([sent for sent in town.automatic if sent.to == ROBOT])
    assert written <= 6
    assert len(held(town)) == (written > 1)  # what a cap holds back, consultants see
    assert await ask(town) == ["acknowledgement"]


async def test_a_bouncing_robot_of_many_addresses_stays_under_the_cap_of_its_domain(
    tmp_path: Path,
) -> None:

    def robot(sent: Sent) -> Iterator[bytes]:
        """Answer each mail from two new addresses."""
        if sent.to.endswith("@kitur.lt"):
            for _ in range(2):
                stranger = f"r{next(_strangers)}@kitur.lt"
                yield a_letter("Laiškas nepriimtas.", sender=stranger, subject="Nepriimta")

    async with open_town(tmp_path, mail_auto_per_domain="40/1h") as town:
        await town.receive(a_letter("Laba diena", sender=ROBOT))

        await town.run(robot, rounds=8, step=timedelta(seconds=10))

        assert len([sent for sent in town.automatic if sent.to.endswith("@kitur.lt")]) == 40
        assert len(held(town)) == len(town.desk.tickets()) - 40
        assert await ask(town) == ["acknowledgement"]


async def test_against_itself_nothing_is_sent(town: Town) -> None:
    await town.receive(a_letter("Laba diena", sender=DESK_ADDRESS))
    first = town.send()
    for raw in (sent.raw for sent in first):
        await town.receive(raw)

    assert [sent for sent in town.sent if sent.is_automatic] == []
    assert await ask(town) == ["acknowledgement"]


async def test_what_comes_back_of_our_own_mail_opens_nothing(town: Town) -> None:
    """A forward at the asker's sends every mail back to us, whole."""
    await ask(town)
    mirrored = list(town.sent)

    for sent in mirrored:
        receipt = await town.receive(sent.raw)
        assert (receipt.reason, receipt.ticket) == ("own", None)

    assert town.send() == []


async def test_two_desks_of_this_kind_leave_each_other_in_peace(tmp_path: Path) -> None:
    clock = TestClock()
    there_at = "pagalba@kitur.lt"
    async with (
        open_town(tmp_path / "a", clock=clock) as here,
        open_town(tmp_path / "b", clock=clock, address=there_at) as there,
    ):
        await here.receive(a_letter("Laba diena", sender=there_at))
        for _ in range(20):
            for sent in here.send():
                await there.receive(sent.raw)
            for sent in there.send():
                await here.receive(sent.raw)
            clock.move(minutes=1)

        assert (len(here.sent), len(there.sent)) == (1, 0)


async def test_the_breaker_holds_what_nothing_that_came_in_explains(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong: here a hundred mails are owed for one that came."""
    town.desk.do(lambda uow: owe_hundred(uow, town))

    held = await ask(town)

    assert held == []
    [ticket] = town.desk.tickets()
    assert "automatic_mail_held" in town.desk.history(ticket)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "automatic mail is held: more goes out than comes in"
    ]
    # A person has the question all the same, and ten minutes later machines write again.
    assert [sent.to for sent in town.sent if not sent.is_automatic] == [RASA]
    town.desk.clock.move(minutes=11)
    mail = a_letter("Kaip įkurti bendruomenę mieste?", sender="ona@namai.lt", subject="Miestas")
    await town.receive(mail)
    assert "acknowledgement" in [sent.debt.kind.value for sent in town.send()]


def owe_hundred(uow: UnitOfWork, town: Town) -> None:
    for number in range(100):
        uow.outbox.owe(
            Owed(
                kind=Kind.NOTICE,
                channel=Channel.MAIL,
                to=f"a{number}@namai{number}.lt",
                key=Key.HANDED_OVER,
                values={"reference": "NVO-1"},
                language="lt",
                at=town.desk.clock.now(),
            )
        )
