"""Request bodies, read only up to a limit."""

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

FORM_LIMIT: Final = 256 * 1024
"""20,000 characters, each of them up to 9 octets when a form encodes them."""

_FIELDS = 30
_FORM = "application/x-www-form-urlencoded"


class TooLargeError(Exception):
    """The body is larger than this address takes."""


class WrongTypeError(Exception):
    """The body is of another media type than this address takes."""


async def read(request: Request, *, limit: int) -> bytes:
    """Read the body.

    Raises:
        TooLargeError: it is larger than the limit; what follows is not read.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:18]) > limit:
        raise TooLargeError
    parts = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TooLargeError
        parts.append(part)
    return b"".join(parts)


async def read_form(request: Request, *, fields: int = _FIELDS) -> dict[str, str]:
    """Read a plain form of so many fields at most; of a repeated one the last value counts.

    Raises:
        TooLargeError: it is larger than any of our forms.
        WrongTypeError: it is not a plain form.
    """
    if media_type(request) not in {_FORM, ""}:
        raise WrongTypeError
    body = await read(request, limit=FORM_LIMIT)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=fields))
    except ValueError as unreadable:
        raise WrongTypeError from unreadable


def media_type(request: Request) -> str:
    """Return the media type of the body without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
