"""Why the program cannot begin or go on; alone, so that naming them imports nothing."""

import errno
from typing import Final

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ConfigurationError(Exception):
    """A setting is wrong; the text is one sentence that names it."""


class SchemaError(Exception):
    """The database is older or newer than this version; the text says what to do."""


def is_of_the_world(error: BaseException) -> bool:
    """Tell a lost database or a full disk: it is nobody's fault, and it passes."""
    if isinstance(error, BaseExceptionGroup):
        return all(map(is_of_the_world, error.exceptions))
    is_full = isinstance(error, OSError) and error.errno in _FULL
    return is_full or isinstance(error, ConnectionError)
