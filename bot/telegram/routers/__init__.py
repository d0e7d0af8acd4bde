"""Turn updates into commands: members in private, consultants in their chats."""
