"""No page scrolls sideways, wide or narrow, whatever somebody is called: every free text is one word of 120 signs."""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.house import House, opened
from tests.browser.test_pages import FILE, LINKS, NARROW, WIDE
from tests.crawl import DIFFERING, endpoint_of
from tests.programs import Kept

WORD = "Mønstringsforskrift" * 6 + "Wwwwww"
PEOPLE = (None, "officer1", "lead", "decider", "finance1", "admin", "bergen", "gp1", "area-nordland")
# What the program wrote itself, and what must stay as it is to be found or read.
OWN = re.compile(
    r"(^|_)(id|sha256|hash|seal|key|sort|fold|code|number|no|orgnr|account|username|language|kind|letter|stream|event"
    r"|token|location|stamp|mark|phone|post|postcode|status|words|part|line|case|cause|type|trigger|law|version|year"
    r"|name_fold|state)s?$"
)
TOO_WIDE = "document.scrollingElement.scrollWidth - window.innerWidth"
# Pages that differ by status are seen so many times, others once.
DIFFER, SOME = (*DIFFERING, "assessments.sheet", "payouts.line"), 3
STARTS = {None: ("/ordninger", "/logg-inn")}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, browser: Browser, kept: Kept) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("long"), browser, kept) as house:
        with house.app.app_context():
            assert len(lengthen(house.app)) > 40
        yield house


def lengthen(app: Flask) -> list[str]:
    """Make every free text that the database lets go one long word; gives the columns."""
    from app.db import Base, db

    changed = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if (
                type(column.type) is sa.Text
                and table.name != "job_run"
                and not OWN.search(column.name)
                and not column.foreign_keys
            ):
                word = sa.literal(WORD) + (sa.cast(table.c.id, sa.Text) if column.unique else "")
                try:
                    with db.engine.begin() as connection:
                        connection.execute(sa.update(table).where(column != "").values({column: word}))
                    changed.append(f"{table.name}.{column.name}")
                except sa.exc.IntegrityError:
                    pass  # append-only, or one of a few words
    return changed


def test_no_page_scrolls_sideways(house: House) -> None:
    seen: Counter[str] = Counter()
    found: list[str] = []
    for person in PEOPLE:
        with house.visitor(person) as context:
            found += _walk(house.app, context.new_page(), STARTS.get(person, ("/",)), seen)
    assert not found, "\n".join(found)
    assert len(seen) > 50


def _walk(app: Flask, page: Page, starts: Collection[str], seen: Counter[str]) -> Iterator[str]:
    """What is too wide on the pages that links lead to, each kind once for all people together."""
    waiting, known = deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        view = endpoint_of(app, address)
        if view is None or (address not in starts and seen[view] >= (SOME if view in DIFFER else 1)):
            continue
        seen[view] += 1
        yield from _too_wide(page, address)
        links = (each.partition("#")[0] for each in page.evaluate(LINKS.format("a")) if each)
        new = [each for each in dict.fromkeys(links) if each.startswith("/") and not FILE.search(each)]
        waiting.extend(each for each in new if each not in known)
        known.update(new)


def _too_wide(page: Page, address: str) -> Iterator[str]:
    page.set_viewport_size(WIDE)
    page.goto(address, wait_until="domcontentloaded")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        if (over := page.evaluate(TOO_WIDE)) > 0:
            yield f"{address}: {over} px too wide at {size['width']}"
