"""How the bot introduces itself in Telegram's own menus, in every language."""

import logging
from collections.abc import Iterable
from typing import Final

from bot.telegram.api import Api, TelegramError
from bot.texts import FALLBACK, LANGUAGES, Texts

logger = logging.getLogger(__name__)
_SHORT_WAIT: Final = 5.0

COMMANDS: Final = (
    "klausimai",
    "konsultantas",
    "mokymai",
    "susieti",
    "kalba",
    "pagalba",
    "privatumas",
    "duomenys",
    "istrinti",
)
"""Telegram registers plain letters only; the spelling with diacritics is understood as well."""


async def address_of(api: Api) -> str:
    """Return `https://t.me/<bot>`, or nothing while Telegram cannot be asked."""
    try:
        me = await api.call("getMe", seconds=_SHORT_WAIT)
    except TelegramError:
        return ""
    finally:
        await api.close()
    name = me.get("username") if isinstance(me, dict) else None
    return f"https://t.me/{name}" if isinstance(name, str) else ""


STAFF_COMMANDS: Final = (
    "eile",
    "mano",
    "statistika",
    "skambutis",
    "vizitas",
    "klausejas",
    "juodrastis",
    "sablonas",
    "sujungti",
    "atskirti",
    "sieti",
    "zyma",
    "skubu",
    "sekti",
)


async def introduce_to_staff(api: Api, texts: Texts, chats: Iterable[str]) -> None:
    """Set the commands of the staff chats; where that fails, they work without being listed."""
    commands = [
        {"command": name, "description": texts.line(f"telegram-command-{name}", FALLBACK)}
        for name in STAFF_COMMANDS
    ]
    for chat in chats:
        scope = {"type": "chat", "chat_id": chat}
        try:
            await api.call("setMyCommands", {"commands": commands, "scope": scope})
        except TelegramError as error:
            logger.warning("commands not set", extra={"error": type(error).__name__})


def commands_in(texts: Texts, language: str) -> list[dict[str, str]]:
    """Return the commands with what they do."""
    return [
        {"command": name, "description": texts.line(f"telegram-command-{name}", language)}
        for name in COMMANDS
    ]


async def introduce(api: Api, texts: Texts) -> None:
    """Set commands and descriptions; a bot that cannot do so now works without."""
    try:
        for language in LANGUAGES:
            chosen = {} if language == FALLBACK else {"language_code": language}
            commands = commands_in(texts, language)
            about = texts.line("telegram-about", language)
            short = texts.line("telegram-about-short", language)
            scope = {"scope": {"type": "all_private_chats"}}
            await api.call("setMyCommands", {"commands": commands, **scope, **chosen})
            await api.call("setMyDescription", {"description": about, **chosen})
            await api.call("setMyShortDescription", {"short_description": short, **chosen})
    except TelegramError as error:
        logger.warning("introduction not changed", extra={"error": type(error).__name__})
