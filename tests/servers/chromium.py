"""Debian's Chromium, started once, with a fresh profile for each test that opens a page."""

import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.servers.loopback import HOST, ServerProcess, found, free_ports, until

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
)


class Chromium:
    """A browser that waits for Playwright to connect.

    It is a process of its own rather than Playwright's child, because a Playwright that lives
    through a whole session ties all tests to one event loop.
    """

    def __init__(self, folder: Path) -> None:
        self._port = free_ports(1)[0]
        command = [
            found("chromium", package="chromium"),
            *_FLAGS,
            f"--remote-debugging-port={self._port}",
            f"--user-data-dir={folder / 'profile'}",
            "about:blank",
        ]
        self._process = ServerProcess("chromium", command, log=folder / "out.log")

    def start(self) -> None:
        self._process.start(ports=[self._port])
        until(self._version, what="chromium's debugging port")

    def stop(self) -> None:
        self._process.stop()

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """Lend a page with no cookies and no history, in Lithuanian."""
        async with async_playwright() as playwright:
            browser = await playwright.chromium.connect_over_cdp(f"http://{HOST}:{self._port}")
            context = await browser.new_context(locale="lt-LT", timezone_id="Europe/Vilnius")
            try:
                yield await context.new_page()
            finally:
                await context.close()
                await browser.close()

    def _version(self) -> str:
        address = f"http://{HOST}:{self._port}/json/version"
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                return str(json.load(answer)["Browser"])
        except (urllib.error.URLError, OSError):
            return ""
