"""kill -9 of the web process in the middle of a POST: it happened wholly or not at all."""

import random
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from app.awards.models import Award
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import clock, db, writing
from app.dispatch import jobs as dispatch
from app.payouts.jobs import make_payables
from app.payouts.models import Payable, PayoutList
from tests import factories, payout_rows
from tests.client import Page
from tests.hostile import client_of
from tests.ordeal.processes import Program, running, wait
from tests.ordeal.whole import assert_whole

CASES, KILLS, WARM = 4, 4, 4
# Seconds after the POST set out; it takes about a third of this.
LATEST = 0.25
Step = tuple[str, str, str, dict[str, str]]


def test_each_post_happens_wholly_or_not_at_all(app: Flask, tmp_path: Path) -> None:
    dice = random.Random(11)
    web = Program(app, "web", tmp_path)
    with app.app_context():
        _ground()
        factories.published_call()
        drafts = [(who, factories.draft(who, at=factories.AT).public_id) for who in ("demovik", "bergen")]
        db.session.remove()
    for who, public_id in drafts:
        step = (who, f"/vaar-side/soknad/{public_id}/signer", "Signer og send inn", {})
        _insist(app, web, dice, step, lambda p=public_id: _status(p) is not Status.DRAFT)
    for n in range(1, CASES + 1):
        number = f"T25-9{n:03d}"
        step = ("decider", f"/saker/{number}/vedtak", "Vedta", {})
        _insist(app, web, dice, step, lambda k=number: _decided(k))
    with app.app_context():
        dispatch.render_due(clock.now())
        dispatch.send_due(clock.now())
        awards = list(db.session.scalars(sa.select(Award.public_id)))
        db.session.remove()
    assert len(awards) == CASES
    for public_id in awards:
        step = ("demovik", f"/vaar-side/tilskudd/{public_id}", "Aksepter tilskuddet", _ACCEPT)
        _insist(app, web, dice, step, lambda k=public_id: _accepted(k))
    with app.app_context():
        make_payables(clock.now())
        payout_rows.ready_to_sign()
        db.session.remove()
    queue = "/utbetalinger/ko/"
    _insist(
        app, web, dice, ("finance1", queue + "til-attestasjon", "Attester valgte", {"whole": "y"}), _all_are("attested")
    )
    _insist(
        app, web, dice, ("decider", queue + "til-godkjenning", "Godkjenn valgte", {"whole": "y"}), _all_are("approved")
    )
    lock = ("finance2", queue + "til-overforing", "Lås og overfør til økonomi", {})
    _insist(app, web, dice, lock, lambda: _count(PayoutList) == 1)
    with app.app_context():
        assert _count(Payable) == CASES
        assert _count(PayoutList) == 1
        assert_whole()


_ACCEPT = {"account": "1234 56 00009", "terms": "y"}


def _ground() -> None:
    factories.people()
    with writing():
        clock.start_at(factories.AT)
    factories.frame()
    for n in range(1, CASES + 1):
        factories.recommended(1_000_000_00 + n * 100, number=f"T25-9{n:03d}")


def _insist(app: Flask, web: Program, dice: random.Random, step: Step, done: Callable[[], bool]) -> None:
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


def _count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _status(public_id: str) -> Status | None:
    return db.session.scalar(sa.select(Case.status).where(Case.public_id == public_id))


def _decided(number: str) -> bool:
    return db.session.scalar(sa.select(Case.decided_by).where(Case.number == number)) is not None


def _accepted(public_id: str) -> bool:
    return db.session.scalar(sa.select(Award.status).where(Award.public_id == public_id)) is AwardStatus.ACCEPTED


def _all_are(status: str) -> Callable[[], bool]:
    def done() -> bool:
        return set(db.session.scalars(sa.select(Payable.status))) == {status}

    return done
