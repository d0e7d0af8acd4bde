"""A Telegram Bot API server for tests: people, forums, faults, and the rules of the real one."""
