"""The process that parses what a thread must not: `python -m bot.email.parser_child`.

Reads mails from standard input and answers each on standard output, both as a length and as many
bytes. It imports the standard library and `bot.email.parse` alone, holds nothing worth stealing,
and may be killed at any moment. What it runs out of (memory, stack) ends it.
"""

import pickle
import resource
import struct
import sys
from typing import BinaryIO

from bot.email.parse import ParsedMail, UnparsableMailError, parse

LENGTH = struct.Struct("!Q")


def main() -> None:
    """Serve until standard input ends."""
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while (raw := _read(source)) is not None:
        answer = pickle.dumps(_answer(raw), protocol=pickle.HIGHEST_PROTOCOL)
        answers.write(LENGTH.pack(len(answer)))
        answers.write(answer)
        answers.flush()


def _read(source: BinaryIO) -> bytes | None:
    length = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(length)[0]) if len(length) == LENGTH.size else None


def _answer(raw: bytes) -> ParsedMail | str:
    """Return the mail, or in words why it is none."""
    try:
        return parse(raw)
    except UnparsableMailError as error:
        return str(error)


if __name__ == "__main__":
    main()
