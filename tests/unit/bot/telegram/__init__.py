"""The Telegram channel, part by part and against the emulator."""
