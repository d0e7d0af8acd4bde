"""The emulator and a client for it."""

from tests.telegram_emulator.fixtures import _no_real_telegram, telegram, telegram_bot

__all__ = ["_no_real_telegram", "telegram", "telegram_bot"]
