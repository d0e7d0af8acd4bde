"""End to end: the real process, real servers on 127.0.0.1, killed and started again."""
