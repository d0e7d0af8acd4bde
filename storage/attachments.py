"""The files of articles and of outgoing messages; their bytes are in the file store."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from handlers.domain.channels import Attachment
from storage.later import Later
from storage.prepared import prepared
from storage.rows import attachments


def write_attachments(
    later: Later,
    files: Sequence[Attachment],
    *,
    article_id: int | None = None,
    outbox_id: int | None = None,
) -> None:
    """Name the files in the row's order."""
    rows = [
        {
            "article_id": article_id,
            "outbox_id": outbox_id,
            "sha256": file.sha256,
            "name": file.name,
            "content_type": file.content_type,
            "size": file.size,
        }
        for file in files
    ]
    later.add(attachments, rows)


def attachments_of(
    connection: sa.Connection, owner: sa.Column[int], numbers: Iterable[int]
) -> Mapping[int, tuple[Attachment, ...]]:
    """Return the files by their owner's number; who has none is absent."""
    found: defaultdict[int, list[Attachment]] = defaultdict(list)
    rows = connection.execute(_of(owner), {"numbers": list(numbers)})
    for number, sha256, name, content_type, size in rows:
        file = Attachment(sha256=sha256, name=name, content_type=content_type, size=size)
        found[number].append(file)
    return {number: tuple(files) for number, files in found.items()}


@cache
def _of(owner: sa.Column[int]) -> sa.Executable:
    row = attachments.c
    return prepared(
        sa.select(owner, row.sha256, row.name, row.content_type, row.size)
        .where(owner.in_(sa.bindparam("numbers", expanding=True)))
        .order_by(row.id)
    )
