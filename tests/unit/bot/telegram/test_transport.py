"""Every outcome of a call, against faults of a real HTTP server."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from aiogram.types import Chat

from bot.telegram.api import Api
from bot.telegram.limits import Limits, Pace, Paces
from bot.telegram.render import Call, Renderer, to_bytes
from bot.telegram.transport import TelegramTransport
from bot.texts import load_texts
from handlers.domain.channels import Attachment
from handlers.domain.errors import (
    DeliveryError,
    PermanentDeliveryError,
    PlaceGoneError,
    RecipientGoneError,
    TransientDeliveryError,
    UncertainDeliveryError,
)
from handlers.domain.outgoing import Key, Kind, Outgoing, Rendered
from handlers.ports import FileStore
from storage.files import open_files
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.telegram_emulator.faults import (
    RESTART,
    UNAUTHORIZED,
    BadGateway,
    DropAfter,
    DropBefore,
    Effect,
    Refuse,
    flood,
)
from tests.unit.bot.telegram.debts import an_outgoing

_CARD = {"reference": "NVO-7", "queue": "Savanorystė", "text": "Ar galima?", "channel": "mail"}
_MIGRATED = Refuse(
    400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1007
)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return open_files(tmp_path)


@pytest.fixture
def transport(api: Api, files: FileStore) -> TelegramTransport:
    return _transport(api, files, Limits(paces=None))


def _transport(api: Api, files: FileStore, limits: Limits) -> TelegramTransport:
    renderer = Renderer(texts=load_texts(), about={"organisation": "NISC"})
    return TelegramTransport(api=api, renderer=renderer, files=files, limits=limits)


async def _deliver(transport: TelegramTransport, message: Outgoing) -> str:
    return (await transport.deliver(message, transport.render(message))).name


@pytest.fixture
def ona(emu: Emulator) -> str:
    """Return the chat of a member who started the bot."""
    ona = emu.user("Ona")
    emu.say(ona, "/start")
    return str(ona.id)


async def test_a_message_is_known_by_chat_and_number(
    transport: TelegramTransport, emu: Emulator, ona: str
) -> None:
    name = await _deliver(transport, an_outgoing(to=ona))

    assert name == f"{ona}:{emu.last(int(ona)).message_id}"


OUTCOMES: list[tuple[Effect, type[DeliveryError], bool]] = [
    (flood(7), TransientDeliveryError, False),
    (UNAUTHORIZED, TransientDeliveryError, False),
    (Refuse(404, "Not Found"), TransientDeliveryError, False),
    (Refuse(409, "Conflict: another"), TransientDeliveryError, False),
    (Refuse(403, "Forbidden: bot was blocked by the user"), RecipientGoneError, False),
    (Refuse(403, "Forbidden: user is deactivated"), RecipientGoneError, False),
    (
        Refuse(403, "Forbidden: bot can't initiate conversation with a user"),
        RecipientGoneError,
        False,
    ),
    (Refuse(400, "Bad Request: chat not found"), PermanentDeliveryError, False),
    (Refuse(400, "Bad Request: message thread not found"), PlaceGoneError, False),
    (Refuse(400, "Bad Request: TOPIC_DELETED"), PlaceGoneError, False),
    (Refuse(400, "Bad Request: whatever else"), PermanentDeliveryError, False),
    (Refuse(413, "Request Entity Too Large"), PermanentDeliveryError, False),
    (_MIGRATED, PermanentDeliveryError, False),
    (RESTART, UncertainDeliveryError, False),
    (Refuse(599, "Emulator: whatever"), UncertainDeliveryError, False),
    (BadGateway(), UncertainDeliveryError, False),
    (DropBefore(), UncertainDeliveryError, False),
    (DropAfter(), UncertainDeliveryError, True),
]


@pytest.mark.parametrize(("effect", "outcome", "arrived"), OUTCOMES)
async def test_each_answer_has_its_outcome(
    transport: TelegramTransport,
    emu: Emulator,
    ona: str,
    effect: Effect,
    outcome: type[DeliveryError],
    *,
    arrived: bool,
) -> None:
    emu.fault("sendMessage", effect)

    with pytest.raises(outcome) as failed:
        await _deliver(transport, an_outgoing(to=ona))

    assert type(failed.value) is outcome
    assert bool(emu.messages(int(ona))[1:]) is arrived
    assert len(emu.calls("sendMessage")) == 1
    assert TOKEN not in f"{failed.value!r} {failed.value.__cause__!r}"


async def test_a_server_that_is_away_took_nothing(
    transport: TelegramTransport, emu: Emulator, ona: str
) -> None:
    await emu.stop_listening()

    with pytest.raises(TransientDeliveryError, match="no connection"):
        await _deliver(transport, an_outgoing(to=ona))


async def test_an_edit_that_changes_nothing_is_done(
    transport: TelegramTransport, emu: Emulator, ona: str
) -> None:
    name = await _deliver(transport, an_outgoing(to=ona))
    number = int(name.partition(":")[2])
    edit = Call(
        method="editMessageText", parameters={"chat_id": ona, "message_id": number, "text": "?"}
    )
    emu.fault("editMessageText", Refuse(400, "Bad Request: message is not modified: the same"))

    await transport.deliver(an_outgoing(to=ona), Rendered(content=to_bytes([edit])))

    assert emu.calls("editMessageText")[0].status == 400


async def test_refused_marks_leave_the_words_alone(
    transport: TelegramTransport, emu: Emulator, ona: str, caplog: pytest.LogCaptureFixture
) -> None:
    emu.fault("sendMessage", Refuse(400, "Bad Request: can't parse entities: whatever"))

    name = await _deliver(transport, an_outgoing(to=ona))

    sent = emu.last(int(ona))
    assert (name, sent.entities) == (f"{ona}:{sent.message_id}", None)
    assert "Taip, galite." in (sent.text or "")
    assert [record.message for record in caplog.records] == [
        "marks refused, the words alone are sent"
    ]


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited"])
async def test_what_can_no_longer_be_changed_is_said_anew(
    transport: TelegramTransport, emu: Emulator, ona: str, words: str
) -> None:
    earlier = await _deliver(transport, an_outgoing(to=ona))
    edit = replace(an_outgoing(Kind.EDIT, to=ona), edits=earlier)
    emu.fault("editMessageText", Refuse(400, f"Bad Request: {words}"))

    anew = await _deliver(transport, edit)
    changed = await _deliver(transport, replace(edit, edits=anew, values=_CARD | {"author": "J"}))

    assert anew == f"{ona}:{emu.last(int(ona)).message_id}" != earlier
    assert changed == ""


async def test_asked_to_wait_no_call_is_made_before(
    transport: TelegramTransport, emu: Emulator, ona: str
) -> None:
    emu.fault("sendMessage", flood(30))
    with pytest.raises(TransientDeliveryError) as first:
        await _deliver(transport, an_outgoing(to=ona))

    with pytest.raises(TransientDeliveryError) as second:
        await _deliver(transport, an_outgoing(to=ona))

    assert first.value.retry_after == 30
    assert 29 < (second.value.retry_after or 0) <= 30
    assert len(emu.calls("sendMessage")) == 1


async def test_a_part_that_fails_after_another_was_taken_is_in_doubt(
    transport: TelegramTransport, emu: Emulator, ona: str
) -> None:
    emu.fault("sendMessage", Refuse(400, "Bad Request: no"), when=_says("pabaiga"))

    with pytest.raises(UncertainDeliveryError, match="only a part was taken"):
        await _deliver(transport, _in_two_parts(ona))

    assert len(emu.messages(int(ona))) == 2


async def test_a_later_part_is_tried_again_when_telegram_asks_to_wait(
    transport: TelegramTransport, emu: Emulator, ona: str
) -> None:
    emu.fault("sendMessage", flood(1), when=_says("pabaiga"))

    name = await _deliver(transport, _in_two_parts(ona))

    assert name == f"{ona}:{emu.last(int(ona)).message_id}"
    assert "pabaiga" in (emu.last(int(ona)).text or "")


async def test_files_are_sent_after_the_words_which_name_the_message(
    transport: TelegramTransport, emu: Emulator, ona: str, files: FileStore
) -> None:
    content = "Žemė".encode()
    kept = Attachment(
        sha256=files.put(content), name="žemė.txt", content_type="text/plain", size=len(content)
    )

    name = await _deliver(transport, an_outgoing(to=ona, attachments=(kept,)))

    *_, words, file = emu.messages(int(ona))
    assert name == f"{ona}:{words.message_id}"
    assert file.document is not None
    assert (file.document.file_name, file.document.file_size) == ("žemė.txt", len(content))


async def test_a_file_that_was_erased_is_never_sent(
    transport: TelegramTransport, ona: str, emu: Emulator
) -> None:
    gone = Attachment(sha256="0" * 64, name="x", content_type="text/plain", size=1)

    with pytest.raises(UncertainDeliveryError, match="no longer kept"):
        await _deliver(transport, an_outgoing(to=ona, attachments=(gone,)))

    assert len(emu.calls("sendDocument")) == 0


async def test_a_topic_is_known_by_its_thread(
    transport: TelegramTransport, emu: Emulator, forum: Chat
) -> None:
    to = str(forum.id)
    thread = await _deliver(
        transport, an_outgoing(Kind.STAFF_TOPIC, Key.STAFF_TOPIC, to=to, values=_CARD)
    )

    card = an_outgoing(Kind.STAFF_CARD, Key.STAFF_NEW, to=to, values=_CARD, topic=thread)
    await _deliver(transport, card)

    [topic] = emu.world.rooms[forum.id].topics.values()
    assert (str(topic.id), topic.name) == (thread, "NVO-7 · Savanorystė")
    assert emu.last(forum).message_thread_id == topic.id


async def test_a_card_without_a_topic_stands_in_the_group(
    transport: TelegramTransport, emu: Emulator, forum: Chat
) -> None:
    card = an_outgoing(Kind.STAFF_CARD, Key.STAFF_NEW, to=str(forum.id), values=_CARD)

    await _deliver(transport, card)

    assert emu.last(forum).message_thread_id is None


async def test_a_topic_that_is_gone_is_said_so(transport: TelegramTransport, forum: Chat) -> None:
    card = an_outgoing(Kind.STAFF_CARD, Key.STAFF_NEW, to=str(forum.id), values=_CARD, topic="999")

    with pytest.raises(PermanentDeliveryError, match="the topic is gone"):
        await _deliver(transport, card)


async def test_more_than_the_pace_goes_back_to_the_outbox(
    api: Api, files: FileStore, emu: Emulator, ona: str
) -> None:
    paces = Paces(private=Pace(rate=0.01, burst=2))
    transport = _transport(api, files, Limits(paces=paces))
    for _ in range(2):
        await _deliver(transport, an_outgoing(to=ona))

    with pytest.raises(TransientDeliveryError) as held:
        await _deliver(transport, an_outgoing(to=ona))

    assert 90 < (held.value.retry_after or 0) <= 100
    assert len(emu.calls("sendMessage")) == 2


async def test_short_waits_are_waited_out(
    api: Api, files: FileStore, emu: Emulator, ona: str
) -> None:
    transport = _transport(api, files, Limits(paces=Paces(private=Pace(rate=50, burst=1))))
    loop = asyncio.get_running_loop()
    begun = loop.time()

    for _ in range(6):
        await _deliver(transport, an_outgoing(to=ona))

    assert loop.time() - begun > 0.09
    assert len(emu.calls("sendMessage")) == 6


def _says(word: str) -> Callable[[dict[str, object]], bool]:
    return lambda arguments: word in str(arguments.get("text"))


def _in_two_parts(to: str) -> Outgoing:
    text = "Žodis. " * 600 + "\n\npabaiga"
    return an_outgoing(to=to, values={"reference": "NVO-7", "author": "J", "text": text})
