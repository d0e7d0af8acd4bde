"""The Bot API over HTTP: one call, one answer, and what is known when there is none.

TelegramError
├── RefusedError      Telegram answered no, with a code and words
├── UnreachableError  no connection was made: the call was surely not done
└── BrokenError       the call went out, and no answer that can be read came back
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from knowledge_base.values import dataclass

JsonObject: TypeAlias = dict[str, object]
_CONNECT_SECONDS = 10.0
_CALL_SECONDS = 30.0
_FILE_SECONDS = 120.0


class TelegramError(Exception):
    """A call was not answered as hoped. The text never holds the token or anybody's words."""


class RefusedError(TelegramError):
    """Telegram answered no."""

    def __init__(
        self,
        code: int,
        words: str,
        *,
        retry_after: float | None = None,
        migrated_to: int | None = None,
    ) -> None:
        """Keep what Telegram said."""
        super().__init__(f"{code} {words}")
        self.code = code
        self.words = words
        self.retry_after = retry_after
        self.migrated_to = migrated_to


class UnreachableError(TelegramError):
    """No connection was made."""


class BrokenError(TelegramError):
    """The call went out; nobody can tell whether it was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that goes with a call, in the parameter `field`."""

    field: str
    name: str
    content: bytes
    content_type: str


class Api:
    """Calls the methods of one bot. Plain JSON: a field Telegram invents tomorrow is no error."""

    def __init__(self, *, server: str, token: str) -> None:
        """Take the address of the server and the bot's token."""
        self._server = server.rstrip("/")
        self._token = token
        self._session: aiohttp.ClientSession | None = None

    @property
    def bot_id(self) -> int:
        """The bot's own user id, which every token begins with."""
        number = self._token.partition(":")[0]
        return int(number) if number.isdecimal() else 0

    async def call(
        self,
        method: str,
        parameters: Mapping[str, object] | None = None,
        *,
        upload: Upload | None = None,
        seconds: float = _CALL_SECONDS,
    ) -> object:
        """Call a method and return its result.

        Raises:
            TelegramError: there is none; the subclass says what is known.
        """
        address = f"{self._server}/bot{self._token}/{method}"
        body = _form(parameters or {}, upload) if upload else _json(parameters or {})
        try:
            async with self._opened().post(
                address,
                data=body,
                headers=None if upload else {"Content-Type": "application/json"},
                timeout=_timeout(_FILE_SECONDS if upload else seconds),
            ) as response:
                return _result(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UnreachableError(f"{method}: no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BrokenError(f"{method}: no answer ({type(error).__name__})") from None

    async def download(self, path: str) -> bytes:
        """Return the content of a file that `getFile` found.

        Raises:
            TelegramError: it did not arrive.
        """
        # The address holds the token: it never reaches a log or an error.
        address = f"{self._server}/file/bot{self._token}/{path}"
        try:
            async with self._opened().get(address, timeout=_timeout(_FILE_SECONDS)) as response:
                content = await response.read()
                if response.status != HTTPStatus.OK:
                    raise RefusedError(response.status, "the file is not there")
                return content
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BrokenError(f"download: no answer ({type(error).__name__})") from None

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(), proxy=_proxy_to(self._server)
            )
        return self._session


def _proxy_to(server: str) -> str | None:
    """Return the proxy the environment names; aiohttp would ask it at every call, in a thread."""
    address = urlsplit(server)
    if not address.hostname or proxy_bypass(address.hostname):
        return None
    return getproxies().get(address.scheme)


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=_CONNECT_SECONDS)


def _json(parameters: Mapping[str, object]) -> bytes:
    return json.dumps(parameters, ensure_ascii=False).encode()


def _form(parameters: Mapping[str, object], upload: Upload) -> aiohttp.FormData:
    # Telegram reads names of files as they are written, not percent-encoded.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in parameters.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        form.add_field(name, text)
    form.add_field(
        upload.field,
        upload.content,
        filename=_printable(upload.name),
        content_type=upload.content_type,
    )
    return form


def _printable(name: str) -> str:
    """Return a name that cannot end the header it stands in."""
    return "".join(sign for sign in name if sign.isprintable()) or "file"


def _result(status: int, content: bytes) -> object:
    try:
        answer = json.loads(content)
    except ValueError:
        raise BrokenError(f"HTTP {status} and no JSON") from None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise BrokenError(f"HTTP {status} and no answer of the Bot API")
    if answer["ok"]:
        return answer.get("result")
    code, more = answer.get("error_code"), answer.get("parameters")
    more = more if isinstance(more, dict) else {}
    after, moved = more.get("retry_after"), more.get("migrate_to_chat_id")
    raise RefusedError(
        code if isinstance(code, int) else status,
        str(answer.get("description", "")),
        retry_after=float(after) if isinstance(after, int | float) else None,
        migrated_to=moved if isinstance(moved, int) else None,
    )
