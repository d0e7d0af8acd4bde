"""Real servers on loopback: each starts in a folder of its own and leaves nothing behind."""
