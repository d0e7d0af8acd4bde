"""A bucket of a server that speaks S3: the shelf of many machines (the extra `s3`).

S3 cannot tell "still unused?" and "remove" in one word, so a file that is put again while the sweep
looks at it could be lost. Hence a name leads to objects by the day they were put,
`ab/abcd.../20261122`: who puts writes today's, the sweep removes those of days that are over, and
neither ever touches what the other does.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from handlers.domain.errors import NotFoundError
from handlers.ports import Clock
from knowledge_base.values import dataclass
from storage.shelves import SEAL, BucketAddress, BucketError

_CONNECT: Final = timedelta(seconds=5)
_REQUEST: Final = timedelta(seconds=60)
_RETRIES: Final = 3
_RETRY: Final = timedelta(seconds=20)
_KEY: Final = re.compile(r"([0-9a-f]{2})/([0-9a-f]+)/([0-9]{8})")
_TAG: Final = re.compile(r"<[^>]*>")
_LOOKS: Final = 3
_LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class BucketShelf:
    """The port `Shelf` in a bucket; what it has taken is durable when it answers."""

    store: S3Store
    clock: Clock

    def keep(self, name: str, content: Callable[[], bytes]) -> None:
        today = _day(self.clock.now())
        days = self._days(name)
        if today not in days:
            self._put(_key(name, today), content())
            self._delete([_key(name, day) for day in days if day < today])

    def get(self, name: str) -> bytes:
        for _ in range(_LOOKS):
            days = self._days(name)
            if not days:
                break
            # Where it is gone it was put again since: today's has taken the place of that one.
            with _errors(), suppress(FileNotFoundError):
                return bytes(obstore.get(self.store, _key(name, days[-1])).bytes())
        raise NotFoundError("no-such-file", sha256=name)

    def delete(self, name: str) -> None:
        self._delete([_key(name, day) for day in self._days(name)])

    def names(self, part: int, *, before: datetime | None = None) -> Iterator[str]:
        newest = {name: day for _, name, day in self._listed(f"{part:02x}")}
        limit = None if before is None else _day(before)
        return (name for name, day in newest.items() if limit is None or day < limit)

    def delete_unused(self, name: str, *, since: datetime) -> None:
        limit = _day(since)
        self._delete([_key(name, day) for day in self._days(name) if day < limit])

    def seals(self) -> Sequence[str]:
        with _errors(), suppress(FileNotFoundError):
            return bytes(obstore.get(self.store, SEAL).bytes()).decode("ascii").split()
        # No such file, or no such bucket: only the latter is an error.
        self._listed(SEAL)
        return ()

    def mark(self, words: Sequence[str], *, is_first: bool = False) -> None:
        with _errors(), suppress(AlreadyExistsError):
            content = "\n".join(words).encode()
            if not content:
                self._delete([SEAL])
            elif is_first:
                obstore.put(self.store, SEAL, content, mode="create", use_multipart=False)
            else:
                obstore.put(self.store, SEAL, content, use_multipart=False)

    def _put(self, key: str, content: bytes) -> None:
        with _errors():
            # In one piece: a part of an upload that was cut would stay unseen, and be paid for.
            obstore.put(self.store, key, content, use_multipart=False)

    def _delete(self, keys: Sequence[str]) -> None:
        with _errors():
            for key in keys:
                with suppress(FileNotFoundError):
                    obstore.delete(self.store, key)

    def _days(self, name: str) -> Sequence[str]:
        """Return the days on which these bytes were put and are still kept, the last at the end."""
        return [day for *_, day in self._listed(f"{name[:2]}/{name}")]

    def _listed(self, prefix: str) -> Sequence[Sequence[str]]:
        with _errors():
            keys = [
                object_["path"]
                for some in obstore.list(self.store, prefix, chunk_size=1000)
                for object_ in some
            ]
        return [found.groups() for key in sorted(keys) if (found := _KEY.fullmatch(key))]


def open_bucket(address: BucketAddress, clock: Clock) -> BucketShelf:
    """Return the shelf in a bucket; nothing is asked of the server yet.

    Raises:
        OSError: the file of its authority cannot be read.
    """
    store = S3Store(
        address.name,
        prefix=address.prefix or None,
        endpoint=address.endpoint or None,
        region=address.region,
        access_key_id=address.access_key,
        secret_access_key=address.secret_key,
        client_options={
            # Whether it may be is decided with the settings.
            "allow_http": True,
            "connect_timeout": _CONNECT,
            "timeout": _REQUEST,
            **({"root_certificate": address.ca_file.read_bytes()} if address.ca_file else {}),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY},
    )
    return BucketShelf(store, clock)


def _key(name: str, day: str) -> str:
    return f"{name[:2]}/{name}/{day}"


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d")


@contextmanager
def _errors() -> Iterator[None]:
    """Tell the library's errors as those of a disk, in one line without its inner workings."""
    try:
        yield
    except AlreadyExistsError:
        raise
    except (BaseError, FileNotFoundError) as failure:
        said = " ".join(_TAG.sub(" ", str(failure).partition("Debug source")[0]).split())
        raise BucketError(said[:_LONGEST_REASON]) from None
