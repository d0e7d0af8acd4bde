"""The Telegram emulator keeps the rules of the real server."""
