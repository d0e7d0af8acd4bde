"""Why the program cannot begin; they stand alone, so that naming them imports nothing."""


class ConfigurationError(Exception):
    """A setting is wrong; the text is one sentence that names it."""


class SchemaError(Exception):
    """The database is older or newer than this version; the text says what to do."""
