"""The last day for claims: many GPs send theirs at once, from real clients to the real web process.

Each claim is reckoned and sent as a person does it: the page, the sum, the sending. Each tenth is sent by two clients
at once, as by two people of one practice. `python -m tests.ordeal.last_day --claims 5500 --database both`.
"""

import argparse
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import sqlalchemy as sa
import structlog
from flask import Flask

from app import create_app
from app.cases.models import Case
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.config import Settings
from app.db import clock, db, writing
from app.flow.models import Hand
from tests import compensation_rows, drivers, factories, gp_rows, schema
from tests.bench.places import session_of
from tests.ordeal.processes import Program, running

CLIENTS, TWICE = 16, 10
# Where one is led when a claim is sent: to all the claims, or to the next of them.
OWN = "/krav-om-kompensasjon"
_SECRET = "only-for-the-last-day-of-the-claims"
PERIOD = {"from_on": "01.01.2025", "to_on": "31.01.2025"}
_INPUT = re.compile(r"<input\b[^>]*>")
_NAME, _VALUE = re.compile(r'\bname="([^"]*)"'), re.compile(r'\bvalue="([^"]*)"')


def main() -> int:
    """Run, print, and give the number of databases that lost or doubled a claim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=5_500)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    shared, failed = drivers.make_shared_folder(), 0
    for dialect in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
        folder = Path(tempfile.mkdtemp(prefix="tilsagn-last-day-"))
        url = f"sqlite:///{folder / 'day.db'}" if dialect == "sqlite" else schema.server().copy("template1", "last_day")
        schema.migrate(url)
        app = create_app(
            Settings(database_url=url, files_dir=folder / "files", secret_key=_SECRET, demo=True, secure_cookies=False)
        )
        with app.app_context():
            factories.people()
            factories.season_rules()
            compensation_rows.frame()
            db.session.remove()
        began = time.perf_counter()
        answers, faults = sent_on_the_last_day(app, chosen.claims, folder)
        spent = time.perf_counter() - began
        print(f"{dialect}: {chosen.claims} claims by {CLIENTS} clients in {spent:.0f} s: {dict(answers)}", flush=True)
        for fault in faults:
            print(f"FAILED: {dialect}: {fault}")
        failed += bool(faults)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)
    drivers.remove_shared_folder(shared)
    return failed


def sent_on_the_last_day(app: Flask, claims: int, folder: Path) -> tuple[Counter[int], list[str]]:
    """So many agreements, each claimed for once or by two at once. How often each answer came, and what is wrong.

    People, rules and the frame must be there.
    """
    with app.app_context():
        gp_rows.agreements(claims)
        with writing():
            clock.start_at(compensation_rows.CLAIMED)
        query = sa.select(Case.public_id).join(GpAgreement, GpAgreement.case_id == Case.id).order_by(GpAgreement.id)
        addresses = list(db.session.scalars(query))
        db.session.remove()
    cookies = [session_of(app, "gp1")[0] for _ in range(CLIENTS)]
    # Whoever has sent claims for a quarter of an hour gives the password again; here the day is one sitting.
    web = Program(app, "web", folder, TILSAGN_PASSWORD_MINUTES="600")
    with running(web), ThreadPoolExecutor(CLIENTS) as pool:
        barrier = Barrier(CLIENTS)
        work = [_of_client(addresses, number) for number in range(CLIENTS)]
        jobs = [pool.submit(_client, web.port, cookies[n], work[n], barrier) for n in range(CLIENTS)]
        answers = sum((job.result() for job in jobs), Counter[int]())
    return answers, _faults(app, answers, len(addresses))


def _of_client(addresses: Sequence[str], number: int) -> list[str]:
    """Its own by turns, and each tenth of its neighbour's at the same place in the line."""
    mine = []
    for place, address in enumerate(addresses):
        row, owner = divmod(place, CLIENTS)
        if owner == number or (row % TWICE == 0 and owner == (number - 1) % CLIENTS):
            mine.append(address)
    return mine


def _client(port: int, cookie: str, addresses: Sequence[str], barrier: Barrier) -> Counter[int]:
    line = HTTPConnection("127.0.0.1", port, timeout=120)
    found = Counter[int]()
    barrier.wait(60)
    for address in addresses:
        found[_claim(line, cookie, f"/krav-om-kompensasjon/{address}")] += 1
    line.close()
    return found


def _claim(line: HTTPConnection, cookie: str, address: str) -> int:
    """The status of the answer to the sending; of the page before it where that is not to be had.

    303 only where the claim is sent, since a page that asks for the password answers so too.
    """
    status, page = _ask(line, cookie, "GET", address)
    typed: dict[str, str] = {**PERIOD, "units_patient": "1"}
    for act in ("reckon", "send"):
        if status != 200:
            return status
        # What the page itself tells holds over what was sent the last time.
        typed = {**typed, **_fields(page), "act": act, **({"declared": "y"} if act == "send" else {})}
        status, page = _ask(line, cookie, "POST", address, urlencode(typed))
    return 401 if status == 303 and not page.startswith(OWN) else status


def _fields(page: str) -> dict[str, str]:
    """The hidden fields of the page's claim form, as a browser would send them."""
    found = {}
    for each in _INPUT.findall(page[page.find("<main") :]):
        name, value = _NAME.search(each), _VALUE.search(each)
        if name and 'type="hidden"' in each:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def _ask(line: HTTPConnection, cookie: str, method: str, address: str, body: str = "") -> tuple[int, str]:
    head = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    if body:
        head["Content-Type"] = "application/x-www-form-urlencoded"
    line.request(method, address, body or None, head)
    answer = line.getresponse()
    page = answer.read().decode("utf-8")
    return answer.status, answer.headers["Location"] if answer.status == 303 else page


def _faults(app: Flask, answers: Counter[int], claims: int) -> list[str]:
    """What was lost or made twice."""
    with app.app_context():
        of = sa.select(Claim.agreement_id, sa.func.count()).group_by(Claim.agreement_id)
        made = {row[0]: row[1] for row in db.session.execute(of)}
        several = [key for key, count in made.items() if count != 1]
        lines = db.session.scalar(sa.select(sa.func.count()).select_from(ClaimLine))
        hands = sa.select(sa.func.count()).where(Hand.kind == "claim", Hand.hand == "submitted")
        told = db.session.scalar(hands)
        db.session.remove()
    faults = []
    if len(made) != claims:
        faults.append(f"{claims - len(made)} of {claims} are lost")
    if several:
        faults.append(f"{len(several)} are made twice")
    if answers[303] != claims:
        faults.append(f"{answers[303]} were told that theirs is sent, of {claims}")
    if (lines, told) != (claims, claims):
        faults.append(f"{lines} lines and {told} hands of {claims} claims")
    if other := {status: count for status, count in answers.items() if status not in (303, 409, 422, 200)}:
        faults.append(f"other answers: {other}")
    return faults


if __name__ == "__main__":
    raise SystemExit(main())
