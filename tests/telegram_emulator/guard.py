"""Keeps tests away from the real Telegram, which aiogram asks wherever nobody gave it a url."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

_REAL = "telegram.org"


@contextmanager
def real_telegram_forbidden() -> Iterator[list[str]]:
    """Refuse to look up the real Telegram; the list tells who was looked for all the same."""
    sought: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", _guarded(socket.getaddrinfo, sought))
        yield sought


def _guarded(look_up: Callable[..., object], sought: list[str]) -> Callable[..., object]:
    def getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name == _REAL or name.endswith(f".{_REAL}"):
            sought.append(name)
            raise OSError(f"{name} is out of bounds in tests")
        return look_up(host, *args, **kwargs)

    return getaddrinfo
