"""What becomes of each kind of message in doubt, and of all of them when Telegram says: wait."""

from collections import defaultdict

import pytest
from aiogram.types import Chat

from handlers.domain.channels import Channel
from handlers.domain.outgoing import REPEATED_WHEN_UNCERTAIN, Key, Kind, OutboxState, Owed
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import DropAfter, flood
from tests.unit.bot.telegram.desk import Desk

_VALUES = {"reference": "NVO-1", "text": "Labas", "author": "J", "answer": "Taip", "queue": "b"}
_KEYS = {
    Kind.ACKNOWLEDGEMENT: Key.ACKNOWLEDGEMENT,
    Kind.ANSWER: Key.ANSWER,
    Kind.SUGGESTIONS: Key.SUGGESTIONS,
    Kind.REPLY: Key.REPLY,
    Kind.NOTICE: Key.HANDED_OVER,
    Kind.STAFF_TOPIC: Key.STAFF_TOPIC,
    Kind.STAFF_CARD: Key.STAFF_NEW,
    Kind.STAFF_MESSAGE: Key.STAFF_FOLLOW_UP,
}
_METHODS = {Kind.STAFF_TOPIC: "createForumTopic"}


def owe(desk: Desk, kind: Kind, to: int, **values: str) -> None:
    with desk.app.units.begin() as uow:
        uow.outbox.owe(
            Owed(
                kind=kind,
                channel=Channel.TELEGRAM,
                to=str(to),
                key=_KEYS[kind],
                values={**_VALUES, **values},
                language="lt",
                at=desk.clock.now(),
            )
        )
        uow.commit()


@pytest.mark.parametrize("kind", list(_KEYS))
async def test_a_cut_after_the_call_follows_the_policy_of_the_kind(
    desk: Desk, emu: Emulator, forum: Chat, kind: Kind
) -> None:
    ona = emu.user("Ona")
    emu.say(ona, "/start")
    owe(desk, kind, forum.id if kind.value.startswith("staff") else ona.id)
    emu.fault(_METHODS.get(kind, "sendMessage"), DropAfter())

    await desk.relay()
    [in_doubt] = desk.outbox()
    desk.clock.advance_minutes(10)
    while await desk.relay():
        pass
    [settled] = desk.outbox()

    calls = len(emu.calls(_METHODS.get(kind, "sendMessage")))
    repeated = kind in REPEATED_WHEN_UNCERTAIN
    assert (in_doubt.state, in_doubt.doubts) == (OutboxState.UNCERTAIN, 1)
    assert (settled.state, calls) == (
        (OutboxState.DELIVERED, 2) if repeated else (OutboxState.UNCERTAIN, 1)
    )


async def test_a_cut_edit_is_simply_made_again(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, "/start")
    owe(desk, Kind.ACKNOWLEDGEMENT, ona.id)
    await desk.relay()
    [sent] = desk.outbox()
    with desk.app.units.begin() as uow:
        uow.outbox.restate(sent.id, {"progress": "taken"}, at=desk.clock.now())
        uow.commit()
    emu.fault("editMessageText", DropAfter())

    await desk.relay()
    desk.clock.advance_minutes(1)
    await desk.relay()

    _, edit = desk.outbox()
    assert (edit.state, edit.doubts, edit.kind) == (OutboxState.DELIVERED, 0, Kind.EDIT)


async def test_a_storm_of_refusals_loses_nothing_and_keeps_the_order(
    desk: Desk, emu: Emulator
) -> None:
    members = [emu.user(f"Narys {number}") for number in range(4)]
    for member in members:
        emu.say(member, "/start")
        for number in range(3):
            owe(desk, Kind.REPLY, member.id, text=f"atsakymas {number}")
    storm = emu.fault("sendMessage", flood(1), times=6)

    for _ in range(60):
        if not await desk.relay():
            desk.clock.advance_seconds(1)

    assert storm.hits == 6
    assert {row.state for row in desk.outbox()} == {OutboxState.DELIVERED}
    for member in members:
        said = [text.split("\n\n")[1] for text in desk.texts(member)[1:]]
        assert said == [f"atsakymas {number}" for number in range(3)]
    assert _too_early(emu) == []


def _too_early(emu: Emulator) -> list[str]:
    """List the chats that were called before the time they were told to wait for."""
    until: defaultdict[str, float] = defaultdict(float)
    found = []
    for call in emu.calls("sendMessage"):
        chat = str(call.arguments["chat_id"])
        if call.at < until[chat] - 0.01:
            found.append(chat)
        if call.status == 429:
            until[chat] = call.at + 1
    return found
