"""The web pages: the public ask page and the console of the consultants."""
