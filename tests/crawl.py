"""Walking the program as a person does, link by link, to find every form that its pages show."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.client import Client, Fields, Form, Page

ROLES = (
    "", "officer1", "lead", "decider", "finance1", "finance2", "archivist", "auditor", "admin",
    "bergen", "bergen-writer", "ullensaker", "demovik", "gp1", "area-nordland",
)  # fmt: skip
# Of pages alike, so many are seen by each role; case pages differ by status, so the first role sees all of those.
ALIKE, ALL = 2, 60
DIFFERING = ("desk.case", "portal.case", "applications.section")
FEW = 6
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Found:
    """A form: who saw it, where, where it is sent to, and what a browser would send untouched."""

    role: str
    page: str
    action: str
    method: str
    endpoint: str
    fields: Fields
    texts: tuple[str, ...]
    """The names of what a person types into."""
    offered: Mapping[str, tuple[str, ...]]
    """What the form itself holds where nobody types: hidden values, boxes to tick and choices, by name."""

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """Forms of one key are the same form on another thing."""
        return self.method, self.endpoint, tuple(sorted({NUMBERS.sub("#", name) for name in self.fields}))

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.endpoint} from {self.page} as {self.role}"


_TYPED = {"text", "search", "email", "tel", "date"}


def endpoint_of(app: Flask, address: str, method: str = "GET") -> str | None:
    """The view behind an address of our own."""
    try:
        found, _ = app.url_map.bind("localhost").match(urlsplit(address).path, method=method.upper())
    except HTTPException:
        return None
    return str(found)


def walk(app: Flask, client: Client, starts: Iterable[str], faults: list[str], differing: int) -> Iterator[Page]:
    """Every page this person can reach by links, those alike only a few times; `faults` gets what went wrong.

    `differing` is how many are seen of those that differ by status.
    """
    seen: Counter[str] = Counter()
    waiting, known = deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, address)
        if endpoint is None or endpoint == "static":
            continue
        seen[endpoint] += 1
        if seen[endpoint] > (differing if endpoint in DIFFERING else ALIKE):
            continue
        try:
            page = client.see(address)
        except Exception as fault:  # a bug, or a page that breaks the contract
            faults.append(f"{address}: {type(fault).__name__}: {str(fault)[:600]}")
            continue
        if page.root is None:
            continue
        yield page
        for link in page.root.iter("a"):
            there = urljoin(address, link.get("href") or "")
            if there.startswith("/") and there.partition("#")[0] not in known:
                known.add(there.partition("#")[0])
                waiting.append(there.partition("#")[0])


def forms_on(app: Flask, role: str, page: Page, faults: list[str]) -> Iterator[Found]:
    """Each form on the page, with the first of its buttons."""
    assert page.root is not None
    for element in page.root.iter("form"):
        button = next((b for b in element.iter("button") if b.get("disabled") is None), None)
        if button is None:
            continue
        form = Form(element, button)
        address = form.action or page.address
        endpoint = endpoint_of(app, address, form.method)
        if endpoint is None:
            faults.append(f"{page.address} has a form to {address}, where nobody answers {form.method}")
            continue
        texts = tuple(
            field.get("name") or ""
            for field in element.iter()
            if field.get("name")
            and (field.tag == "textarea" or (field.tag == "input" and (field.get("type") or "text") in _TYPED))
        )
        yield Found(role, page.address, address, form.method, endpoint, form.fields(), texts, _offered(element))


def _offered(form: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if name and field.tag == "select":
            found[name] = tuple(option.get("value") or "" for option in field.iter("option"))
        elif name and field.tag == "input" and kind in {"hidden", "checkbox", "radio"}:
            found[name] = (*found.get(name, ()), field.get("value") or "")
    return found
