"""A button that is pressed while the program dies, again and again until what it does has happened."""

import random
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from threading import Thread
from urllib.parse import urlencode

from flask import Flask

from app.db import db
from tests.client import Page
from tests.hostile import client_of
from tests.ordeal.processes import Program, running, wait
from tests.ordeal.whole import assert_whole

KILLS, WARM = 4, 4
# Seconds after the POST set out; it takes about a third of this.
LATEST = 0.25
# Who, the page, the button, and what is filled in beside it.
Step = tuple[str, str, str, dict[str, str]]


def insist(app: Flask, web: Program, dice: random.Random, step: Step, done: Callable[[], bool]) -> None:
    """Press and kill, KILLS times or until it has happened; then press once in peace."""
    for attempt in range(KILLS + 1):
        with app.app_context():
            happened = done()
            db.session.remove()
        if happened:
            return
        page, button, values = _page(app, step)
        form = page.form(button)
        body = urlencode(form.filled(values), doseq=True)
        cookie = page.client.get_cookie("tilsagn")
        assert cookie is not None
        address = form.action or page.address
        with running(web):
            # A cold process spends its first requests on reading templates: the kill would always come too early.
            for _ in range(WARM):
                _ask("GET", web.port, page.address, "", cookie.value)
            post = Thread(target=_ask, args=("POST", web.port, address, body, cookie.value))
            post.start()
            if attempt < KILLS:
                wait(dice.uniform(0.0, LATEST))
                web.kill()
            post.join(60)
        with app.app_context():
            assert_whole()
            db.session.remove()
    with app.app_context():
        assert done(), (step, web.log.read_text("utf-8")[-1500:])
        db.session.remove()


def _page(app: Flask, step: Step) -> tuple[Page, str, dict[str, str]]:
    """The page with the button, read in this process; the list has a page to confirm in between."""
    who, address, button, values = step
    page = client_of(app, who).see(address)
    if button.startswith("Lås"):
        page = page.press("Gå videre med valgte", whole="y")
    return page, button, values


def _ask(method: str, port: int, address: str, body: str, cookie: str) -> None:
    head = {"Cookie": f"tilsagn={cookie}", "Content-Type": "application/x-www-form-urlencoded"}
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, address, body, head)
        line.getresponse().read()
    except (OSError, HTTPException):
        pass  # it was killed
    finally:
        line.close()
