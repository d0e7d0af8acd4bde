"""An SMTP server that says when it took each mail, and keeps none: `python mail_sink.py`.

It is a process of its own, the same for all who are measured, and costs 0.1 ms a mail. Its first
line is its port; each line after that is the moment a mail was accepted.
"""

import asyncio
import sys
import time
from asyncio import StreamReader, StreamWriter
from typing import Final

_LARGEST: Final = 64 * 1024 * 1024
_ANSWERS: Final = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 67108864\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.start_server(_talk, "127.0.0.1", 0, limit=_LARGEST)
    _say(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()


async def _talk(reader: StreamReader, writer: StreamWriter) -> None:
    writer.write(b"220 sink ESMTP\r\n")
    while line := await reader.readline():
        word = line[:4].upper()
        writer.write(_ANSWERS.get(word, b"250 ok\r\n"))
        if word == b"DATA":
            await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"250 kept\r\n")
            _say(time.time())
        if word == b"QUIT":
            break
    await writer.drain()
    writer.close()


def _say(what: float) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
