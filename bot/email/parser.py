"""Parses mail where it can do no harm: small plain mails in a thread, the rest in a child process.

No mail may hold up the one behind it. What outlasts the time-out or the memory of the child ends
the child alone; the next mail starts another. Short mails that come together are taken into a
thread together: the way there costs a tenth of what is done with one, and of threads that all
compute only one does.
"""

import asyncio
import io
import logging
import os
import pickle
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path
from typing import TypeVar, cast

import bot
from bot.email import bounces, parse, quotes
from bot.email.automatic import Automatic
from bot.email.parse import SHORT, ParsedMail, UnparsableMailError, is_simple
from bot.email.parser_child import LENGTH
from bot.joint import Joint, each
from knowledge_base.values import dataclass

_SECONDS = 20.0
_MEMORY = 768 * 1024 * 1024
"""Of address space: the largest mail we take needs about 400 MB of it, nearly all for copies."""

_ROOT = Path(bot.__file__).parents[1]
_MAY_COME = frozenset(
    {
        parse.ParsedMail,
        parse.Attachment,
        parse.Note,
        quotes.Reply,
        bounces.Bounce,
        Automatic,
    }
)
_Work = Callable[[], object]
T = TypeVar("T")
logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Parser:
    """Parses mails one after another; `close` ends the child, if there is one."""

    seconds: float = _SECONDS
    memory: int = _MEMORY
    command: tuple[str, ...] = (sys.executable, "-m", "bot.email.parser_child")
    _short: Joint[_Work, object] = field(default_factory=Joint)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _child: Process | None = None

    async def parse(self, raw: bytes) -> ParsedMail:
        """Read the mail.

        Raises:
            UnparsableMailError: it is no mail, or reading it takes more than a mail may take.
        """
        return await self.understand(raw, lambda mail: mail)

    async def understand(self, raw: bytes, go_on: Callable[[ParsedMail], T]) -> T:
        """Read the mail and go on with it in a thread: for a simple one, in the same.

        With a short one nothing may be waited for: others wait behind it.

        Raises:
            UnparsableMailError: as above.
        """

        def work() -> T:
            return go_on(parse.parse(raw))

        if len(raw) <= SHORT:
            return cast("T", await self._short.ask(work, answer_all=_in_turn, threads=None))
        if is_simple(raw):
            return await asyncio.to_thread(work)
        async with self._turn:
            mail = await self._parse_apart(raw)
        return await asyncio.to_thread(go_on, mail)

    async def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.communicate()

    async def _parse_apart(self, raw: bytes) -> ParsedMail:
        finished = False
        try:
            async with asyncio.timeout(self.seconds):
                answer = await _ask(await self._started(), raw)
            finished = True
        except TimeoutError:
            raise UnparsableMailError(f"not parsed within {self.seconds:g} s") from None
        except (asyncio.IncompleteReadError, OSError) as error:
            raise UnparsableMailError("the parser ended while reading it") from error
        finally:
            if not finished:
                logger.warning("the parser was ended")
                await self.close()
        return _understood(answer)

    async def _started(self) -> Process:
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                *self.command,
                str(self.memory),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                # Nothing of our own environment: it holds passwords.
                env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath},
            )
        return self._child


def _in_turn(works: Sequence[_Work]) -> Sequence[object]:
    return each(lambda work: work(), works)


async def _ask(child: Process, raw: bytes) -> bytes:
    assert child.stdin is not None  # noqa: S101 -- both are pipes
    assert child.stdout is not None  # noqa: S101
    child.stdin.write(LENGTH.pack(len(raw)))
    child.stdin.write(raw)
    await child.stdin.drain()
    length = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))[0]
    return await child.stdout.readexactly(length)


def _understood(answer: bytes) -> ParsedMail:
    found = _Unpickler(io.BytesIO(answer)).load()
    if isinstance(found, ParsedMail):
        return found
    raise UnparsableMailError(str(found))


class _Unpickler(pickle.Unpickler):
    """Takes what a parsed mail is made of and nothing else, whatever became of the child."""

    def find_class(self, module: str, name: str) -> object:
        for known in _MAY_COME:
            if (known.__module__, known.__qualname__) == (module, name):
                return known
        raise UnparsableMailError("the parser's answer cannot be understood")
