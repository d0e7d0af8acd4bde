"""What we do with a message, whichever channel brought it: use cases, their values and ports."""
