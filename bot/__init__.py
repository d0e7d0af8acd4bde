"""The running service: the process, its channels and the wiring."""
