"""The Telegram channel: members in private chats, consultants in staff groups."""
