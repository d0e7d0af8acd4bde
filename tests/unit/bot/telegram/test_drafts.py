"""Answers prepared and not sent: by words, by canned replies; sent by one, told to the other."""

import json

import pytest
from aiogram.types import Chat, Message, User

from bot.commands.tickets import act, words
from handlers.canned import CannedReplies
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona")


@pytest.fixture
def jonas(desk: Desk, emu: Emulator, forum: Chat) -> User:
    return _consultant(desk, emu, forum, "Jonas")


@pytest.fixture
def rasa(desk: Desk, emu: Emulator, forum: Chat) -> User:
    return _consultant(desk, emu, forum, "Rasa")


def _consultant(desk: Desk, emu: Emulator, forum: Chat, name: str) -> User:
    user = emu.user(name)
    emu.join(forum, user)
    desk.consultant(user, email=f"{name.lower()}@example.org")
    return user


@pytest.fixture
async def card(desk: Desk, emu: Emulator, forum: Chat, ona: User) -> Message:
    emu.say(ona, UNKNOWN)
    await desk.settle()
    return emu.last(forum)


def _now(emu: Emulator, forum: Chat, message: Message) -> str:
    """Return what a message says now."""
    [found] = [m for m in emu.messages(forum) if m.message_id == message.message_id]
    return found.text or ""


def _buttons(message: Message) -> list[str]:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else []
    return [button.text for row in rows for button in row]


def _in_topic(emu: Emulator, who: User, card: Message, words: str) -> Message:
    return emu.say(who, words, chat=card.chat, topic=card.message_thread_id)


