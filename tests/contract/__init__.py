"""One suite per port of the handlers, run on every implementation of it."""
