"""The browser of the tests opens pages, and each test starts with a clean one."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.async_api import Page

from tests.servers.chromium import Chromium
from tests.servers.loopback import HOST

PAGE = """<!doctype html><html lang="lt"><title>Labas</title><h1>Užduokite klausimą</h1>"""


@pytest.fixture
def address() -> Iterator[str]:
    with HTTPServer((HOST, 0), _OnePage) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{HOST}:{server.server_port}/"
        server.shutdown()
        thread.join()


async def test_a_page_loads(page: Page, address: str) -> None:
    await page.goto(address)

    assert await page.title() == "Labas"
    assert await page.inner_text("h1") == "Užduokite klausimą"


async def test_pages_do_not_share_cookies(chromium: Chromium, address: str) -> None:
    async with chromium.page() as first:
        await first.goto(address)
        await first.evaluate("document.cookie = 'seen=1'")

    async with chromium.page() as second:
        await second.goto(address)
        assert await second.evaluate("document.cookie") == ""


class _OnePage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's name
        """Stay quiet."""
