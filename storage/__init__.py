"""How the desk remembers: the ports of the handlers on SQLite and PostgreSQL."""
