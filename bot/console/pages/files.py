"""Files that came with messages: always downloads, never shown by the browser."""

import asyncio
from collections.abc import Iterable
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.site import Site
from handlers.domain.channels import Attachment
from handlers.domain.errors import NotFoundError
from handlers.domain.tickets import Article


def find_file(articles: Iterable[Article], sha256: str) -> Attachment | None:
    """Find a file among those of the articles the reader may see."""
    files = (file for article in articles for file in article.attachments)
    return next((file for file in files if file.sha256 == sha256), None)


async def send_file(site: Site, file: Attachment | None) -> Response:
    """Send a file as a download of no particular type, whatever its sender called it."""
    if file is None:
        raise HTTPException(404)
    try:
        content = await asyncio.to_thread(site.files.get, file.sha256)
    except NotFoundError as gone:
        raise HTTPException(404) from gone
    name = "".join(letter for letter in file.name if letter.isprintable() and letter not in "/\\")
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name or 'file')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Referrer-Policy": "no-referrer",
        },
    )
