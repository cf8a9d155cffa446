"""The program with its demo season behind a port of this machine, and people who are already logged in."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import make_server

from tests import schema
from tests.client import Client, log_in
from tests.drivers import chromium
from tests.programs import Kept

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']"


@dataclass(frozen=True)
class House:
    """A running program and a browser to look at it with."""

    app: Flask
    address: str
    browser: Browser

    @contextmanager
    def visitor(self, username: str | None, language: str = "nb", **options: Any) -> Iterator[BrowserContext]:
        """A browser of this person's own; None is somebody who is not logged in."""
        context = self.browser.new_context(
            base_url=self.address, extra_http_headers={"Accept-Language": language}, **options
        )
        if username is not None:
            context.add_cookies(
                [
                    {
                        "name": self.app.config["SESSION_COOKIE_NAME"],
                        "value": self._session(username),
                        "url": self.address,
                    }
                ]
            )
        try:
            yield context
        finally:
            context.close()

    def _session(self, username: str) -> str:
        client = self.app.test_client()
        assert isinstance(client, Client)
        log_in(client, username)
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        return str(cookie.value)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without windows; each visitor gets a context of their own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def opened(folder: Path, browser: Browser, kept: Kept) -> Iterator[House]:
    """Open the house on a copy of the season."""
    url = schema.copy_of("sqlite", "season", folder / "tilsagn.db", "")
    files = folder / "files"
    if schema.season_files().exists():
        shutil.copytree(schema.season_files(), files)
    with kept.program(url, files) as app, served(app) as address:
        yield House(app, address, browser)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The program behind a port of this machine; gives the address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