async def test_a_draft_of_the_command_line_stands_on_the_card(
    desk: Desk,
    emu: Emulator,
    forum: Chat,
    card: Message,
    jonas: User,
    ona: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, settings = desk.texts(ona), desk.app.settings
    monkeypatch.chdir(settings.data_dir)
    monkeypatch.setenv("HELPDESK_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("HELPDESK_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("HELPDESK_STAFF_CHATS", json.dumps([{"chat": str(forum.id)}]))

    reference, text = desk.ticket(ona).reference, words("Bilietas kainuoja 5 eurus.", ())
    act("draft", reference, email="jonas@example.org", words=text, queue=None, as_json=True)
    await desk.settle()

    assert "Bilietas kainuoja 5 eurus." in _now(emu, forum, card)
    assert desk.texts(ona) == before
    assert jonas.first_name in _now(emu, forum, card)


async def test_a_draft_stands_on_the_card_and_the_member_hears_nothing(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    before = desk.texts(ona)
    _in_topic(emu, jonas, card, "/juodraštis Bilietas kainuoja 5 eurus.")

    await desk.settle()

    told = "✏️ Juodraštis, klausiančiajam neišsiųstas (Jonas):\nBilietas kainuoja 5 eurus."
    assert told in _now(emu, forum, card)
    assert desk.said(forum) == (
        "NVO-1 · juodraštis\n\nBilietas kainuoja 5 eurus.\n\n"
        "Klausiančiajam neišsiųsta. Parengė Jonas."
    )
    assert _buttons(emu.last(forum)) == ["Siųsti", "Keisti", "Išmesti"]
    assert desk.texts(ona) == before
    assert desk.articles(desk.ticket(ona)) == [("inbound", UNKNOWN)]

    emu.click(jonas, "Išmesti", message=emu.last(forum))
    await desk.settle()

    assert "Bilietas" not in _now(emu, forum, card)
    assert desk.read(lambda uow: uow.drafts.of(desk.ticket(ona).id)) is None
    assert desk.texts(ona) == before


async def test_somebody_else_may_send_a_draft_once(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, rasa: User, ona: User
) -> None:
    """Two press at the same moment: one sends, the other is told."""
    _in_topic(emu, jonas, card, "/juodrastis Bilietas kainuoja 5 eurus.")
    await desk.settle()
    draft = emu.last(forum)

    emu.click(rasa, "Siųsti", message=draft)
    emu.click(jonas, "Siųsti", message=draft)
    await desk.settle()

    sent = [text for text in desk.texts(ona) if text.startswith("Atsakymas")]
    assert [text.split("\n\n")[1] for text in sent] == ["Bilietas kainuoja 5 eurus."]
    assert desk.said(forum) == (
        "Neatlikta\n\nŠio juodraščio nebėra: kažkas jį jau išsiuntė, pakeitė arba išmetė."
    )
    assert "Juodraštis" not in _now(emu, forum, card)
    assert "nebegalioja" in _now(emu, forum, draft)
    owner = desk.ticket(ona).owner
    assert owner is not None
    assert desk.read(lambda uow: uow.consultants.get(owner)).name == "Rasa"


async def test_a_draft_is_changed_by_replying_to_the_request_for_it(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, rasa: User, ona: User
) -> None:
    before = desk.texts(ona)
    emu.click(jonas, "Rengti juodraštį", message=card)
    await desk.settle()
    emu.reply(jonas, emu.last(forum), "Pirmas bandymas")
    await desk.settle()
    first = emu.last(forum)
    emu.click(rasa, "Keisti", message=first)
    await desk.settle()
    assert "Dabartinis tekstas:\nPirmas bandymas" in desk.said(forum)

    emu.reply(rasa, emu.last(forum), "Antras bandymas")
    await desk.settle()

    assert "(Rasa):\nAntras bandymas" in _now(emu, forum, card)
    assert "nebegalioja" in _now(emu, forum, first)
    assert desk.articles(desk.ticket(ona))[-1] == ("note", "Pirmas bandymas")

    early = emu.last(forum)
    _in_topic(emu, jonas, card, "/juodrastis Trečias bandymas")
    emu.click(jonas, "Siųsti", message=early)
    await desk.settle()

    assert "(Jonas):\nTrečias bandymas" in _now(emu, forum, card)
    assert desk.texts(ona) == before


async def test_editing_the_command_edits_the_draft_and_no_answer(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    before = desk.texts(ona)
    written = _in_topic(emu, jonas, card, "/juodrastis Penki eurai")
    await desk.settle()

    emu.edit(jonas, written, "/juodrastis Šeši eurai")
    await desk.settle()

    assert "Šeši eurai" in _now(emu, forum, card)
    assert desk.texts(ona) == before

    answer = emu.reply(jonas, card, "Penki eurai")
    await desk.settle()
    before = desk.texts(ona)
    for command in ("/juodrastis Šeši eurai, ar tikrai?", "/imu"):
        emu.edit(jonas, answer, command)
        await desk.settle()

    assert desk.texts(ona) == before


async def test_a_draft_needs_a_consultant_a_ticket_and_words_alone(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    """The caption of a file was not looked at once: it went to the member, file and command."""
    before = desk.texts(ona)
    stranger = emu.user("Svetimas")
    emu.join(forum, stranger)
    _in_topic(emu, stranger, card, "/juodrastis Aš irgi galiu")
    emu.say(jonas, "/juodrastis Labas", chat=forum)
    pdf = Attachment(name="planas.pdf")
    emu.send(jonas, pdf, caption="/juodrastis Žr. planą", chat=forum, reply_to=card)

    await desk.settle()

    assert desk.read(lambda uow: uow.drafts.of(desk.ticket(ona).id)) is None
    refusals = [text for text in desk.texts(forum) if text.startswith("Neatlikta")]
    assert "nesusieta su konsultantu" in refusals[0]
    assert "Neaišku, kurį klausimą turite galvoje" in refusals[1]
    assert [m for m in emu.messages(ona) if m.document] == []
    assert desk.texts(ona) == before
    assert desk.articles(desk.ticket(ona))[-1] == ("note", "/juodrastis Žr. planą")


async def test_a_draft_goes_with_its_ticket_to_a_restricted_queue(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User
) -> None:
    """The card was emptied, but the draft below it stayed for the whole group to read."""
    _in_topic(emu, jonas, card, "/juodrastis Dėl Jūsų sveikatos būklės")
    await desk.settle()
    emu.click(jonas, "Keisti", message=emu.last(forum))
    await desk.settle()

    emu.click(jonas, "Perduoti…", message=card)
    await desk.settle()
    emu.click(jonas, "Jautrūs pranešimai", message=card)
    await desk.settle()

    said = [m.text or "" for m in emu.messages(forum) if m.from_user != jonas]
    assert not [text for text in said if "sveikatos" in text]


# Canned replies -----------------------------------------------------------------------------------


def _canned(desk: Desk) -> CannedReplies:
    return CannedReplies(clock=desk.clock, about={"organisation": "NVO centras"})


def _keep(desk: Desk, name: str, text: str) -> None:
    with desk.app.units.begin() as uow:
        _canned(desk).add(uow, name=name, text=text, by="rasa@example.org")
        uow.commit()


async def test_a_canned_reply_becomes_a_draft_with_its_places_filled(
    desk: Desk, emu: Emulator, forum: Chat, card: Message, jonas: User, ona: User
) -> None:
    _keep(desk, "Žyma", "Laba diena, {vardas}! Klausimas {numeris}.")
    _in_topic(emu, jonas, card, "/šablonas žyma")
    await desk.settle()

    emu.click(jonas, "Siųsti", message=emu.last(forum))
    await desk.settle()

    assert desk.said(ona).split("\n\n")[1] == "Laba diena, Ona! Klausimas NVO-1."

    _keep(desk, "savivaldybe", "Kreipkitės:\n{savivaldybe}")
    emu.say(jonas, "/sablonas", chat=forum)
    await desk.settle()
    assert desk.said(forum).split("\n\n")[1].split("\n") == [
        "savivaldybe – Kreipkitės: {savivaldybe}",
        "zyma – Laba diena, {vardas}! Klausimas {numeris}.",
    ]

    _in_topic(emu, jonas, card, "/sablonas savivaldybe")
    await desk.settle()

    assert "Šablonui trūksta reikšmės: savivaldybe." in desk.said(forum)
    assert desk.read(lambda uow: uow.drafts.of(desk.ticket(ona).id)) is None
