"""Who writes for the first time: who files their letters does so one after the other.

On PostgreSQL two transactions would both add the person. The later one, its whole batch filed,
would wait for the earlier one's commit only to lose the race, and to do everything again.
"""

from collections.abc import Collection
from hashlib import blake2b
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Address
from storage.prepared import prepared

_numbers: Final[sa.BindParameter[Any]] = sa.bindparam("numbers", type_=sa.ARRAY(sa.BigInteger))
_each: Final = sa.func.unnest(_numbers).column_valued("number")
_LOCK: Final = prepared(sa.select(sa.func.pg_advisory_xact_lock(_each)))


def wait_for_others(connection: sa.Connection, newcomers: Collection[Address]) -> bool:
    """Wait for those who are about to know some of them, and have the next ones wait for us.

    Return whether anybody may have become known meanwhile: SQLite has one writer at a time anyway.
    Whoever waits here holds nothing yet, and all lock in the order of the numbers.
    """
    if not newcomers or connection.dialect.name != "postgresql":
        return False
    connection.execute(_LOCK, {"numbers": sorted({_number(each) for each in newcomers})})
    return True


def _number(address: Address) -> int:
    """Return what stands for an address among the locks of PostgreSQL, 64 bits."""
    name = f"newcomer {address.channel} {address.value}"
    digest = blake2b(name.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
